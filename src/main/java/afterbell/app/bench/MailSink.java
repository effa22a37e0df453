package afterbell.app.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A mail server that takes everything and keeps only who was written to and when. Speaks as much SMTP (RFC 5321) as a client needs. */
final class MailSink implements AutoCloseable {
    private final ServerSocket door;
    private final Map<String, AtomicInteger> mails = new ConcurrentHashMap<>();
    private final Queue<Long> arrivals = new ConcurrentLinkedQueue<>();

    MailSink() throws IOException {
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return door.getLocalPort();
    }

    void forget() {
        mails.clear();
        arrivals.clear();
    }

    /** Mails by address. */
    Map<String, AtomicInteger> mails() {
        return mails;
    }

    /** When mails came, by {@code System.nanoTime()}. */
    long[] arrivals() {
        return arrivals.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                Socket caller = door.accept();
                caller.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> talk(caller));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void talk(Socket caller) {
        try (caller; BufferedReader in = new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.ISO_8859_1)); OutputStream out = caller.getOutputStream()) {
            say(out, "220 sink");
            String to = "";
            for (@Nullable String line = in.readLine(); line != null; line = in.readLine()) {
                String verb = line.length() < 4 ? line : line.substring(0, 4).toUpperCase(Locale.ROOT);
                switch (verb) {
                    case "RCPT" -> {
                        to = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
                        say(out, "250 ok");
                    }
                    case "DATA" -> {
                        say(out, "354 go on");
                        for (@Nullable String text = in.readLine(); text != null && !text.equals("."); text = in.readLine()) {
                            // The text itself is of no interest.
                        }
                        mails.computeIfAbsent(to, t -> new AtomicInteger()).incrementAndGet();
                        arrivals.add(System.nanoTime());
                        say(out, "250 taken");
                    }
                    case "QUIT" -> {
                        say(out, "221 bye");
                        return;
                    }
                    default -> say(out, "250 ok");
                }
            }
        } catch (IOException e) {
            // The caller has gone.
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
