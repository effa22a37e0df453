package afterbell.reach.messaging.reading;

import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Wearer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** A person's messages under one hat. Who came to an account later reads what was told to all families of the child's class or school as well. */
@Repository
class InboxStore {
    static final int MOST = 60;
    private static final String MINE =
            """
            select n.school_id, n.notice_id, n.title_zh, n.text_zh, n.title_en, n.text_en, n.link, n.urgent, n.told_at, i.account_id is null or i.opened_at is not null as read
            from messaging.notice n
            left join messaging.inbox i on i.school_id = n.school_id and i.notice_id = n.notice_id and i.account_id = :a
            where (i.account_id is not null or n.for_group and exists (
                select 1 from messaging.target t where t.school_id = n.school_id and t.notice_id = n.notice_id and t.pupil_id = any(:children::uuid[])))
            """;

    private final JdbcClient sql;

    InboxStore(JdbcClient sql) {
        this.sql = sql;
    }

    List<Message> list(Wearer hat) {
        return sql.sql(MINE + "order by n.told_at desc, n.notice_id limit " + MOST).param("a", hat.account()).param("children", children(hat)).query((r, n) -> message(r)).list();
    }

    Optional<Message> one(Wearer hat, UUID notice) {
        return sql.sql(MINE + "and n.notice_id = :n").param("a", hat.account()).param("children", children(hat)).param("n", notice).query((r, n) -> message(r)).optional();
    }

    private static Message message(ResultSet r) throws SQLException {
        return new Message(
                r.getObject("school_id", UUID.class),
                r.getObject("notice_id", UUID.class),
                r.getString("title_zh"),
                r.getString("text_zh"),
                r.getString("title_en"),
                r.getString("text_en"),
                r.getString("link"),
                r.getBoolean("urgent"),
                r.getTimestamp("told_at").toInstant(),
                r.getBoolean("read"));
    }

    int unread(Wearer hat) {
        return sql.sql("select count(*) from messaging.inbox where account_id = :a and opened_at is null").param("a", hat.account()).query(Integer.class).single();
    }

    /** The first way counts, and the first time. */
    void opened(Wearer hat, Message message, String way, Instant now) {
        sql.sql("""
                insert into messaging.inbox as i (school_id, notice_id, account_id, opened_at, opened_way) values (:s, :n, :a, :now, :way)
                on conflict (school_id, notice_id, account_id) do update set opened_at = excluded.opened_at, opened_way = excluded.opened_way where i.opened_at is null
                """)
                .param("s", message.school())
                .param("n", message.id())
                .param("a", hat.account())
                .param("now", Timestamp.from(now))
                .param("way", way)
                .update();
        if (hat.hat() == Hat.FAMILY) sql.sql("update messaging.target set opened_at = :now where school_id = :s and notice_id = :n and opened_at is null and pupil_id = any(:children::uuid[])")
                .param("now", Timestamp.from(now))
                .param("s", message.school())
                .param("n", message.id())
                .param("children", children(hat))
                .update();
    }

    void allOpened(Wearer hat, Instant now) {
        sql.sql("update messaging.inbox set opened_at = :now, opened_way = 'APP' where account_id = :a and opened_at is null").param("now", Timestamp.from(now)).param("a", hat.account()).update();
        if (hat.hat() == Hat.FAMILY) sql.sql("""
                update messaging.target t set opened_at = :now from messaging.inbox i
                where i.school_id = t.school_id and i.notice_id = t.notice_id and i.account_id = :a and t.opened_at is null and t.pupil_id = any(:children::uuid[])
                """)
                .param("now", Timestamp.from(now))
                .param("a", hat.account())
                .param("children", children(hat))
                .update();
    }

    private static String children(Wearer hat) {
        return hat.hat() == Hat.FAMILY ? hat.children().stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")) : "{}";
    }
}
