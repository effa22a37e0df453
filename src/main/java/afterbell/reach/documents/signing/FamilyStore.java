package afterbell.reach.documents.signing;

import afterbell.reach.documents.LetterKind;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class FamilyStore {
    private final JdbcClient sql;

    FamilyStore(JdbcClient sql) {
        this.sql = sql;
    }

    List<FamilyLettersPage.OfChild> ofChildren(List<UUID> children) {
        if (children.isEmpty()) return List.of();
        Map<UUID, FamilyLettersPage.OfChild> all = new LinkedHashMap<>();
        sql.sql("""
                select p.pupil_id, p.name, p.class_name, l.letter_id, l.kind, e.title, l.answer_by, a.signed_at, coalesce(a.answer = 'YES', false) as yes,
                       l.kind in ('LETTER', 'OPINION') or not exists (
                           select 1 from documents.answer n join documents.letter m on m.school_id = n.school_id and m.letter_id = n.letter_id
                           where n.school_id = p.school_id and n.pupil_id = p.pupil_id and m.term_id = l.term_id and m.kind = 'LETTER' and m.state = 'PUBLISHED' and n.answer = 'NO') as asked
                from roster.pub_pupil p
                left join documents.letter l on l.school_id = p.school_id and l.state = 'PUBLISHED' and (cardinality(l.grades) = 0 or p.grade = any(l.grades))
                left join documents.edition e on e.school_id = l.school_id and e.letter_id = l.letter_id and e.edition = l.edition
                left join documents.answer a on a.school_id = l.school_id and a.letter_id = l.letter_id and a.pupil_id = p.pupil_id
                where p.pupil_id in (:children)
                order by p.grade desc, p.pupil_id, e.published_at desc nulls last, case l.kind when 'LETTER' then 0 when 'OPINION' then 1 when 'APPLICATION' then 2 when 'SERVICE' then 3 when 'SAFETY' then 4 when 'PICKUP' then 5 else 6 end
                """)
                .param("children", children)
                .query(r -> {
                    UUID pupil = r.getObject("pupil_id", UUID.class);
                    FamilyLettersPage.OfChild child = all.get(pupil);
                    if (child == null) all.put(pupil, child = new FamilyLettersPage.OfChild(pupil, r.getString("name"), r.getString("class_name"), new ArrayList<>()));
                    @Nullable UUID letter = r.getObject("letter_id", UUID.class);
                    if (letter == null) return;
                    child.letters().add(new FamilyLettersPage.Row(
                            letter, LetterKind.valueOf(r.getString("kind")), r.getString("title"), instant(r.getTimestamp("signed_at")), r.getBoolean("yes"), r.getBoolean("asked"), instant(r.getTimestamp("answer_by")), "/children/" + pupil + "/letters/" + letter));
                });
        return List.copyOf(all.values());
    }

    /** The adult of the school's list behind an account, and what the person is to the child. */
    record Adult(UUID adult, String name, String label) {}

    Optional<Adult> adult(UUID school, UUID pupil, UUID account) {
        return sql.sql("select adult_id as adult, name, label from roster.pub_relation where school_id = :s and pupil_id = :p and account_id = :a limit 1")
                .param("s", school)
                .param("p", pupil)
                .param("a", account)
                .query(Adult.class)
                .optional();
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }
}
