package afterbell.term.enrolment.rounds;

import afterbell.base.shared.Refusal;
import afterbell.term.enrolment.Round;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** When a round may be planned, announced, changed. Pure. */
final class RoundPolicy {
    static final Duration LONGEST = Duration.ofDays(60);

    private RoundPolicy() {}

    /** What is wrong with a typed round. */
    static List<Refusal> plan(RoundForm typed) {
        List<Refusal> all = new ArrayList<>();
        if (typed.name().isEmpty() || typed.name().length() > 60) all.add(at("name", "name"));
        @Nullable Instant opens = typed.opens();
        @Nullable Instant closes = typed.closes();
        @Nullable Instant review = typed.review();
        if (opens == null) all.add(at("opensDay", "opens"));
        if (closes == null) all.add(at("closesDay", "closes"));
        if (review == null) all.add(at("reviewDay", "review"));
        if (opens != null && closes != null && !opens.isBefore(closes)) all.add(at("closesDay", "order_of_times"));
        if (opens != null && closes != null && opens.plus(LONGEST).isBefore(closes)) all.add(at("closesDay", "too_long"));
        if (closes != null && review != null && review.isBefore(closes)) all.add(at("reviewDay", "review_early"));
        if (closes != null && review != null && closes.plus(LONGEST).isBefore(review)) all.add(at("reviewDay", "too_long"));
        if (typed.most() < 0) all.add(at("maxClubs", "max"));
        if (!Set.of("fair", "priority", "cost", "da").contains(typed.order())) all.add(at("order", "draw_order"));
        return all;
    }

    /** What may no longer change once families know the round: its beginning once it has begun, the rules of the draw, and never to an earlier end. */
    static List<Refusal> change(Round before, RoundForm typed, Instant now) {
        if (before.state() == Round.State.CLOSED) return List.of(at("", "closed"));
        List<Refusal> all = new ArrayList<>(plan(typed));
        if (before.state() == Round.State.DRAFT || !all.isEmpty()) return all;
        boolean begun = !now.isBefore(before.opensAt());
        Round after = typed.round(before.id(), before.term(), before.state());
        if (begun && !after.opensAt().equals(before.opensAt())) all.add(at("opensDay", "begun"));
        if (begun && !sameRules(before, after)) all.add(at("order", "rules_fixed"));
        if (!now.isBefore(before.closesAt())) all.add(at("closesDay", "over"));
        else if (after.closesAt().isBefore(before.closesAt())) all.add(at("closesDay", "shorter"));
        return all;
    }

    private static boolean sameRules(Round a, Round b) {
        return a.drawOrder().equals(b.drawOrder()) && Objects.equals(a.maxClubs(), b.maxClubs()) && a.firstCome() == b.firstCome();
    }

    /**
     * @param hasSlots whether the term has bells
     * @param menuPublished whether its menu is public
     * @param otherOpen whether another round of the term is announced
     */
    static List<Refusal> open(Round round, boolean hasSlots, boolean menuPublished, boolean otherOpen, Instant now) {
        if (round.state() != Round.State.DRAFT) return List.of(at("", "closed"));
        List<Refusal> all = new ArrayList<>();
        if (!now.isBefore(round.closesAt())) all.add(at("closesDay", "over"));
        if (!hasSlots) all.add(at("", "no_slots"));
        if (!menuPublished) all.add(at("", "no_menu"));
        if (otherOpen) all.add(at("", "other_open"));
        return all;
    }

    private static Refusal at(String field, String key) {
        return new Refusal.Simple("enrolment.round.refused." + key, field, List.of());
    }
}
