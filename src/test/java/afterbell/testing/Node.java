package afterbell.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node as its keeper starts it: a process of its own with its own data folder. Closing it stops it as a service manager does. */
public final class Node implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern READY = Pattern.compile("ready(?: at|:) +(https?)://[^:]+:(\\d+)/");

    private final Process process;
    private final Path out;
    private final Path err;

    private Node(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts a command of the launcher's. @param environment on top of this process's own */
    public static Node start(Path home, Map<String, String> environment, String... arguments) {
        try {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xmx400m", "-XX:TieredStopAtLevel=1", "-Duser.timezone=UTC", "-Dfile.encoding=UTF-8",
                    "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), "afterbell.app.Main"));
            command.addAll(List.of(arguments));
            Path out = Files.createTempFile(home, "node", ".out");
            Path err = Files.createTempFile(home, "node", ".err");
            ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().keySet().removeIf(k -> k.startsWith("AFTERBELL_") && !k.equals("AFTERBELL_CACHE"));
            builder.environment().put("AFTERBELL_KEY_FILE", home.resolve("master.key").toString());
            builder.environment().putAll(environment);
            return new Node(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the node says that it is ready. @return its port */
    public int ready() {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            Matcher m = READY.matcher(err() + out());
            if (m.find()) return Integer.parseInt(m.group(2));
            if (!process.isAlive()) throw new AssertionError("the node ended with " + process.exitValue() + ": " + err() + out());
            pause();
        }
        throw new AssertionError("the node was not ready: " + err() + out());
    }

    /** Waits for the end of a command. @return its exit code */
    public int ended() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) throw new AssertionError("still running: " + err());
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As a service manager asks for a stop. */
    public void terminate() {
        process.destroy();
    }

    public String out() {
        return read(out);
    }

    public String err() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        ended();
    }
}
