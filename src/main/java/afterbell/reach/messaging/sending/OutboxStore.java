package afterbell.reach.messaging.sending;

import afterbell.base.shared.crypto.PersonalData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class OutboxStore {
    private final JdbcClient sql;
    private final PersonalData personal;

    OutboxStore(JdbcClient sql, PersonalData personal) {
        this.sql = sql;
        this.personal = personal;
    }

    List<UUID> schoolsWithSomethingDue(Instant now) {
        return sql.sql("select s from messaging.door_due(:now) s").param("now", Timestamp.from(now)).query(UUID.class).list();
    }

    /** In quiet hours what is not urgent waits for their end. */
    int postpone(UUID school, Instant now, Instant until) {
        return sql.sql("update messaging.delivery set next_at = :until where school_id = :s and state = 'WAITING' and not urgent and next_at <= :now")
                .param("until", Timestamp.from(until))
                .param("s", school)
                .param("now", Timestamp.from(now))
                .update();
    }

    /** News of the day before yesterday is no news: what could not be sent since then is given up. */
    int giveUpOld(UUID school, Instant before) {
        return sql.sql("""
                update messaging.delivery d set state = 'FAILED', fault = case when d.fault = '' then 'too_late' else d.fault end, claim = null
                from messaging.notice n
                where n.school_id = d.school_id and n.notice_id = d.notice_id and d.school_id = :s and d.state = 'WAITING' and d.next_at <= :before and n.told_at < :before
                """)
                .param("s", school)
                .param("before", Timestamp.from(before))
                .update();
    }

    /**
     * Takes a batch in hand until {@code lease}. What another node has in hand is skipped; what a dead one left is taken over, and what that one was
     * just handing over becomes doubtful. The batch is materialized: inside {@code in (...)} the planner may run it several times and lock more than asked.
     */
    List<Parcel> claim(UUID school, String channel, UUID claim, Instant now, Instant lease, int most) {
        return sql.sql("""
                with batch as materialized (
                    select school_id, delivery_id from messaging.delivery
                    where school_id = :s and channel = :c and state in ('WAITING', 'CLAIMED', 'SENDING') and next_at <= :now
                    order by next_at, delivery_id limit :most for update skip locked),
                taken as (
                    update messaging.delivery d set state = 'CLAIMED', claim = :claim, next_at = :lease, doubtful = d.doubtful or d.state = 'SENDING'
                    from batch b where d.school_id = b.school_id and d.delivery_id = b.delivery_id
                    returning d.*)
                select d.delivery_id, d.notice_id, d.attempts, n.kind, n.title_zh, n.text_zh, n.title_en, n.text_en, n.told_at,
                       w.way_key, w.sealed, w.lang, h.address, h.secret_key, h.secret_sealed
                from taken d
                join messaging.notice n on n.school_id = d.school_id and n.notice_id = d.notice_id
                left join messaging.way w on w.school_id = d.school_id and w.account_id = d.account_id and w.channel = d.channel and w.chosen and w.confirmed_at is not null
                left join messaging.webhook h on h.school_id = d.school_id and h.webhook_id = d.webhook_id and h.stopped_at is null
                order by d.delivery_id
                """)
                .param("claim", claim)
                .param("lease", Timestamp.from(lease))
                .param("s", school)
                .param("c", channel)
                .param("now", Timestamp.from(now))
                .param("most", most)
                .query((r, n) -> parcel(school, r))
                .list();
    }

    private Parcel parcel(UUID school, ResultSet r) throws SQLException {
        byte @Nullable [] wayKey = r.getBytes("way_key");
        byte @Nullable [] hookKey = r.getBytes("secret_key");
        @Nullable String to = wayKey != null ? personal.open(wayKey, r.getBytes("sealed")) : r.getString("address");
        return new Parcel(
                r.getObject("delivery_id", UUID.class),
                school,
                r.getObject("notice_id", UUID.class),
                r.getString("kind"),
                new Parcel.Words(r.getString("title_zh"), r.getString("text_zh")),
                new Parcel.Words(r.getString("title_en"), r.getString("text_en")),
                r.getTimestamp("told_at").toInstant(),
                r.getInt("attempts"),
                to,
                wayKey,
                hookKey == null ? null : personal.open(hookKey, r.getBytes("secret_sealed")),
                "en".equals(r.getString("lang")));
    }

    /**
     * What came of the one before, to be written together with the next one's beginning.
     *
     * @param next when to try again, or null where that is over
     */
    record Outcome(UUID delivery, String state, String fault, Instant at, @Nullable Instant next) {}

    /**
     * Writes down what came of one delivery and that the next is being handed over, in one go. False where the next is no longer ours: the lease ran
     * out and another node has it.
     */
    boolean turn(UUID school, UUID claim, @Nullable Outcome done, UUID next) {
        if (done != null) finish(school, claim, done);
        return sql.sql("update messaging.delivery set state = 'SENDING' where school_id = :s and delivery_id = :id and claim = :claim and state = 'CLAIMED'")
                        .param("s", school)
                        .param("id", next)
                        .param("claim", claim)
                        .update()
                == 1;
    }

    void finish(UUID school, UUID claim, Outcome done) {
        sql.sql("""
                update messaging.delivery set state = :state, fault = :fault, attempts = attempts + 1, claim = null,
                       sent_at = case when :state = 'SENT' then :at::timestamptz end, next_at = coalesce(:next::timestamptz, next_at)
                where school_id = :s and delivery_id = :id and claim = :claim and state = 'SENDING'
                """)
                .param("state", done.state())
                .param("fault", done.fault())
                .param("at", Timestamp.from(done.at()))
                .param("next", done.next() == null ? null : Timestamp.from(done.next()), Types.TIMESTAMP)
                .param("s", school)
                .param("id", done.delivery())
                .param("claim", claim)
                .update();
    }

    /** The line did not open, or broke off: what is still in hand goes back, all of it at once. */
    void giveBack(UUID school, UUID claim, String fault, Instant next, boolean tried) {
        sql.sql("""
                update messaging.delivery set state = case when attempts + :tried >= :most then 'FAILED' else 'WAITING' end, claim = null, fault = :fault, next_at = :next, attempts = attempts + :tried
                where school_id = :s and claim = :claim and state = 'CLAIMED'
                """)
                .param("most", Backoff.MOST)
                .param("fault", fault)
                .param("next", Timestamp.from(next))
                .param("tried", tried ? 1 : 0)
                .param("s", school)
                .param("claim", claim)
                .update();
    }

    /** The server refused the address for good: the person sees it on the page of ways, and no more is sent there. */
    void broken(UUID school, UUID delivery, String fault) {
        sql.sql("""
                update messaging.way w set chosen = false, fault = :fault from messaging.delivery d
                where d.school_id = :s and d.delivery_id = :id and w.school_id = d.school_id and w.account_id = d.account_id and w.channel = d.channel
                """)
                .param("fault", fault)
                .param("s", school)
                .param("id", delivery)
                .update();
    }
}
