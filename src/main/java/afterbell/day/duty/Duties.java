package afterbell.day.duty;

import afterbell.base.shared.access.Wearer;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who answers for what on a day. Reads inside the caller's scope; a whole school's day costs two statements. */
@Component
@Transactional(readOnly = true)
public class Duties {
    private final PostStore store;
    private final Clock clock;

    Duties(PostStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    public Day day(UUID school, LocalDate day) {
        return new Day(day, store.posts(school, day, day), store.lateRoom(school).orElse(null));
    }

    /** All posts of some days, open ones included. @param until inclusive */
    public List<Post> posts(UUID school, LocalDate from, LocalDate until) {
        return store.posts(school, from, until);
    }

    /** The same with names, in the order in which people read them: leader first, then classes and sessions, then places. */
    public List<Line> lines(UUID school, LocalDate from, LocalDate until) {
        return store.lines(school, from, until);
    }

    /** The posts of one account with their names. @param until inclusive */
    public List<Line> linesOf(UUID school, UUID account, LocalDate from, LocalDate until) {
        return store.linesOf(school, account, from, until);
    }

    /** One post as it stands; empty where the day has no such post. */
    public Optional<Post> post(UUID school, LocalDate day, PostKey post) {
        return store.post(school, day, post);
    }

    /** Whether an account is the one who stands there. */
    public boolean onPost(UUID school, LocalDate day, UUID account, PostKey post) {
        return store.post(school, day, post).filter(p -> account.equals(p.account())).isPresent();
    }

    /**
     * Somebody else came to stand at a post.
     *
     * @param from who did before, or null
     * @param to who did then, or null
     */
    public record Stood(@Nullable UUID from, @Nullable UUID to, Instant at) {}

    /** What became of a post after it was published, oldest first; empty where the same person always stood there. */
    public List<Stood> stood(UUID school, LocalDate day, PostKey post) {
        return store.stood(school, day, post);
    }

    /** The wearer's own posts of a day, in order of time. */
    public List<Post> mine(Wearer me, LocalDate day) {
        return store.of(me.school(), me.account(), day, day);
    }

    public List<Post> mine(Wearer me, LocalDate from, LocalDate until) {
        return store.of(me.school(), me.account(), from, until);
    }

    /** Why somebody was written for a post. */
    public enum Source {
        ROTATION,
        HAND,
        SUBSTITUTE,
        SWAP;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param published false: a draft that answers for nothing yet */
    public record Written(LocalDate day, PostKey post, UUID staff, Source source, boolean published) {}

    /** Writes posts as they are given, without telling anybody: for use cases that tell, for imports, tests and the demo world. */
    @Transactional
    public void put(UUID school, Collection<Written> posts, @Nullable UUID by) {
        if (!posts.isEmpty()) store.put(school, posts, by, clock.instant());
    }

    /** @param leader who leads where nobody is named for a day @param lateRoom where children wait who are fetched late */
    @Transactional
    public void settle(UUID school, @Nullable UUID leader, @Nullable UUID lateRoom) {
        store.setting(school, leader, lateRoom);
    }

    /** Somebody can't come. @param post null: to no post of that day */
    @Transactional
    public boolean absent(UUID school, LocalDate day, UUID staff, @Nullable PostKey post, @Nullable UUID by) {
        return store.absent(school, day, staff, post, by, clock.instant());
    }

    /** Comes after all. */
    @Transactional
    public boolean back(UUID school, LocalDate day, UUID staff, @Nullable PostKey post) {
        return store.back(school, day, staff, post, clock.instant());
    }
}
