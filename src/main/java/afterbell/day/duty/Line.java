package afterbell.day.duty;

import afterbell.base.shared.web.Screen;
import java.time.LocalTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A post with its names, for people.
 *
 * @param what name of the class, section, gate or area; empty for leader, administrator and late room
 * @param room empty where it has none
 * @param who who stands there; empty where it is open
 * @param children seats of a section; 0 for everything else
 * @param section null unless it is a session of a section
 * @param schoolClass of a class and of own-class care
 */
public record Line(Post post, String what, String room, boolean outdoor, String who, int children, @Nullable UUID section, @Nullable UUID schoolClass) {

    public boolean open() {
        return post.open();
    }

    public boolean club() {
        return section != null;
    }

    /** What the post is called. */
    public String label(Screen screen) {
        PostKey key = post.key();
        return switch (key.kind()) {
            case LEADER -> screen.t("duty.post.leader");
            case ADMIN -> screen.t("duty.post.admin", key.number());
            case CLASS -> screen.t("duty.post.class", what);
            case SESSION -> club() ? screen.t("duty.post.session", what) : screen.t("duty.post.own", what);
            case LATE -> screen.t("duty.post.late");
            case GATE -> screen.t("duty.post.gate", what);
            case PATROL -> screen.t("duty.post.patrol", what);
        };
    }

    /** Its hours as a session has them, or empty. */
    public String hours() {
        @Nullable LocalTime from = post.starts();
        @Nullable LocalTime until = post.ends();
        return from == null || until == null ? "" : from + "–" + until;
    }

    public String href() {
        return "/duty/days/" + post.day() + "/posts/" + post.key().text();
    }
}
