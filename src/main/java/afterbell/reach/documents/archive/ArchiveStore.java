package afterbell.reach.documents.archive;

import afterbell.base.shared.web.Listing;
import afterbell.reach.documents.LetterKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class ArchiveStore {
    // The newest answer of each child is found once, not once per child: the planner can't know how few rows a view of newest rows has.
    private static final String ANSWERS = "with a as materialized (select * from documents.answer where school_id = :s) ";
    private static final String ROWS =
            """
            from documents.letter l
            join documents.edition e on e.school_id = l.school_id and e.letter_id = l.letter_id and e.edition = l.edition
            join roster.pub_pupil p on p.school_id = l.school_id and (cardinality(l.grades) = 0 or p.grade = any(l.grades))
            left join a on a.school_id = l.school_id and a.letter_id = l.letter_id and a.pupil_id = p.pupil_id
            where l.school_id = :s and l.term_id = :t
              and (:letter = '' or l.letter_id::text = :letter)
              and (:class = '' or p.class_id::text = :class)
              and (:q = '' or p.name like :qlike or p.initials like :qinitials)
              and case :state when 'missing' then a.signature_id is null when 'yes' then a.answer = 'YES' when 'no' then a.answer = 'NO' when 'paper' then a.means = 'PAPER' when 'answered' then a.signature_id is not null else true end
            """;

    private final JdbcClient sql;

    ArchiveStore(JdbcClient sql) {
        this.sql = sql;
    }

    long count(UUID school, UUID term, Listing list) {
        return sql.sql(ANSWERS + "select count(*) " + ROWS).params(params(school, term, list)).query(Long.class).single();
    }

    List<ArchivePage.Row> rows(UUID school, UUID term, Listing list) {
        String order = switch (list.sort()) {
            case "child" -> "p.initials, p.pupil_id, l.letter_id";
            case "at" -> "a.signed_at" + (list.descending() ? " desc nulls last" : " nulls last") + ", p.pupil_id, l.letter_id";
            case "title" -> "l.letter_id, p.grade, p.class_number, p.initials, p.pupil_id";
            default -> "p.grade, p.class_number, p.initials, p.pupil_id, l.letter_id";
        };
        return sql.sql(ANSWERS
                        + """
                select l.letter_id, l.kind, e.title, p.pupil_id, p.name, p.class_id, p.class_name, coalesce(a.answer, '') as answer, coalesce(a.means, '') as means, a.entered_by is not null as by_staff, a.signed_at,
                       exists (select 1 from documents.signature s where s.school_id = a.school_id and s.signature_id = a.signature_id and s.reason_sealed is not null) as reasoned
                """
                        + ROWS + " order by " + order + " limit :size offset :offset")
                .params(params(school, term, list))
                .param("size", list.size())
                .param("offset", list.offset())
                .query((r, n) -> new ArchivePage.Row(
                        r.getObject("letter_id", UUID.class),
                        LetterKind.valueOf(r.getString("kind")),
                        r.getString("title"),
                        r.getObject("pupil_id", UUID.class),
                        r.getString("name"),
                        r.getObject("class_id", UUID.class),
                        r.getString("class_name"),
                        r.getString("answer"),
                        r.getString("means"),
                        r.getBoolean("by_staff"),
                        r.getBoolean("reasoned"),
                        r.getTimestamp("signed_at") == null ? null : r.getTimestamp("signed_at").toInstant()))
                .list();
    }

    private static Map<String, Object> params(UUID school, UUID term, Listing list) {
        Map<String, Object> p = new HashMap<>();
        p.put("s", school);
        p.put("t", term);
        p.put("letter", list.filter("letter"));
        p.put("class", list.filter("class"));
        p.put("state", list.filter("state"));
        String q = list.filter("q");
        p.put("q", q);
        p.put("qlike", "%" + q.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%");
        p.put("qinitials", q.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z]", "") + (q.matches("[A-Za-z]+") ? "%" : "-"));
        return p;
    }

    List<ArchivePage.Titled> letters(UUID school, UUID term) {
        return sql.sql("""
                select l.letter_id as id, e.title from documents.letter l join documents.edition e on e.school_id = l.school_id and e.letter_id = l.letter_id and e.edition = l.edition
                where l.school_id = :s and l.term_id = :t order by l.letter_id
                """)
                .param("s", school)
                .param("t", term)
                .query(ArchivePage.Titled.class)
                .list();
    }
}
