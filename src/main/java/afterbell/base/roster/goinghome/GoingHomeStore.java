package afterbell.base.roster.goinghome;

import afterbell.base.shared.Ids;
import afterbell.base.shared.crypto.PersonalData;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class GoingHomeStore {
    private final JdbcClient sql;
    private final PersonalData personal;
    private final Ids ids;

    GoingHomeStore(JdbcClient sql, PersonalData personal, Ids ids) {
        this.sql = sql;
        this.personal = personal;
        this.ids = ids;
    }

    record Named(UUID adult, String name, String kind, String label, boolean hasAccount) {}

    List<Named> collectors(UUID school, UUID pupil) {
        return sql.sql("""
                select adult_id as adult, name, kind, label, account_id is not null as has_account from roster.pub_relation
                where school_id = :s and pupil_id = :p and kind <> 'emergency' order by array_position(array['guardian', 'carer', 'collector'], kind), adult_id
                """)
                .param("s", school)
                .param("p", pupil)
                .query(Named.class)
                .list();
    }

    UUID add(UUID school, UUID pupil, String name, String label, LocalDate today) {
        UUID adult = ids.next();
        sql.sql("insert into roster.adult (school_id, adult_id, name) values (:s, :id, :name)").param("s", school).param("id", adult).param("name", name).update();
        sql.sql("insert into roster.relation (school_id, pupil_id, adult_id, kind, label, since) values (:s, :p, :a, 'collector', :label, :today)")
                .param("s", school)
                .param("p", pupil)
                .param("a", adult)
                .param("label", label)
                .param("today", today)
                .update();
        return adult;
    }

    /** Ends a collector without an account; others are withdrawn where their access is. */
    boolean remove(UUID school, UUID pupil, UUID adult, LocalDate today) {
        return sql.sql("""
                update roster.relation r set until = :today from roster.adult a
                where r.school_id = :s and r.pupil_id = :p and r.adult_id = :a and r.kind = 'collector' and r.until is null
                  and a.school_id = r.school_id and a.adult_id = r.adult_id and a.account_id is null
                """)
                        .param("today", today)
                        .param("s", school)
                        .param("p", pupil)
                        .param("a", adult)
                        .update()
                > 0;
    }

    /** Names of people who must not take the child. */
    List<String> keptAway(UUID school, UUID pupil) {
        return sql.sql("select person_key, name_sealed from roster.protection where school_id = :s and pupil_id = :p and ended_at is null")
                .param("s", school)
                .param("p", pupil)
                .query((r, n) -> personal.open(r.getBytes(1), r.getBytes(2)))
                .list();
    }

    /** Weekdays by kind of consent. */
    Map<String, List<Integer>> consents(UUID school, UUID pupil) {
        return sql.sql("select kind, weekdays from roster.consent where school_id = :s and pupil_id = :p and withdrawn_at is null")
                .param("s", school)
                .param("p", pupil)
                .query((r, n) -> Map.entry(r.getString(1), List.of((Integer[]) r.getArray(2).getArray())))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The last word counts; earlier ones stay with who said them and when. No weekdays: the consent is withdrawn. */
    boolean consent(UUID school, UUID pupil, String kind, List<Integer> weekdays, UUID by, Instant at, LocalDate today) {
        if (Objects.equals(consents(school, pupil).getOrDefault(kind, List.of()), weekdays)) return false;
        sql.sql("update roster.consent set withdrawn_by = :by, withdrawn_at = :at where school_id = :s and pupil_id = :p and kind = :k and withdrawn_at is null")
                .param("by", by)
                .param("at", Timestamp.from(at))
                .param("s", school)
                .param("p", pupil)
                .param("k", kind)
                .update();
        if (weekdays.isEmpty()) return true;
        sql.sql("""
                insert into roster.consent (school_id, consent_id, pupil_id, kind, weekdays, valid_from, given_by, given_at)
                values (:s, :id, :p, :k, :days::int[], :today, :by, :at)
                """)
                .param("s", school)
                .param("id", ids.next())
                .param("p", pupil)
                .param("k", kind)
                .param("days", weekdays.toArray(Integer[]::new))
                .param("today", today)
                .param("by", by)
                .param("at", Timestamp.from(at))
                .update();
        return true;
    }
}
