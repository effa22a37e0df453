package afterbell.base.roster;

import afterbell.base.shared.crypto.PersonalData;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What whoever has a child in hand must know (R90): allergy, health, anything else. The words are sealed; that there is a note shows {@code roster.pub_note}. */
@Component
public class ChildNotes {
    /** Longest note, in characters. */
    public static final int LONGEST = 200;

    private final JdbcClient sql;
    private final PersonalData personal;
    private final Clock clock;

    ChildNotes(JdbcClient sql, PersonalData personal, Clock clock) {
        this.sql = sql;
        this.personal = personal;
        this.clock = clock;
    }

    /** Whose word it is. */
    public enum Kind {
        /** Allergy, illness, medicine: from a guardian. */
        HEALTH,
        /** Anything else a guardian wants teachers to know. */
        FAMILY,
        /** What the class teacher adds. */
        TEACHER;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public record Note(Kind kind, String words, Instant at) {}

    /** Replaces the note of this kind; an empty one is deleted. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void put(UUID school, UUID pupil, Kind kind, String words, UUID by) {
        if (words.isBlank()) {
            sql.sql("delete from roster.note where school_id = :s and pupil_id = :p and kind = :k").param("s", school).param("p", pupil).param("k", kind.code()).update();
            return;
        }
        byte[] key = personal.newKey();
        sql.sql("""
                insert into roster.note (school_id, pupil_id, kind, person_key, sealed, said_by, said_at) values (:s, :p, :k, :key, :sealed, :by, :at)
                on conflict (school_id, pupil_id, kind) do update set person_key = excluded.person_key, sealed = excluded.sealed, said_by = excluded.said_by, said_at = excluded.said_at
                """)
                .param("s", school)
                .param("p", pupil)
                .param("k", kind.code())
                .param("key", key)
                .param("sealed", personal.seal(key, words.strip()))
                .param("by", by)
                .param("at", Timestamp.from(clock.instant()))
                .update();
    }

    /** In the order of kinds. Whoever opens another family's child asks for it by a recorded act. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Note> read(UUID school, UUID pupil) {
        return sql.sql("select kind, person_key, sealed, said_at from roster.note where school_id = :s and pupil_id = :p order by array_position(array['health', 'family', 'teacher'], kind)")
                .param("s", school)
                .param("p", pupil)
                .query((r, n) -> new Note(Kind.valueOf(r.getString("kind").toUpperCase(Locale.ROOT)), personal.open(r.getBytes("person_key"), r.getBytes("sealed")), r.getTimestamp("said_at").toInstant()))
                .list();
    }

    /** A kind of note with the moment of its last change; nothing of its words. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Instant> saidAt(UUID school, UUID pupil, Kind kind) {
        return sql.sql("select said_at from roster.note where school_id = :s and pupil_id = :p and kind = :k").param("s", school).param("p", pupil).param("k", kind.code()).query((r, n) -> r.getTimestamp(1).toInstant()).list();
    }

    void erase(UUID school, UUID pupil) {
        sql.sql("delete from roster.note where school_id = :s and pupil_id = :p").param("s", school).param("p", pupil).update();
    }
}
