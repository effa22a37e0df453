package afterbell.app.simulate;

import afterbell.term.placement.SeatCounters;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The laws read a second time, from the stored chain and the tables alone: nothing of the house's own reading of a chain is used here. */
final class LawBook {
    private static final Set<String> ENDS = Set.of("collected", "with_line", "walked_home");
    private static final Duration AHEAD = Duration.ofMinutes(2);

    private final SimulatedHouse house;
    private final UUID school;
    private final Tally tally;
    private final Map<LocalDate, String> sealed = new HashMap<>();

    LawBook(SimulatedHouse house, UUID school, Tally tally) {
        this.house = house;
        this.school = school;
        this.tally = tally;
    }

    private JdbcClient sql() {
        return house.bean(JdbcClient.class);
    }

    private int count(String query, LocalDate day, Instant now, Duration grace) {
        return house.in(school, () -> sql().sql(query)
                .param("s", school)
                .param("d", day)
                .param("now", Timestamp.from(now))
                .param("grace", (int) grace.toMinutes())
                .query(Integer.class)
                .single());
    }

    /** Law 2 at one moment of the afternoon; the clock has two seconds to see that a grace is over. */
    void atThisMoment(LocalDate day, Instant now, Duration grace) {
        int nobody = count(
                """
                select count(*)::int from custody.standing where school_id = :s and day = :d and cardinality(stop_sessions) > 0 and not closed
                and bell + make_interval(mins => :grace, secs => 2) <= :now and (custodian is null or state in ('in_class', 'missing', 'traced', 'disputed')) and not red
                and not (state = 'expected' and since + make_interval(mins => :grace, secs => 2) > :now)
                """,
                day, now, grace);
        if (nobody > 0) tally.broken("2 somebody answers, or it is red", nobody + " children at " + now);
        int silent = count(
                """
                select count(*)::int from custody.standing s where school_id = :s and day = :d and red and :now >= bell and :grace >= 0
                and not exists (select from custody.alarm a where a.school_id = s.school_id and a.day = s.day and a.pupil_id = s.pupil_id and a.red and a.closed_at is null)
                """,
                day, now, grace);
        if (silent > 0) tally.broken("2 what is red rings", silent + " children at " + now);
        int slow = count(
                """
                select count(*)::int from custody.standing where school_id = :s and day = :d and next_at <= cast(:now as timestamptz) - interval '2 seconds' and :grace >= 0
                """,
                day, now, grace);
        if (slow > 0) tally.broken("2 the clock is heard within two seconds", slow + " standings at " + now);
    }

    /** Whoever is in a room with a teacher is in that teacher's hands, and in nobody else's. */
    void inTheHandsOf(LocalDate day, Instant now, Map<UUID, UUID> truth) {
        Map<UUID, @Nullable UUID> said = new HashMap<>();
        house.run(school, () -> sql().sql("select pupil_id, custodian from custody.pub_standing where school_id = :s and day = :d")
                .param("s", school)
                .param("d", day)
                .query((r, n) -> said.put(r.getObject(1, UUID.class), r.getObject(2, UUID.class)))
                .list());
        truth.forEach((child, teacher) -> {
            @Nullable UUID custodian = said.get(child);
            if (!teacher.equals(custodian)) tally.broken("2 exactly one custodian", "child " + child + " is with " + teacher + " and stands with " + custodian + " at " + now);
        });
    }

    private record Event(UUID pupil, UUID id, Instant at, Instant recorded, UUID by, String kind, @Nullable UUID custodian, @Nullable UUID other, String doubts) {}

    private record Row(UUID pupil, String state, boolean closed, int entries) {}

    /** All that the chains of a day must say when it is over. @param leaders who may account for a child @param trial whether nobody may be rung */
    void endOfDay(LocalDate day, Set<UUID> leaders, boolean trial) {
        Set<UUID> devices = new HashSet<>(house.in(school, () -> sql().sql("select device_id from custody.device where school_id = :s").param("s", school).query(UUID.class).list()));
        List<Event> events = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        Map<UUID, Set<UUID>> consents = new HashMap<>();
        Map<UUID, Set<UUID>> takers = new HashMap<>();
        Map<UUID, Set<UUID>> barred = new HashMap<>();
        house.run(school, () -> {
            events.addAll(sql().sql("select pupil_id, entry_id, at, recorded, by, kind, custodian, other_id, array_to_string(doubts, ',') from custody.event where school_id = :s and day = :d order by seq")
                    .param("s", school)
                    .param("d", day)
                    .query((r, n) -> new Event(
                            r.getObject(1, UUID.class), r.getObject(2, UUID.class), r.getTimestamp(3).toInstant(), r.getTimestamp(4).toInstant(), r.getObject(5, UUID.class), r.getString(6),
                            r.getObject(7, UUID.class), r.getObject(8, UUID.class), r.getString(9)))
                    .list());
            rows.addAll(sql().sql("select pupil_id, state, closed, entries from custody.standing where school_id = :s and day = :d")
                    .param("s", school)
                    .param("d", day)
                    .query((r, n) -> new Row(r.getObject(1, UUID.class), r.getString(2), r.getBoolean(3), r.getInt(4)))
                    .list());
            pairs(consents, "select pupil_id, consent_id from roster.consent where school_id = :s and extract(isodow from cast(:d as date)) = any(weekdays) and valid_from <= :d", day);
            pairs(takers, "select pupil_id, adult_id from roster.relation where school_id = :s and cast(:d as date) is not null union all select pupil_id, adult_id from roster.delegate where school_id = :s and day = :d", day);
            pairs(barred, "select pupil_id, adult_id from roster.protection where school_id = :s and ended_at is null and adult_id is not null and cast(:d as date) is not null", day);
        });
        Map<UUID, List<Event>> chains = new HashMap<>();
        for (Event e : events) chains.computeIfAbsent(e.pupil(), p -> new ArrayList<>()).add(e);
        for (Row row : rows) {
            List<Event> chain = chains.getOrDefault(row.pupil(), List.of());
            if (chain.size() != row.entries()) tally.broken("6 the standing knows every entry", row.pupil() + ": " + row.entries() + " of " + chain.size());
            Set<@Nullable UUID> undone = new java.util.HashSet<>();
            chain.stream().filter(e -> e.kind().equals("undone")).forEach(e -> undone.add(e.other()));
            List<Event> valid = chain.stream().filter(e -> !undone.contains(e.id()) && !e.kind().equals("undone")).sorted(Comparator.comparing(Event::at)).toList();
            ended(row, valid);
            for (Event e : valid) {
                release(e, consents, takers, barred);
                if (e.kind().equals("accounted") && !leaders.contains(e.by())) tally.broken("2 only the duty leader accounts for a child", e.id().toString());
                if (e.kind().equals("swiped") != devices.contains(e.by())) tally.broken("2 a swipe is evidence only", e.kind() + " by " + e.by());
                if (e.at().isAfter(e.recorded().plus(AHEAD))) tally.broken("2 nothing is of the future", e.kind() + " at " + e.at());
            }
        }
        alarms(day);
        told(day, trial);
        safety(day);
        cleared(day, events);
        seal(day);
    }

    private void pairs(Map<UUID, Set<UUID>> all, String query, LocalDate day) {
        sql().sql(query).param("s", school).param("d", day).query((r, n) -> all.computeIfAbsent(r.getObject(1, UUID.class), p -> new java.util.HashSet<>()).add(r.getObject(2, UUID.class))).list();
    }

    /** Nothing checks a child out by itself; and whoever was let go has gone. */
    private void ended(Row row, List<Event> valid) {
        boolean leftByWord = ENDS.contains(row.state());
        if (leftByWord && valid.stream().noneMatch(e -> e.kind().equals(row.state()))) tally.broken("2 nothing checks a child out by itself", row.pupil() + " is " + row.state());
        if (row.state().equals("accounted") && valid.stream().noneMatch(e -> e.kind().equals("accounted") && e.custodian() == null)) tally.broken("2 nothing checks a child out by itself", row.pupil() + " is accounted for");
        List<Event> hands = valid.stream().filter(e -> !Set.of("swiped", "traced", "missed", "excused", "excuse_lifted").contains(e.kind())).toList();
        boolean last = !hands.isEmpty() && ENDS.contains(hands.getLast().kind()) && hands.stream().filter(e -> ENDS.contains(e.kind())).count() == 1;
        if (last && !leftByWord && !row.state().equals("disputed")) tally.broken("6 what was told counts", row.pupil() + " was let go and is " + row.state());
        if (!row.closed()) tally.broken("2 every child of the day is accounted for", row.pupil() + " is " + row.state() + " at the end");
    }

    /** Who may take a child, and with whose consent it leaves. */
    private void release(Event e, Map<UUID, Set<UUID>> consents, Map<UUID, Set<UUID>> takers, Map<UUID, Set<UUID>> barred) {
        if (!ENDS.contains(e.kind())) return;
        if (!e.doubts().isEmpty()) return;
        boolean person = e.kind().equals("collected");
        if (person && barred.getOrDefault(e.pupil(), Set.of()).contains(e.other())) tally.broken("2 nobody is handed to whom a paper bars", e.pupil().toString());
        if (person && !takers.getOrDefault(e.pupil(), Set.of()).contains(e.other())) tally.broken("2 only whom a guardian named takes a child", e.pupil().toString());
        if (!person && !consents.getOrDefault(e.pupil(), Set.of()).contains(e.other())) tally.broken("2 a line takes only whose guardian consents", e.pupil() + " " + e.kind());
    }

    private void alarms(LocalDate day) {
        int open = house.in(school, () -> sql().sql("""
                        select count(*)::int from custody.alarm a join custody.standing s using (school_id, day, pupil_id)
                        where a.school_id = :s and a.day = :d and a.closed_at is null and s.closed
                        """)
                .param("s", school)
                .param("d", day)
                .query(Integer.class)
                .single());
        if (open > 0) tally.broken("2 an alarm ends with its cause", open + " on " + day);
    }

    /** Of whoever is looked for, somebody hears at once; while a school tries the service out, nobody. */
    private void told(LocalDate day, boolean trial) {
        int unheard = house.in(school, () -> sql().sql("""
                        select count(*)::int from custody.alarm a where a.school_id = :s and a.day = :d and a.kind = 'MISSING' and :trial = exists (
                            select from messaging.notice n where n.school_id = a.school_id and n.kind = 'custody.missing' and n.about = a.pupil_id
                            and n.told_at between a.rung_at and a.rung_at + interval '2 seconds')
                        """)
                .param("s", school)
                .param("d", day)
                .param("trial", trial)
                .query(Integer.class)
                .single());
        if (unheard > 0) tally.broken(trial ? "2 a trial rings nobody" : "2 somebody hears of a child that is looked for", unheard + " on " + day);
    }

    /** The record of the gate, of walks and of incidents: whole chains, nobody inside without a yes, no family told of a drill. */
    private void safety(LocalDate day) {
        found(day, "safety: entries of one subject hang together", """
                select count(*)::int from safety.event e left join safety.event b on b.school_id = e.school_id and b.subject_id = e.subject_id and b.seq = e.seq - 1
                where e.school_id = :s and e.day = :d and (e.seq > 1 and b.hash is distinct from e.prev or e.seq = 1 and e.prev <> '')
                """);
        found(day, "safety: nobody is inside without somebody's yes", """
                select count(*)::int from safety.event e where e.school_id = :s and e.day = :d and e.book = 'visit' and e.kind = 'entered' and (
                    not exists (select from safety.event b where b.school_id = e.school_id and b.subject_id = e.subject_id and b.seq < e.seq and b.kind in ('announced', 'asked'))
                    or exists (select from safety.event b where b.school_id = e.school_id and b.subject_id = e.subject_id and b.seq < e.seq and b.kind in ('refused', 'withdrawn', 'left')))
                """);
        found(day, "safety: a drill tells no family", """
                select count(*)::int from messaging.notice n join safety.event e on e.school_id = n.school_id and e.subject_id = n.about and e.seq = 1 and e.book = 'incident'
                where n.school_id = :s and e.day = :d and e.facts ->> 'drill' = 'yes' and n.audience not in ('STAFF', 'PEOPLE')
                """);
        found(day, "2 the school can't be cleared before every area is walked", """
                select count(*)::int from dismissal.clearing c cross join schools.pub_area a
                where c.school_id = :s and c.day = :d and a.school_id = c.school_id and not exists (
                    select from safety.event w where w.school_id = c.school_id and w.day = c.day and w.book = 'patrol' and w.kind in ('walked', 'found') and w.facts ->> 'ref' = a.area_id::text
                    and w.at <= c.cleared_at and w.at >= (select max(e.at) from custody.event e where e.school_id = c.school_id and e.day = c.day and e.kind in ('counted', 'kept_late')))
                """);
        found(day, "2 the school can't be cleared over a red clock", """
                select count(*)::int from dismissal.clearing c join custody.alarm a on a.school_id = c.school_id and a.day = c.day and a.red
                where c.school_id = :s and c.day = :d and a.rung_at <= c.cleared_at and (a.closed_at is null or a.closed_at > c.cleared_at)
                """);
    }

    private void found(LocalDate day, String law, String question) {
        int found = house.in(school, () -> sql().sql(question).param("s", school).param("d", day).query(Integer.class).single());
        if (found > 0) tally.broken(law, found + " on " + day);
    }

    /** The school is cleared once, by a person, after the last child: and then nobody is open. */
    private void cleared(LocalDate day, List<Event> events) {
        List<Instant> at = house.in(school, () -> sql().sql("select cleared_at from dismissal.clearing where school_id = :s and day = :d")
                .param("s", school)
                .param("d", day)
                .query((r, n) -> r.getTimestamp(1).toInstant())
                .list());
        if (at.size() != 1) {
            tally.broken("2 the school is cleared", day + ": " + at.size() + " times");
            return;
        }
        long later = events.stream().filter(e -> !e.kind().equals("swiped") && e.recorded().isAfter(at.getFirst())).count();
        if (later > 0) tally.broken("2 the school is cleared after the last child", later + " entries afterwards on " + day);
    }

    private void seal(LocalDate day) {
        sealed.put(day, trace(day));
    }

    private String trace(LocalDate day) {
        return house.in(school, () -> sql().sql("""
                        select count(*) || ' ' || coalesce(md5(string_agg(e::text, E'\\n' order by seq)), '') from custody.event e where school_id = :s and day = :d
                        """)
                .param("s", school)
                .param("d", day)
                .query(String.class)
                .single());
    }

    /** What holds for the whole time: days that are over are as they were, seats are within bounds, another school sees nothing. */
    void atTheEnd(UUID otherSchool) {
        sealed.forEach((day, before) -> {
            if (!before.equals(trace(day))) tally.broken("2 the chain only grows", "entries of " + day + " are not what they were");
        });
        int seats = house.in(school, () -> house.bean(SeatCounters.class).broken(school));
        if (seats > 0) tally.broken("1 seats", seats + " sections");
        int seen = house.in(otherSchool, () -> sql().sql("select (select count(*) from custody.event)::int + (select count(*) from custody.standing)::int").query(Integer.class).single());
        if (seen > 0) tally.broken("4 scope", seen + " rows seen from another school");
    }

    long events() {
        return house.in(school, () -> sql().sql("select count(*) from custody.event where school_id = :s").param("s", school).query(Long.class).single());
    }
}
