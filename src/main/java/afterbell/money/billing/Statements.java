package afterbell.money.billing;

import afterbell.base.rules.ServiceClass;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import afterbell.money.billing.reckoning.DayMark;
import afterbell.money.billing.reckoning.Kept;
import afterbell.money.billing.reckoning.LockedFact;
import afterbell.money.billing.reckoning.Reckoning;
import afterbell.money.billing.reckoning.Reckoning.Change;
import afterbell.term.tariffs.quote.Quote;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A child's account as its family and finance read it: what is due, and for each charge why. Reads inside the caller's scope, one statement. */
@Component
@Transactional(readOnly = true)
public class Statements {
    private final Questions questions;

    Statements(Questions questions) {
        this.questions = questions;
    }

    /**
     * @param balanceFen above zero is due, below zero is the family's
     * @param charges the newest first
     * @param moves all that moved the account, the newest first
     */
    public record Statement(UUID pupil, long balanceFen, List<Charged> charges, List<Move> moves) {
        public Statement {
            charges = List.copyOf(charges);
            moves = List.copyOf(moves);
        }
    }

    /**
     * One charge.
     *
     * @param beforehand whether it was made of what was planned
     * @param days of the period, service by service
     * @param publicUntil last day to look at it before it is collected; null where the tariff asks no such days
     * @param last whether no later charge of the same period follows
     */
    public record Charged(
            UUID id, LocalDate from, LocalDate until, boolean beforehand, long fen, Instant at, List<Quote.Line> added, List<Quote.Line> takenBack, List<Days> days, @Nullable LocalDate publicUntil, boolean last) {
        public Charged {
            added = List.copyOf(added);
            takenBack = List.copyOf(takenBack);
            days = List.copyOf(days);
        }

        /** Lines of earlier periods: facts of then were put right afterwards. */
        public boolean adjusts(Quote.Line line) {
            return line.until().isBefore(from);
        }
    }

    /** Days of one service with equal numbers of periods. */
    public record Days(ServiceClass service, int units, List<LocalDate> days, List<DayMark> marks) {
        public int count(DayMark mark) {
            return Collections.frequency(marks, mark);
        }

        public List<LocalDate> on(DayMark mark) {
            List<LocalDate> on = new ArrayList<>();
            for (int i = 0; i < days.size(); i++) if (marks.get(i) == mark) on.add(days.get(i));
            return on;
        }
    }

    /** A line on the child's account. @param document with its memo says what it was */
    public record Move(Document document, String memo, LocalDate day, @Nullable String channel, long fen) {}

    private record ChargeRow(UUID id, @Nullable UUID before, UUID period, int turn, LocalDate from, LocalDate until, long fen, Instant at, String lines, @Nullable LocalDate publicUntil) {}

    private record FactRow(UUID period, int turn, String service, int units, List<LocalDate> days, String marks) {}

    public Statement of(UUID school, UUID pupil) {
        Map<String, Object> who = Map.of("s", school, "c", pupil);
        Question<ChargeRow> charges = new Question<>(
                ChargeRow.class,
                """
                select c.charge_id as id, c.before_id as before, c.period_id as period, c.turn, p.from_day as "from", p.until_day as until, c.fen, c.at, c.lines, l.objections_until as public_until
                from billing.charge c join billing.period p using (school_id, period_id) join billing.locking l on l.school_id = c.school_id and l.period_id = c.period_id and l.turn = c.turn where c.school_id = :s and c.pupil_id = :c order by c.at, c.charge_id
                """,
                who);
        Question<FactRow> facts = new Question<>(
                FactRow.class, "select period_id as period, turn, service, units, days, marks from billing.fact where school_id = :s and pupil_id = :c order by service, units, minutes", who);
        Question<Move> moves = new Question<>(
                Move.class,
                """
                select e.document, e.memo, e.day, p.channel, p.fen from billing.posting p join billing.entry e using (school_id, entry_id)
                where p.school_id = :s and p.pupil_id = :c and p.account = 'family' order by e.at desc, e.entry_id desc
                """,
                who);
        Questions.Answers answers = questions.ask(charges, facts, moves);
        Map<UUID, List<Quote.Line>> lines = new HashMap<>();
        List<Charged> charged = new ArrayList<>();
        List<ChargeRow> all = answers.of(charges);
        for (ChargeRow row : inOrder(all)) {
            List<Quote.Line> own = Kept.lines(row.lines());
            lines.put(row.id(), own);
            Change change = Reckoning.change(row.before() == null ? List.of() : Objects.requireNonNull(lines.get(row.before())), own);
            List<Days> days = answers.of(facts).stream()
                    .filter(f -> f.period().equals(row.period()) && f.turn() == row.turn())
                    .map(f -> new Days(ServiceClass.valueOf(f.service()), f.units(), f.days(), LockedFact.marks(f.marks())))
                    .toList();
            charged.add(new Charged(row.id(), row.from(), row.until(), row.turn() == 0, row.fen(), row.at(), change.added(), change.takenBack(), days, row.publicUntil(), all.stream().noneMatch(r -> r.period().equals(row.period()) && r.turn() > row.turn())));
        }
        Collections.reverse(charged);
        return new Statement(pupil, answers.of(moves).stream().mapToLong(Move::fen).sum(), charged, answers.of(moves));
    }

    /** Each charge after the one that it follows, whatever the clock said. */
    private static List<ChargeRow> inOrder(List<ChargeRow> rows) {
        List<ChargeRow> waiting = new ArrayList<>(rows);
        List<ChargeRow> ordered = new ArrayList<>();
        Set<UUID> done = new HashSet<>();
        while (!waiting.isEmpty()) {
            ChargeRow next = waiting.stream().filter(r -> r.before() == null || done.contains(r.before())).findFirst().orElseThrow();
            waiting.remove(next);
            ordered.add(next);
            done.add(next.id());
        }
        return ordered;
    }
}
