package afterbell.app.bench;

import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.money.billing.Contracts;
import afterbell.money.billing.Document;
import afterbell.money.billing.Draft;
import afterbell.money.billing.Ledger;
import afterbell.money.billing.PayOrders;
import afterbell.money.billing.PayWay;
import afterbell.money.billing.Payments;
import afterbell.money.billing.Posting;
import afterbell.money.billing.Refunds;
import afterbell.money.billing.VerifyLedger;
import java.io.PrintWriter;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A batch of refunds that goes back to the payers by their channel while the node is killed with signal 9, and then its PostgreSQL: each time after the channel
 * has paid and before it has answered. What the channel has paid out is counted against the books. How to read it is in bench/faults.
 */
@Command(name = "refund-faults", description = "kill -9 of the application and of PostgreSQL in the middle of a batch of refunds; counts what the channel paid against the books.", mixinStandardHelpOptions = true)
public final class RefundFaultsBench implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final long CREDIT = 4_680;
    private static final long PAID = 36_000;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--refunds", defaultValue = "300", description = "refunds of the batch (300)")
    private int refunds = 300;

    @Override
    public Integer call() throws Exception {
        if (spec == null) throw new IllegalStateException("not started by picocli");
        if (refunds < 3) throw new IllegalArgumentException("three refunds at least: one for each who begins anew");
        PrintWriter out = spec.commandLine().getOut();
        try (Till till = new Till(Clock.tickMillis(ZoneOffset.UTC))) {
            FaultyHouse place = FaultyHouse.fresh(Map.of("afterbell.pay.wechat", till.base().toString()));
            try {
                // Only the first start shifts the demo's clock.
                place.open().close();
                place.ended();
                try (ConfigurableApplicationContext house = place.open()) {
                    ordered(house, till);
                }
                killed(place, till, "application", refunds / 3, out);
                killed(place, till, "PostgreSQL", refunds * 2 / 3, out);
                return counted(place, till, out) ? 0 : 1;
            } catch (IllegalStateException e) {
                out.println("not measured: " + e.getMessage());
                return 1;
            } finally {
                place.ended();
                place.remove();
            }
        }
    }

    /** Children who have paid by phone and were then settled for less; all of it ordered back and agreed to by a second person. */
    private void ordered(ConfigurableApplicationContext house, Till till) {
        UUID school = FaultyHouse.school(house);
        Ids ids = house.getBean(Ids.class);
        Ledger ledger = house.getBean(Ledger.class);
        Roster roster = house.getBean(Roster.class);
        List<Pupil> known = FaultyHouse.in(house, school, () -> roster.pupils(school));
        List<Roster.NewPupil> more = IntStream.range(0, refunds).mapToObj(i -> new Roster.NewPupil(ids.next(), known.get(i % known.size()).schoolClass(), "B" + i, null, null, "b" + i, null)).toList();
        List<UUID> children = more.stream().map(Roster.NewPupil::id).toList();
        Instant now = house.getBean(Clock.class).instant();
        UUID batch = FaultyHouse.in(house, school, () -> {
            house.getBean(Contracts.class).put(school, PayWay.WECHAT, till.merchant(), true, ids.next());
            roster.addPupils(school, more);
            ledger.postAll(school, children.stream().map(c -> owes(ids, c, now, PAID)).toList());
            List<Payments.Arrived> paid = house.getBean(PayOrders.class).openAll(school, children, null).stream().map(o -> new Payments.Arrived(PayWay.WECHAT, "42" + o.number(), o.number(), null, o.fen(), now, null, null)).toList();
            house.getBean(Payments.class).takeAll(school, paid);
            ledger.postAll(school, children.stream().map(c -> owes(ids, c, now, -CREDIT)).toList());
            return switch (house.getBean(Refunds.class).order(school, children.stream().map(c -> new Refunds.Wanted(c, null)).toList(), Refunds.How.AS_PAID, Refunds.Cause.SETTLED, ids.next())) {
                case Outcome.Done<UUID>(UUID made) -> made;
                case Outcome.Refused<UUID> no -> throw new IllegalStateException("refused: " + no);
            };
        });
        FaultyHouse.in(house, school, () -> house.getBean(Refunds.class).approve(school, batch, ids.next()));
    }

    // Booked as a correction: a charge would have to name the facts that it comes from.
    private static Draft owes(Ids ids, UUID child, Instant at, long fen) {
        return new Draft(ids.next(), Document.CORRECTION, ids.next(), "bench", at, LocalDate.of(2026, 10, 1), null, List.of(Posting.ofPupil("family", child, null, fen), Posting.of("service-fund", -fen)));
    }

    /** A node sends refunds until the channel has paid so many; then it, or its database, dies at once, and the channel's answer reaches nobody. */
    private static void killed(FaultyHouse place, Till till, String what, int after, PrintWriter out) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        place.ended();
        int before = till.paid.size();
        Process node = place.node(port);
        try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            till.at(after, () -> {
                if (what.equals("PostgreSQL")) place.postgres().ifPresent(ProcessHandle::destroyForcibly);
                node.destroyForcibly();
            });
            place.awaitReady(http, port, node);
            if (!till.died.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) throw new IllegalStateException("the channel was asked for " + till.paid.size() + " refunds only");
        } finally {
            node.destroyForcibly();
            node.waitFor();
        }
        out.printf(Locale.ROOT, "kill -9 of %-11s the channel had paid %d, %d of them to this node%n", what, till.paid.size(), till.paid.size() - before);
        out.flush();
    }

    /** The rest goes back, and both sides are counted. */
    private boolean counted(FaultyHouse place, Till till, PrintWriter out) throws Exception {
        till.at(Integer.MAX_VALUE, () -> {});
        try (ConfigurableApplicationContext house = place.again()) {
            UUID school = FaultyHouse.school(house);
            JdbcClient sql = house.getBean(JdbcClient.class);
            int inDoubt = count(house, sql, school, "select count(*)::int from billing.refund where school_id = :s and state = 'SENDING' and destination = 'ORIGINAL'");
            long begun = System.nanoTime();
            String open = "select count(*)::int from billing.refund where school_id = :s and state in ('READY', 'SENDING', 'SENT') and destination = 'ORIGINAL'";
            while (count(house, sql, school, open) > 0 && System.nanoTime() - begun < PATIENCE.toNanos()) Thread.sleep(500);
            Set<String> done = new HashSet<>(FaultyHouse.in(house, school, () -> sql.sql("select number from billing.refund where school_id = :s and state = 'DONE' and destination = 'ORIGINAL' and fen = :f").param("s", school).param("f", CREDIT).query(String.class).list()));
            long strange = till.paid.keySet().stream().filter(n -> !done.contains(n)).count();
            long unpaid = done.stream().filter(n -> !till.paid.containsKey(n)).count();
            long gone = till.paid.values().stream().mapToLong(f -> f).sum();
            VerifyLedger.Report report = Scopes.within(Scope.school(school, null), () -> house.getBean(VerifyLedger.class).run(school));
            out.printf(Locale.ROOT, "%d in doubt after the kills; all asked %.0f s after the last start; %d times a number was asked for again%n", inDoubt, (System.nanoTime() - begun) / 1e9, till.asked.get() - till.paid.size());
            out.printf(Locale.ROOT, "%d refunds ordered, %d paid by the channel (%d fen), %d booked; paid and not booked %d, booked and not paid %d, lies in the books %d%n", refunds, till.paid.size(), gone, done.size(), strange, unpaid, report.lies().size());
            return till.paid.size() == refunds && done.size() == refunds && gone == refunds * CREDIT && strange == 0 && unpaid == 0 && report.lies().isEmpty();
        }
    }

    private static int count(ConfigurableApplicationContext house, JdbcClient sql, UUID school, String text) {
        return FaultyHouse.in(house, school, () -> sql.sql(text).param("s", school).query(Integer.class).single());
    }
}
