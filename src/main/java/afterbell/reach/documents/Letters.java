package afterbell.reach.documents;

import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.shared.NotFound;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads letters and their editions, for this room's slices. */
@Component
@Transactional(readOnly = true)
public class Letters {
    private static final String LETTER = "select school_id, letter_id, term_id, kind, title, body, state, grades, answer_by, edition, counts_from, version from documents.letter ";

    private final JdbcClient sql;
    private final Roster roster;

    Letters(JdbcClient sql, Roster roster) {
        this.sql = sql;
        this.roster = roster;
    }

    /** A published letter as the family of one child reads it. */
    public record Read(Letter letter, Pupil pupil, LetterText text) {}

    public List<Letter> ofTerm(UUID school, UUID term) {
        return sql.sql(LETTER + "where school_id = :s and term_id = :t order by case kind when 'LETTER' then 0 when 'OPINION' then 1 when 'APPLICATION' then 2 when 'SERVICE' then 3 when 'SAFETY' then 4 when 'PICKUP' then 5 else 6 end, letter_id")
                .param("s", school)
                .param("t", term)
                .query((r, n) -> letter(r))
                .list();
    }

    public Letter get(UUID school, UUID letter) {
        return sql.sql(LETTER + "where school_id = :s and letter_id = :l").param("s", school).param("l", letter).query((r, n) -> letter(r)).optional().orElseThrow(NotFound::new);
    }

    /** The letter filled for a child; not found where it is not published or not for the child's grade. */
    public Read read(UUID school, UUID id, UUID pupil) {
        Letter letter = get(school, id);
        Pupil child = roster.pupil(school, pupil);
        if (letter.state() != Letter.State.PUBLISHED || !letter.isFor(child.grade())) throw new NotFound();
        return new Read(letter, child, published(letter).filled(childFields(child)));
    }

    /** The current edition, with the child's fields still open. */
    public LetterText published(Letter letter) {
        return sql.sql("select title, text from documents.edition where school_id = :s and letter_id = :l and edition = :e")
                .param("s", letter.school())
                .param("l", letter.id())
                .param("e", letter.edition())
                .query((r, n) -> new LetterText(r.getString(1), r.getString(2)))
                .optional()
                .orElseThrow(NotFound::new);
    }

    /** Titles of a term's letters as families read them. A draft has none: its title still has open fields, and its kind says what it is. */
    public Map<UUID, String> titles(UUID school, UUID term) {
        return sql
                .sql("""
                select l.letter_id, e.title from documents.letter l
                join documents.edition e on e.school_id = l.school_id and e.letter_id = l.letter_id and e.edition = l.edition
                where l.school_id = :s and l.term_id = :t and l.state <> 'DRAFT'
                """)
                .param("s", school)
                .param("t", term)
                .query((r, n) -> Map.entry(r.getObject(1, UUID.class), r.getString(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    public static Map<String, String> childFields(Pupil child) {
        return Map.of("child.name", child.name(), "child.class", child.className());
    }

    public Optional<UUID> published(UUID school, UUID term, LetterKind kind) {
        return sql.sql("select letter_id from documents.pub_letter where school_id = :s and term_id = :t and kind = :k order by letter_id limit 1")
                .param("s", school)
                .param("t", term)
                .param("k", kind.name())
                .query(UUID.class)
                .optional();
    }

    private static Letter letter(ResultSet r) throws SQLException {
        Array grades = r.getArray("grades");
        @Nullable Timestamp answerBy = r.getTimestamp("answer_by");
        @Nullable Instant by = answerBy == null ? null : answerBy.toInstant();
        return new Letter(
                r.getObject("school_id", UUID.class),
                r.getObject("letter_id", UUID.class),
                r.getObject("term_id", UUID.class),
                LetterKind.valueOf(r.getString("kind")),
                new LetterText(r.getString("title"), r.getString("body")),
                Letter.State.valueOf(r.getString("state")),
                Arrays.asList((Integer[]) grades.getArray()),
                by,
                r.getInt("edition"),
                r.getInt("counts_from"),
                r.getInt("version"));
    }
}
