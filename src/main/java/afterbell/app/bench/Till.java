package afterbell.app.bench;

import afterbell.money.billing.Channel;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A channel that pays refunds as WeChat Pay does: once per number however often it is asked, with signed answers; and that can see to it that who asks dies before it hears. */
final class Till implements AutoCloseable {
    private static final String KEY_ID = "PUB_KEY_ID_0119000001092026112200000001";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    final Map<String, Long> paid = new ConcurrentHashMap<>();
    final AtomicInteger asked = new AtomicInteger();
    volatile CountDownLatch died = new CountDownLatch(1);
    private final Clock clock;
    private final KeyPair keys;
    private final HttpServer server;
    private Planned planned = new Planned(Integer.MAX_VALUE, () -> {});

    interface Fault {
        void happen() throws IOException;
    }

    private record Planned(int after, Fault fault) {}

    /** @param clock its own: a channel knows nothing of the day that a house lives */
    Till(Clock clock) throws IOException, GeneralSecurityException {
        this.clock = clock;
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        keys = rsa.generateKeyPair();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v3/refund/", this::refund);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** From so many paid refunds on nobody is answered, and the fault happens, once. */
    synchronized void at(int after, Fault happens) {
        died = new CountDownLatch(1);
        planned = new Planned(after, happens);
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    Channel.Merchant merchant() {
        String key = Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded());
        String platform = "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()) + "\n-----END PUBLIC KEY-----\n";
        return new Channel.Merchant("wx0123456789abcdef", "1900000109", "5157F09EFDC096DE15EBE81A47057A7232F1B8E1", key, KEY_ID, platform, "0123456789abcdef0123456789abcdef");
    }

    private void refund(HttpExchange http) throws IOException {
        JsonNode wanted = JSON.readTree(http.getRequestBody().readAllBytes());
        String number = wanted.path("out_refund_no").asString("");
        asked.incrementAndGet();
        paid.putIfAbsent(number, wanted.path("amount").path("refund").asLong());
        if (dies()) {
            http.close();
            return;
        }
        answer(http, JSON.writeValueAsString(Map.of("refund_id", "5", "out_refund_no", number, "out_trade_no", wanted.path("out_trade_no").asString(""), "status", "SUCCESS", "amount", Map.of("refund", 1, "total", 1))));
    }

    private synchronized boolean dies() throws IOException {
        if (paid.size() < planned.after()) return false;
        if (died.getCount() > 0) {
            planned.fault().happen();
            died.countDown();
        }
        return true;
    }

    private void answer(HttpExchange http, String body) throws IOException {
        String timestamp = Long.toString(Instant.now(clock).getEpochSecond());
        http.getResponseHeaders().set("Wechatpay-Timestamp", timestamp);
        http.getResponseHeaders().set("Wechatpay-Nonce", "n0");
        http.getResponseHeaders().set("Wechatpay-Serial", KEY_ID);
        http.getResponseHeaders().set("Wechatpay-Signature", sign(timestamp + "\nn0\n" + body + "\n"));
        http.getResponseHeaders().set("Content-Type", "application/json");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        http.sendResponseHeaders(200, bytes.length);
        http.getResponseBody().write(bytes);
        http.close();
    }

    private String sign(String text) {
        try {
            Signature rsa = Signature.getInstance("SHA256withRSA");
            rsa.initSign(keys.getPrivate());
            rsa.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(rsa.sign());
        } catch (GeneralSecurityException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
