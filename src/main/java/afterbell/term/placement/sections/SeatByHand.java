package afterbell.term.placement.sections;

import afterbell.base.audit.Audit;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.rules.BrokenRule;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.rules.Verdict;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Screen;
import afterbell.term.placement.SeatBook;
import afterbell.term.placement.Seats;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What the office does by hand after the draw. Every act has a reason of a fixed list, is audited and counted; the ceilings of the rules still hold. */
@Component
class SeatByHand {
    static final List<String> REASONS = List.of("school_error", "health", "siblings", "safety", "team", "balance", "family");
    private static final Duration LONGEST_RUSH = Duration.ofDays(14);

    private final SectionStore store;
    private final SeatBook books;
    private final Seats seats;
    private final Roster roster;
    private final Rules rules;
    private final CommandKeys keys;
    private final Ids ids;
    private final Clock clock;
    private final Audit audit;
    private final TransactionTemplate transactions;

    SeatByHand(SectionStore store, SeatBook books, Seats seats, Roster roster, Rules rules, CommandKeys keys, Ids ids, Clock clock, Audit audit, TransactionTemplate transactions) {
        this.store = store;
        this.books = books;
        this.seats = seats;
        this.roster = roster;
        this.rules = rules;
        this.keys = keys;
        this.ids = ids;
        this.clock = clock;
        this.audit = audit;
        this.transactions = transactions;
    }

    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient List<Refusal> refusals;

        Stopped(List<Refusal> refusals) {
            super("refused", null, false, false);
            this.refusals = refusals;
        }
    }

    /** Seats a child whatever the waiting list says; a full section grows by one, within the ceiling of the rules. What is in the way ends. */
    Outcome<UUID> override(Wearer me, UUID section, UUID pupil, String reason, UUID key) {
        if (!REASONS.contains(reason)) return Outcome.refused(new SectionRefusal.ReasonMissing());
        return attempt(() -> UUID.fromString(keys.once(key, "override|" + section + "|" + pupil + "|" + reason, () -> seat(me, section, pupil, reason).toString())));
    }

    private UUID seat(Wearer me, UUID section, UUID pupil, String reason) {
        UUID school = me.school();
        Instant now = clock.instant();
        SectionStore.SectionRow row = store.section(school, section);
        Pupil child = roster.pupil(school, pupil);
        SeatBook.Child book = books.get(school, child, now);
        SeatBook.Line line = book.line(section).filter(l -> !l.slots().isEmpty()).orElseThrow(() -> new Stopped(List.of(new SectionRefusal.NotPossible(child.name(), Seats.Answer.NOT_ELIGIBLE))));
        boolean over = row.taken() + row.held() >= row.capacity() + row.over();
        if (over) {
            Verdict verdict = rules.judge(school, LocalDate.ofInstant(now, Screen.ZONE), Rule.CLUB_MAX_SIZE, row.taken() + 1);
            if (verdict instanceof Verdict.Refused no) throw new Stopped(List.of(BrokenRule.of(no, "reason")));
            seats.makeRoom(school, section);
        }
        List<UUID> giving = book.inTheWay(line).stream().map(SeatBook.Line::seat).filter(Objects::nonNull).sorted().toList();
        UUID seat = ids.next();
        Seats.Answer answer = seats.move(school, book.term().id(), giving, new Seats.Wanted(seat, pupil, section, child.grade(), book.band(), 0), null, Seats.Source.OVERRIDE, Seats.Act.of(me.account(), now, book.days()));
        if (answer != Seats.Answer.SEATED) throw new Stopped(List.of(new SectionRefusal.NotPossible(child.name(), answer)));
        store.byHand(school, seat, section, pupil, "override", reason, over, me.account(), now);
        audit.record(school, "placement.override", "pupil", pupil, Map.of("section", section, "seat", seat, "reason", reason, "over", over));
        return seat;
    }

    /** All moves or none, against the sections as the person saw them. */
    Outcome<Integer> move(Wearer me, List<AskedMove> asked, List<AskedMove.Seen> seen, String reason, UUID key) {
        if (!REASONS.contains(reason)) return Outcome.refused(new SectionRefusal.ReasonMissing());
        if (asked.isEmpty()) return Outcome.refused(new SectionRefusal.NothingMoved());
        Map<UUID, String> names = new HashMap<>();
        try {
            return attempt(() -> Integer.valueOf(keys.once(key, "move|" + asked + "|" + reason, () -> Integer.toString(rearrange(me, asked, seen, reason, names)))));
        } catch (Seats.Undone e) {
            if (e.answers().containsValue(Seats.Answer.CHANGED)) return Outcome.refused(new SectionRefusal.ChangedMeanwhile());
            return Outcome.refused(e.answers().entrySet().stream()
                    .filter(a -> a.getValue() != Seats.Answer.SEATED)
                    .map(a -> new SectionRefusal.NotPossible(names.getOrDefault(a.getKey(), ""), a.getValue()))
                    .toList());
        }
    }

    private int rearrange(Wearer me, List<AskedMove> asked, List<AskedMove.Seen> seen, String reason, Map<UUID, String> names) {
        UUID school = me.school();
        Instant now = clock.instant();
        Map<UUID, Long> versions = new HashMap<>();
        seen.forEach(s -> versions.put(s.section(), s.version()));
        List<UUID> sections = new ArrayList<>(versions.keySet());
        List<SectionStore.MemberRow> members = store.members(school, sections);
        List<Seats.Move> moves = new ArrayList<>();
        SeatBook.@Nullable Child any = null;
        for (AskedMove a : asked) {
            SectionStore.MemberRow m = members.stream().filter(x -> x.seat().equals(a.seat())).findFirst().orElseThrow(() -> new Stopped(List.of(new SectionRefusal.ChangedMeanwhile())));
            if (!versions.containsKey(a.section())) throw new NotFound();
            Pupil child = roster.pupil(school, m.pupil());
            any = books.get(school, child, now);
            UUID seat = ids.next();
            names.put(seat, child.name());
            moves.add(new Seats.Move(a.seat(), new Seats.Wanted(seat, child.id(), a.section(), child.grade(), any.band(), 0)));
        }
        if (any == null) throw new NotFound();
        seats.rearrange(school, any.term().id(), moves, versions, Seats.Act.of(me.account(), now, any.days()));
        for (Seats.Move m : moves) store.byHand(school, m.wanted().seat(), m.wanted().section(), m.wanted().pupil(), "moved", reason, false, me.account(), now);
        return moves.size();
    }

    /** From when to when seats go by time; an empty hour switches it off. Off unless the rules say otherwise. */
    Outcome<Boolean> rush(Wearer me, boolean allowed, String opens, String hours) {
        Instant now = clock.instant();
        if (opens.isBlank()) return attempt(() -> rush(me, now, now, true));
        if (!allowed) return Outcome.refused(new SectionRefusal.NoRush());
        try {
            Instant from = LocalDateTime.parse(opens.strip()).atZone(Screen.ZONE).toInstant();
            Duration length = Duration.ofHours(Long.parseLong(hours.strip()));
            if (length.isNegative() || length.isZero() || length.compareTo(LONGEST_RUSH) > 0 || !from.plus(length).isAfter(now)) return Outcome.refused(new SectionRefusal.BadHours());
            return attempt(() -> rush(me, from, from.plus(length), false));
        } catch (DateTimeParseException | NumberFormatException | ArithmeticException e) {
            return Outcome.refused(new SectionRefusal.BadHours());
        }
    }

    private boolean rush(Wearer me, Instant from, Instant until, boolean off) {
        UUID school = me.school();
        UUID term = books.term(school, clock.instant()).orElseThrow(NotFound::new).id();
        store.rush(school, term, off ? null : from, off ? null : until);
        audit.record(school, off ? "placement.rush_off" : "placement.rush_set", "term", term, off ? Map.of() : Map.of("opens", from.toString(), "closes", until.toString()));
        return !off;
    }

    private <T> Outcome<T> attempt(Supplier<T> act) {
        try {
            return Outcome.done(Objects.requireNonNull(transactions.execute(t -> act.get())));
        } catch (Stopped e) {
            return Outcome.refused(e.refusals);
        }
    }
}
