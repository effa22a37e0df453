package afterbell.term.enrolment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sheets in PostgreSQL. What it may see and write is decided there: the family its own, staff nothing of a sealed sheet. */
@Component
class SheetStore {
    /** Savings of one person within this time are one visit, and one line of the history. */
    private static final Duration VISIT = Duration.ofMinutes(20);

    private final JdbcClient sql;

    SheetStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** A child's sheet with its round, in one statement; empty where the scope shows no such child or round. */
    Optional<FamilySheet> read(UUID school, UUID round, UUID pupil) {
        return sql.sql("""
                select r.round_id, r.term_id, r.name, r.opens_at, r.closes_at, r.review_until, r.state, r.max_clubs, r.first_come, r.review_steps, r.draw_order,
                       p.pupil_id, p.name as child, p.class_name, p.class_id, p.grade,
                       s.takes_part, s.waiting, s.entered_by, s.entered_for_family, s.saved_at, coalesce(s.version, 0) as version, s.objected_at,
                       array(select d.weekday || ':' || d.until_ordinal from enrolment.sheet_day d
                             where d.school_id = s.school_id and d.round_id = s.round_id and d.pupil_id = s.pupil_id) as days,
                       array(select w.slot_id || '.' || w.section_id from enrolment.wish w
                             where w.school_id = s.school_id and w.round_id = s.round_id and w.pupil_id = s.pupil_id order by w.slot_id, w.rank) as wishes,
                       array(select x.slot_id from enrolment.sheet_slot x
                             where x.school_id = s.school_id and x.round_id = s.round_id and x.pupil_id = s.pupil_id) as noon,
                       b.term_id as before_term, p.grade - b.years as before_grade,
                       array(select d.weekday || ':' || d.until_ordinal from enrolment.sheet_day d
                             where d.school_id = p.school_id and d.pupil_id = p.pupil_id and d.round_id = b.round_id) as before,
                       array(select x.slot_id from enrolment.sheet_slot x
                             where x.school_id = p.school_id and x.pupil_id = p.pupil_id and x.round_id = b.round_id) as before_noon,
                       v.returned_at, v.reason, v.step
                from enrolment.round r
                join roster.pub_pupil p on p.school_id = r.school_id and p.pupil_id = :pupil
                left join enrolment.sheet s on s.school_id = r.school_id and s.round_id = r.round_id and s.pupil_id = p.pupil_id
                left join enrolment.review_place v on v.school_id = r.school_id and v.round_id = r.round_id and v.pupil_id = p.pupil_id
                left join lateral (
                    select c.round_id, c.term_id, n.school_year - o.school_year as years
                    from enrolment.sheet x
                    join enrolment.round c on c.school_id = x.school_id and c.round_id = x.round_id
                    join calendar.pub_term o on o.school_id = c.school_id and o.term_id = c.term_id
                    join calendar.pub_term n on n.school_id = r.school_id and n.term_id = r.term_id
                    where x.school_id = p.school_id and x.pupil_id = p.pupil_id and x.takes_part and c.state = 'closed' and c.closes_at < r.closes_at
                    order by c.closes_at desc limit 1) b on s.pupil_id is null
                where r.school_id = :school and r.round_id = :round
                """)
                .param("school", school)
                .param("round", round)
                .param("pupil", pupil)
                .query((r, n) -> new FamilySheet(
                        new FamilySheet.Child(r.getObject("pupil_id", UUID.class), r.getString("child"), r.getObject("class_id", UUID.class), r.getString("class_name"), r.getInt("grade")),
                        round(r),
                        sheet(r),
                        r.getInt("version"),
                        instant(r, "saved_at"),
                        r.getObject("entered_by", UUID.class),
                        r.getBoolean("entered_for_family"),
                        r.getTimestamp("objected_at") != null,
                        before(r),
                        returned(r)))
                .optional();
    }

    static Round round(ResultSet r) throws SQLException {
        return new Round(
                r.getObject("round_id", UUID.class),
                r.getObject("term_id", UUID.class),
                r.getString("name"),
                r.getTimestamp("opens_at").toInstant(),
                r.getTimestamp("closes_at").toInstant(),
                r.getTimestamp("review_until").toInstant(),
                Round.State.valueOf(r.getString("state").toUpperCase(Locale.ROOT)),
                r.getObject("max_clubs", Integer.class),
                r.getBoolean("first_come"),
                Arrays.asList((String[]) r.getArray("review_steps").getArray()),
                r.getString("draw_order"));
    }

    private static @Nullable Sheet sheet(ResultSet r) throws SQLException {
        @Nullable Boolean takesPart = r.getObject("takes_part", Boolean.class);
        if (takesPart == null) return null;
        return new Sheet(takesPart, days(r, "days"), wishes(r), Set.of((UUID[]) r.getArray("noon").getArray()), Sheet.Waiting.valueOf(r.getString("waiting").toUpperCase(Locale.ROOT)));
    }

    private static Map<Integer, Integer> days(ResultSet r, String column) throws SQLException {
        Map<Integer, Integer> days = new LinkedHashMap<>();
        if (r.getArray(column) == null) return days;
        for (String day : (String[]) r.getArray(column).getArray()) {
            int colon = day.indexOf(':');
            days.put(Integer.valueOf(day.substring(0, colon)), Integer.valueOf(day.substring(colon + 1)));
        }
        return days;
    }

    private static Map<UUID, List<UUID>> wishes(ResultSet r) throws SQLException {
        Map<UUID, List<UUID>> wishes = new LinkedHashMap<>();
        for (String wish : (String[]) r.getArray("wishes").getArray())
            wishes.computeIfAbsent(UUID.fromString(wish.substring(0, 36)), s -> new ArrayList<>()).add(UUID.fromString(wish.substring(37)));
        return wishes;
    }

    private static FamilySheet.@Nullable Before before(ResultSet r) throws SQLException {
        @Nullable UUID term = r.getObject("before_term", UUID.class);
        return term == null ? null : new FamilySheet.Before(term, r.getInt("before_grade"), days(r, "before"), Set.of((UUID[]) r.getArray("before_noon").getArray()));
    }

    private static FamilySheet.@Nullable Returned returned(ResultSet r) throws SQLException {
        @Nullable Instant at = instant(r, "returned_at");
        return at == null ? null : new FamilySheet.Returned(at, r.getString("reason"), round(r).stepEnds(r.getInt("step")));
    }

    private static @Nullable Instant instant(ResultSet r, String column) throws SQLException {
        @Nullable Timestamp at = r.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    /** Keeps the close from overtaking a save that is on its way: savers share, the close waits for all of them. */
    void holdRound(UUID round) {
        sql.sql("select pg_advisory_xact_lock_shared(hashtextextended(:r, 7))").param("r", round.toString()).query((r, n) -> 0).single();
    }

    void shutRound(UUID round) {
        sql.sql("select pg_advisory_xact_lock(hashtextextended(:r, 7))").param("r", round.toString()).query((r, n) -> 0).single();
    }

    /** Whether the family has answered itself; all that staff can know of a sealed sheet. */
    boolean answeredItself(UUID school, UUID round, UUID pupil) {
        return sql.sql("select not for_family from enrolment.answer where school_id = :s and round_id = :r and pupil_id = :p")
                .param("s", school)
                .param("r", round)
                .param("p", pupil)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /** Writes the head; false where the sheet is no longer the one that the change was based on. */
    boolean putHead(SheetCommand c, Sheet asked) {
        return sql.sql("""
                insert into enrolment.sheet as now (school_id, round_id, pupil_id, takes_part, waiting, entered_by, entered_for_family, saved_at, version)
                values (:school, :round, :pupil, :part, :waiting, :by, :forFamily, :at, 1)
                on conflict (school_id, round_id, pupil_id) do update
                set takes_part = excluded.takes_part, waiting = excluded.waiting, entered_by = excluded.entered_by, entered_for_family = excluded.entered_for_family,
                    saved_at = excluded.saved_at, version = now.version + 1, objected_at = null
                where now.version = :basedOn
                """)
                        .param("school", c.school())
                        .param("round", c.round())
                        .param("pupil", c.child())
                        .param("part", asked.takesPart())
                        .param("waiting", asked.waiting().name().toLowerCase(Locale.ROOT))
                        .param("by", c.by())
                        .param("forFamily", c.forFamily())
                        .param("at", Timestamp.from(c.at()))
                        .param("basedOn", c.basedOn())
                        .update()
                == 1;
    }

    /** Writes days and wishes as they are now. */
    void putBody(SheetCommand c, Sheet asked, Menu menu) {
        sql.sql("""
                insert into enrolment.sheet_day (school_id, round_id, pupil_id, weekday, until_ordinal)
                select :school, :round, :pupil, d.weekday, d.until_ordinal from unnest(:weekdays::int[], :untils::int[]) as d (weekday, until_ordinal)
                on conflict (school_id, round_id, pupil_id, weekday) do update set until_ordinal = excluded.until_ordinal
                """)
                .param("school", c.school())
                .param("round", c.round())
                .param("pupil", c.child())
                .param("weekdays", array(menu.weekdays()))
                .param("untils", array(menu.weekdays().stream().map(d -> asked.until().getOrDefault(d, 0)).toList()))
                .update();
        sql.sql("delete from enrolment.wish where school_id = :school and round_id = :round and pupil_id = :pupil")
                .param("school", c.school())
                .param("round", c.round())
                .param("pupil", c.child())
                .update();
        putNoon(c, asked, menu);
        List<UUID> slots = new ArrayList<>();
        List<Integer> ranks = new ArrayList<>();
        List<UUID> sections = new ArrayList<>();
        List<Boolean> counts = new ArrayList<>();
        asked.wishes().forEach((slot, list) -> {
            for (int i = 0; i < list.size(); i++) {
                slots.add(slot);
                ranks.add(i + 1);
                sections.add(list.get(i));
                counts.add(SheetPolicy.counts(menu, asked, list.get(i)));
            }
        });
        if (slots.isEmpty()) return;
        sql.sql("""
                insert into enrolment.wish (school_id, round_id, pupil_id, slot_id, rank, section_id, counts)
                select :school, :round, :pupil, w.slot_id, w.rank, w.section_id, w.counts
                from unnest(:slots::uuid[], :ranks::int[], :sections::uuid[], :counts::boolean[]) as w (slot_id, rank, section_id, counts)
                """)
                .param("school", c.school())
                .param("round", c.round())
                .param("pupil", c.child())
                .param("slots", array(slots))
                .param("ranks", array(ranks))
                .param("sections", array(sections))
                .param("counts", array(counts))
                .update();
    }

    private void putNoon(SheetCommand c, Sheet asked, Menu menu) {
        if (menu.noon().isEmpty()) return;
        sql.sql("""
                with gone as (
                    delete from enrolment.sheet_slot x where x.school_id = :school and x.round_id = :round and x.pupil_id = :pupil and x.slot_id <> all(:slots::uuid[]))
                insert into enrolment.sheet_slot (school_id, round_id, pupil_id, slot_id)
                select :school, :round, :pupil, s from unnest(:slots::uuid[]) s on conflict do nothing
                """)
                .param("school", c.school())
                .param("round", c.round())
                .param("pupil", c.child())
                .param("slots", array(List.copyOf(asked.noon())))
                .update();
    }

    /** One line per person and visit; within a visit the line is brought up to date. */
    void putChange(SheetCommand c, Sheet asked, Menu menu) {
        String days = daysText(asked, menu);
        String wishes = asked.wishes().values().stream().flatMap(List::stream).map(UUID::toString).distinct().collect(Collectors.joining(" "));
        sql.sql("""
                insert into enrolment.sheet_change as line (school_id, round_id, pupil_id, version, account_id, for_family, at, takes_part, days, wishes)
                select :school, :round, :pupil,
                       coalesce((select case when last.account_id = :by and last.for_family = :forFamily and last.at > :visit then last.version else last.version + 1 end
                                 from enrolment.sheet_change last where last.school_id = :school and last.round_id = :round and last.pupil_id = :pupil
                                 order by last.version desc limit 1), 1),
                       :by, :forFamily, :at, :part, :days, :wishes
                on conflict (school_id, round_id, pupil_id, version) do update
                set at = excluded.at, takes_part = excluded.takes_part, days = excluded.days, wishes = excluded.wishes
                """)
                .param("school", c.school())
                .param("round", c.round())
                .param("pupil", c.child())
                .param("by", c.by())
                .param("forFamily", c.forFamily())
                .param("at", Timestamp.from(c.at()))
                .param("visit", Timestamp.from(c.at().minus(VISIT)))
                .param("part", asked.takesPart())
                .param("days", days)
                .param("wishes", wishes)
                .update();
    }

    void putAnswer(SheetCommand c, boolean complete) {
        if (complete)
            sql.sql("""
                    insert into enrolment.answer (school_id, round_id, pupil_id, answered_at, for_family) values (:school, :round, :pupil, :at, :forFamily)
                    on conflict (school_id, round_id, pupil_id) do update set answered_at = excluded.answered_at, for_family = excluded.for_family, objected = false
                    """)
                    .param("school", c.school())
                    .param("round", c.round())
                    .param("pupil", c.child())
                    .param("at", Timestamp.from(c.at()))
                    .param("forFamily", c.forFamily())
                    .update();
        else
            sql.sql("delete from enrolment.answer where school_id = :school and round_id = :round and pupil_id = :pupil")
                    .param("school", c.school())
                    .param("round", c.round())
                    .param("pupil", c.child())
                    .update();
    }

    /** Children whose family has answered. */
    Set<UUID> answered(UUID school, UUID round) {
        return Set.copyOf(sql.sql("select pupil_id from enrolment.answer where school_id = :s and round_id = :r").param("s", school).param("r", round).query(UUID.class).list());
    }

    /** A first sheet among many. */
    record Row(Enrolments.Entry entry, Sheet asked, Menu menu) {}

    void putAll(UUID school, UUID round, List<Row> rows, boolean forFamily) {
        if (rows.isEmpty()) return;
        Columns heads = new Columns(6);
        Columns days = new Columns(3);
        Columns wishes = new Columns(5);
        Columns noon = new Columns(2);
        for (Row row : rows) {
            UUID child = row.entry().child();
            Sheet asked = row.asked();
            heads.add(child, asked.takesPart(), asked.waiting().name().toLowerCase(Locale.ROOT), row.entry().by(), row.entry().at(), quoted(daysText(asked, row.menu())));
            row.menu().weekdays().forEach(d -> days.add(child, d, asked.until().getOrDefault(d, 0)));
            asked.noon().forEach(slot -> noon.add(child, slot));
            asked.wishes().forEach((slot, list) -> {
                for (int i = 0; i < list.size(); i++) wishes.add(child, slot, i + 1, list.get(i), SheetPolicy.counts(row.menu(), asked, list.get(i)));
            });
        }
        many(school, round, forFamily, heads, """
                insert into enrolment.sheet (school_id, round_id, pupil_id, takes_part, waiting, entered_by, entered_for_family, saved_at, version)
                select :s, :r, x.pupil, x.part, x.waiting, x.by, :f, x.at, 1
                from unnest(:c0::uuid[], :c1::boolean[], :c2::text[], :c3::uuid[], :c4::timestamptz[], :c5::text[]) as x (pupil, part, waiting, by, at, days)
                """);
        many(school, round, forFamily, days, """
                insert into enrolment.sheet_day (school_id, round_id, pupil_id, weekday, until_ordinal)
                select :s, :r, x.pupil, x.day, x.until from unnest(:c0::uuid[], :c1::int[], :c2::int[]) as x (pupil, day, until)
                """);
        many(school, round, forFamily, noon, "insert into enrolment.sheet_slot (school_id, round_id, pupil_id, slot_id) select :s, :r, x.pupil, x.slot from unnest(:c0::uuid[], :c1::uuid[]) as x (pupil, slot)");
        many(school, round, forFamily, wishes, """
                insert into enrolment.wish (school_id, round_id, pupil_id, slot_id, rank, section_id, counts)
                select :s, :r, x.pupil, x.slot, x.rank, x.section, x.counts
                from unnest(:c0::uuid[], :c1::uuid[], :c2::int[], :c3::uuid[], :c4::boolean[]) as x (pupil, slot, rank, section, counts)
                """);
        many(school, round, forFamily, heads, """
                insert into enrolment.sheet_change (school_id, round_id, pupil_id, version, account_id, for_family, at, takes_part, days, wishes)
                select :s, :r, x.pupil, 1, x.by, :f, x.at, x.part, x.days,
                       coalesce((select string_agg(w.section_id::text, ' ' order by w.slot_id, w.rank) from enrolment.wish w
                                 where w.school_id = :s and w.round_id = :r and w.pupil_id = x.pupil), '')
                from unnest(:c0::uuid[], :c1::boolean[], :c2::text[], :c3::uuid[], :c4::timestamptz[], :c5::text[]) as x (pupil, part, waiting, by, at, days)
                """);
        many(school, round, forFamily, heads, """
                insert into enrolment.answer (school_id, round_id, pupil_id, answered_at, for_family)
                select :s, :r, x.pupil, x.at, :f
                from unnest(:c0::uuid[], :c1::boolean[], :c2::text[], :c3::uuid[], :c4::timestamptz[], :c5::text[]) as x (pupil, part, waiting, by, at, days)
                """);
    }

    private void many(UUID school, UUID round, boolean forFamily, Columns columns, String insert) {
        JdbcClient.StatementSpec statement = sql.sql(insert).param("s", school).param("r", round).param("f", forFamily);
        for (int i = 0; i < columns.lists.size(); i++) statement = statement.param("c" + i, array(columns.lists.get(i)));
        statement.update();
    }

    /** Values column by column, as unnest wants them. */
    private static final class Columns {
        private final List<List<Object>> lists = new ArrayList<>();

        Columns(int count) {
            for (int i = 0; i < count; i++) lists.add(new ArrayList<>());
        }

        void add(Object... values) {
            for (int i = 0; i < values.length; i++) lists.get(i).add(values[i]);
        }
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private static String daysText(Sheet asked, Menu menu) {
        return menu.weekdays().stream().map(d -> d + ":" + asked.untilOn(d)).collect(Collectors.joining(" "));
    }

    /** Takes back what was entered for the family; false where nothing of that kind stands. */
    boolean object(UUID school, UUID round, UUID pupil, Instant at) {
        boolean done = sql.sql("""
                        update enrolment.sheet set takes_part = null, objected_at = :at, version = version + 1
                        where school_id = :s and round_id = :r and pupil_id = :p and entered_for_family and objected_at is null
                        """)
                        .param("s", school)
                        .param("r", round)
                        .param("p", pupil)
                        .param("at", Timestamp.from(at))
                        .update()
                == 1;
        if (done)
            sql.sql("update enrolment.answer set objected = true where school_id = :s and round_id = :r and pupil_id = :p")
                    .param("s", school)
                    .param("r", round)
                    .param("p", pupil)
                    .update();
        return done;
    }

    /** Who changed the sheet, latest first. */
    List<FamilySheet.Change> changes(UUID school, UUID round, UUID pupil) {
        return sql.sql("""
                select account_id as by, for_family, at, takes_part, days, wishes from enrolment.sheet_change
                where school_id = :s and round_id = :r and pupil_id = :p order by version desc limit 20
                """)
                .param("s", school)
                .param("r", round)
                .param("p", pupil)
                .query((r, n) -> new FamilySheet.Change(
                        r.getObject("by", UUID.class),
                        r.getBoolean("for_family"),
                        r.getTimestamp("at").toInstant(),
                        r.getObject("takes_part", Boolean.class),
                        r.getString("days"),
                        r.getString("wishes")))
                .list();
    }

    private static String array(List<?> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }
}
