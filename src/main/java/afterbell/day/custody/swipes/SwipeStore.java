package afterbell.day.custody.swipes;

import afterbell.base.shared.Ids;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Devices, swipes and cards. Each statement takes a whole batch. */
@Component
public class SwipeStore {
    private final JdbcClient sql;
    private final Ids ids;

    SwipeStore(JdbcClient sql, Ids ids) {
        this.sql = sql;
        this.ids = ids;
    }

    Optional<Gate> gate(byte[] hash) {
        return sql.sql("select school_id, device_id from custody.door_device(:h)").param("h", hash).query((r, n) -> new Gate(r.getObject(1, UUID.class), r.getObject(2, UUID.class))).optional();
    }

    /** What a device has sent at once. */
    record Batch(UUID device, List<Swipe> swipes, Instant received) {}

    /** Which swipe of which device. */
    record Key(UUID device, long seq) {}

    /**
     * Keeps what is new of all these batches, and puts it in the queue of those who tell it to the chains: one statement.
     *
     * @return what was new; empty where everything was
     */
    Optional<Set<Key>> keep(UUID school, List<Batch> batches) {
        List<Swipe> swipes = new ArrayList<>();
        StringBuilder devices = new StringBuilder("{");
        StringBuilder received = new StringBuilder("{");
        for (Batch batch : batches)
            for (Swipe swipe : batch.swipes()) {
                if (!swipes.isEmpty()) {
                    devices.append(',');
                    received.append(',');
                }
                devices.append(batch.device());
                received.append(batch.received());
                swipes.add(swipe);
            }
        return sql.sql("""
                with kept as (
                    insert into custody.swipe (school_id, device_id, seq, card, tail, out, said_at, at, received_at)
                    select :s, x.device, x.seq, decode(x.card, 'hex'), x.tail, x.out, x.said, x.at, x.received
                    from unnest(:devices::uuid[], :seqs::bigint[], :cards::text[], :tails::text[], :outs::boolean[], :saids::timestamptz[], :ats::timestamptz[], :received::timestamptz[])
                         as x (device, seq, card, tail, out, said, at, received)
                    on conflict do nothing returning device_id, seq, received_at),
                queued as (
                    insert into custody.untold (school_id, device_id, seqs, received_at, due_at)
                    select :s, device_id, array_agg(seq), max(received_at), max(received_at) from kept group by device_id)
                select case when count(*) = :n then null else coalesce(array_agg(device_id), '{}') end, coalesce(array_agg(seq), '{}') from kept
                """)
                .param("s", school)
                .param("n", swipes.size())
                .param("devices", devices.append('}').toString())
                .param("received", received.append('}').toString())
                .param("seqs", all(swipes, Swipe::seq))
                .param("cards", all(swipes, s -> hex(s.card())))
                .param("tails", all(swipes, Swipe::tail))
                .param("outs", all(swipes, Swipe::out))
                .param("saids", all(swipes, Swipe::said))
                .param("ats", all(swipes, Swipe::at))
                .query((r, n) -> fresh(r))
                .single();
    }

    private static Optional<Set<Key>> fresh(ResultSet r) throws SQLException {
        if (r.getArray(1) == null) return Optional.empty();
        UUID[] devices = (UUID[]) r.getArray(1).getArray();
        Long[] seqs = (Long[]) r.getArray(2).getArray();
        Set<Key> keys = new HashSet<>();
        for (int i = 0; i < devices.length; i++) keys.add(new Key(devices[i], seqs[i]));
        return Optional.of(keys);
    }

    /** Numbers under which the device has sent something else before. */
    Set<Long> clashes(UUID school, UUID device, List<Swipe> swipes) {
        return Set.copyOf(sql.sql("""
                select w.seq from unnest(:seqs::bigint[], :cards::text[], :outs::boolean[], :saids::timestamptz[]) as x (seq, card, out, said)
                join custody.swipe w on w.school_id = :s and w.device_id = :d and w.seq = x.seq
                where w.card <> decode(x.card, 'hex') or w.out <> x.out or w.said_at <> x.said
                """)
                .param("s", school)
                .param("d", device)
                .param("seqs", all(swipes, Swipe::seq))
                .param("cards", all(swipes, s -> hex(s.card())))
                .param("outs", all(swipes, Swipe::out))
                .param("saids", all(swipes, Swipe::said))
                .query(Long.class)
                .list());
    }

    /** A swipe that no chain has heard of yet. @param pupil null where nobody knows the card */
    record Waiting(UUID device, long seq, byte[] card, String tail, boolean out, Instant at, @Nullable UUID pupil) {}

    List<UUID> schoolsWaiting(Instant now) {
        return sql.sql("select s from custody.door_swipes(:now) s").param("now", Timestamp.from(now)).query(UUID.class).list();
    }

    /** True for the one node that tells this school's swipes until its transaction ends: what one has begun no other waits for. */
    boolean mine(UUID school) {
        return sql.sql("select pg_try_advisory_xact_lock(hashtextextended(:k, 0))").param("k", "custody.swipes/" + school).query(Boolean.class).single();
    }

    /** Takes the oldest that are due out of the queue: whole batches, until there are at least so many swipes or no more. */
    List<Waiting> take(UUID school, Instant now, int most) {
        return sql.sql("""
                with due as materialized (
                    select untold_id, sum(cardinality(seqs)) over (order by untold_id) - cardinality(seqs) as before
                    from (select untold_id, seqs from custody.untold where school_id = :s and due_at <= :now order by untold_id limit :n) q),
                gone as (delete from custody.untold u using due d where u.school_id = :s and u.untold_id = d.untold_id and d.before < :n returning u.device_id, u.seqs)
                select w.device_id, w.seq, w.card, w.tail, w.out, w.at, c.pupil_id
                from gone g cross join unnest(g.seqs) as q (seq)
                join custody.swipe w on w.school_id = :s and w.device_id = g.device_id and w.seq = q.seq
                left join custody.card c on c.school_id = w.school_id and c.card = w.card
                """)
                .param("s", school)
                .param("now", Timestamp.from(now))
                .param("n", most)
                .query(SwipeStore::waiting)
                .list();
    }

    private static Waiting waiting(ResultSet r, int n) throws SQLException {
        return new Waiting(r.getObject(1, UUID.class), r.getLong(2), r.getBytes(3), r.getString(4), r.getBoolean(5), r.getTimestamp(6).toInstant(), r.getObject(7, UUID.class));
    }

    /** Back into the queue until then. */
    void later(UUID school, List<Waiting> swipes, Instant now, Instant due) {
        if (swipes.isEmpty()) return;
        sql.sql("""
                insert into custody.untold (school_id, device_id, seqs, received_at, due_at)
                select :s, x.device, array_agg(x.seq order by x.seq), :now, :due from unnest(:devices::uuid[], :seqs::bigint[]) as x (device, seq) group by x.device
                """)
                .param("s", school)
                .param("now", Timestamp.from(now))
                .param("due", Timestamp.from(due))
                .param("devices", all(swipes, Waiting::device))
                .param("seqs", all(swipes, Waiting::seq))
                .update();
    }

    void unknown(UUID school, List<Waiting> swipes) {
        if (swipes.isEmpty()) return;
        List<UUID> fresh = new ArrayList<>();
        for (int i = 0; i < swipes.size(); i++) fresh.add(ids.next());
        sql.sql("""
                insert into custody.unknown_card as u (school_id, card, unknown_id, tail, device_id, first_at, last_at, times)
                select :s, x.card, (array_agg(x.id))[1], min(x.tail), (array_agg(x.device order by x.at desc))[1], min(x.at), max(x.at), count(*)
                from (select decode(y.card, 'hex') as card, y.id, y.tail, y.device, y.at from unnest(:cards::text[], :ids::uuid[], :tails::text[], :devices::uuid[], :ats::timestamptz[]) as y (card, id, tail, device, at)) x
                group by x.card order by x.card
                on conflict (school_id, card) do update set last_at = greatest(u.last_at, excluded.last_at), device_id = excluded.device_id, times = u.times + excluded.times
                """)
                .param("s", school)
                .param("cards", all(swipes, w -> hex(w.card())))
                .param("ids", all(fresh, id -> id))
                .param("tails", all(swipes, Waiting::tail))
                .param("devices", all(swipes, Waiting::device))
                .param("ats", all(swipes, Waiting::at))
                .update();
    }

    // --- what the office sees ---

    /** @param heardAt of its last batch; null: never */
    public record Device(UUID id, String name, Instant madeAt, @Nullable Instant revokedAt, @Nullable Instant heardAt) {}

    List<Device> devices(UUID school) {
        return sql.sql("""
                select d.device_id, d.name, d.made_at, d.revoked_at, (select w.received_at from custody.swipe w where w.school_id = d.school_id and w.device_id = d.device_id order by w.seq desc limit 1) as heard_at
                from custody.device d where d.school_id = :s order by d.revoked_at nulls first, d.name, d.device_id
                """)
                .param("s", school)
                .query((r, n) -> new Device(r.getObject(1, UUID.class), r.getString(2), r.getTimestamp(3).toInstant(), maybe(r, 4), maybe(r, 5)))
                .list();
    }

    int unknownCards(UUID school) {
        return sql.sql("select count(*)::int from custody.unknown_card where school_id = :s").param("s", school).query(Integer.class).single();
    }

    void add(UUID school, UUID device, String name, byte[] hash, UUID by, Instant now) {
        sql.sql("insert into custody.device (school_id, device_id, name, key_hash, made_at, made_by) values (:s, :d, :name, :h, :now, :by)")
                .param("s", school)
                .param("d", device)
                .param("name", name)
                .param("h", hash)
                .param("now", Timestamp.from(now))
                .param("by", by)
                .update();
    }

    boolean revoke(UUID school, UUID device, UUID by, Instant now) {
        return sql.sql("update custody.device set revoked_at = :now, revoked_by = :by where school_id = :s and device_id = :d and revoked_at is null")
                        .param("s", school)
                        .param("d", device)
                        .param("now", Timestamp.from(now))
                        .param("by", by)
                        .update()
                > 0;
    }

    public record Unknown(UUID id, byte[] card, String tail, String device, Instant lastAt, int times) {}

    List<Unknown> unknown(UUID school, int most) {
        return unknown(school, null, most);
    }

    Optional<Unknown> unknown(UUID school, UUID id) {
        return unknown(school, id, 1).stream().findFirst();
    }

    private List<Unknown> unknown(UUID school, @Nullable UUID id, int most) {
        return sql.sql("""
                select u.unknown_id, u.card, u.tail, coalesce(d.name, ''), u.last_at, u.times from custody.unknown_card u left join custody.device d on d.school_id = u.school_id and d.device_id = u.device_id
                where u.school_id = :s and (:id::uuid is null or u.unknown_id = :id) order by u.last_at desc, u.unknown_id limit :n
                """)
                .param("s", school)
                .param("id", id, java.sql.Types.OTHER)
                .param("n", most)
                .query((r, n) -> new Unknown(r.getObject(1, UUID.class), r.getBytes(2), r.getString(3), r.getString(4), r.getTimestamp(5).toInstant(), r.getInt(6)))
                .list();
    }

    /** The card is this child's; what it swiped since then waits to be told again. */
    void link(UUID school, Unknown card, UUID pupil, UUID by, Instant now, Instant since) {
        sql.sql("""
                insert into custody.card (school_id, card, tail, pupil_id, linked_by, linked_at) values (:s, :c, :tail, :p, :by, :now)
                on conflict (school_id, card) do update set pupil_id = excluded.pupil_id, linked_by = excluded.linked_by, linked_at = excluded.linked_at
                """)
                .param("s", school)
                .param("c", card.card())
                .param("tail", card.tail())
                .param("p", pupil)
                .param("by", by)
                .param("now", Timestamp.from(now))
                .update();
        sql.sql("delete from custody.unknown_card where school_id = :s and card = :c").param("s", school).param("c", card.card()).update();
        sql.sql("""
                insert into custody.untold (school_id, device_id, seqs, received_at, due_at)
                select :s, device_id, array_agg(seq order by seq), :now, :now from custody.swipe where school_id = :s and card = :c and at >= :since group by device_id
                """)
                .param("s", school)
                .param("c", card.card())
                .param("now", Timestamp.from(now))
                .param("since", Timestamp.from(since))
                .update();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static <T> String all(Collection<T> rows, Function<T, Object> part) {
        return rows.stream().map(r -> part.apply(r).toString()).collect(Collectors.joining(",", "{", "}"));
    }

    private static @Nullable Instant maybe(ResultSet r, int column) throws SQLException {
        @Nullable Timestamp at = r.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    /** Whose cards these are, by their numbers; a card that nobody has is left out. */
    Map<String, UUID> owners(UUID school, Collection<String> cards, Function<String, byte[]> trace) {
        Map<String, String> byTrace = new HashMap<>();
        for (String card : cards) byTrace.put(HexFormat.of().formatHex(trace.apply(card)), card);
        Map<String, UUID> owners = new HashMap<>();
        sql.sql("select encode(card, 'hex') as card, pupil_id from custody.card where school_id = :s and card in (select decode(h, 'hex') from unnest(:c::text[]) h)")
                .param("s", school)
                .param("c", byTrace.keySet().stream().collect(Collectors.joining(",", "{", "}")))
                .query((r, n) -> owners.put(Objects.requireNonNull(byTrace.get(r.getString("card"))), r.getObject("pupil_id", UUID.class)) == null)
                .list();
        return owners;
    }
}
