package afterbell.base.schools.places;

import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Places of one school. */
@Repository
@Transactional
class PlacesStore {
    private final JdbcClient sql;

    PlacesStore(JdbcClient sql) {
        this.sql = sql;
    }

    record Named(UUID id, String name) {}

    record Room(UUID id, String code, String name, String kind, int capacity, boolean outdoor, @Nullable UUID campus, @Nullable String campusName) {}

    @Transactional(readOnly = true)
    List<Named> spots(UUID school, Spot spot) {
        return sql.sql("select " + spot.table() + "_id as id, name from schools." + spot.table() + " where school_id = :s order by name").param("s", school).query(Named.class).list();
    }

    void add(UUID school, Spot spot, UUID id, String name) {
        sql.sql("insert into schools." + spot.table() + " (school_id, " + spot.table() + "_id, name) values (:s, :id, :n)").param("s", school).param("id", id).param("n", name).update();
    }

    boolean rename(UUID school, Spot spot, UUID id, String name) {
        return sql.sql("update schools." + spot.table() + " set name = :n where school_id = :s and " + spot.table() + "_id = :id").param("s", school).param("id", id).param("n", name).update() > 0;
    }

    /** False where something still stands at it. */
    boolean remove(UUID school, Spot spot, UUID id) {
        try {
            sql.sql("delete from schools." + spot.table() + " where school_id = :s and " + spot.table() + "_id = :id").param("s", school).param("id", id).update();
            return true;
        } catch (DataIntegrityViolationException used) {
            return false;
        }
    }

    @Transactional(readOnly = true)
    List<Room> rooms(UUID school, String words, long offset, int size) {
        return sql.sql(ROOMS + " order by r.code limit :size offset :offset").param("s", school).param("q", words).param("size", size).param("offset", offset).query(Room.class).list();
    }

    @Transactional(readOnly = true)
    long count(UUID school, String words) {
        return sql.sql("select count(*) from (" + ROOMS + ") r").param("s", school).param("q", words).query(Long.class).single();
    }

    private static final String ROOMS = """
            select r.room_id as id, r.code, r.name, r.kind, r.capacity, r.outdoor, r.campus_id as campus, c.name as campus_name
            from schools.room r left join schools.campus c on c.school_id = r.school_id and c.campus_id = r.campus_id
            where r.school_id = :s and not r.retired and (:q = '' or strpos(lower(r.code || ' ' || r.name), lower(:q)) > 0)
            """;

    @Transactional(readOnly = true)
    Optional<Room> room(UUID school, UUID id) {
        return sql.sql(ROOMS + " and r.room_id = :id").param("s", school).param("q", "").param("id", id).query(Room.class).optional();
    }

    /** False where another room has the code. */
    boolean put(UUID school, UUID id, RoomForm form) {
        boolean taken = sql.sql("select exists (select 1 from schools.room where school_id = :s and code = :c and room_id <> :id)").param("s", school).param("c", form.code()).param("id", id).query(Boolean.class).single();
        if (taken) return false;
        sql.sql("""
                insert into schools.room (school_id, room_id, campus_id, code, name, kind, capacity, outdoor) values (:s, :id, :campus, :code, :name, :kind, :capacity, :outdoor)
                on conflict (school_id, room_id) do update
                set campus_id = excluded.campus_id, code = excluded.code, name = excluded.name, kind = excluded.kind, capacity = excluded.capacity, outdoor = excluded.outdoor
                """)
                .param("s", school)
                .param("id", id)
                .param("campus", form.campusId(), Types.OTHER)
                .param("code", form.code())
                .param("name", form.name())
                .param("kind", form.kind())
                .param("capacity", form.seats())
                .param("outdoor", form.outdoor())
                .update();
        return true;
    }

    void retire(UUID school, UUID id) {
        sql.sql("update schools.room set retired = true where school_id = :s and room_id = :id").param("s", school).param("id", id).update();
    }
}
