package afterbell.money.billing.charging;

import afterbell.base.shared.web.Listing;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Charges of a period, child by child. */
@Repository
class ListStore {
    private final JdbcClient sql;

    ListStore(JdbcClient sql) {
        this.sql = sql;
    }

    record Found(UUID pupil, String className, String name, int planned, int attended, long fen, long balanceFen, long total, long totalFen) {}

    /** @param among children that the search found; null for all */
    List<Found> find(UUID school, UUID period, Listing list, UUID @Nullable [] among, long offset, int size) {
        return sql.sql("""
                with charged as (
                    select pupil_id, sum(fen)::bigint as fen from billing.charge where school_id = :s and period_id = :p group by pupil_id),
                had as (
                    select f.pupil_id, count(distinct d.day)::int as planned, (count(distinct d.day) filter (where substr(f.marks, d.n::int, 1) in ('A', 'P')))::int as attended
                    from billing.fact f cross join lateral unnest(f.days) with ordinality as d(day, n)
                    where f.school_id = :s and f.period_id = :p and f.turn = (select max(turn) from billing.locking where school_id = :s and period_id = :p) group by f.pupil_id),
                balance as (select pupil_id, sum(fen)::bigint as fen from billing.posting where school_id = :s and account = 'family' group by pupil_id),
                row as (
                    select c.pupil_id as pupil, k.name as class_name, k.grade, k.number, p.name, p.initials, coalesce(h.planned, 0) as planned, coalesce(h.attended, 0) as attended, c.fen, coalesce(b.fen, 0) as balance_fen
                    from charged c
                    join roster.pub_pupil_ever p on p.school_id = :s and p.pupil_id = c.pupil_id
                    join roster.pub_class_ever k on k.school_id = :s and k.class_id = p.class_id
                    left join had h on h.pupil_id = c.pupil_id
                    left join balance b on b.pupil_id = c.pupil_id
                    where (cast(:among as uuid[]) is null or c.pupil_id = any(:among)))
                select pupil, class_name, name, planned, attended, fen, balance_fen, count(*) over () as total, coalesce(sum(fen) over (), 0)::bigint as total_fen from row
                where :state = '' or :state = 'due' and balance_fen > 0 or :state = 'credit' and balance_fen < 0 or :state = 'settled' and balance_fen = 0
                order by %s, grade, number, initials, pupil limit :size offset :offset
                """.formatted(order(list)))
                .param("s", school)
                .param("p", period)
                .param("among", among)
                .param("state", list.filter("state"))
                .param("size", size)
                .param("offset", offset)
                .query(Found.class)
                .list();
    }

    private static String order(Listing list) {
        String way = list.descending() ? " desc" : "";
        return switch (list.sort()) {
            case "name" -> "initials" + way;
            case "attended" -> "attended" + way;
            case "fen" -> "fen" + way;
            case "balance" -> "balance_fen" + way;
            default -> "grade" + way + ", number" + way;
        };
    }
}
