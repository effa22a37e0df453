package afterbell.money.billing.online;

import afterbell.base.shared.web.Screen;
import afterbell.money.billing.BackToPayer;
import afterbell.money.billing.Channel;
import afterbell.money.billing.PayWay;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Alipay, version 3 of its protocol: JSON with a signature in the headers, both ways; notifications as a signed form. RSA2 is SHA256withRSA of the JDK; why the
 * official library is not here but only in the tests says decision 0125.
 */
@Component
final class Alipay implements Channel {
    // A notification is sent again for a day and an hour with the time of its first sending.
    private static final Duration WINDOW = Duration.ofHours(26);
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final int BILL_BYTES = 64 << 20;
    private static final int REMEMBERED = 1_000;

    private final URI base;
    private final JsonMapper json;
    private final Clock clock;
    private final Map<String, PublicKey> keys = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).version(HttpClient.Version.HTTP_1_1).build();

    Alipay(@Value("${afterbell.pay.alipay:https://openapi.alipay.com}") URI base, JsonMapper json, Clock clock) {
        this.clock = clock;
        this.base = base;
        this.json = json;
    }

    @Override
    public PayWay way() {
        return PayWay.ALIPAY;
    }

    /** @param status 0 where nothing believable came */
    private record Answer(int status, JsonNode body) {
        boolean good() {
            return status == 200;
        }

        String text(String name) {
            return body.path(name).asString("");
        }
    }

    private Answer ask(Merchant m, String method, String path, String body) {
        try {
            String authorized = "app_id=" + m.app() + ",nonce=" + UUID.randomUUID() + ",timestamp=" + clock.millis();
            String signed = authorized + "\n" + method + "\n" + path + "\n" + body + "\n";
            HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).header("Authorization", "ALIPAY-SHA256withRSA " + authorized + ",sign=" + sign(m.privateKey(), signed)).header("Accept", "application/json");
            if (!body.isEmpty()) request.header("Content-Type", "application/json");
            request.method(method, body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String heard = answer.headers().firstValue("alipay-timestamp").orElse("") + "\n" + answer.headers().firstValue("alipay-nonce").orElse("") + "\n" + answer.body() + "\n";
            if (!verified(m.platformKey(), heard, answer.headers().firstValue("alipay-signature").orElse(""))) return new Answer(0, json.createObjectNode());
            return new Answer(answer.statusCode(), json.readTree(answer.body()));
        } catch (IOException | GeneralSecurityException | JacksonException | IllegalArgumentException e) {
            return new Answer(0, json.createObjectNode());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(0, json.createObjectNode());
        }
    }

    static String sign(String privateKey, String text) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(bare(privateKey))));
        signature.update(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(signature.sign());
    }

    private boolean verified(String publicKey, String text, String sign) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key(publicKey));
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getDecoder().decode(sign));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    // Reading a key takes longer than verifying by it.
    private PublicKey key(String text) throws GeneralSecurityException {
        @Nullable PublicKey known = keys.get(text);
        if (known != null) return known;
        PublicKey read = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(bare(text)));
        if (keys.size() > REMEMBERED) keys.clear();
        keys.put(text, read);
        return read;
    }

    private static byte[] bare(String key) {
        return Base64.getDecoder().decode(key.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", ""));
    }

    private static String yuan(long fen) {
        return BigDecimal.valueOf(fen, 2).toPlainString();
    }

    private static long fen(String yuan) {
        return new BigDecimal(yuan.strip()).movePointRight(2).longValueExact();
    }

    @Override
    public String open(Merchant m, Wanted wanted) {
        String body = json.writeValueAsString(Map.of(
                "out_trade_no", wanted.number(),
                "total_amount", yuan(wanted.fen()),
                "subject", wanted.title(),
                "notify_url", wanted.notifications().toString(),
                "time_expire", TIME.format(wanted.expiresAt().atZone(Screen.ZONE))));
        Answer answer = ask(m, "POST", "/v3/alipay/trade/precreate", body);
        return answer.good() ? answer.text("qr_code") : "";
    }

    @Override
    public Seen query(Merchant m, String number) {
        Answer answer = ask(m, "POST", "/v3/alipay/trade/query", json.writeValueAsString(Map.of("out_trade_no", number)));
        if (answer.text("code").equals("ACQ.TRADE_NOT_EXIST")) return new Seen.Closed();
        if (!answer.good() || !answer.text("out_trade_no").equals(number)) return new Seen.NoAnswer();
        return switch (answer.text("trade_status")) {
            case "TRADE_SUCCESS", "TRADE_FINISHED" -> paid(answer);
            case "TRADE_CLOSED" -> new Seen.Closed();
            case "WAIT_BUYER_PAY" -> new Seen.Waiting();
            default -> new Seen.NoAnswer();
        };
    }

    private static Seen paid(Answer answer) {
        try {
            return new Seen.Paid(answer.text("trade_no"), fen(answer.text("total_amount")), at(answer.text("send_pay_date")));
        } catch (ArithmeticException | NumberFormatException | DateTimeParseException e) {
            return new Seen.NoAnswer();
        }
    }

    private static Instant at(String time) {
        return LocalDateTime.parse(time, TIME).atZone(Screen.ZONE).toInstant();
    }

    @Override
    public boolean close(Merchant m, String number) {
        Answer answer = ask(m, "POST", "/v3/alipay/trade/close", json.writeValueAsString(Map.of("out_trade_no", number)));
        return answer.good() || answer.text("code").equals("ACQ.TRADE_NOT_EXIST");
    }

    @Override
    public BackToPayer.Answer refund(Merchant m, BackToPayer.Wanted wanted) {
        Answer answer = ask(m, "POST", "/v3/alipay/trade/refund", json.writeValueAsString(Map.of("out_trade_no", wanted.order(), "out_request_no", wanted.number(), "refund_amount", yuan(wanted.fen()))));
        if (answer.good()) return answer.text("out_trade_no").equals(wanted.order()) ? BackToPayer.Answer.DONE : BackToPayer.Answer.NO_ANSWER;
        // A fault of theirs is asked again; a plain no is an answer.
        return answer.status() >= 400 && answer.status() < 500 && answer.text("code").startsWith("ACQ.") && !answer.text("code").equals("ACQ.SYSTEM_ERROR") ? BackToPayer.Answer.REFUSED : BackToPayer.Answer.NO_ANSWER;
    }

    @Override
    public List<BillLine> bill(Merchant m, LocalDate day) throws Unverified {
        Answer where = ask(m, "GET", "/v3/alipay/data/dataservice/bill/downloadurl/query?bill_type=trade&bill_date=" + day, "");
        if (!where.good()) throw new Unverified("the bill did not come");
        try {
            HttpResponse<byte[]> file = http.send(HttpRequest.newBuilder(URI.create(where.text("bill_download_url"))).timeout(PATIENCE.multipliedBy(4)).build(), HttpResponse.BodyHandlers.ofByteArray());
            return lines(unpacked(file.body()));
        } catch (IOException | IllegalArgumentException e) {
            throw new Unverified("the bill did not come");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unverified("interrupted");
        }
    }

    // The file of single payments is the larger of two; its name says so in Chinese, in whatever encoding: the one with payments' numbers is read.
    private static String unpacked(byte[] zip) throws IOException, Unverified {
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip), Charset.forName("GB18030"))) {
            String longest = "";
            int budget = BILL_BYTES;
            for (ZipEntry e = in.getNextEntry(); e != null && budget > 0; e = in.getNextEntry()) {
                byte[] bytes = in.readNBytes(budget);
                budget -= bytes.length;
                String text = new String(bytes, Charset.forName("GB18030"));
                if (text.length() > longest.length()) longest = text;
            }
            if (longest.isEmpty()) throw new Unverified("the bill is empty");
            return longest;
        }
    }

    // trade, order, kind, title, made, paid, shop, shop name, operator, terminal, payer, amount, got, …, refund number, fee
    static List<BillLine> lines(String text) throws Unverified {
        List<BillLine> lines = new ArrayList<>();
        boolean ended = false;
        try {
            for (String row : text.lines().toList()) {
                if (row.startsWith("#") && !lines.isEmpty()) ended = true;
                String[] f = row.split(",", -1);
                if (row.startsWith("#") || f.length < 23 || !f[0].strip().matches("\\d{16,64}")) continue;
                long fen = fen(f[11]);
                // The fee stands as what the merchant gets: below zero where it is taken. Here it is what it costs.
                lines.add(new BillLine(f[0].strip(), fen < 0 && !f[21].isBlank() ? f[21].strip() : f[1].strip(), fen, -fen(f[22]), at(f[5].strip())));
            }
        } catch (RuntimeException e) {
            throw new Unverified("the bill can't be read");
        }
        if (!ended && !lines.isEmpty()) throw new Unverified("the bill is not whole");
        return lines;
    }

    @Override
    public List<Told> read(Merchant m, Map<String, String> headers, Map<String, String> fields, String body, Instant now) throws Unverified {
        Map<String, String> signed = new TreeMap<>(fields);
        String sign = signed.getOrDefault("sign", "");
        signed.remove("sign");
        signed.remove("sign_type");
        signed.values().removeIf(String::isEmpty);
        StringBuilder text = new StringBuilder();
        signed.forEach((name, value) -> text.append(text.isEmpty() ? "" : "&").append(name).append('=').append(value));
        if (!"RSA2".equals(fields.get("sign_type")) || !verified(m.platformKey(), text.toString(), sign)) throw new Unverified("not signed by the channel");
        if (!m.app().equals(fields.get("app_id"))) throw new Unverified("another merchant");
        try {
            if (Duration.between(at(fields.getOrDefault("notify_time", "")), now).abs().compareTo(WINDOW) > 0) throw new Unverified("out of its time");
            String status = fields.getOrDefault("trade_status", "");
            // A refund is told with the same status and the time of the refund.
            if (!status.equals("TRADE_SUCCESS") || fields.containsKey("refund_fee")) return List.of();
            return List.of(new Told(fields.getOrDefault("trade_no", ""), fields.getOrDefault("out_trade_no", ""), fen(fields.getOrDefault("total_amount", "")), at(fields.getOrDefault("gmt_payment", ""))));
        } catch (ArithmeticException | NumberFormatException | DateTimeParseException e) {
            throw new Unverified("can't be read");
        }
    }

    @Override
    public String thanks() {
        return "success";
    }
}
