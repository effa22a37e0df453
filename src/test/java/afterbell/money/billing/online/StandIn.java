package afterbell.money.billing.online;

import afterbell.money.billing.Channel;
import com.alipay.v3.ApiException;
import com.alipay.v3.util.AlipaySignature;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Both channels on this machine, with keys of their own: they verify what they are asked, sign what they answer and tell, and encrypt as the real ones do.
 * Alipay's side signs by Alipay's own library, so that our signing is not its own witness.
 */
final class StandIn implements AutoCloseable {
    static final String APP = "wx0123456789abcdef";
    static final String MERCHANT = "1900000109";
    static final String SECRET = "0123456789abcdef0123456789abcdef";
    static final String KEY_ID = "PUB_KEY_ID_0119000001092026112200000001";
    static final String ALI_APP = "2021000000000000";
    private static final String SERIAL = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    final KeyPair merchantKeys = keys();
    final KeyPair platformKeys = keys();
    final Map<String, Long> orders = new ConcurrentHashMap<>();
    final Map<String, String> paid = new ConcurrentHashMap<>();
    final Map<String, Long> refunds = new ConcurrentHashMap<>();
    final AtomicInteger closed = new AtomicInteger();
    final AtomicInteger badlySigned = new AtomicInteger();
    volatile boolean lies;
    volatile boolean silent;
    /** The daily bill breaks off. */
    volatile boolean cut;
    private final HttpServer server;

    StandIn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/v3/pay/", this::weChat);
            server.createContext("/v3/refund/", this::weChat);
            server.createContext("/v3/bill/", this::weChat);
            server.createContext("/v3/alipay/", this::alipay);
            server.createContext("/bills/", http -> file(http, weChatBill().getBytes(StandardCharsets.UTF_8)));
            server.createContext("/zips/", http -> file(http, cut ? zip(alipayBill().replaceFirst("(?s)#-+业务明细列表结束.*", "")) : zip(alipayBill())));
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
            rsa.initialize(2048);
            return rsa.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String text(Key key) {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    private static String pem(String kind, Key key) {
        return "-----BEGIN " + kind + " KEY-----\n" + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(key.getEncoded()) + "\n-----END " + kind + " KEY-----\n";
    }

    Channel.Merchant weChatMerchant() {
        return new Channel.Merchant(APP, MERCHANT, SERIAL, pem("PRIVATE", merchantKeys.getPrivate()), KEY_ID, pem("PUBLIC", platformKeys.getPublic()), SECRET);
    }

    Channel.Merchant alipayMerchant() {
        return new Channel.Merchant(ALI_APP, "2088000000000001", "", text(merchantKeys.getPrivate()), "", text(platformKeys.getPublic()), "");
    }

    private static String sign(KeyPair keys, String content) {
        try {
            Signature s = Signature.getInstance("SHA256withRSA");
            s.initSign(keys.getPrivate());
            s.update(content.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(s.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean signedByMerchant(String content, String sign) {
        try {
            Signature s = Signature.getInstance("SHA256withRSA");
            s.initVerify(merchantKeys.getPublic());
            s.update(content.getBytes(StandardCharsets.UTF_8));
            return s.verify(Base64.getDecoder().decode(sign));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static String field(String text, String name) {
        Matcher m = Pattern.compile("\"" + name + "\"\\s*:\\s*\"?([^\",}]*)").matcher(text);
        return m.find() ? m.group(1) : "";
    }

    // --- WeChat Pay ---

    private void weChat(HttpExchange http) throws IOException {
        String body = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = http.getRequestURI().toString();
        String authorization = String.valueOf(http.getRequestHeaders().getFirst("Authorization"));
        String content = http.getRequestMethod() + "\n" + path + "\n" + param(authorization, "timestamp") + "\n" + param(authorization, "nonce_str") + "\n" + body + "\n";
        if (!authorization.startsWith("WECHATPAY2-SHA256-RSA2048 ") || !signedByMerchant(content, param(authorization, "signature"))) {
            badlySigned.incrementAndGet();
            answer(http, 401, "{\"code\":\"SIGN_ERROR\"}");
            return;
        }
        if (silent) {
            http.close();
            return;
        }
        Matcher query = Pattern.compile("/v3/pay/transactions/out-trade-no/([^/?]+)(/close)?.*").matcher(path);
        if (path.startsWith("/v3/pay/transactions/native")) {
            orders.put(field(body, "out_trade_no"), Long.parseLong(field(body, "total")));
            answer(http, 200, "{\"code_url\":\"weixin://wxpay/bizpayurl?pr=" + field(body, "out_trade_no") + "\"}");
        } else if (query.matches() && query.group(2) != null) {
            closed.incrementAndGet();
            answer(http, 204, "");
        } else if (query.matches()) {
            String number = query.group(1);
            if (!orders.containsKey(number)) answer(http, 404, "{\"code\":\"ORDER_NOT_EXIST\",\"message\":\"x\"}");
            else answer(http, 200, transaction(number, paid.getOrDefault(number, ""), orders.get(number), APP, MERCHANT));
        } else if (path.startsWith("/v3/refund/")) {
            String number = field(body, "out_refund_no");
            Matcher fen = Pattern.compile("\"refund\"\\s*:\\s*(\\d+)").matcher(body);
            if (fen.find()) refunds.putIfAbsent(number, Long.parseLong(fen.group(1)));
            answer(http, 200, "{\"refund_id\":\"5\",\"out_refund_no\":\"" + number + "\",\"out_trade_no\":\"" + field(body, "out_trade_no") + "\",\"status\":\"SUCCESS\",\"amount\":{\"refund\":1,\"total\":1}}");
        } else {
            answer(http, 200, "{\"hash_type\":\"SHA1\",\"hash_value\":\"" + sha1(weChatBill()) + "\",\"download_url\":\"https://api.mch.weixin.qq.com/bills/wechat?token=x\"}");
        }
    }

    private static String param(String authorization, String name) {
        Matcher m = Pattern.compile(name + "=\"([^\"]*)\"").matcher(authorization);
        return m.find() ? m.group(1) : "";
    }

    private void answer(HttpExchange http, int status, String body) throws IOException {
        String timestamp = Long.toString(Instant.now().getEpochSecond());
        http.getResponseHeaders().set("Wechatpay-Timestamp", timestamp);
        http.getResponseHeaders().set("Wechatpay-Nonce", "n0");
        http.getResponseHeaders().set("Wechatpay-Serial", KEY_ID);
        http.getResponseHeaders().set("Wechatpay-Signature", lies ? sign(merchantKeys, "a lie") : sign(platformKeys, timestamp + "\nn0\n" + body + "\n"));
        http.getResponseHeaders().set("Content-Type", "application/json");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        http.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) http.getResponseBody().write(bytes);
        http.close();
    }

    private static String transaction(String number, String reference, long fen, String app, String merchant) {
        String state = reference.isEmpty() ? "NOTPAY" : "SUCCESS";
        String of = reference.isEmpty() ? "" : "\"transaction_id\":\"" + reference + "\",\"success_time\":\"" + Instant.now().atZone(ZoneId.of("Asia/Shanghai")).withNano(0).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME) + "\",";
        return "{" + of + "\"appid\":\"" + app + "\",\"mchid\":\"" + merchant + "\",\"out_trade_no\":\"" + number + "\",\"trade_state\":\"" + state + "\",\"trade_state_desc\":\"x\",\"amount\":{\"total\":" + fen + ",\"payer_total\":" + fen + ",\"currency\":\"CNY\"}}";
    }

    /** A notification as it goes over the wire. */
    record Wire(Map<String, String> headers, String body) {}

    /** @param sent when it says it was sent */
    Wire told(String number, String reference, long fen, Instant sent) {
        return told(transaction(number, reference, fen, APP, MERCHANT), sent);
    }

    Wire told(String transaction, Instant sent) {
        String nonce = UUID.randomUUID().toString().substring(0, 12);
        String body = "{\"id\":\"" + UUID.randomUUID() + "\",\"create_time\":\"2026-10-08T10:00:00+08:00\",\"event_type\":\"TRANSACTION.SUCCESS\",\"resource_type\":\"encrypt-resource\",\"summary\":\"x\",\"resource\":{\"original_type\":\"transaction\",\"algorithm\":\"AEAD_AES_256_GCM\",\"ciphertext\":\""
                + encrypted(transaction, nonce) + "\",\"associated_data\":\"transaction\",\"nonce\":\"" + nonce + "\"}}";
        String timestamp = Long.toString(sent.getEpochSecond());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Wechatpay-Timestamp", timestamp);
        headers.put("Wechatpay-Nonce", nonce);
        headers.put("Wechatpay-Serial", KEY_ID);
        headers.put("Wechatpay-Signature", sign(platformKeys, timestamp + "\n" + nonce + "\n" + body + "\n"));
        return new Wire(headers, body);
    }

    Wire ofAnotherMerchant(String number, String reference, long fen, Instant sent) {
        return told(transaction(number, reference, fen, APP, "1900000999"), sent);
    }

    private static String encrypted(String plain, String nonce) {
        try {
            Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
            gcm.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "AES"), new GCMParameterSpec(128, nonce.getBytes(StandardCharsets.UTF_8)));
            gcm.updateAAD("transaction".getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(gcm.doFinal(plain.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String weChatBill() {
        return "\uFEFF交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注\n"
                + "`2026-10-08 10:00:00,`wx,`1900000109,`0,`,`4200000001,`20261008AAAAAAAAAA,`o,`NATIVE,`SUCCESS,`OTHERS,`CNY,`360.00,`0.00,`0,`0,`0.00,`0.00,`,`,`x,`,`2.16,`0.60%,`360.00,`0.00,`\n"
                + "`2026-10-08 11:00:00,`wx,`1900000109,`0,`,`4200000001,`20261008AAAAAAAAAA,`o,`NATIVE,`REFUND,`OTHERS,`CNY,`0.00,`0.00,`5030000001,`R20261008BBBBBBBBBB,`46.80,`0.00,`ORIGINAL,`SUCCESS,`x,`,`-0.28,`0.60%,`0.00,`46.80,`\n"
                + "总交易单数,应结订单总金额,退款总金额\n`2,`360.00,`46.80,`0.00,`1.88,`360.00,`46.80\n";
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void file(HttpExchange http, byte[] bytes) throws IOException {
        http.sendResponseHeaders(200, bytes.length);
        http.getResponseBody().write(bytes);
        http.close();
    }

    // --- Alipay ---

    private void alipay(HttpExchange http) throws IOException {
        String body = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = http.getRequestURI().toString();
        String authorization = String.valueOf(http.getRequestHeaders().getFirst("Authorization")).replaceFirst("^ALIPAY-SHA256withRSA ", "");
        int at = authorization.indexOf(",sign=");
        boolean signed = at > 0 && checked(authorization.substring(0, at) + "\n" + http.getRequestMethod() + "\n" + path + "\n" + body + "\n", authorization.substring(at + 6));
        if (!signed) badlySigned.incrementAndGet();
        if (silent) {
            http.close();
            return;
        }
        String number = field(body, "out_trade_no");
        if (!signed) aliAnswer(http, 401, "{\"code\":\"invalid-signature\"}");
        else if (path.endsWith("/trade/precreate")) {
            orders.put(number, Math.round(Double.parseDouble(field(body, "total_amount")) * 100));
            aliAnswer(http, 200, "{\"out_trade_no\":\"" + number + "\",\"qr_code\":\"https://qr.alipay.com/" + number + "\"}");
        } else if (path.endsWith("/trade/query")) {
            if (!orders.containsKey(number)) aliAnswer(http, 400, "{\"code\":\"ACQ.TRADE_NOT_EXIST\",\"message\":\"x\"}");
            else aliAnswer(http, 200, "{\"out_trade_no\":\"" + number + "\",\"trade_no\":\"" + paid.getOrDefault(number, "") + "\",\"trade_status\":\"" + (paid.containsKey(number) ? "TRADE_SUCCESS" : "WAIT_BUYER_PAY") + "\",\"total_amount\":\"" + yuan(orders.get(number)) + "\",\"send_pay_date\":\"" + now() + "\"}");
        } else if (path.endsWith("/trade/close")) {
            closed.incrementAndGet();
            aliAnswer(http, 200, "{\"out_trade_no\":\"" + number + "\"}");
        } else if (path.startsWith("/v3/alipay/data/dataservice/bill/downloadurl/query?bill_type=trade&bill_date=")) {
            if (path.endsWith(LocalDate.of(2026, 10, 9).toString())) aliAnswer(http, 400, "{\"code\":\"isp.bill_not_exist\",\"message\":\"x\"}");
            else aliAnswer(http, 200, "{\"bill_download_url\":\"" + base() + "/zips/bill\"}");
        } else {
            refunds.putIfAbsent(field(body, "out_request_no"), Math.round(Double.parseDouble(field(body, "refund_amount")) * 100));
            aliAnswer(http, 200, "{\"out_trade_no\":\"" + number + "\",\"fund_change\":\"Y\"}");
        }
    }

    // As it is downloaded: two files in GBK whose names are in GBK too, the sums first.
    private static byte[] zip(String bill) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Charset gbk = Charset.forName("GBK");
        try (ZipOutputStream zip = new ZipOutputStream(bytes, gbk)) {
            zip.putNextEntry(new ZipEntry("20880000_20261008_业务明细(汇总).csv"));
            zip.write("#支付宝业务汇总查询\n门店编号,门店名称,交易订单总笔数\n合计,,1\n".getBytes(gbk));
            zip.putNextEntry(new ZipEntry("20880000_20261008_业务明细.csv"));
            zip.write(bill.getBytes(gbk));
        }
        return bytes.toByteArray();
    }

    private static String alipayBill() {
        return "#支付宝业务明细查询\n#账号：[20880000000000010156]\n#起始日期：[2026年10月08日 00:00:00]   终止日期：[2026年10月09日 00:00:00]\n#-----------------------------------------业务明细列表----------------------------------------\n"
                + "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注\n"
                + "2026100822001400001\t,20261008EEEEEEEEEE\t,交易\t,校内课后服务,2026-10-08 10:00:00,2026-10-08 10:00:09,,,,,甲*(138****0000),360.00,360.00,0.00,0.00,0.00,0.00,0.00,,0.00,0.00,,-2.16,0.00,\n"
                + "2026100822001400001\t,20261008EEEEEEEEEE\t,退款\t,校内课后服务,2026-10-08 10:00:00,2026-10-08 11:00:00,,,,,甲*(138****0000),-46.80,-46.80,0.00,0.00,0.00,0.00,0.00,,0.00,0.00,R20261008FFFFFFFFFF,0.28,0.00,\n"
                + "#-----------------------------------------业务明细列表结束------------------------------------\n#交易合计：1笔，商家实收共360.00元\n#退款合计：1笔，商家实收退款共-46.80元\n#导出时间：[2026年10月09日 09:00:00]\n";
    }

    private static String yuan(long fen) {
        return java.math.BigDecimal.valueOf(fen, 2).toPlainString();
    }

    private static String now() {
        return TIME.format(LocalDateTime.now(ZoneId.of("Asia/Shanghai")));
    }

    private boolean checked(String content, String sign) {
        try {
            return AlipaySignature.rsa256CheckContent(content, sign, text(merchantKeys.getPublic()), "UTF-8");
        } catch (ApiException e) {
            return false;
        }
    }

    private String aliSign(String content) {
        try {
            return AlipaySignature.rsa256Sign(content, text(platformKeys.getPrivate()), "UTF-8");
        } catch (ApiException e) {
            throw new IllegalStateException(e);
        }
    }

    private void aliAnswer(HttpExchange http, int status, String body) throws IOException {
        http.getResponseHeaders().set("alipay-timestamp", "1");
        http.getResponseHeaders().set("alipay-nonce", "n0");
        http.getResponseHeaders().set("alipay-signature", aliSign(lies ? "a lie" : "1\nn0\n" + body + "\n"));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        http.sendResponseHeaders(status, bytes.length);
        http.getResponseBody().write(bytes);
        http.close();
    }

    /** The signed form of a notification. */
    Map<String, String> aliTold(String number, String reference, long fen, Instant sent) {
        return aliTold(number, reference, yuan(fen), sent);
    }

    /** @param amount as it is written, whether it can be money or not */
    Map<String, String> aliTold(String number, String reference, String amount, Instant sent) {
        Map<String, String> form = new LinkedHashMap<>();
        String time = TIME.format(sent.atZone(ZoneId.of("Asia/Shanghai")));
        form.put("notify_time", time);
        form.put("notify_type", "trade_status_sync");
        form.put("notify_id", UUID.randomUUID().toString());
        form.put("app_id", ALI_APP);
        form.put("out_trade_no", number);
        form.put("trade_no", reference);
        form.put("trade_status", "TRADE_SUCCESS");
        form.put("total_amount", amount);
        form.put("gmt_payment", time);
        form.put("subject", "校内课后服务 & 材料");
        form.put("sign", aliSign(AlipaySignature.getSignContent(form)));
        form.put("sign_type", "RSA2");
        return form;
    }

}
