package afterbell.app.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the demo school as a person does and measures the seconds to its first page and the memory that it then holds. What the figures mean is in bench/start. */
@Command(name = "start", description = "Starts the demo school: seconds to the first page, megabytes resident.", mixinStandardHelpOptions = true)
public final class StartBench implements Callable<Integer> {
    private static final Pattern READY = Pattern.compile("ready: +http://[^:]+:(\\d+)/");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final long PATIENCE_SECONDS = 300;
    private static final int PAGES = 40;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--times", defaultValue = "3", description = "starts after the first one, which makes the world (3)")
    private int times = 3;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (spec == null) throw new IllegalStateException("not started by picocli");
        PrintWriter out = spec.commandLine().getOut();
        Path home = Files.createTempDirectory("afterbell-bench-");
        out.printf(Locale.ROOT, "%-12s %8s %10s %12s%n", "start", "seconds", "java MB", "database MB");
        try {
            for (int i = 0; i <= times; i++) measured(out, i == 0 ? "first" : "again " + i, home);
        } finally {
            try (Stream<Path> all = Files.walk(home)) {
                for (Path p : all.sorted((a, b) -> b.compareTo(a)).toList()) Files.deleteIfExists(p);
            }
        }
        return 0;
    }

    private static void measured(PrintWriter out, String name, Path home) throws IOException, InterruptedException {
        Path log = Files.createTempFile(home, "node", ".log");
        long begun = System.nanoTime();
        ProcessBuilder builder = new ProcessBuilder(command(home)).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("AFTERBELL_KEY_FILE", home.resolve("master.key").toString());
        Process node = builder.start();
        try {
            int port = ready(node, log, begun);
            page(port);
            double seconds = (System.nanoTime() - begun) / 1e9;
            // As it is after some use, not at its smallest.
            for (int i = 0; i < PAGES; i++) page(port);
            long database = 0;
            for (ProcessHandle child : node.descendants().toList()) database += resident(child.pid());
            out.printf(Locale.ROOT, "%-12s %8.1f %10d %12d%n", name, seconds, resident(node.pid()) / 1024, database / 1024);
            out.flush();
        } finally {
            node.destroy();
            node.waitFor();
        }
    }

    // The same Java as this one, with the same bounds that the launcher gave it.
    private static List<String> command(Path home) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "afterbell.app.Main", "run", "--port", "0", "--data", home.resolve("data").toString()));
        return command;
    }

    private static int ready(Process node, Path log, long begun) throws IOException, InterruptedException {
        while (node.isAlive() && (System.nanoTime() - begun) / 1_000_000_000 < PATIENCE_SECONDS) {
            Matcher m = READY.matcher(Files.readString(log, StandardCharsets.UTF_8));
            if (m.find()) return Integer.parseInt(m.group(1));
            Thread.sleep(20);
        }
        throw new IOException("the demo did not start: " + Files.readString(log));
    }

    private static void page(int port) throws IOException, InterruptedException {
        HttpResponse<String> page = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/sign-in")).build(), HttpResponse.BodyHandlers.ofString());
        if (page.statusCode() != 200) throw new IOException("the first page answered " + page.statusCode());
    }

    private static long resident(long pid) throws IOException {
        Path status = Path.of("/proc/" + pid + "/status");
        if (!Files.exists(status)) return 0;
        Matcher m = RESIDENT.matcher(Files.readString(status));
        return m.find() ? Long.parseLong(m.group(1)) : 0;
    }
}
