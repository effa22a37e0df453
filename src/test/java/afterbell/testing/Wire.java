package afterbell.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The wire between a browser and the house. Cut, it breaks what is under way and takes nothing new: pages and service worker feel it alike, which a browser's
 * own switch does not promise.
 */
public final class Wire implements AutoCloseable {
    private final int goal;
    private final ServerSocket ear;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    private Wire(int goal) throws IOException {
        this.goal = goal;
        this.ear = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** @param base of the running house */
    public static Wire to(String base) {
        try {
            Wire wire = new Wire(URI.create(base).getPort());
            Thread.ofVirtual().start(wire::listen);
            return wire;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String base() {
        return "http://127.0.0.1:" + ear.getLocalPort();
    }

    public void cut() {
        cut = true;
        open.forEach(Wire::shut);
        open.clear();
    }

    public void mend() {
        cut = false;
    }

    private void listen() {
        while (!ear.isClosed()) {
            try {
                Socket browser = ear.accept();
                if (cut) shut(browser);
                else join(browser);
            } catch (IOException e) {
                // Closed, or one connection that could not be made: the browser sees a broken wire.
            }
        }
    }

    private void join(Socket browser) throws IOException {
        Socket house = new Socket(InetAddress.getLoopbackAddress(), goal);
        open.add(browser);
        open.add(house);
        if (cut) cut();
        Thread.ofVirtual().start(() -> pour(browser, house));
        Thread.ofVirtual().start(() -> pour(house, browser));
    }

    private void pour(Socket from, Socket to) {
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            // The wire broke here: that is what it is for.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void shut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It was broken already.
        }
    }

    @Override
    public void close() {
        cut();
        try {
            ear.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
