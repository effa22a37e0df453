package afterbell.term.tariffs;

import java.sql.Types;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Price documents of a school. Whoever may see the school may read them. */
@Component
@Transactional(readOnly = true)
public class Tariffs {
    private final JdbcClient sql;

    Tariffs(JdbcClient sql) {
        this.sql = sql;
    }

    private record Owned(UUID tariff, PriceDocument.Line line) {}

    /** All documents, the newest first. */
    public List<PriceDocument> documents(UUID school) {
        Map<UUID, List<Owned>> lines = sql
                .sql("select tariff_id, line_id, item, unit, fen, service_class from tariffs.line where school_id = :s order by ordinal")
                .param("s", school)
                .query((r, n) -> new Owned(
                        r.getObject(1, UUID.class),
                        new PriceDocument.Line(r.getObject(2, UUID.class), r.getString(3), PriceDocument.Unit.valueOf(r.getString(4).toUpperCase(Locale.ROOT)), r.getLong(5), r.getString(6))))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Owned::tariff));
        return sql.sql("""
                select tariff_id, title, authority, number, refunds, notice, phone, valid_from, valid_until, file_id
                from tariffs.document where school_id = :s order by valid_from desc, tariff_id
                """)
                .param("s", school)
                .query((r, n) -> new PriceDocument(
                        r.getObject(1, UUID.class),
                        r.getString(2),
                        r.getString(3),
                        r.getString(4),
                        r.getString(5),
                        r.getString(6),
                        r.getString(7),
                        r.getObject(8, LocalDate.class),
                        r.getObject(9, LocalDate.class),
                        lines.getOrDefault(r.getObject(1, UUID.class), List.of()).stream().map(Owned::line).toList(),
                        r.getObject(10, UUID.class)))
                .list();
    }

    /** Documents that hold on a day; empty for a school that does not charge. */
    public List<PriceDocument> inForce(UUID school, LocalDate day) {
        return documents(school).stream().filter(d -> d.holdsOn(day)).toList();
    }

    /** Whether any word about money may show on this day (C7). */
    public boolean charges(UUID school, LocalDate day) {
        return sql.sql("select exists (select 1 from tariffs.document where school_id = :s and valid_from <= :d and (valid_until is null or valid_until >= :d))")
                .param("s", school)
                .param("d", day)
                .query(Boolean.class)
                .single();
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
