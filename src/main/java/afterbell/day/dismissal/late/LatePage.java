package afterbell.day.dismissal.late;

import afterbell.base.roster.WayHome.Taker;
import afterbell.base.rules.Choices.Hearer;
import afterbell.base.rules.RuleWords;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Screen;
import afterbell.day.dismissal.LeavingStore.Leaving;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * @param teacher who stands in the late room today; empty where nobody does
 * @param room where it is; may be empty
 * @param waiting whoever waits longest first
 * @param announced whose family has said that it comes later, and who is still in a session
 * @param steps after how long a wait who hears of it, in order
 * @param trial whether the school tries the service out, so that nobody is told
 * @param typed for which child something was refused, with what was typed
 */
public record LatePage(String teacher, String room, List<Child> waiting, List<Announced> announced, List<Step> steps, boolean trial, Typed typed, List<? extends Refusal> refusals) {

    /**
     * @param comes when somebody comes, as the family or a call says; null for unknown
     * @param callable the guardians and carers
     * @param told when each step of the rules was told, in order
     * @param mine whether whoever looks may write a call down
     */
    public record Child(Leaving leaving, @Nullable Instant comes, List<Taker> callable, List<Call> calls, List<Instant> told, boolean mine) {
        public UUID id() {
            return leaving.pupil();
        }

        public boolean overdue(Instant now) {
            return comes != null && comes.isBefore(now);
        }
    }

    public record Step(Duration after, Set<Hearer> who) {
        public String names(Screen screen) {
            return who.stream().sorted().map(h -> RuleWords.word(screen, h)).collect(Collectors.joining(screen.t("rules.value.and")));
        }
    }

    public record Call(String who, boolean reached, Instant at) {}

    public record Announced(UUID pupil, String name, String className, Instant comes) {}

    public record Typed(@Nullable UUID child, String adult, String comes) {
        static final Typed NOTHING = new Typed(null, "", "");
    }

    public List<? extends Refusal> refusals(Child child) {
        return child.id().equals(typed.child()) ? refusals : List.of();
    }

    public String comes(Child child) {
        return child.id().equals(typed.child()) ? typed.comes() : "";
    }
}
