package afterbell.term.enrolment.rounds;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.Screen;
import afterbell.term.enrolment.Round;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** One round for the office: how far the answers are, what was asked, and its dates. */
public record RoundPage(
        Round round,
        String termKey,
        List<Object> termFacts,
        Instant now,
        boolean mayChange,
        List<FunnelRow> classes,
        List<SectionDemand> sections,
        List<DayDemand> days,
        List<Step> steps,
        RoundForm form,
        List<? extends Refusal> refusals) {

    /** What the office should look at in a class (P2). */
    public enum Signal {
        NONE,
        /** One person typed as much of the class as the rules point out. */
        TYPED,
        /** Several families said no and then yes. */
        FLIPPED,
        /** Everybody says yes. */
        ALL
    }

    public record FunnelRow(UUID id, String name, int grade, int pupils, int answered, int byHand, int objected, int yes, int flipped, Signal signal) {

        /** @param share of a class in percent from which on what one person typed is pointed out */
        static FunnelRow of(FunnelStore.ClassRow c, boolean closed, int share) {
            return new FunnelRow(c.id(), c.name(), c.grade(), c.pupils(), c.answered(), c.byHand(), c.objected(), c.yes(), c.flipped(), signal(c, closed, share));
        }

        private static Signal signal(FunnelStore.ClassRow c, boolean closed, int share) {
            if (c.byOne() > 0 && c.byOne() * 100 >= share * c.pupils()) return Signal.TYPED;
            if (closed && c.flipped() >= 3) return Signal.FLIPPED;
            if (closed && c.pupils() >= 10 && c.yes() == c.pupils()) return Signal.ALL;
            return Signal.NONE;
        }
    }

    /** @param ordinal of its first slot */
    public record SectionDemand(String code, String name, int weekday, int ordinal, int capacity, int firsts, int wishes) {}

    /**
     * A step of the review chain.
     *
     * @param forwarded went on by itself because nobody decided in time
     * @param mine whether the reader may decide in it
     */
    public record Step(String name, Instant ends, int waiting, int returned, int passed, int forwarded, boolean mine) {}

    public record DayDemand(int weekday, int ordinal, int children) {}

    public String href() {
        return "/rounds/" + round.id();
    }

    public boolean draft() {
        return round.state() == Round.State.DRAFT;
    }

    public boolean closed() {
        return round.state() == Round.State.CLOSED;
    }

    public boolean running() {
        return round.takesAnswersAt(now);
    }

    /** The time is over, the last saves are being written, the seal is about to open. */
    public boolean closing() {
        return round.state() == Round.State.OPEN && !now.isBefore(round.closesAt());
    }

    public int pupils() {
        return classes.stream().mapToInt(FunnelRow::pupils).sum();
    }

    public int answered() {
        return classes.stream().mapToInt(FunnelRow::answered).sum();
    }

    public int byHand() {
        return classes.stream().mapToInt(FunnelRow::byHand).sum();
    }

    public int objected() {
        return classes.stream().mapToInt(FunnelRow::objected).sum();
    }

    public int yes() {
        return classes.stream().mapToInt(FunnelRow::yes).sum();
    }

    public List<FunnelRow> signals() {
        return classes.stream().filter(c -> c.signal() != Signal.NONE).toList();
    }

    public static List<Choice> steps(Screen screen) {
        return RoundForm.STEPS.stream().map(s -> Choice.of(s, screen.t("enrolment.step." + s))).toList();
    }

    public static List<Choice> orders(Screen screen) {
        return List.of("fair", "priority", "cost", "da").stream().map(o -> Choice.of(o, screen.t("enrolment.order." + o), screen.t("enrolment.order." + o + ".hint"))).toList();
    }
}
