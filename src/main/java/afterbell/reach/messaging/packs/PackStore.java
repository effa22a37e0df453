package afterbell.reach.messaging.packs;

import afterbell.base.shared.NotFound;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class PackStore {
    private static final String TOLD = "select n.notice_id, n.title_zh, n.text_zh, n.title_en, n.text_en, n.urgent, n.audience, n.for_group, n.told_at";

    private final JdbcClient sql;

    PackStore(JdbcClient sql) {
        this.sql = sql;
    }

    private static Told told(ResultSet r) throws SQLException {
        return new Told(
                r.getObject("notice_id", UUID.class),
                r.getString("title_zh"),
                r.getString("text_zh"),
                r.getString("title_en"),
                r.getString("text_en"),
                r.getBoolean("urgent"),
                r.getString("audience"),
                r.getBoolean("for_group"),
                r.getTimestamp("told_at").toInstant());
    }

    Told told(UUID school, UUID notice) {
        return sql.sql(TOLD + " from messaging.notice n where n.school_id = :s and n.notice_id = :n").param("s", school).param("n", notice).query((r, n) -> told(r)).optional().orElseThrow(NotFound::new);
    }

    /** What the school told many families or staff, the latest first. */
    List<ToldPage.Row> ofSchool(UUID school, int most) {
        return sql.sql("with n as materialized (" + TOLD + """
                 , n.school_id from messaging.notice n where n.school_id = :s and (n.for_group or n.audience = 'STAFF') order by n.told_at desc limit :most)
                select n.*, (select count(*) from messaging.target t where t.school_id = n.school_id and t.notice_id = n.notice_id) as families,
                       (select count(t.opened_at) from messaging.target t where t.school_id = n.school_id and t.notice_id = n.notice_id) as opened
                from n order by n.told_at desc
                """)
                .param("s", school)
                .param("most", most)
                .query((r, n) -> new ToldPage.Row(told(r), r.getInt("families"), r.getInt("opened"), "/office/notices/" + r.getObject("notice_id", UUID.class), ""))
                .list();
    }

    /** What concerned the children of some classes, the latest first. */
    List<ToldPage.Row> ofClasses(UUID school, Collection<UUID> classes, int most) {
        return sql.sql(TOLD + """
                 , p.class_id, p.class_name, count(*) as families, count(t.opened_at) as opened
                from messaging.notice n
                join messaging.target t on t.school_id = n.school_id and t.notice_id = n.notice_id
                join roster.pub_pupil p on p.school_id = t.school_id and p.pupil_id = t.pupil_id
                where n.school_id = :s and n.for_group and p.class_id in (:classes)
                group by n.school_id, n.notice_id, p.class_id, p.class_name order by n.told_at desc, p.class_name limit :most
                """)
                .param("s", school)
                .param("classes", classes)
                .param("most", most)
                .query((r, n) -> new ToldPage.Row(
                        told(r), r.getInt("families"), r.getInt("opened"), "/classes/" + r.getObject("class_id", UUID.class) + "/notices/" + r.getObject("notice_id", UUID.class), r.getString("class_name")))
                .list();
    }

    List<PackPage.OfClass> perClass(UUID school, UUID notice) {
        return sql.sql("""
                select p.class_id as id, p.class_name as name, count(*) as families, count(t.opened_at) as opened
                from messaging.target t join roster.pub_pupil p on p.school_id = t.school_id and p.pupil_id = t.pupil_id
                where t.school_id = :s and t.notice_id = :n group by p.class_id, p.class_name, p.grade, p.class_number order by p.grade, p.class_number
                """)
                .param("s", school)
                .param("n", notice)
                .query(PackPage.OfClass.class)
                .list();
    }

    /** Messages besides the application, by way and state; waiting and in hand are one to whoever looks. */
    List<PackPage.Sent> sent(UUID school, UUID notice) {
        return sql.sql("""
                select channel, case when state in ('WAITING', 'CLAIMED', 'SENDING') then 'WAITING' else state end as state, fault, count(*) as messages,
                       count(*) filter (where doubtful) as doubtful, min(next_at) as next_at, max(sent_at) as sent_at
                from messaging.delivery where school_id = :s and notice_id = :n group by 1, 2, 3 order by 1, 2, 3
                """)
                .param("s", school)
                .param("n", notice)
                .query((r, n) -> new PackPage.Sent(r.getString("channel"), r.getString("state"), r.getString("fault"), r.getInt("messages"), r.getInt("doubtful"), instant(r, "next_at"), instant(r, "sent_at")))
                .list();
    }

    private static @Nullable Instant instant(ResultSet r, String column) throws SQLException {
        @Nullable Timestamp t = r.getTimestamp(column);
        return t == null ? null : t.toInstant();
    }

    /** The families of a class: who has opened it, when and how, and whom nothing but paper, telephone or the group reaches. For the class teacher alone. */
    List<PackPage.Family> families(UUID school, UUID notice, UUID klass) {
        return sql.sql("""
                select p.pupil_id, p.name, t.opened_at,
                       (select i.opened_way from messaging.inbox i join identity.pub_grant g on g.school_id = i.school_id and g.account_id = i.account_id and g.pupil_id = t.pupil_id
                        where i.school_id = t.school_id and i.notice_id = t.notice_id and i.opened_at is not null order by i.opened_at limit 1) as way,
                       not exists (select 1 from identity.pub_grant g where g.school_id = t.school_id and g.pupil_id = t.pupil_id and g.role in ('GUARDIAN', 'CARER')) as unreachable
                from messaging.target t join roster.pub_pupil p on p.school_id = t.school_id and p.pupil_id = t.pupil_id
                where t.school_id = :s and t.notice_id = :n and p.class_id = :c
                order by t.opened_at is not null, p.initials, p.pupil_id
                """)
                .param("s", school)
                .param("n", notice)
                .param("c", klass)
                .query((r, n) -> new PackPage.Family(r.getString("name"), instant(r, "opened_at"), r.getString("way"), r.getBoolean("unreachable")))
                .list();
    }

    /** Children of the school whose whole name, of three characters or more, stands in a text. */
    int named(UUID school, String text) {
        return sql.sql("select count(*) from roster.pub_pupil where school_id = :s and length(name) >= 3 and position(name in :text) > 0").param("s", school).param("text", text).query(Integer.class).single();
    }
}
