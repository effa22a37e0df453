package afterbell.term.tariffs;

import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import java.sql.Types;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Price documents of a school. Whoever may see the school may read them. */
@Component
@Transactional(readOnly = true)
public class Tariffs {
    private final JdbcClient sql;
    private final Questions questions;

    Tariffs(JdbcClient sql, Questions questions) {
        this.sql = sql;
        this.questions = questions;
    }

    public static Question<PriceDocument> documentsOf(UUID school) {
        return new Question<>(
                PriceDocument.class,
                """
                select tariff_id as id, title, authority, number, refunds, notice, phone, valid_from as "from", valid_until as until, file_id as file,
                       array(select to_json(l) from (select line_id as id, item, unit, fen, service_class from tariffs.line
                             where school_id = :s and tariff_id = d.tariff_id order by ordinal) l) as lines
                from tariffs.document d where school_id = :s order by valid_from desc, tariff_id
                """,
                Map.of("s", school));
    }

    /** All documents, the newest first. */
    public List<PriceDocument> documents(UUID school) {
        return questions.ask(documentsOf(school));
    }

    /** Documents that hold on a day; empty for a school that does not charge. */
    public List<PriceDocument> inForce(UUID school, LocalDate day) {
        return documents(school).stream().filter(d -> d.holdsOn(day)).toList();
    }

    /** Whether any word about money may show on this day (C7). */
    public boolean charges(UUID school, LocalDate day) {
        return !inForce(school, day).isEmpty();
    }

    /** Adds a document, or replaces the one of this id with its lines. */
    @Transactional
    public void put(UUID school, PriceDocument d) {
        sql.sql("""
                insert into tariffs.document (school_id, tariff_id, title, authority, number, refunds, notice, phone, valid_from, valid_until, file_id)
                values (:s, :id, :title, :authority, :number, :refunds, :notice, :phone, :from, :until, :file)
                on conflict (school_id, tariff_id) do update set title = excluded.title, authority = excluded.authority, number = excluded.number, refunds = excluded.refunds,
                    notice = excluded.notice, phone = excluded.phone, valid_from = excluded.valid_from, valid_until = excluded.valid_until, file_id = excluded.file_id
                """)
                .param("s", school)
                .param("id", d.id())
                .param("title", d.title())
                .param("authority", d.authority())
                .param("number", d.number())
                .param("refunds", d.refunds())
                .param("notice", d.notice())
                .param("phone", d.phone())
                .param("from", d.from())
                .param("until", d.until())
                .param("file", d.file(), Types.OTHER)
                .update();
        sql.sql("delete from tariffs.line where school_id = :s and tariff_id = :id").param("s", school).param("id", d.id()).update();
        int ordinal = 1;
        for (PriceDocument.Line line : d.lines())
            sql.sql("""
                    insert into tariffs.line (school_id, line_id, tariff_id, ordinal, item, unit, fen, service_class)
                    values (:s, :line, :id, :n, :item, :unit, :fen, :class)
                    """)
                    .param("s", school)
                    .param("line", line.id())
                    .param("id", d.id())
                    .param("n", ordinal++)
                    .param("item", line.item())
                    .param("unit", line.unit().code())
                    .param("fen", line.fen())
                    .param("class", line.serviceClass())
                    .update();
    }

    @Transactional
    public void remove(UUID school, UUID document) {
        sql.sql("delete from tariffs.document where school_id = :s and tariff_id = :id").param("s", school).param("id", document).update();
    }
}
