package afterbell.reach.documents.drafting;

import afterbell.reach.documents.Letter;
import afterbell.reach.documents.LetterKind;
import afterbell.reach.documents.LetterText;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class DraftStore {
    private final JdbcClient sql;

    DraftStore(JdbcClient sql) {
        this.sql = sql;
    }

    void add(UUID school, UUID id, UUID term, LetterKind kind, LetterText text, Instant now, @Nullable UUID by) {
        sql.sql("""
                insert into documents.letter (school_id, letter_id, term_id, kind, title, body, changed_at, changed_by)
                values (:s, :id, :t, :k, :title, :body, :now, :by)
                """)
                .param("s", school)
                .param("id", id)
                .param("t", term)
                .param("k", kind.name())
                .param("title", text.title())
                .param("body", text.body())
                .param("now", Timestamp.from(now))
                .param("by", by, Types.OTHER)
                .update();
    }

    /** The latest text of the kind in another term of the school: a school writes its letter once and mends it each term. */
    Optional<LetterText> former(UUID school, UUID term, LetterKind kind) {
        return sql.sql("select title, body from documents.letter where school_id = :s and term_id <> :t and kind = :k and edition > 0 order by changed_at desc limit 1")
                .param("s", school)
                .param("t", term)
                .param("k", kind.name())
                .query((r, n) -> new LetterText(r.getString(1), r.getString(2)))
                .optional();
    }

    /** False where somebody else was faster. */
    boolean save(Letter letter, LetterText text, List<Integer> grades, @Nullable Instant answerBy, Instant now, @Nullable UUID by) {
        return sql.sql("""
                update documents.letter set title = :title, body = :body, grades = :grades, answer_by = :by_, version = version + 1, changed_at = :now, changed_by = :by
                where school_id = :s and letter_id = :l and version = :v
                """)
                        .param("title", text.title())
                        .param("body", text.body())
                        .param("grades", grades.toArray(Integer[]::new))
                        .param("by_", answerBy == null ? null : Timestamp.from(answerBy), Types.TIMESTAMP)
                        .param("now", Timestamp.from(now))
                        .param("by", by, Types.OTHER)
                        .param("s", letter.school())
                        .param("l", letter.id())
                        .param("v", letter.version())
                        .update()
                == 1;
    }

    /** False where somebody else was faster. */
    boolean publish(Letter letter, LetterText filled, boolean askAgain, Instant now, @Nullable UUID by) {
        int edition = letter.edition() + 1;
        boolean first = sql.sql("""
                update documents.letter set state = 'PUBLISHED', edition = :e, counts_from = case when :again then :e else counts_from end, version = version + 1, changed_at = :now, changed_by = :by
                where school_id = :s and letter_id = :l and version = :v
                """)
                        .param("e", edition)
                        .param("again", askAgain)
                        .param("now", Timestamp.from(now))
                        .param("by", by, Types.OTHER)
                        .param("s", letter.school())
                        .param("l", letter.id())
                        .param("v", letter.version())
                        .update()
                == 1;
        if (!first) return false;
        sql.sql("insert into documents.edition (school_id, letter_id, edition, title, text, published_at, published_by) values (:s, :l, :e, :title, :text, :now, :by)")
                .param("s", letter.school())
                .param("l", letter.id())
                .param("e", edition)
                .param("title", filled.title())
                .param("text", filled.body())
                .param("now", Timestamp.from(now))
                .param("by", by, Types.OTHER)
                .update();
        return true;
    }

    boolean withdraw(Letter letter, Instant now, @Nullable UUID by) {
        return sql.sql("update documents.letter set state = 'WITHDRAWN', version = version + 1, changed_at = :now, changed_by = :by where school_id = :s and letter_id = :l and state = 'PUBLISHED'")
                        .param("now", Timestamp.from(now))
                        .param("by", by, Types.OTHER)
                        .param("s", letter.school())
                        .param("l", letter.id())
                        .update()
                == 1;
    }

    void remove(Letter letter) {
        sql.sql("delete from documents.letter where school_id = :s and letter_id = :l and state = 'DRAFT'").param("s", letter.school()).param("l", letter.id()).update();
    }
}
