package afterbell.money.billing;

import afterbell.base.audit.Audit;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Screen;
import afterbell.money.billing.reckoning.DayMark;
import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import afterbell.reach.messaging.Words;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a family finds wrong with its bill (V17). It names a day, or the whole bill, and what is wrong, in no words of its own (law 8). Accepted, the day counts
 * differently and the bill is put right by the next locking; refused, the family reads why. Money under a tariff that asks it waits for the answer.
 */
@Component
public class BillObjections {
    /** What can be wrong; the first four are about a day. */
    public static final List<String> ABOUT = List.of("not_there", "on_leave", "not_held", "came", "price", "other");

    /** Why an objection is refused. */
    public static final List<String> WHY = List.of("roll", "no_leave", "held", "clause", "explained");

    private static final int OF_DAYS = 4;

    private final JdbcClient sql;
    private final PeriodFacts facts;
    private final ClosePeriod close;
    private final Rules rules;
    private final Notices notices;
    private final CommandKeys commands;
    private final Audit audit;
    private final TransactionTemplate transactions;
    private final Ids ids;
    private final Clock clock;

    BillObjections(JdbcClient sql, PeriodFacts facts, ClosePeriod close, Rules rules, Notices notices, CommandKeys commands, Audit audit, TransactionTemplate transactions, Ids ids, Clock clock) {
        this.sql = sql;
        this.facts = facts;
        this.close = close;
        this.rules = rules;
        this.notices = notices;
        this.commands = commands;
        this.audit = audit;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * @param from first day of the period that was charged
     * @param day null where the whole bill is meant
     * @param mark what the locked facts say of the day, as signs of {@link DayMark}; empty where the whole bill is meant
     * @param answer accepted, refused, or null while it waits
     * @param why one of {@link #WHY} where it was refused
     */
    public record Objection(
            UUID id, UUID charge, UUID pupil, String name, String className, LocalDate from, @Nullable LocalDate day, String about, String mark, boolean holds, Instant raisedAt, @Nullable String answer, @Nullable String why) {

        public List<DayMark> marks() {
            return mark.chars().mapToObj(c -> DayMark.of((char) c)).distinct().toList();
        }
    }

    private static final String SELECT =
            """
            select o.objection_id as id, o.charge_id as charge, o.pupil_id as pupil, e.name, coalesce(k.name, '') as class_name, p.from_day as "from", o.day, o.about,
                   coalesce((select string_agg(substr(f.marks, array_position(f.days, o.day), 1), '' order by f.service) from billing.fact f
                             where f.school_id = c.school_id and f.period_id = c.period_id and f.turn = c.turn and f.pupil_id = c.pupil_id and o.day = any(f.days)), '') as mark,
                   o.holds, o.raised_at, o.answer, o.why
            from billing.objection o join billing.charge c on c.school_id = o.school_id and c.charge_id = o.charge_id
            join billing.period p on p.school_id = c.school_id and p.period_id = c.period_id
            join roster.pub_pupil_ever e on e.school_id = o.school_id and e.pupil_id = o.pupil_id
            left join roster.pub_class_ever k on k.school_id = e.school_id and k.class_id = e.class_id
            where o.school_id = :s
            """;

    /** Those of one child, the newest first, to ask together with other lists. */
    public static Question<Objection> of(UUID school, UUID pupil) {
        return new Question<>(Objection.class, SELECT + " and o.pupil_id = :p order by o.raised_at desc, o.objection_id", Map.of("s", school, "p", pupil));
    }

    /** Those of the school: what waits first, the longest waiting on top. */
    public static Question<Objection> of(UUID school) {
        return new Question<>(Objection.class, SELECT + " order by o.answer is not null, case when o.answer is null then o.raised_at end, o.answered_at desc, o.objection_id limit 200", Map.of("s", school));
    }

    /** Last day on which a charge may be objected to: the days of publicity, elsewhere as long as an order for it stays open. */
    public LocalDate until(UUID school, @Nullable LocalDate publicUntil, Instant chargedAt) {
        LocalDate charged = LocalDate.ofInstant(chargedAt, Screen.ZONE);
        return publicUntil != null ? publicUntil : charged.plusDays(rules.value(school, charged, Rule.FEE_ORDER_DAYS));
    }

    private record Charged(UUID id, Instant at, @Nullable LocalDate until, boolean hasDay, boolean last) {}

    /** Raises an objection; one that waits already about the same day is not raised twice. Under the family's scope. Answers why not, or nothing. */
    public Optional<Refusal> raise(UUID school, UUID pupil, UUID charge, @Nullable LocalDate day, String about, UUID by, UUID key) {
        if (!ABOUT.contains(about)) return Optional.of(new Refusal.Simple("billing.object.refused.about", "about", List.of()));
        if (day == null && ABOUT.indexOf(about) < OF_DAYS) return Optional.of(new Refusal.Simple("billing.object.refused.day", "day", List.of()));
        return Objects.requireNonNull(transactions.execute(t -> {
            String command = "object/" + charge + "/" + day + "/" + about;
            if (commands.kept(key, command).isPresent()) return Optional.empty();
            Charged charged = sql.sql("""
                    select c.charge_id as id, c.at, l.objections_until as until,
                           exists (select 1 from billing.fact f where f.school_id = c.school_id and f.period_id = c.period_id and f.turn = c.turn and f.pupil_id = c.pupil_id and :d = any(f.days)) as has_day,
                           not exists (select 1 from billing.charge n where n.school_id = c.school_id and n.period_id = c.period_id and n.pupil_id = c.pupil_id and n.turn > c.turn) as last
                    from billing.charge c join billing.locking l on l.school_id = c.school_id and l.period_id = c.period_id and l.turn = c.turn
                    where c.school_id = :s and c.charge_id = :c and c.pupil_id = :p
                    """)
                    .param("s", school)
                    .param("c", charge)
                    .param("p", pupil)
                    .param("d", day, Types.DATE)
                    .query(Charged.class)
                    .optional()
                    .orElseThrow(NotFound::new);
            if (day != null && !charged.hasDay()) throw new NotFound();
            LocalDate until = until(school, charged.until(), charged.at());
            if (!charged.last() || LocalDate.ofInstant(clock.instant(), Screen.ZONE).isAfter(until)) return Optional.of(new Refusal.Simple("billing.object.refused.late", "", List.of(until.toString())));
            int raised = sql.sql("""
                    insert into billing.objection (school_id, objection_id, charge_id, pupil_id, day, about, holds, raised_by, raised_at) values (:s, :id, :c, :p, :d, :about, :holds, :by, :at)
                    on conflict (school_id, charge_id, day) where answer is null do nothing
                    """)
                    .param("s", school)
                    .param("id", ids.next())
                    .param("c", charge)
                    .param("p", pupil)
                    .param("d", day, Types.DATE)
                    .param("about", about)
                    .param("holds", charged.until() != null)
                    .param("by", by)
                    .param("at", Timestamp.from(clock.instant()))
                    .update();
            if (raised == 1) audit.record(school, "billing.objected", "pupil", pupil, Map.of("about", about));
            commands.once(key, command, charge::toString);
            return Optional.empty();
        }));
    }

    /** How an answer went. */
    public enum Answered {
        REFUSED,
        /** The bill is right again. */
        PUT_RIGHT,
        /** The next bill puts it right. */
        WITH_THE_NEXT,
        /** Reckoned anew, and the child's account is as it was. */
        UNCHANGED,
        /** Not answered: on that day the child's services stand differently, and one word would change them all. */
        DIFFERS,
        /** It had been answered before. */
        BEFORE
    }

    /** @param settled what happened in the period is locked, not only what was planned; services: how many different marks the day has */
    private record Asked(UUID pupil, UUID period, @Nullable LocalDate day, @Nullable String answer, boolean settled, int services) {}

    /** Refuses an objection with a reason of {@link #WHY}; the family is told. */
    public Answered refuse(UUID school, UUID objection, String why, UUID by, UUID key) {
        return Objects.requireNonNull(transactions.execute(t -> once(school, objection, why, key, asked -> {
            answer(school, objection, asked, "refused", why, null, by);
            return Answered.REFUSED;
        })));
    }

    /**
     * Accepts an objection: its day counts as said from now on, whatever the roll says, and a settled period is locked anew where it may be by itself and where
     * that changes something. A period that is charged as planned is settled by finance alone, for the whole school.
     */
    public Answered accept(UUID school, UUID objection, @Nullable DayMark counts, UUID by, UUID key) {
        Answered said = Objects.requireNonNull(transactions.execute(t -> once(school, objection, "accepted/" + counts, key, asked -> {
            if (asked.day() != null && counts != null && asked.services() > 1) return Answered.DIFFERS;
            answer(school, objection, asked, "accepted", null, counts, by);
            return asked.settled() ? Answered.UNCHANGED : Answered.WITH_THE_NEXT;
        })));
        if (said != Answered.UNCHANGED) return said;
        UUID period = Objects.requireNonNull(transactions.execute(t -> find(school, objection))).period();
        return switch (close.again(school, period, by)) {
            case ClosePeriod.Outcome.Done _ -> putRight(school, objection) ? Answered.PUT_RIGHT : Answered.UNCHANGED;
            case ClosePeriod.Outcome.Refused _, ClosePeriod.Outcome.Unlawful _ -> Answered.WITH_THE_NEXT;
            case ClosePeriod.Outcome.Before _ -> Answered.BEFORE;
        };
    }

    private Answered once(UUID school, UUID objection, String said, UUID key, Function<Asked, Answered> answer) {
        String command = "objection/" + objection + "/" + said;
        if (commands.kept(key, command).isPresent()) return Answered.BEFORE;
        Asked asked = find(school, objection);
        if (asked.answer() != null) return Answered.BEFORE;
        Answered answered = answer.apply(asked);
        if (answered != Answered.DIFFERS) commands.once(key, command, answered::name);
        return answered;
    }

    private Asked find(UUID school, UUID objection) {
        return sql.sql("""
                select o.pupil_id as pupil, c.period_id as period, o.day, o.answer,
                       exists (select 1 from billing.locking k where k.school_id = c.school_id and k.period_id = c.period_id and k.turn > 0) as settled,
                       (select count(distinct substr(f.marks, array_position(f.days, o.day), 1))::int from billing.fact f
                        where f.school_id = c.school_id and f.period_id = c.period_id and f.turn = c.turn and f.pupil_id = c.pupil_id and o.day = any(f.days)) as services
                from billing.objection o join billing.charge c using (school_id, charge_id)
                where o.school_id = :s and o.objection_id = :id for update of o
                """)
                .param("s", school)
                .param("id", objection)
                .query(Asked.class)
                .optional()
                .orElseThrow(NotFound::new);
    }

    /** Whether the charge objected to was followed by another one of its child and period. */
    private boolean putRight(UUID school, UUID objection) {
        return Objects.requireNonNull(transactions.execute(t -> sql.sql("""
                select exists (select 1 from billing.charge n where n.school_id = c.school_id and n.period_id = c.period_id and n.pupil_id = c.pupil_id and n.turn > c.turn)
                from billing.objection o join billing.charge c using (school_id, charge_id) where o.school_id = :s and o.objection_id = :id
                """)
                .param("s", school)
                .param("id", objection)
                .query(Boolean.class)
                .single()));
    }

    private void answer(UUID school, UUID objection, Asked asked, String answer, @Nullable String why, @Nullable DayMark counts, UUID by) {
        Instant now = clock.instant();
        sql.sql("update billing.objection set answer = :a, why = :why, answered_by = :by, answered_at = :at where school_id = :s and objection_id = :id")
                .param("a", answer)
                .param("why", why)
                .param("by", by)
                .param("at", Timestamp.from(now))
                .param("s", school)
                .param("id", objection)
                .update();
        if (asked.day() != null && counts != null) facts.rule(school, asked.period(), asked.pupil(), asked.day(), counts, true, by, now);
        audit.record(school, "billing.objection_answered", "pupil", asked.pupil(), Map.of("answer", answer));
        notices.tell(new NewNotice(school, "billing.objection_answered", Words.of("billing.notice.answered"), "/children/" + asked.pupil() + "/bill", new Audience.Children(Set.of(asked.pupil()), true)).about(objection));
    }
}
