package afterbell.term.enrolment;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads the menu of a grade. The same for every family of that grade and changed by the office alone, so it is kept for some seconds: in the last
 * minute of a round thousands of families open the same menus. A save always reads the menu as it is.
 */
@Component
class MenuStore {
    private static final long KEPT_NANOS = 5_000_000_000L;
    private static final String NOON = "noon";
    private static final int MOST_KEPT = 2_000;

    private final JdbcClient sql;
    private final Map<Key, Kept> kept = new ConcurrentHashMap<>();

    MenuStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** @param grade negative for the slots alone */
    private record Key(UUID school, UUID term, int grade) {}

    private record Kept(Menu menu, long atNanos) {}

    /** The menu, at most five seconds old. The caller has read something of the school under its own scope before. */
    Menu recent(UUID school, UUID term, int grade) {
        Key key = new Key(school, term, grade);
        @Nullable Kept known = kept.get(key);
        if (known != null && System.nanoTime() - known.atNanos() < KEPT_NANOS) return known.menu();
        Menu menu = now(school, term, grade);
        if (kept.size() > MOST_KEPT) kept.clear();
        kept.put(key, new Kept(menu, System.nanoTime()));
        return menu;
    }

    /** The slots of a grade alone, at most five seconds old. */
    Menu recentSlots(UUID school, UUID term, int grade) {
        Key key = new Key(school, term, -grade);
        @Nullable Kept known = kept.get(key);
        if (known != null && System.nanoTime() - known.atNanos() < KEPT_NANOS) return known.menu();
        Map<Boolean, List<Menu.Slot>> slots = byNoon(school, term, grade);
        Menu menu = new Menu(grade, Objects.requireNonNull(slots.get(false)), Objects.requireNonNull(slots.get(true)), List.of());
        if (kept.size() > MOST_KEPT) kept.clear();
        kept.put(key, new Kept(menu, System.nanoTime()));
        return menu;
    }

    private Map<Boolean, List<Menu.Slot>> byNoon(UUID school, UUID term, int grade) {
        return slots(school, term, grade).stream().collect(Collectors.partitioningBy(s -> s.service().equals(NOON), Collectors.mapping(Served::slot, Collectors.toUnmodifiableList())));
    }

    Menu now(UUID school, UUID term, int grade) {
        Map<Boolean, List<Menu.Slot>> slots = byNoon(school, term, grade);
        List<Menu.Slot> rest = Objects.requireNonNull(slots.get(false));
        return new Menu(grade, rest, Objects.requireNonNull(slots.get(true)), sections(school, term, grade, rest.stream().map(Menu.Slot::id).toList()));
    }

    private record Served(String service, Menu.Slot slot) {}

    private List<Served> slots(UUID school, UUID term, int grade) {
        return sql.sql("""
                select s.service_class as service, s.slot_id as id, s.weekday, s.ordinal, s.name, s.starts, s.ends
                from calendar.pub_slot s
                join calendar.pub_band b on b.school_id = s.school_id and b.term_id = s.term_id and b.band = s.band and b.grade = :grade
                where s.school_id = :school and s.term_id = :term and s.service_class in ('after-school', 'evening', 'weekend', 'noon')
                order by s.weekday, s.starts
                """)
                .param("school", school)
                .param("term", term)
                .param("grade", grade)
                .query((r, n) -> new Served(
                        r.getString("service"),
                        new Menu.Slot(
                                r.getObject("id", UUID.class),
                                r.getInt("weekday"),
                                r.getInt("ordinal"),
                                r.getString("name"),
                                r.getObject("starts", LocalTime.class),
                                r.getObject("ends", LocalTime.class))))
                .list();
    }

    private List<Menu.Section> sections(UUID school, UUID term, int grade, List<UUID> slots) {
        return sql.sql("""
                with last as materialized (
                    select d.activity, sum(d.wishes)::int as wishes, sum(x.capacity)::int as places
                    from enrolment.demand d
                    left join programme.pub_section x on x.school_id = d.school_id and x.section_id = d.section_id
                    where d.school_id = :school
                      and d.round_id = (select r.round_id from enrolment.round r
                                        where r.school_id = :school and r.state = 'closed' and r.term_id <> :term order by r.closes_at desc limit 1)
                    group by d.activity)
                select s.section_id, s.code, s.name, s.activity, s.description, s.min_size, s.capacity, s.per_class_seats, s.price_fen, s.price_unit,
                       s.materials, s.insurance, s.auditioned, coalesce(room.name, '') as place, last.wishes, last.places,
                       array(select p.name from programme.pub_section_teacher t
                             join roster.pub_staff p on p.school_id = t.school_id and p.staff_id = t.staff_id
                             where t.school_id = s.school_id and t.section_id = s.section_id order by t.main desc, p.initials) as teachers,
                       array(select ss.slot_id from programme.pub_section_slot ss
                             where ss.school_id = s.school_id and ss.section_id = s.section_id) as slots
                from programme.pub_section s
                left join schools.pub_room room on room.school_id = s.school_id and room.room_id = s.room_id
                left join last on last.activity = s.activity
                where s.school_id = :school and s.term_id = :term and s.state = 'published' and not s.fixed and :grade between s.grade_lo and s.grade_hi
                order by s.code
                """)
                .param("school", school)
                .param("term", term)
                .param("grade", grade)
                .query((r, n) -> new Menu.Section(
                        r.getObject("section_id", UUID.class),
                        r.getString("code"),
                        r.getString("name"),
                        r.getString("activity"),
                        r.getString("description"),
                        Arrays.asList((String[]) r.getArray("teachers").getArray()),
                        r.getString("place"),
                        r.getInt("min_size"),
                        r.getInt("capacity"),
                        r.getObject("per_class_seats", Integer.class),
                        r.getLong("price_fen"),
                        r.getString("price_unit"),
                        r.getString("materials"),
                        r.getBoolean("insurance"),
                        r.getBoolean("auditioned"),
                        slots.stream().filter(ids(r, "slots")::contains).toList(),
                        r.getObject("wishes", Integer.class),
                        r.getObject("places", Integer.class)))
                .list()
                .stream()
                .filter(s -> !s.slots().isEmpty())
                .toList();
    }

    /** Teams that named the child as a member. */
    List<Menu.Fixed> fixed(UUID school, UUID term, UUID pupil) {
        return sql.sql("""
                with mine as materialized (select f.section_id from programme.pub_fixed_member f where f.school_id = :school and f.pupil_id = :pupil and f.term_id = :term),
                teams as materialized (
                    select s.section_id, s.name, array(select ss.slot_id from programme.pub_section_slot ss where ss.school_id = s.school_id and ss.section_id = s.section_id) as slots
                    from programme.pub_section s where s.school_id = :school and s.term_id = :term and s.section_id in (select section_id from mine))
                select t.section_id as section, t.name, slot from teams t cross join unnest(t.slots) as slot
                """)
                .param("school", school)
                .param("pupil", pupil)
                .param("term", term)
                .query(Menu.Fixed.class)
                .list();
    }

    /** All teams of a term by member. */
    Map<UUID, List<Menu.Fixed>> fixed(UUID school, UUID term) {
        Map<UUID, List<Menu.Fixed>> all = new HashMap<>();
        sql.sql("""
                with members as materialized (select f.pupil_id, f.section_id from programme.pub_fixed_member f where f.school_id = :school and f.term_id = :term),
                teams as materialized (
                    select s.section_id, s.name, array(select ss.slot_id from programme.pub_section_slot ss where ss.school_id = s.school_id and ss.section_id = s.section_id) as slots
                    from programme.pub_section s where s.school_id = :school and s.term_id = :term and s.section_id in (select section_id from members))
                select m.pupil_id, t.section_id, t.name, slot from members m join teams t on t.section_id = m.section_id cross join unnest(t.slots) as slot
                """)
                .param("school", school)
                .param("term", term)
                .query((RowCallbackHandler) r -> all.computeIfAbsent(r.getObject(1, UUID.class), p -> new ArrayList<>())
                        .add(new Menu.Fixed(r.getObject(2, UUID.class), r.getString(3), r.getObject(4, UUID.class))));
        return all;
    }

    private static List<UUID> ids(ResultSet r, String column) throws SQLException {
        Array array = r.getArray(column);
        return Arrays.asList((UUID[]) array.getArray());
    }
}
