package afterbell.day.dismissal.clearing;

import afterbell.base.audit.Audit;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.crypto.PersonalData;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import afterbell.base.shared.web.Screen;
import afterbell.day.dismissal.DismissalEvent;
import afterbell.day.dismissal.Sight;
import afterbell.day.dismissal.clearing.ClearingPage.Cleared;
import afterbell.day.dismissal.clearing.ClearingPage.Count;
import afterbell.day.dismissal.clearing.ClearingPage.Open;
import afterbell.day.dismissal.clearing.ClearingPage.Stranger;
import afterbell.day.dismissal.clearing.ClearingPage.Unwalked;
import afterbell.day.safety.Patrols;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Clears the school (R87): only when no child of the day is open, nothing rings red of any, and every area was walked after the last child had left its room.
 * The proof is the state of every chain and the walk of every area at that moment; what is said of a child afterwards ends it, and the school can be cleared
 * again.
 */
@Component
class Clearing {
    private static final int MOST = 30;

    private final Sight sight;
    private final Patrols patrols;
    private final Audit audit;
    private final PersonalData personal;
    private final JdbcClient sql;
    private final Questions questions;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Clearing(Sight sight, Patrols patrols, Audit audit, PersonalData personal, JdbcClient sql, Questions questions, ApplicationEventPublisher events, Clock clock) {
        this.sight = sight;
        this.patrols = patrols;
        this.audit = audit;
        this.personal = personal;
        this.sql = sql;
        this.questions = questions;
        this.events = events;
        this.clock = clock;
    }

    private record Expected(int children, @Nullable Instant emptied) {}

    @Transactional(readOnly = true)
    ClearingPage page(Wearer me, List<? extends Refusal> refusals) {
        LocalDate day = today();
        UUID school = me.school();
        boolean leader = sight.of(me, day).leader();
        if (!leader && !me.is(Role.OFFICE, Role.PRINCIPAL)) throw new NotFound();
        Map<String, Object> today = Map.of("s", school, "d", day);
        Question<Count> counts = new Question<>(
                Count.class,
                "select case when closed then 'unsettled' else state end as state, count(*)::int as children from custody.pub_standing where school_id = :s and day = :d and (not closed or red) group by 1 order by children desc, state",
                today);
        Question<Open> first = new Question<>(
                Open.class,
                """
                select s.pupil_id as pupil, p.name, p.class_name, s.state, coalesce(f.name, '') as custodian, s.session_id as session, coalesce(s.sessions[1], s.class_id) as planned, s.closed, s.red, s.since, array_to_string(s.alarms, ' ') as alarms
                from custody.pub_standing s
                join roster.pub_pupil p on p.school_id = s.school_id and p.pupil_id = s.pupil_id
                left join roster.pub_staff f on f.school_id = s.school_id and f.staff_id = s.custodian
                where s.school_id = :s and s.day = :d and (not s.closed or s.red) order by s.red desc, s.since, p.grade, p.class_number, s.pupil_id limit :n
                """,
                Map.of("s", school, "d", day, "n", MOST));
        Question<Expected> staying = new Question<>(
                Expected.class,
                """
                select (select count(*)::int from custody.pub_leaving where school_id = :s and day = :d) as children,
                       (select max(left_room_at) from dismissal.pub_emptied where school_id = :s and day = :d) as emptied
                """,
                today);
        Questions.Answers all = questions.ask(counts, first, staying);
        Expected expected = all.of(staying).getFirst();
        Instant emptied = expected.emptied() == null ? Instant.MIN : expected.emptied();
        Patrols.Walk walk = patrols.walked(school, day);
        return new ClearingPage(
                expected.children(),
                all.of(counts),
                all.of(first),
                walk.areas().size(),
                walk.since(emptied).stream().map(a -> new Unwalked(a.id(), a.name(), a.at())).toList(),
                leader ? strangers(school, day) : List.of(),
                cleared(school, day).orElse(null),
                leader,
                expected.children() > 0,
                refusals);
    }

    private List<Stranger> strangers(UUID school, LocalDate day) {
        return sql.sql("""
                select t.person_key, t.name_sealed, t.pupil_id, p.name || ' ' || p.class_name as child, t.asked_at, t.kept_away, t.stranger_id, n.seen_at, coalesce(f.name, '') as seen_by
                from dismissal.stranger t join roster.pub_pupil p on p.school_id = t.school_id and p.pupil_id = t.pupil_id
                left join dismissal.stranger_seen n on n.school_id = t.school_id and n.stranger_id = t.stranger_id
                left join roster.pub_staff f on f.school_id = n.school_id and f.account_id = n.seen_by
                where t.school_id = :s and t.day = :d order by n.seen_at is not null, t.asked_at desc limit 20
                """)
                .param("s", school)
                .param("d", day)
                .query((r, n) -> {
                    Timestamp seen = r.getTimestamp("seen_at");
                    return new Stranger(
                            r.getObject("stranger_id", UUID.class),
                            personal.open(r.getBytes("person_key"), r.getBytes("name_sealed")),
                            r.getObject("pupil_id", UUID.class),
                            r.getString("child"),
                            r.getTimestamp("asked_at").toInstant(),
                            r.getBoolean("kept_away"),
                            seen == null ? null : seen.toInstant(),
                            r.getString("seen_by"));
                })
                .list();
    }

    private Optional<Cleared> cleared(UUID school, LocalDate day) {
        return sql.sql("""
                select c.cleared_at, coalesce(f.name, '') as by, c.children, cardinality(c.area_ids) as areas, c.proof,
                       exists (select 1 from dismissal.pub_clear h where h.school_id = c.school_id and h.day = c.day and h.round = c.round) as holds
                from dismissal.clearing c
                left join roster.pub_staff f on f.school_id = c.school_id and f.account_id = c.cleared_by where c.school_id = :s and c.day = :d order by c.round desc limit 1
                """)
                .param("s", school)
                .param("d", day)
                .query((r, n) -> new Cleared(r.getTimestamp("cleared_at").toInstant(), r.getString("by"), r.getInt("children"), r.getInt("areas"), HexFormat.of().formatHex(r.getBytes("proof")).substring(0, 12), r.getBoolean("holds")))
                .optional();
    }

    /** Clears the school; again it changes nothing, unless something was said of a child since. Refused while one is open or red: the one statement that writes is the one that looks. */
    @Transactional
    Outcome<Boolean> clear(Wearer me) {
        LocalDate day = today();
        UUID school = me.school();
        if (!sight.of(me, day).leader()) throw new NotFound();
        if (cleared(school, day).filter(Cleared::holds).isPresent()) return Outcome.done(false);
        Instant now = clock.instant();
        int written = sql.sql("""
                with child as (
                    select s.pupil_id, s.state, s.entries, s.closed and not s.red as settled, e.left_room_at from custody.pub_standing s
                    join dismissal.pub_emptied e on e.school_id = s.school_id and e.day = s.day and e.pupil_id = s.pupil_id
                    where s.school_id = :s and s.day = :d),
                area as (
                    select a.area_id, w.at from schools.pub_area a left join safety.pub_walk w on w.school_id = a.school_id and w.day = :d and w.area_id = a.area_id where a.school_id = :s),
                walks as (
                    select coalesce(array_agg(area_id order by area_id), '{}') as ids, coalesce(array_agg(at order by area_id), '{}') as ats,
                           coalesce(string_agg(E'\\n' || area_id || ' ' || extract(epoch from at), '' order by area_id), '') as text
                    from area)
                insert into dismissal.clearing (school_id, day, cleared_at, cleared_by, children, area_ids, walked_at, proof, round)
                select :s, :d, :now, :by, count(*), (select ids from walks), (select ats from walks),
                       sha256(convert_to(coalesce(string_agg(pupil_id || ' ' || state || ' ' || entries, E'\\n' order by pupil_id), '') || (select text from walks), 'UTF8')),
                       (select coalesce(max(round), 0) + 1 from dismissal.clearing where school_id = :s and day = :d)
                from child
                having count(*) > 0 and bool_and(settled) and not exists (select 1 from area where at is null or at < (select max(left_room_at) from child))
                on conflict do nothing
                """)
                .param("s", school)
                .param("d", day)
                .param("now", Timestamp.from(now))
                .param("by", me.account())
                .update();
        if (written == 0) return missing(page(me, List.of()));
        events.publishEvent(new DismissalEvent.Cleared(school, day));
        audit.record(school, "dismissal.cleared", "day", school, Map.of("day", day.toString()));
        return Outcome.done(true);
    }

    /** The duty leader has gone to somebody at the gate: the board shows it no more. Once; again it changes nothing. */
    @Transactional
    void seen(Wearer me, UUID stranger) {
        LocalDate day = today();
        UUID school = me.school();
        if (!sight.of(me, day).leader()) throw new NotFound();
        UUID pupil = sql.sql("select pupil_id from dismissal.stranger where school_id = :s and stranger_id = :id and day = :d")
                .param("s", school)
                .param("id", stranger)
                .param("d", day)
                .query(UUID.class)
                .optional()
                .orElseThrow(NotFound::new);
        int written = sql.sql("insert into dismissal.stranger_seen (school_id, stranger_id, seen_at, seen_by) values (:s, :id, :now, :by) on conflict do nothing")
                .param("s", school)
                .param("id", stranger)
                .param("now", Timestamp.from(clock.instant()))
                .param("by", me.account())
                .update();
        if (written > 0) events.publishEvent(new DismissalEvent.StrangerAsks(school, day, pupil));
    }

    private static Outcome<Boolean> missing(ClearingPage page) {
        // Somebody else was quicker.
        if (page.cleared() != null && page.cleared().holds()) return Outcome.done(false);
        List<Refusal> missing = new ArrayList<>();
        if (page.still() > 0) missing.add(new Refusal.Simple("dismissal.refused.open", "", List.of(page.still())));
        if (!page.unwalked().isEmpty()) missing.add(new Refusal.Simple("dismissal.refused.unwalked", "", List.of(page.unwalked().size())));
        return Outcome.refused(missing.isEmpty() ? List.of(new Refusal.Simple("dismissal.refused.moved")) : missing);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }
}
