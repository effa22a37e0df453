package afterbell.reach.documents.collecting;

import afterbell.reach.documents.LetterKind;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class CollectStore {
    private final JdbcClient sql;

    CollectStore(JdbcClient sql) {
        this.sql = sql;
    }

    List<ClassLettersPage.OfClass> ofClasses(UUID school, Collection<UUID> classes) {
        if (classes.isEmpty()) return List.of();
        Map<UUID, ClassLettersPage.OfClass> all = new LinkedHashMap<>();
        sql.sql("""
                with a as materialized (select letter_id, pupil_id, signed_at from documents.pub_answered where school_id = :s)
                select p.class_id, p.class_name, l.letter_id, l.kind, e.title, l.answer_by, count(*) as children, count(a.signed_at) as answered
                from roster.pub_pupil p
                left join documents.letter l on l.school_id = p.school_id and l.state = 'PUBLISHED' and (cardinality(l.grades) = 0 or p.grade = any(l.grades))
                left join documents.edition e on e.school_id = l.school_id and e.letter_id = l.letter_id and e.edition = l.edition
                left join a on a.letter_id = l.letter_id and a.pupil_id = p.pupil_id
                where p.school_id = :s and p.class_id in (:classes)
                group by p.class_id, p.class_name, p.grade, p.class_number, l.letter_id, l.kind, e.title, l.answer_by
                order by p.grade, p.class_number, l.letter_id
                """)
                .param("s", school)
                .param("classes", classes)
                .query(r -> {
                    UUID id = r.getObject("class_id", UUID.class);
                    ClassLettersPage.OfClass c = all.get(id);
                    if (c == null) all.put(id, c = new ClassLettersPage.OfClass(id, r.getString("class_name"), new ArrayList<>()));
                    @Nullable UUID letter = r.getObject("letter_id", UUID.class);
                    if (letter == null) return;
                    @Nullable Timestamp by = r.getTimestamp("answer_by");
                    @Nullable Instant answerBy = by == null ? null : by.toInstant();
                    c.letters().add(new ClassLettersPage.Row(letter, LetterKind.valueOf(r.getString("kind")), r.getString("title"), answerBy, r.getInt("children"), r.getInt("answered"), "/classes/" + id + "/letters/" + letter));
                });
        return List.copyOf(all.values());
    }

    List<PaperPage.Adult> guardians(UUID school, UUID pupil) {
        return sql.sql("select adult_id as id, name, label from roster.pub_relation where school_id = :s and pupil_id = :p and kind = 'guardian' order by adult_id")
                .param("s", school)
                .param("p", pupil)
                .query(PaperPage.Adult.class)
                .list();
    }

    void addLink(UUID school, UUID id, UUID letter, UUID pupil, UUID adult, byte[] hash, byte[] key, byte[] signer, UUID by, Instant now, Instant until) {
        sql.sql("""
                insert into documents.link (school_id, link_id, letter_id, pupil_id, adult_id, token_hash, person_key, signer_sealed, made_by, made_at, expires_at)
                values (:s, :id, :l, :p, :a, :h, :key, :signer, :by, :now, :until)
                """)
                .param("s", school)
                .param("id", id)
                .param("l", letter)
                .param("p", pupil)
                .param("a", adult)
                .param("h", hash)
                .param("key", key)
                .param("signer", signer)
                .param("by", by)
                .param("now", Timestamp.from(now))
                .param("until", Timestamp.from(until))
                .update();
    }

    /** A new link takes the place of older ones for the same guardian. */
    void revokeLinks(UUID school, UUID letter, UUID pupil, UUID adult, Instant now) {
        sql.sql("update documents.link set revoked_at = :now where school_id = :s and letter_id = :l and pupil_id = :p and adult_id = :a and used_at is null and revoked_at is null")
                .param("now", Timestamp.from(now))
                .param("s", school)
                .param("l", letter)
                .param("p", pupil)
                .param("a", adult)
                .update();
    }
}
