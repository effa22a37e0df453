package afterbell.day.custody;

import afterbell.day.custody.KnownChains.Known;
import afterbell.day.custody.childday.Alarm;
import afterbell.day.custody.childday.DayPlan;
import afterbell.day.custody.childday.Entry;
import afterbell.day.custody.childday.Entry.Doubt;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Chains, standings and alarms. Each statement takes a set of children, whatever its size. */
@Component
class CustodyStore {
    /**
     * A child's plan of the day as it was last looked up.
     *
     * @param planned how often it changed
     * @param in the session that the child is in or on its way to, or null
     */
    record Planned(UUID pupil, UUID schoolClass, DayPlan plan, int planned, List<String> alarms, int entries, @Nullable UUID in) {}

    /** A child's row, held until the transaction ends: by {@code planned} and {@code entries} a node knows whether it remembers plan and chain as they stand. */
    record Locked(UUID pupil, int planned, int entries, List<String> alarms) {}

    private static final String STANDING =
            """
            select pupil_id, class_id, bell, class_teacher, stop_sessions, stop_starts, stop_ends, stop_rooms, stop_custodians, turn_sessions, turn_from, turn_to, turn_at,
                   state, custodian, session_id, until, since, word, closed, red, corrected, alarms, entries, planned
            from custody.standing
            """;

    private static final String APPEND =
            """
            insert into custody.event (school_id, day, pupil_id, entry_id, at, recorded, by, kind, custodian, session_id, other_id, reason_id, starts, ends, word, flag, doubts)
            select :s, :d, x.pupil, x.entry, x.at, x.recorded, x.by, x.kind, x.custodian, x.session, x.other, x.reason, x.starts, x.ends, x.word, x.flag, string_to_array(x.doubts, ' ')
            from unnest(:toldOf::uuid[], :entryIds::uuid[], :ats::timestamptz[], :recorded::timestamptz[], :bys::uuid[], :kinds::text[], :factCustodians::uuid[], :factSessions::uuid[], :others::uuid[],
                        :reasons::uuid[], :starts::timestamptz[], :ends::timestamptz[], :factWords::text[], :flags::boolean[], :doubts::text[]) with ordinality
                 as x (pupil, entry, at, recorded, by, kind, custodian, session, other, reason, starts, ends, word, flag, doubts, n)
            """;

    private static final String IN_ORDER = "order by x.n";

    private static final String WRITE =
            """
            update custody.standing as now set
                state = x.state, custodian = x.custodian, session_id = x.session, until = x.until, since = x.since, word = x.word, closed = x.closed, red = x.red, corrected = x.corrected,
                alarms = x.alarms::text[], entries = x.entries, next_at = x.next, read_at = x.read
            from unnest(:pupils::uuid[], :states::text[], :custodians::uuid[], :sessions::uuid[], :untils::timestamptz[], :sinces::timestamptz[], :words::text[], :closed::boolean[], :red::boolean[],
                        :corrected::boolean[], :alarms::text[], :entries::int[], :next::timestamptz[], :read::timestamptz[])
                 as x (pupil, state, custodian, session, until, since, word, closed, red, corrected, alarms, entries, next, read)
            where now.school_id = :s and now.day = :d and now.pupil_id = x.pupil
            """;

    /** Locks first, in the order of ids; then writes all or nothing, as each row stands where the node believed it to stand or not. */
    private static final String TELL_AS_KNOWN = """
            with held as materialized (
                select pupil_id, planned, entries, alarms::text as rang, read_at from custody.standing where school_id = :s and day = :d and pupil_id = any(:known::uuid[]) order by pupil_id for update
            ), same as materialized (
                select count(*) = cardinality(:known::uuid[]) as yes from held h join unnest(:known::uuid[], :knownPlans::int[], :knownEntries::int[]) as k (pupil, planned, entries)
                on k.pupil = h.pupil_id and k.planned = h.planned and k.entries = h.entries and h.read_at <= :now
            ), told as (
            """
            + APPEND
            + "where (select yes from same) "
            + IN_ORDER
            + "), wrote as ("
            + WRITE
            + "and (select yes from same)) select h.pupil_id, h.planned, h.entries, h.rang, s.yes from held h, same s";

    private final JdbcClient sql;

    CustodyStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** These children, locked in the order of their ids until the transaction ends: whoever says something of one of them waits here. */
    Map<UUID, Locked> lock(UUID school, LocalDate day, Collection<UUID> pupils) {
        return sql.sql("select pupil_id, planned, entries, alarms::text from custody.standing where school_id = :s and day = :d and pupil_id = any(:p::uuid[]) order by pupil_id for update")
                .param("s", school)
                .param("d", day)
                .param("p", ids(pupils))
                .query((r, n) -> locked(r))
                .list()
                .stream()
                .collect(Collectors.toMap(Locked::pupil, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    }

    /** Kinds of alarms: words without signs that an array would have to quote. */
    private static List<String> words(String array) {
        return array.length() == 2 ? List.of() : List.of(array.substring(1, array.length() - 1).split(","));
    }

    /** Plans of these children, without waiting for anybody. */
    Map<UUID, Planned> read(UUID school, LocalDate day, Collection<UUID> pupils) {
        return planned(sql.sql(STANDING + "where school_id = :s and day = :d and pupil_id = any(:p::uuid[]) order by pupil_id").param("s", school).param("d", day).param("p", ids(pupils)));
    }

    /** The same for those whose clock is due and whom nobody is just speaking of. */
    Map<UUID, Planned> lockDue(UUID school, Instant now, LocalDate day) {
        return planned(sql.sql(STANDING + "where school_id = :s and day = :d and next_at <= :now order by pupil_id for update skip locked")
                .param("s", school)
                .param("d", day)
                .param("now", Timestamp.from(now)));
    }

    List<LocalDate> daysDue(UUID school, Instant now) {
        return sql.sql("select distinct day from custody.standing where school_id = :s and next_at <= :now order by day").param("s", school).param("now", Timestamp.from(now)).query(LocalDate.class).list();
    }

    /** Plans of all children of a day. */
    Map<UUID, Planned> lockAll(UUID school, LocalDate day) {
        return planned(sql.sql(STANDING + "where school_id = :s and day = :d order by pupil_id for update").param("s", school).param("d", day));
    }

    private static Map<UUID, Planned> planned(JdbcClient.StatementSpec query) {
        return query.query((r, n) -> new Planned(
                        id(r, "pupil_id"), id(r, "class_id"), plan(r), r.getInt("planned"), List.of((String[]) r.getArray("alarms").getArray()), r.getInt("entries"), r.getObject("session_id", UUID.class)))
                .list()
                .stream()
                .collect(Collectors.toMap(Planned::pupil, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    }

    private static DayPlan plan(ResultSet r) throws SQLException {
        UUID[] sessions = (UUID[]) r.getArray("stop_sessions").getArray();
        Timestamp[] starts = (Timestamp[]) r.getArray("stop_starts").getArray();
        Timestamp[] ends = (Timestamp[]) r.getArray("stop_ends").getArray();
        UUID[] rooms = (UUID[]) r.getArray("stop_rooms").getArray();
        UUID[] custodians = (UUID[]) r.getArray("stop_custodians").getArray();
        List<DayPlan.Stop> stops = new ArrayList<>();
        for (int i = 0; i < sessions.length; i++) stops.add(new DayPlan.Stop(sessions[i], starts[i].toInstant(), ends[i].toInstant(), rooms[i], custodians[i]));
        return new DayPlan(instant(r, "bell"), id(r, "class_teacher"), stops, turns(r));
    }

    private static List<DayPlan.Turn> turns(ResultSet r) throws SQLException {
        UUID[] sessions = (UUID[]) r.getArray("turn_sessions").getArray();
        if (sessions.length == 0) return List.of();
        UUID[] from = (UUID[]) r.getArray("turn_from").getArray();
        @Nullable UUID[] to = (UUID[]) r.getArray("turn_to").getArray();
        Timestamp[] at = (Timestamp[]) r.getArray("turn_at").getArray();
        List<DayPlan.Turn> turns = new ArrayList<>();
        for (int i = 0; i < sessions.length; i++) turns.add(new DayPlan.Turn(sessions[i], from[i], to[i], at[i].toInstant()));
        return turns;
    }

    /** The chains of these children, each in the order of recording. */
    Map<UUID, List<Entry>> chains(UUID school, LocalDate day, Collection<UUID> pupils) {
        Map<UUID, List<Entry>> chains = new HashMap<>();
        sql.sql("""
                select pupil_id, entry_id, at, recorded, by, kind, custodian, session_id, other_id, reason_id, starts, ends, word, flag, doubts
                from custody.event where school_id = :s and day = :d and pupil_id = any(:p::uuid[]) order by seq
                """)
                .param("s", school)
                .param("d", day)
                .param("p", ids(pupils))
                .query((r, n) -> Map.entry(id(r, "pupil_id"), entry(r)))
                .list()
                .forEach(e -> chains.computeIfAbsent(e.getKey(), p -> new ArrayList<>()).add(e.getValue()));
        return chains;
    }

    private static Entry entry(ResultSet r) throws SQLException {
        boolean flag = r.getBoolean("flag");
        @Nullable Boolean said = r.wasNull() ? null : flag;
        Row row = new Row(
                r.getString("kind"),
                r.getObject("custodian", UUID.class),
                r.getObject("session_id", UUID.class),
                r.getObject("other_id", UUID.class),
                r.getObject("reason_id", UUID.class),
                maybe(r, "starts"),
                maybe(r, "ends"),
                r.getString("word"),
                said);
        Set<Doubt> doubts = Arrays.stream((String[]) r.getArray("doubts").getArray()).map(Doubt::valueOf).collect(Collectors.toUnmodifiableSet());
        return row.entry(id(r, "entry_id"), instant(r, "at"), instant(r, "recorded"), id(r, "by"), doubts);
    }

    /** A new link of a child's chain. */
    record Link(UUID pupil, Entry entry) {}

    /** Appends what was told and writes what the chains of these children, locked before, mean now: one statement. */
    void tell(UUID school, LocalDate day, List<Link> links, List<Projection> standings) {
        int written = chain(meaning(sql.sql("with told as (" + APPEND + IN_ORDER + ")" + WRITE), standings), links).param("s", school).param("d", day).update();
        if (written != standings.size()) throw new IllegalStateException("a child that was told of has no row");
    }

    /** Whether what was decided from memory is written, and how the rows stood: they are held until the transaction ends either way. */
    record AtOnce(boolean written, Map<UUID, Locked> held) {}

    /**
     * The same for children whom nobody has locked yet, in one statement altogether: locks them in the order of their ids and writes, if each of them still stands
     * as the node remembers it and nobody has read it at a later moment; otherwise writes nothing.
     */
    AtOnce tellAsKnown(UUID school, LocalDate day, Map<UUID, Known> known, List<Link> links, List<Projection> standings, Instant now) {
        List<UUID> pupils = List.copyOf(known.keySet());
        List<Known> before = pupils.stream().map(p -> Objects.requireNonNull(known.get(p))).toList();
        boolean[] written = new boolean[1];
        Map<UUID, Locked> held = new LinkedHashMap<>();
        chain(meaning(sql.sql(TELL_AS_KNOWN), standings), links)
                .param("s", school)
                .param("d", day)
                .param("now", Timestamp.from(now))
                .param("known", ids(pupils))
                .param("knownPlans", all(before, Known::planned))
                .param("knownEntries", all(before, k -> k.entries().size()))
                .query(r -> {
                    Locked one = locked(r);
                    held.put(one.pupil(), one);
                    written[0] = r.getBoolean(5);
                });
        return new AtOnce(written[0], held);
    }

    private static Locked locked(ResultSet r) throws SQLException {
        return new Locked(r.getObject(1, UUID.class), r.getInt(2), r.getInt(3), words(r.getString(4)));
    }

    private static JdbcClient.StatementSpec chain(JdbcClient.StatementSpec statement, List<Link> links) {
        List<Row> rows = links.stream().map(l -> Row.of(l.entry().fact())).toList();
        return statement.param("toldOf", all(links, Link::pupil))
                .param("entryIds", all(links, l -> l.entry().id()))
                .param("ats", all(links, l -> l.entry().at()))
                .param("recorded", all(links, l -> l.entry().recorded()))
                .param("bys", all(links, l -> l.entry().by()))
                .param("kinds", all(rows, Row::kind))
                .param("factCustodians", all(rows, Row::custodian))
                .param("factSessions", all(rows, Row::session))
                .param("others", all(rows, Row::other))
                .param("reasons", all(rows, Row::reason))
                .param("starts", all(rows, Row::starts))
                .param("ends", all(rows, Row::ends))
                .param("factWords", all(rows, Row::word))
                .param("flags", all(rows, Row::flag))
                .param("doubts", all(links, l -> '"' + l.entry().doubts().stream().map(Enum::name).sorted().collect(Collectors.joining(" ")) + '"'));
    }

    /** Writes what the chains of these children, locked before, mean now. */
    void write(UUID school, LocalDate day, List<Projection> standings) {
        if (!standings.isEmpty()) meaning(sql.sql(WRITE), standings).param("s", school).param("d", day).update();
    }

    private static JdbcClient.StatementSpec meaning(JdbcClient.StatementSpec statement, List<Projection> standings) {
        return statement.param("pupils", all(standings, Projection::pupil))
                .param("states", all(standings, p -> p.state().code()))
                .param("custodians", all(standings, Projection::custodian))
                .param("sessions", all(standings, Projection::session))
                .param("untils", all(standings, Projection::until))
                .param("sinces", all(standings, Projection::since))
                .param("words", all(standings, Projection::word))
                .param("closed", all(standings, Projection::closed))
                .param("red", all(standings, Projection::red))
                .param("corrected", all(standings, Projection::corrected))
                .param("alarms", all(standings, p -> '"' + array(p.alarms(), a -> a.kind().name()) + '"'))
                .param("entries", all(standings, p -> p.day().entries().size()))
                .param("next", all(standings, Projection::next))
                .param("read", all(standings, Projection::readAt));
    }

    /** First rows of children whose day nobody has looked up; one that another transaction was quicker with stays as it is. Answers with those begun here. */
    Set<UUID> begin(UUID school, LocalDate day, List<Projection> standings) {
        if (standings.isEmpty()) return Set.of();
        return Set.copyOf(plans(
                        meaning(
                                sql.sql("""
                                        insert into custody.standing (school_id, day, pupil_id, class_id, bell, class_teacher, stop_sessions, stop_starts, stop_ends, stop_rooms, stop_custodians,
                                            state, custodian, session_id, until, since, word, closed, red, corrected, alarms, entries, next_at, read_at)
                                        select :s, :d, x.pupil, x.class, x.bell, x.teacher, x.stops::uuid[], x.starts::timestamptz[], x.ends::timestamptz[], x.rooms::uuid[], x.stop_custodians::uuid[],
                                            x.state, x.custodian, x.session, x.until, x.since, x.word, x.closed, x.red, x.corrected, x.alarms::text[], x.entries, x.next, x.read
                                        from unnest(:pupils::uuid[], :classes::uuid[], :bells::timestamptz[], :teachers::uuid[], :stopSessions::text[], :stopStarts::text[], :stopEnds::text[], :stopRooms::text[],
                                                    :stopCustodians::text[], :states::text[], :custodians::uuid[], :sessions::uuid[], :untils::timestamptz[], :sinces::timestamptz[], :words::text[],
                                                    :closed::boolean[], :red::boolean[], :corrected::boolean[], :alarms::text[], :entries::int[], :next::timestamptz[], :read::timestamptz[])
                                             as x (pupil, class, bell, teacher, stops, starts, ends, rooms, stop_custodians, state, custodian, session, until, since, word, closed, red, corrected, alarms, entries,
                                                   next, read)
                                        order by x.pupil
                                        on conflict do nothing returning pupil_id
                                        """),
                                standings),
                        standings)
                .param("s", school)
                .param("d", day)
                .query(UUID.class)
                .list());
    }

    /** Changed plans of children, locked before. What their chains mean under them is written afterwards. */
    void replan(UUID school, LocalDate day, List<Projection> standings) {
        if (standings.isEmpty()) return;
        plans(
                        sql.sql("""
                                update custody.standing as now set
                                    class_id = x.class, bell = x.bell, class_teacher = x.teacher, stop_sessions = x.stops::uuid[], stop_starts = x.starts::timestamptz[], stop_ends = x.ends::timestamptz[],
                                    stop_rooms = x.rooms::uuid[], stop_custodians = x.custodians::uuid[], turn_sessions = x.turns::uuid[], turn_from = x.turn_from::uuid[], turn_to = x.turn_to::uuid[],
                                    turn_at = x.turn_at::timestamptz[], planned = now.planned + 1
                                from unnest(:pupils::uuid[], :classes::uuid[], :bells::timestamptz[], :teachers::uuid[], :stopSessions::text[], :stopStarts::text[], :stopEnds::text[], :stopRooms::text[],
                                            :stopCustodians::text[], :turnSessions::text[], :turnFrom::text[], :turnTo::text[], :turnAt::text[])
                                     as x (pupil, class, bell, teacher, stops, starts, ends, rooms, custodians, turns, turn_from, turn_to, turn_at)
                                where now.school_id = :s and now.day = :d and now.pupil_id = x.pupil
                                """),
                        standings)
                .param("turnSessions", all(standings, p -> turns(p, DayPlan.Turn::session)))
                .param("turnFrom", all(standings, p -> turns(p, DayPlan.Turn::from)))
                .param("turnTo", all(standings, p -> turns(p, DayPlan.Turn::to)))
                .param("turnAt", all(standings, p -> turns(p, DayPlan.Turn::at)))
                .param("s", school)
                .param("d", day)
                .param("pupils", all(standings, Projection::pupil))
                .update();
    }

    private static JdbcClient.StatementSpec plans(JdbcClient.StatementSpec statement, List<Projection> standings) {
        return statement.param("classes", all(standings, Projection::schoolClass))
                .param("bells", all(standings, p -> p.day().plan().bell()))
                .param("teachers", all(standings, p -> p.day().plan().classTeacher()))
                .param("stopSessions", all(standings, p -> stops(p, DayPlan.Stop::session)))
                .param("stopStarts", all(standings, p -> stops(p, DayPlan.Stop::from)))
                .param("stopEnds", all(standings, p -> stops(p, DayPlan.Stop::to)))
                .param("stopRooms", all(standings, p -> stops(p, DayPlan.Stop::room)))
                .param("stopCustodians", all(standings, p -> stops(p, DayPlan.Stop::custodian)));
    }

    private static String stops(Projection p, Function<DayPlan.Stop, Object> part) {
        return '"' + array(p.day().plan().stops(), part) + '"';
    }

    private static String turns(Projection p, Function<DayPlan.Turn, @Nullable Object> part) {
        return '"' + all(p.day().plan().turns(), part) + '"';
    }

    /** Something that rings or rang for a child. */
    record Ringing(UUID pupil, Alarm alarm) {}

    record Open(UUID pupil, Alarm.Kind kind, Instant since, int level) {}

    List<Open> open(UUID school, LocalDate day, Collection<UUID> pupils) {
        return sql.sql("select pupil_id, kind, since, level from custody.alarm where school_id = :s and day = :d and pupil_id = any(:p::uuid[]) and closed_at is null")
                .param("s", school)
                .param("d", day)
                .param("p", ids(pupils))
                .query((r, n) -> new Open(id(r, "pupil_id"), Alarm.Kind.valueOf(r.getString("kind")), instant(r, "since"), r.getInt("level")))
                .list();
    }

    /** Opens alarms, raises their level, or opens again what was over: a cause that comes back is the same alarm. */
    void ring(UUID school, LocalDate day, List<Ringing> ringing, Instant now) {
        if (ringing.isEmpty()) return;
        sql.sql("""
                insert into custody.alarm as a (school_id, day, pupil_id, kind, since, level, red, rung_at)
                select :s, :d, x.pupil, x.kind, x.since, x.level, x.red, :now from unnest(:pupils::uuid[], :kinds::text[], :sinces::timestamptz[], :levels::int[], :reds::boolean[]) as x (pupil, kind, since, level, red)
                on conflict (school_id, day, pupil_id, kind, since) do update set level = greatest(a.level, excluded.level), closed_at = null
                """)
                .param("s", school)
                .param("d", day)
                .param("now", Timestamp.from(now))
                .param("pupils", all(ringing, Ringing::pupil))
                .param("kinds", all(ringing, r -> r.alarm().kind()))
                .param("sinces", all(ringing, r -> r.alarm().since()))
                .param("levels", all(ringing, r -> r.alarm().level()))
                .param("reds", all(ringing, r -> r.alarm().kind().red()))
                .update();
    }

    void silence(UUID school, LocalDate day, List<Open> over, Instant now) {
        if (over.isEmpty()) return;
        sql.sql("""
                update custody.alarm a set closed_at = :now from unnest(:pupils::uuid[], :kinds::text[], :sinces::timestamptz[]) as x (pupil, kind, since)
                where a.school_id = :s and a.day = :d and a.pupil_id = x.pupil and a.kind = x.kind and a.since = x.since
                """)
                .param("s", school)
                .param("d", day)
                .param("now", Timestamp.from(now))
                .param("pupils", all(over, Open::pupil))
                .param("kinds", all(over, Open::kind))
                .param("sinces", all(over, Open::since))
                .update();
    }

    // --- what pages read ---

    List<ChildStanding> ofPupils(UUID school, LocalDate day, Collection<UUID> pupils) {
        return standings(sql.sql(STANDING + "where school_id = :s and day = :d and pupil_id = any(:p::uuid[])").param("s", school).param("d", day).param("p", ids(pupils)));
    }

    List<ChildStanding> ofClass(UUID school, LocalDate day, UUID schoolClass) {
        return standings(sql.sql(STANDING + "where school_id = :s and day = :d and class_id = :c").param("s", school).param("d", day).param("c", schoolClass));
    }

    /** Whoever is planned for the session, is in it, or is on the way to it. */
    List<ChildStanding> ofSession(UUID school, LocalDate day, UUID session) {
        return standings(sql.sql(STANDING + "where school_id = :s and day = :d and (:x = any(stop_sessions) or session_id = :x)").param("s", school).param("d", day).param("x", session));
    }

    List<ChildStanding> ofDay(UUID school, LocalDate day) {
        return standings(sql.sql(STANDING + "where school_id = :s and day = :d").param("s", school).param("d", day));
    }

    private static List<ChildStanding> standings(JdbcClient.StatementSpec query) {
        return query.query((r, n) -> new ChildStanding(
                        id(r, "pupil_id"),
                        id(r, "class_id"),
                        ChildStanding.State.of(r.getString("state")),
                        r.getObject("custodian", UUID.class),
                        r.getObject("session_id", UUID.class),
                        instant(r, "since"),
                        maybe(r, "until"),
                        r.getString("word"),
                        r.getBoolean("closed"),
                        r.getBoolean("red"),
                        r.getBoolean("corrected"),
                        List.of((String[]) r.getArray("alarms").getArray()),
                        instant(r, "bell"),
                        id(r, "class_teacher"),
                        List.of((UUID[]) r.getArray("stop_sessions").getArray()),
                        List.of((UUID[]) r.getArray("stop_custodians").getArray()),
                        Arrays.stream((Timestamp[]) r.getArray("stop_ends").getArray()).map(Timestamp::toInstant).toList(),
                        r.getInt("entries")))
                .list();
    }

    // --- the day ---

    Optional<Instant> openedAt(UUID school, LocalDate day) {
        return sql.sql("select opened_at from custody.day where school_id = :s and day = :d").param("s", school).param("d", day).query((r, n) -> instant(r, "opened_at")).optional();
    }

    /** Days before this one on which somebody stayed for the service. */
    int servedBefore(UUID school, LocalDate day) {
        return sql.sql("""
                select count(*)::int from custody.day d where d.school_id = :s and d.day < :d
                and exists (select from custody.standing s where s.school_id = d.school_id and s.day = d.day and cardinality(s.stop_sessions) > 0)
                """)
                .param("s", school)
                .param("d", day)
                .query(Integer.class)
                .single();
    }

    /** True for the one who opens the day; another node that tries at the same moment waits and then finds it open. */
    boolean open(UUID school, LocalDate day, Instant now) {
        return sql.sql("insert into custody.day (school_id, day, opened_at, children) values (:s, :d, :now, 0) on conflict do nothing").param("s", school).param("d", day).param("now", Timestamp.from(now)).update() == 1;
    }

    void opened(UUID school, LocalDate day, int children) {
        sql.sql("update custody.day set children = :n where school_id = :s and day = :d").param("s", school).param("d", day).param("n", children).update();
    }

    private static String ids(Collection<UUID> ids) {
        return array(List.copyOf(ids), Function.identity());
    }

    private static <T> String all(List<T> rows, Function<T, @Nullable Object> part) {
        StringBuilder text = new StringBuilder(rows.size() * 40).append('{');
        for (T row : rows) {
            if (text.length() > 1) text.append(',');
            @Nullable Object value = part.apply(row);
            text.append(value == null ? "NULL" : value.toString());
        }
        return text.append('}').toString();
    }

    private static <T> String array(List<T> rows, Function<T, Object> part) {
        return rows.stream().map(r -> part.apply(r).toString()).collect(Collectors.joining(",", "{", "}"));
    }

    private static UUID id(ResultSet r, String column) throws SQLException {
        return r.getObject(column, UUID.class);
    }

    private static Instant instant(ResultSet r, String column) throws SQLException {
        return r.getTimestamp(column).toInstant();
    }

    private static @Nullable Instant maybe(ResultSet r, String column) throws SQLException {
        @Nullable Timestamp at = r.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
