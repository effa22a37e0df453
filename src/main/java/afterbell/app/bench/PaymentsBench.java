package afterbell.app.bench;

import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.shared.Ids;
import afterbell.money.billing.Channel;
import afterbell.money.billing.Contracts;
import afterbell.money.billing.Document;
import afterbell.money.billing.Draft;
import afterbell.money.billing.Ledger;
import afterbell.money.billing.PayOrder;
import afterbell.money.billing.PayOrders;
import afterbell.money.billing.PayWay;
import afterbell.money.billing.Posting;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Signed and encrypted notifications of payments through HTTP, one in five told twice, turn and turn about with one row per transaction straight into the
 * database; then how long the books take. What the figures mean is in bench/payments.
 */
@Command(name = "payments", description = "Tells of payments as a channel does: how many a second are accepted once each, against the database's own rate.", mixinStandardHelpOptions = true)
public final class PaymentsBench implements Callable<Integer> {
    private static final double GOAL = 1_000;
    private static final String APP = "wx0123456789abcdef";
    private static final String MERCHANT = "1900000109";
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String KEY_ID = "PUB_KEY_ID_0119000001092026112200000001";

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--threads", defaultValue = "8", description = "that tell at once (8)")
    private int threads = 8;

    @Option(names = "--orders", defaultValue = "4000", description = "payment orders, told over all turns (4000)")
    private int orders = 4_000;

    @Option(names = "--rounds", defaultValue = "3", description = "turns that are measured (3), after one to warm up")
    private int rounds = 3;

    private record Wire(String timestamp, String nonce, String signature, String body) {}

    @Override
    public Integer call() throws Exception {
        if (spec == null) throw new IllegalStateException("not started by picocli");
        PrintWriter out = spec.commandLine().getOut();
        try (BenchWorld world = new BenchWorld()) {
            KeyPair keys = keys();
            String path = contract(world, keys);
            List<PayOrder> open = orders(world);
            long before = count(world, "select count(*) from billing.payment where way = 'WECHAT'");
            List<Wire> wires = new ArrayList<>();
            Instant now = Instant.now(world.clock);
            for (PayOrder o : open) wires.add(wire(keys, o, now));
            out.printf(Locale.ROOT, "%8s %14s %14s %8s%n", "turn", "told/s", "database only", "ratio");
            int turns = rounds + 1;
            double best = 0;
            int share = wires.size() / turns;
            for (int turn = 0; turn < turns; turn++) {
                List<Wire> mine = new ArrayList<>();
                for (Wire w : wires.subList(turn * share, (turn + 1) * share)) {
                    mine.add(w);
                    if (mine.size() % 6 == 5) mine.add(w);
                }
                double told = rate(mine.size(), i -> tell(world, path, mine.get(i)));
                double database = rate(share, i -> insert(world));
                out.printf(Locale.ROOT, "%8s %14.0f %14.0f %8.2f%n", turn == 0 ? "warm-up" : String.valueOf(turn), told, database, told / database);
                out.flush();
                if (turn > 0) best = Math.max(best, told);
            }
            long begun = System.nanoTime();
            long wanted = (long) share * turns;
            while (count(world, "select count(*) from billing.notification where state = 'NEW' and channel = 'WECHAT'") > 0 && System.nanoTime() - begun < TimeUnit.MINUTES.toNanos(5)) TimeUnit.MILLISECONDS.sleep(50);
            long paid = count(world, "select count(*) from billing.payment where way = 'WECHAT'") - before;
            long balance = count(world, "select coalesce(sum(fen), 0)::bigint from billing.posting");
            out.printf(Locale.ROOT, "told %d payments, booked %d, %.1f s after the last; the books add up to %d%n", wanted, paid, (System.nanoTime() - begun) / 1e9, balance);
            if (paid != wanted || balance != 0) out.println("LIE: what was told is not what was booked, once each");
            if (best < GOAL) out.printf(Locale.ROOT, "SLOW: fewer than %.0f a second%n", GOAL);
            return paid == wanted && balance == 0 && best >= GOAL ? 0 : 1;
        }
    }

    /** Does something n times on all threads; times a second. */
    private double rate(int n, Act act) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        long begun = System.nanoTime();
        List<Thread> all = IntStream.range(0, threads)
                .mapToObj(t -> Thread.ofPlatform().start(() -> {
                    for (int i = next.getAndIncrement(); i < n; i = next.getAndIncrement()) {
                        try {
                            if (!act.done(i)) failed.incrementAndGet();
                        } catch (Exception e) {
                            failed.incrementAndGet();
                        }
                    }
                }))
                .toList();
        for (Thread t : all) t.join();
        return (n - failed.get()) / ((System.nanoTime() - begun) / 1e9);
    }

    private interface Act {
        boolean done(int number) throws Exception;
    }

    private boolean tell(BenchWorld world, String path, Wire w) throws Exception {
        HttpRequest post = HttpRequest.newBuilder(URI.create(world.base() + path))
                .header("Content-Type", "application/json")
                .header("Wechatpay-Timestamp", w.timestamp())
                .header("Wechatpay-Nonce", w.nonce())
                .header("Wechatpay-Serial", KEY_ID)
                .header("Wechatpay-Signature", w.signature())
                .POST(HttpRequest.BodyPublishers.ofString(w.body()))
                .build();
        return world.http.send(post, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }

    /** The bare row in a transaction of its own: what the database alone can take. */
    private boolean insert(BenchWorld world) {
        UUID id = world.bean(Ids.class).next();
        return world.asSchool(() -> world.bean(JdbcClient.class)
                        .sql("insert into billing.notification (school_id, notification_id, channel, reference, order_number, fen, paid_at, received_at, state) values (:s, :id, 'ALIPAY', :r, '', 1, :now, :now, 'TAKEN') on conflict (school_id, channel, reference) do nothing")
                        .param("s", world.school)
                        .param("id", id)
                        .param("r", id.toString())
                        .param("now", Timestamp.from(world.clock.instant()))
                        .update())
                == 1;
    }

    private static String contract(BenchWorld world, KeyPair keys) {
        String merchant = Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded());
        String platform = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
        return world.asSchool(() -> world.bean(Contracts.class)
                .put(world.school, PayWay.WECHAT, new Channel.Merchant(APP, MERCHANT, "5157F09EFDC096DE15EBE81A47057A7232F1B8E1", merchant, KEY_ID, pem(platform), SECRET), true, UUID.randomUUID())
                .getPath());
    }

    private static String pem(String base64) {
        return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
    }

    /** As many children as orders are wanted, each with something to pay. */
    private List<PayOrder> orders(BenchWorld world) {
        Roster roster = world.bean(Roster.class);
        Ids ids = world.bean(Ids.class);
        List<Pupil> known = world.asSchool(() -> roster.pupils(world.school));
        List<Roster.NewPupil> more = IntStream.range(0, orders).mapToObj(i -> new Roster.NewPupil(ids.next(), known.get(i % known.size()).schoolClass(), "B" + i, null, null, "b" + i, null)).toList();
        Instant now = world.clock.instant();
        return world.asSchool(() -> {
            roster.addPupils(world.school, more);
            world.bean(Ledger.class).postAll(world.school, more.stream().map(p -> new Draft(ids.next(), Document.CHARGE, ids.next(), "bench", now, LocalDate.of(2026, 10, 1), null, List.of(Posting.ofPupil("family", p.id(), null, 36_000), Posting.of("service-fund", -36_000)))).toList());
            return world.bean(PayOrders.class).openAll(world.school, more.stream().map(Roster.NewPupil::id).toList(), null);
        });
    }

    private static Wire wire(KeyPair keys, PayOrder o, Instant now) throws GeneralSecurityException {
        String nonce = o.number().substring(0, 12);
        String plain = "{\"transaction_id\":\"42" + o.number() + "\",\"success_time\":\"2026-10-08T10:00:00+08:00\",\"appid\":\"" + APP + "\",\"mchid\":\"" + MERCHANT + "\",\"out_trade_no\":\"" + o.number() + "\",\"trade_state\":\"SUCCESS\",\"amount\":{\"total\":" + o.fen() + ",\"currency\":\"CNY\"}}";
        Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
        gcm.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "AES"), new GCMParameterSpec(128, nonce.getBytes(StandardCharsets.UTF_8)));
        gcm.updateAAD("transaction".getBytes(StandardCharsets.UTF_8));
        String sealed = Base64.getEncoder().encodeToString(gcm.doFinal(plain.getBytes(StandardCharsets.UTF_8)));
        String body = "{\"id\":\"" + UUID.randomUUID() + "\",\"create_time\":\"2026-10-08T10:00:00+08:00\",\"event_type\":\"TRANSACTION.SUCCESS\",\"resource_type\":\"encrypt-resource\",\"resource\":{\"original_type\":\"transaction\",\"algorithm\":\"AEAD_AES_256_GCM\",\"ciphertext\":\"" + sealed + "\",\"associated_data\":\"transaction\",\"nonce\":\"" + nonce + "\"}}";
        String timestamp = Long.toString(now.getEpochSecond());
        Signature rsa = Signature.getInstance("SHA256withRSA");
        rsa.initSign(keys.getPrivate());
        rsa.update((timestamp + "\n" + nonce + "\n" + body + "\n").getBytes(StandardCharsets.UTF_8));
        return new Wire(timestamp, nonce, Base64.getEncoder().encodeToString(rsa.sign()), body);
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        return rsa.generateKeyPair();
    }

    private static long count(BenchWorld world, String sql) {
        return world.asSchool(() -> world.bean(JdbcClient.class).sql(sql).query(Long.class).single());
    }
}
