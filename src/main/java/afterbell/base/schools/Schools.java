package afterbell.base.schools;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import afterbell.base.shared.web.SchoolNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Schools, their grades, rooms and bureaus. Every read stays inside the caller's scope. */
@Component
@Transactional(readOnly = true)
public class Schools implements SchoolNames {
    private final JdbcClient sql;
    private final Questions questions;
    private final TransactionTemplate transactions;
    private final Map<UUID, String> names = new ConcurrentHashMap<>();

    Schools(JdbcClient sql, Questions questions, TransactionTemplate transactions) {
        this.questions = questions;
        this.sql = sql;
        this.transactions = transactions;
    }

    /** A grade and the band it belongs to (slots and waves are per band). */
    public record Grade(int grade, String name, String band) {}

    /** A place for sessions. */
    public record Room(UUID id, String code, String name, String kind, int capacity, boolean outdoor) {}

    public static Question<School> schoolOf(UUID school) {
        return new Question<>(School.class, "select school_id as id, code, name, region, kind, setting, ownership, boarding, phone from schools.school where school_id = :s", Map.of("s", school));
    }

    public School get(UUID school) {
        return questions.ask(schoolOf(school)).stream().findFirst().orElseThrow(NotFound::new);
    }

    /** A node of the bureau tree; every hat may know it. */
    public record Bureau(UUID id, @Nullable UUID parent, String name, String region) {}

    public Bureau bureau(UUID bureau) {
        return sql.sql("select bureau_id as id, parent_id as parent, name, region from schools.bureau where bureau_id = :b")
                .param("b", bureau)
                .query(Bureau.class)
                .optional()
                .orElseThrow(NotFound::new);
    }

    /** The node and those above it, from the root down: what a school below it carries. */
    public List<UUID> path(UUID bureau) {
        return sql.sql("""
                with recursive up as (
                    select bureau_id, parent_id, 0 as height from schools.bureau where bureau_id = :b
                    union all select p.bureau_id, p.parent_id, up.height + 1 from schools.bureau p join up on p.bureau_id = up.parent_id where up.height < 10)
                select bureau_id from up order by height desc
                """)
                .param("b", bureau)
                .query(UUID.class)
                .list();
    }

    /** Schools of the scope: one for staff, the children's for a family, those below the bureau. */
    public List<School> all() {
        return sql.sql("select school_id as id, code, name, region, kind, setting, ownership, boarding, phone from schools.school order by code")
                .query(School.class)
                .list();
    }

    public List<Grade> grades(UUID school) {
        return sql.sql("select grade, name, band from schools.grade where school_id = :s order by grade").param("s", school).query(Grade.class).list();
    }

    public static Question<Room> roomsOf(UUID school) {
        return new Question<>(Room.class, "select room_id as id, code, name, kind, capacity, outdoor from schools.room where school_id = :s and not retired order by code", Map.of("s", school));
    }

    public List<Room> rooms(UUID school) {
        return questions.ask(roomsOf(school));
    }

    /** Whether this node has no school yet; needs no scope. */
    public boolean none() {
        return sql.sql("select not exists (select 1 from schools.door_all())").query(Boolean.class).single();
    }

    /** The school behind a public address; needs no scope. */
    public Optional<UUID> byCode(String code) {
        return sql.sql("select schools.door_school_by_code(:c)").param("c", code).query((r, n) -> Optional.ofNullable((UUID) r.getObject(1))).single();
    }

    /** Adds a school below a bureau path; the scope must be the school's own or the bureau's. */
    @Transactional
    public void add(School school, List<UUID> bureauPath) {
        sql.sql("""
                insert into schools.school (school_id, bureau_path, code, name, region, kind, setting, ownership, boarding, phone)
                values (:id, :path, :code, :name, :region, :kind, :setting, :ownership, :boarding, :phone)
                """)
                .param("id", school.id())
                .param("path", bureauPath.toArray(UUID[]::new))
                .param("code", school.code())
                .param("name", school.name())
                .param("region", school.region())
                .param("kind", school.kind())
                .param("setting", school.setting())
                .param("ownership", school.ownership())
                .param("boarding", school.boarding())
                .param("phone", school.phone())
                .update();
    }

    @Transactional
    public void addBureau(UUID id, @Nullable UUID parent, String name, String region) {
        sql.sql("insert into schools.bureau (bureau_id, parent_id, name, region) values (:id, :parent, :name, :region)")
                .param("id", id)
                .param("parent", parent)
                .param("name", name)
                .param("region", region)
                .update();
    }

    @Transactional
    public void putGrade(UUID school, Grade grade) {
        sql.sql("insert into schools.grade (school_id, grade, name, band) values (:s, :g, :n, :b) on conflict (school_id, grade) do update set name = excluded.name, band = excluded.band")
                .param("s", school)
                .param("g", grade.grade())
                .param("n", grade.name())
                .param("b", grade.band())
                .update();
    }

    @Transactional
    public void addCampus(UUID school, UUID campus, String name) {
        sql.sql("insert into schools.campus (school_id, campus_id, name) values (:s, :c, :n)").param("s", school).param("c", campus).param("n", name).update();
    }

    /** An area that patrols and clearing walk (R88). */
    @Transactional
    public void addArea(UUID school, UUID area, String name) {
        sql.sql("insert into schools.area (school_id, area_id, name) values (:s, :a, :n)").param("s", school).param("a", area).param("n", name).update();
    }

    @Transactional
    public void putRoom(UUID school, Room room) {
        sql.sql("""
                insert into schools.room (school_id, room_id, code, name, kind, capacity, outdoor) values (:s, :id, :code, :name, :kind, :capacity, :outdoor)
                on conflict (school_id, code) do update set name = excluded.name, kind = excluded.kind, capacity = excluded.capacity, outdoor = excluded.outdoor, retired = false
                """)
                .param("s", school)
                .param("id", room.id())
                .param("code", room.code())
                .param("name", room.name())
                .param("kind", room.kind())
                .param("capacity", room.capacity())
                .param("outdoor", room.outdoor())
                .update();
    }

    /** A gate where children leave (R85, R91). */
    @Transactional
    public void addGate(UUID school, UUID gate, String name) {
        sql.sql("insert into schools.gate (school_id, gate_id, name) values (:s, :g, :n)").param("s", school).param("g", gate).param("n", name).update();
    }

    // Begins no transaction by itself: that one would carry the caller's scope, which may be the door's on a refused page.
    @Override
    @Transactional(propagation = Propagation.SUPPORTS)
    public String nameOf(UUID school) {
        // Names hardly change and stand on every page: kept in memory, read once under the school's own scope.
        return names.computeIfAbsent(school, s -> Scopes.within(Scope.school(s, null), () -> transactions.execute(t -> get(s).name())));
    }
}
