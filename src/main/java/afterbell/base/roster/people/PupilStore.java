package afterbell.base.roster.people;

import afterbell.base.shared.Ids;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.text.Pinyin;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class PupilStore {
    private final JdbcClient sql;
    private final Ids ids;

    PupilStore(JdbcClient sql, Ids ids) {
        this.sql = sql;
        this.ids = ids;
    }

    /** @param seat number in the class as the school writes it, may be empty */
    record Seat(String seat) {}

    static Question<Seat> seatOf(UUID school, UUID pupil) {
        return new Question<>(Seat.class, "select seat from roster.pupil where school_id = :s and pupil_id = :p", Map.of("s", school, "p", pupil));
    }

    static Question<PupilPage.Adult> adultsOf(UUID school, UUID pupil) {
        return new Question<>(
                PupilPage.Adult.class,
                """
                select adult_id as id, name, kind, label, account_id is not null as entered from roster.pub_relation where school_id = :s and pupil_id = :p
                order by array_position(array['guardian', 'carer', 'collector', 'emergency'], kind), adult_id
                """,
                Map.of("s", school, "p", pupil));
    }

    /** The account of a grown-up of the child, empty where the person has none; no row where the person is nobody of the child. */
    Optional<Optional<UUID>> accountOf(UUID school, UUID pupil, UUID adult) {
        return sql.sql("select account_id from roster.pub_relation where school_id = :s and pupil_id = :p and adult_id = :a")
                .param("s", school)
                .param("p", pupil)
                .param("a", adult)
                .query((r, n) -> Optional.ofNullable(r.getObject(1, UUID.class)))
                .optional();
    }

    void endRelation(UUID school, UUID pupil, UUID adult, LocalDate today) {
        sql.sql("update roster.relation set until = :today where school_id = :s and pupil_id = :p and adult_id = :a and until is null").param("today", today).param("s", school).param("p", pupil).param("a", adult).update();
    }

    static Question<PupilPage.Consent> consentsOf(UUID school, UUID pupil) {
        return new Question<>(PupilPage.Consent.class, "select kind, weekdays from roster.pub_consent where school_id = :s and pupil_id = :p order by kind", Map.of("s", school, "p", pupil));
    }

    void change(UUID school, UUID pupil, String name, @Nullable String gender, @Nullable LocalDate birthday, String seat) {
        sql.sql("update roster.pupil set name = :name, initials = :initials, search = :search, gender = :gender, birthday = :birthday, seat = :seat where school_id = :s and pupil_id = :p")
                .param("name", name)
                .param("initials", Pinyin.initials(name))
                .param("search", Pinyin.searchColumn(name))
                .param("gender", gender, Types.VARCHAR)
                .param("birthday", birthday, Types.DATE)
                .param("seat", seat)
                .param("s", school)
                .param("p", pupil)
                .update();
    }

    UUID add(UUID school, UUID klass, String name, @Nullable String gender, @Nullable LocalDate birthday, String seat, LocalDate today) {
        UUID pupil = ids.next();
        sql.sql("""
                insert into roster.pupil (school_id, pupil_id, class_id, name, initials, search, gender, birthday, seat, joined_on)
                values (:s, :p, :c, :name, :initials, :search, :gender, :birthday, :seat, :today)
                """)
                .param("s", school)
                .param("p", pupil)
                .param("c", klass)
                .param("name", name)
                .param("initials", Pinyin.initials(name))
                .param("search", Pinyin.searchColumn(name))
                .param("gender", gender, Types.VARCHAR)
                .param("birthday", birthday, Types.DATE)
                .param("seat", seat)
                .param("today", today)
                .update();
        return pupil;
    }

    /** Children of this name and birthday who are here already. */
    long same(UUID school, String name, @Nullable LocalDate birthday) {
        return sql.sql("select count(*) from roster.pub_pupil where school_id = :s and name = :n and (birthday = :b or birthday is null or cast(:b as date) is null)")
                .param("s", school)
                .param("n", name)
                .param("b", birthday, Types.DATE)
                .query(Long.class)
                .single();
    }

    boolean move(UUID school, UUID pupil, UUID from, UUID to) {
        return sql.sql("update roster.pupil set class_id = :to where school_id = :s and pupil_id = :p and class_id = :from and left_on is null").param("to", to).param("s", school).param("p", pupil).param("from", from).update() > 0;
    }

    void transfer(UUID school, UUID pupil, @Nullable UUID from, UUID to, LocalDate day, UUID by, Instant at) {
        sql.sql("insert into roster.transfer (school_id, transfer_id, pupil_id, from_class, to_class, on_day, done_by, done_at) values (:s, :id, :p, :from, :to, :day, :by, :at)")
                .param("s", school)
                .param("id", ids.next())
                .param("p", pupil)
                .param("from", from, Types.OTHER)
                .param("to", to)
                .param("day", day)
                .param("by", by)
                .param("at", Timestamp.from(at))
                .update();
    }
}
