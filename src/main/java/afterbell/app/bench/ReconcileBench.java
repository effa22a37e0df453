package afterbell.app.bench;

import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.text.DataFile;
import afterbell.base.shared.web.Screen;
import afterbell.money.billing.PayWay;
import afterbell.money.billing.Payments;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A channel's bill of many rows with planted errors, brought as finance brings it: seconds, and whether exactly the planted errors were found. */
@Command(name = "reconcile", description = "Reconciles a channel's bill with planted errors: seconds, and what was found.", mixinStandardHelpOptions = true)
public final class ReconcileBench implements Callable<Integer> {
    private static final double GOAL_SECONDS = 10;
    private static final int EACH = 7;
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--rows", defaultValue = "100000", description = "rows of the bill (100000)")
    private int rows = 100_000;

    @Override
    public Integer call() throws Exception {
        if (spec == null) throw new IllegalStateException("not started by picocli");
        PrintWriter out = spec.commandLine().getOut();
        try (BenchWorld world = new BenchWorld()) {
            LocalDate day = LocalDate.ofInstant(world.clock.instant(), Screen.ZONE).minusDays(1);
            pay(world, day.atTime(12, 0).atZone(Screen.ZONE).toInstant());
            byte[] bill = bill(day);
            String cookies = world.staff(Role.FINANCE);
            HttpResponse<String> page = world.http.send(HttpRequest.newBuilder(URI.create(world.base() + "/money/reconciling")).header("Cookie", cookies).GET().build(), HttpResponse.BodyHandlers.ofString());
            for (String cookie : page.headers().allValues("Set-Cookie")) cookies += "; " + cookie.substring(0, cookie.indexOf(';'));
            Matcher token = TOKEN.matcher(page.body());
            if (!token.find()) throw new IllegalStateException("no form: " + page.statusCode());
            long from = System.nanoTime();
            HttpResponse<String> done = world.http.send(upload(world, cookies, token.group(1), bill), HttpResponse.BodyHandlers.ofString());
            double seconds = (System.nanoTime() - from) / 1e9;
            Map<String, Integer> found = found(world);
            Map<String, Integer> planted = new TreeMap<>(Map.of("missing_here", EACH, "missing_there", EACH, "amount", EACH, "twice", EACH, "fee", 1));
            boolean exact = found.equals(planted);
            out.printf("rows %d, answered %d, %.2f s (goal %.0f s)%nplanted %s%nfound   %s%n", rows, done.statusCode(), seconds, GOAL_SECONDS, planted, found);
            out.flush();
            return done.statusCode() == 303 && exact && seconds < GOAL_SECONDS ? 0 : 1;
        }
    }

    private void pay(BenchWorld world, Instant at) {
        List<Pupil> pupils = world.asSchool(() -> world.bean(Roster.class).pupils(world.school));
        for (int from = 0; from < rows; from += 5_000) {
            List<Payments.Arrived> some = new ArrayList<>();
            for (int i = from; i < Math.min(rows, from + 5_000); i++) some.add(Payments.Arrived.of(PayWay.WECHAT, "W" + i, pupils.get(i % pupils.size()).id(), 1 + i % 900, at, null));
            world.asSchool(() -> world.bean(Payments.class).takeAll(world.school, some));
        }
    }

    /** The first payments are missing, the next have another amount, the next stand twice; as many rows are nobody's. The words are those of the shipped layout. */
    private byte[] bill(LocalDate day) {
        DataFile layout = DataFile.load("billing/statements/wechat.yaml");
        StringBuilder text = new StringBuilder(String.join(",", Stream.of("at", "reference", "order", "state", "paid", "fee").map(c -> layout.at("columns").at(c).texts().getFirst()).toList())).append('\n');
        String paid = layout.at("states").at("paid").texts().getFirst();
        long sum = 0;
        for (int i = EACH; i < rows; i++) sum += line(text, day, "W" + i, paid, 1 + i % 900 + (i < 2 * EACH ? 1 : 0));
        for (int i = 2 * EACH; i < 3 * EACH; i++) sum += line(text, day, "W" + i, paid, 1 + i % 900);
        for (int i = 0; i < EACH; i++) sum += line(text, day, "X" + i, paid, 100);
        return text.append("-,").append(layout.at("total").at("paid").texts().getFirst()).append("\n-,").append(yuan(sum)).append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static long line(StringBuilder text, LocalDate day, String reference, String paid, long fen) {
        text.append('`').append(day).append(" 12:00:00,`").append(reference).append(",`,`").append(paid).append(",`").append(yuan(fen)).append(",`0.01\n");
        return fen;
    }

    private static String yuan(long fen) {
        return BigDecimal.valueOf(fen, 2).toPlainString();
    }

    private static HttpRequest upload(BenchWorld world, String cookies, String token, byte[] bill) {
        String boundary = "afterbell-boundary";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Map.of("_csrf", token, "_key", UUID.randomUUID().toString(), "layout", "wechat").forEach((name, value) -> body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n").getBytes(StandardCharsets.UTF_8)));
        body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"bill.csv\"\r\nContent-Type: text/csv\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        body.writeBytes(bill);
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create(world.base() + "/money/reconciling"))
                .header("Cookie", cookies)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
    }

    private static Map<String, Integer> found(BenchWorld world) {
        Map<String, Integer> all = new TreeMap<>();
        world.asSchool(() -> {
            world.bean(JdbcClient.class)
                    .sql("select kind, count(*)::int from billing.difference where statement_file_id = (select statement_file_id from billing.statement_file order by lines desc limit 1) group by kind")
                    .query(r -> {
                        all.put(r.getString(1), r.getInt(2));
                    });
            return true;
        });
        return all;
    }
}
