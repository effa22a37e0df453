package afterbell.day.dismissal.late;

import afterbell.base.roster.WayHome;
import afterbell.base.roster.WayHome.Taker;
import afterbell.base.roster.WayHome.Ways;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Screen;
import afterbell.day.custody.Alerting;
import afterbell.day.custody.Trial;
import afterbell.day.dismissal.GoingHomeLimits;
import afterbell.day.dismissal.LeavingStore;
import afterbell.day.dismissal.LeavingStore.Leaving;
import afterbell.day.dismissal.Sight;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The late room's page, and the calls that are made there. Children are let go at the gate's page, as everywhere. */
@Component
class WaitLate {
    private static final int MOST = 200;
    /** A call to a collector is none to the family. */
    private static final Set<String> FAMILY = Set.of("guardian", "carer");

    private final Sight sight;
    private final LeavingStore store;
    private final WayHome wayHome;
    private final GoingHomeLimits limits;
    private final Alerting alerting;
    private final Trial trial;
    private final Questions questions;
    private final CommandKeys keys;
    private final JdbcClient sql;
    private final Ids ids;
    private final Clock clock;

    WaitLate(Sight sight, LeavingStore store, WayHome wayHome, GoingHomeLimits limits, Alerting alerting, Trial trial, Questions questions, CommandKeys keys, JdbcClient sql, Ids ids, Clock clock) {
        this.sight = sight;
        this.store = store;
        this.wayHome = wayHome;
        this.limits = limits;
        this.alerting = alerting;
        this.trial = trial;
        this.questions = questions;
        this.keys = keys;
        this.sql = sql;
        this.ids = ids;
        this.clock = clock;
    }

    private record Room(String teacher, String room) {}

    private record Coming(UUID pupil, String name, String className, Instant comes, boolean over) {}

    private record Called(UUID pupil, String who, boolean reached, @Nullable Instant comes, Instant at) {}

    private record Told(UUID pupil, int level, Instant at) {}

    @Transactional(readOnly = true)
    LatePage page(Wearer me, LatePage.Typed typed, List<? extends Refusal> refusals) {
        Instant now = clock.instant();
        LocalDate day = LocalDate.ofInstant(now, Screen.ZONE);
        UUID school = me.school();
        Sight.Seen seen = sight.of(me, day);
        List<Leaving> waiting = store.over(school, day, now, seen.only(), MOST);
        Map<UUID, Ways> ways = wayHome.on(school, day, waiting.stream().map(Leaving::pupil).toList());
        Map<String, Object> today = Map.of("s", school, "d", day);
        Question<Room> room = new Question<>(
                Room.class,
                """
                select f.name as teacher, coalesce(r.name, '') as room from duty.pub_post p join roster.pub_staff f on f.school_id = p.school_id and f.staff_id = p.staff_id
                left join schools.pub_room r on r.school_id = p.school_id and r.room_id = p.room_id
                where p.school_id = :s and p.day = :d and p.kind = 'late'
                """,
                today);
        Question<Coming> coming = new Question<>(
                Coming.class,
                """
                select l.pupil_id as pupil, u.name, u.class_name, p.expected_at as comes, l.leaves <= :now or s.state = 'waiting_late' as over
                from custody.pub_late_pickup p
                join custody.pub_leaving l on l.school_id = p.school_id and l.day = p.day and l.pupil_id = p.pupil_id
                join custody.pub_standing s on s.school_id = p.school_id and s.day = p.day and s.pupil_id = p.pupil_id and not s.closed
                join roster.pub_pupil u on u.school_id = p.school_id and u.pupil_id = p.pupil_id
                where p.school_id = :s and p.day = :d order by p.expected_at, u.grade, u.class_number, l.pupil_id limit 200
                """,
                Map.of("s", school, "d", day, "now", Timestamp.from(now)));
        Question<Called> called = new Question<>(
                Called.class,
                """
                select c.pupil_id as pupil, coalesce(r.name, '') as who, c.reached, c.expected_at as comes, c.at from dismissal.late_call c
                left join lateral (select v.name from roster.pub_relation v where v.school_id = c.school_id and v.pupil_id = c.pupil_id and v.adult_id = c.adult_id limit 1) r on true
                where c.school_id = :s and c.day = :d order by c.at
                """,
                today);
        Question<Told> told = new Question<>(Told.class, "select pupil_id as pupil, level, told_at as at from dismissal.late_step where school_id = :s and day = :d order by level", today);
        Questions.Answers all = questions.ask(room, coming, called, told);
        Map<UUID, List<Called>> calls = all.of(called).stream().collect(Collectors.groupingBy(Called::pupil));
        Map<UUID, List<Told>> steps = all.of(told).stream().collect(Collectors.groupingBy(Told::pupil));
        Map<UUID, Instant> said = all.of(coming).stream().collect(Collectors.toMap(Coming::pupil, Coming::comes));
        Optional<Room> where = all.of(room).stream().findFirst();
        List<LatePage.Child> children = waiting.stream()
                .map(c -> child(seen, c, ways.get(c.pupil()), calls.getOrDefault(c.pupil(), List.of()), steps.getOrDefault(c.pupil(), List.of()), said.get(c.pupil())))
                .toList();
        return new LatePage(
                where.map(Room::teacher).orElse(""),
                where.map(Room::room).orElse(""),
                children,
                all.of(coming).stream().filter(c -> !c.over() && seen.all()).map(c -> new LatePage.Announced(c.pupil(), c.name(), c.className(), c.comes())).toList(),
                steps(school, day),
                trial.on(school, day),
                typed,
                refusals);
    }

    private List<LatePage.Step> steps(UUID school, LocalDate day) {
        List<Duration> after = limits.late(school, day);
        return IntStream.range(0, after.size()).mapToObj(n -> new LatePage.Step(after.get(n), alerting.ofWait(school, day, n + 1))).toList();
    }

    private static LatePage.Child child(Sight.Seen seen, Leaving child, @Nullable Ways ways, List<Called> calls, List<Told> told, @Nullable Instant family) {
        // Whoever spoke last knows best.
        @Nullable Instant comes = Stream.concat(Stream.ofNullable(family), calls.stream().sorted(Comparator.comparing(Called::at)).flatMap(c -> Stream.ofNullable(c.comes()))).reduce((a, b) -> b).orElse(null);
        return new LatePage.Child(
                child,
                comes,
                ways == null ? List.of() : ways.takers().stream().filter(t -> FAMILY.contains(t.kind())).toList(),
                calls.stream().map(c -> new LatePage.Call(c.who(), c.reached(), c.at())).toList(),
                told.stream().map(Told::at).toList(),
                seen.may(child));
    }

    /** A call for a child that waits. */
    @Transactional
    Outcome<UUID> call(Wearer me, UUID pupil, String adult, boolean reached, String comes, UUID key) {
        Instant now = clock.instant();
        LocalDate day = LocalDate.ofInstant(now, Screen.ZONE);
        UUID school = me.school();
        Leaving child = store.some(school, day, List.of(pupil)).stream().findFirst().orElseThrow(NotFound::new);
        if (!sight.of(me, day).may(child)) throw new NotFound();
        Optional<Taker> taker = wayHome.on(school, day, pupil).takers().stream().filter(t -> FAMILY.contains(t.kind()) && t.adult().toString().equals(adult)).findFirst();
        if (taker.isEmpty()) return Outcome.refused(new Refusal.Simple("dismissal.refused.called_whom", "adult", List.of()));
        @Nullable Instant expected = comes.isBlank() || !reached ? null : time(day, comes);
        if (reached && !comes.isBlank() && (expected == null || expected.isBefore(now))) return Outcome.refused(new Refusal.Simple("dismissal.refused.comes", "comes", List.of()));
        String kept = keys.once(key, "dismissal.late_call " + pupil + " " + adult + " " + reached + " " + comes, () -> {
            UUID id = ids.next();
            sql.sql("insert into dismissal.late_call (school_id, call_id, day, pupil_id, adult_id, reached, expected_at, at, by) values (:s, :id, :d, :p, :a, :r, :e, :at, :by)")
                    .param("s", school)
                    .param("id", id)
                    .param("d", day)
                    .param("p", pupil)
                    .param("a", taker.get().adult())
                    .param("r", reached)
                    .param("e", expected == null ? null : Timestamp.from(expected), Types.TIMESTAMP)
                    .param("at", Timestamp.from(now))
                    .param("by", me.account())
                    .update();
            return id.toString();
        });
        return Outcome.done(UUID.fromString(kept));
    }

    private static @Nullable Instant time(LocalDate day, String typed) {
        try {
            return day.atTime(LocalTime.parse(typed)).atZone(Screen.ZONE).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
