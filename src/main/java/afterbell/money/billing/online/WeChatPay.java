package afterbell.money.billing.online;

import afterbell.base.shared.web.Screen;
import afterbell.money.billing.BackToPayer;
import afterbell.money.billing.Channel;
import afterbell.money.billing.PayWay;
import com.wechat.pay.java.core.RSAPublicKeyConfig;
import com.wechat.pay.java.core.exception.ServiceException;
import com.wechat.pay.java.core.exception.WechatPayException;
import com.wechat.pay.java.core.http.HostName;
import com.wechat.pay.java.core.notification.NotificationParser;
import com.wechat.pay.java.core.notification.RSAPublicKeyNotificationConfig;
import com.wechat.pay.java.core.notification.RequestParam;
import com.wechat.pay.java.service.billdownload.BillDownloadService;
import com.wechat.pay.java.service.billdownload.model.BillType;
import com.wechat.pay.java.service.billdownload.model.GetTradeBillRequest;
import com.wechat.pay.java.service.billdownload.model.QueryBillEntity;
import com.wechat.pay.java.service.payments.model.Transaction;
import com.wechat.pay.java.service.payments.nativepay.NativePayService;
import com.wechat.pay.java.service.payments.nativepay.model.Amount;
import com.wechat.pay.java.service.payments.nativepay.model.CloseOrderRequest;
import com.wechat.pay.java.service.payments.nativepay.model.PrepayRequest;
import com.wechat.pay.java.service.payments.nativepay.model.QueryOrderByOutTradeNoRequest;
import com.wechat.pay.java.service.refund.RefundService;
import com.wechat.pay.java.service.refund.model.AmountReq;
import com.wechat.pay.java.service.refund.model.CreateRequest;
import com.wechat.pay.java.service.refund.model.Refund;
import com.wechat.pay.java.service.refund.model.Status;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** WeChat Pay, API version 3, by its official library; only its way through the network is our own. */
@Component
final class WeChatPay implements Channel {
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final DateTimeFormatter BILL_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final int BILL_BYTES = 64 << 20;
    private static final int REMEMBERED = 1_000;

    private final URI base;
    private final Map<Merchant, NotificationParser> parsers = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).version(HttpClient.Version.HTTP_1_1).build();

    WeChatPay(@Value("${afterbell.pay.wechat:https://api.mch.weixin.qq.com}") URI base) {
        this.base = base;
    }

    @Override
    public PayWay way() {
        return PayWay.WECHAT;
    }

    private static RSAPublicKeyConfig config(Merchant m) {
        return new RSAPublicKeyConfig.Builder().merchantId(m.merchant()).privateKey(m.privateKey()).merchantSerialNumber(m.serial()).publicKeyId(m.platformId()).publicKey(m.platformKey()).apiV3Key(m.secret()).build();
    }

    private JdkHttp client(Merchant m) {
        RSAPublicKeyConfig config = config(m);
        return new JdkHttp(http, base, PATIENCE, config.createCredential(), config.createValidator());
    }

    private NativePayService payments(Merchant m) {
        return new NativePayService.Builder().httpClient(client(m)).build();
    }

    @Override
    public String open(Merchant m, Wanted wanted) {
        PrepayRequest asked = new PrepayRequest();
        asked.setAppid(m.app());
        asked.setMchid(m.merchant());
        asked.setDescription(wanted.title());
        asked.setOutTradeNo(wanted.number());
        asked.setTimeExpire(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(wanted.expiresAt().atZone(Screen.ZONE).withNano(0)));
        asked.setNotifyUrl(wanted.notifications().toString());
        Amount amount = new Amount();
        amount.setTotal(Math.toIntExact(wanted.fen()));
        amount.setCurrency("CNY");
        asked.setAmount(amount);
        return believed(() -> Objects.requireNonNullElse(payments(m).prepay(asked).getCodeUrl(), ""), "");
    }

    // The library speaks by exceptions: of the network, of a signature that is wrong, of a body that is no answer.
    private static <T> T believed(Supplier<T> ask, T otherwise) {
        try {
            return ask.get();
        } catch (WechatPayException | IllegalArgumentException e) {
            return otherwise;
        }
    }

    @Override
    public Seen query(Merchant m, String number) {
        QueryOrderByOutTradeNoRequest asked = new QueryOrderByOutTradeNoRequest();
        asked.setMchid(m.merchant());
        asked.setOutTradeNo(number);
        try {
            return seen(m, number, payments(m).queryOrderByOutTradeNo(asked));
        } catch (ServiceException e) {
            return e.getHttpStatusCode() == 404 ? new Seen.Closed() : new Seen.NoAnswer();
        } catch (WechatPayException | IllegalArgumentException e) {
            return new Seen.NoAnswer();
        }
    }

    private static Seen seen(Merchant m, String number, Transaction t) {
        if (!number.equals(t.getOutTradeNo()) || !m.merchant().equals(t.getMchid()) || t.getTradeState() == null) return new Seen.NoAnswer();
        return switch (t.getTradeState()) {
            case SUCCESS, REFUND -> paid(t);
            case CLOSED, REVOKED -> new Seen.Closed();
            default -> new Seen.Waiting();
        };
    }

    private static Seen paid(Transaction t) {
        if (t.getTransactionId() == null || t.getAmount() == null || t.getAmount().getTotal() == null || t.getSuccessTime() == null) return new Seen.NoAnswer();
        return new Seen.Paid(t.getTransactionId(), t.getAmount().getTotal(), OffsetDateTime.parse(t.getSuccessTime()).toInstant());
    }

    @Override
    public boolean close(Merchant m, String number) {
        CloseOrderRequest asked = new CloseOrderRequest();
        asked.setMchid(m.merchant());
        asked.setOutTradeNo(number);
        return believed(
                () -> {
                    payments(m).closeOrder(asked);
                    return true;
                },
                false);
    }

    @Override
    public BackToPayer.Answer refund(Merchant m, BackToPayer.Wanted wanted) {
        CreateRequest asked = new CreateRequest();
        asked.setOutTradeNo(wanted.order());
        asked.setOutRefundNo(wanted.number());
        AmountReq amount = new AmountReq();
        amount.setRefund(wanted.fen());
        amount.setTotal(wanted.paidFen());
        amount.setCurrency("CNY");
        asked.setAmount(amount);
        try {
            Refund refund = new RefundService.Builder().httpClient(client(m)).build().create(asked);
            if (!wanted.number().equals(refund.getOutRefundNo()) || refund.getStatus() == null) return BackToPayer.Answer.NO_ANSWER;
            return refund.getStatus() == Status.SUCCESS ? BackToPayer.Answer.DONE : refund.getStatus() == Status.PROCESSING ? BackToPayer.Answer.UNDER_WAY : BackToPayer.Answer.REFUSED;
        } catch (ServiceException e) {
            // Too many, a fault of theirs, or not yet allowed: asked again. A plain no (no money left, order too old) is an answer.
            boolean no = e.getHttpStatusCode() == 400 || e.getHttpStatusCode() == 403 || e.getHttpStatusCode() == 404;
            return no ? BackToPayer.Answer.REFUSED : BackToPayer.Answer.NO_ANSWER;
        } catch (WechatPayException | IllegalArgumentException e) {
            return BackToPayer.Answer.NO_ANSWER;
        }
    }

    @Override
    public List<BillLine> bill(Merchant m, LocalDate day) throws Unverified {
        JdkHttp client = client(m);
        GetTradeBillRequest asked = new GetTradeBillRequest();
        asked.setBillDate(day.toString());
        asked.setBillType(BillType.ALL);
        try {
            QueryBillEntity where = new BillDownloadService.Builder().hostName(HostName.API).decryptor(config(m).createDecryptor()).httpClient(client).build().getTradeBill(asked);
            byte[] bytes;
            try (InputStream in = client.download(where.getDownloadUrl())) {
                bytes = in.readNBytes(BILL_BYTES);
            }
            if (!HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes)).equalsIgnoreCase(where.getHashValue())) throw new Unverified("the bill is not whole");
            return lines(new String(bytes, StandardCharsets.UTF_8));
        } catch (WechatPayException | IllegalArgumentException | IOException e) {
            throw new Unverified("the bill did not come");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    // time, app, merchant, sub-merchant, device, transaction, order, payer, kind, state, bank, currency, paid, coupon, refund id, refund number, refunded, …, fee
    static List<BillLine> lines(String text) throws Unverified {
        List<BillLine> lines = new ArrayList<>();
        List<String> rows = text.replace("\uFEFF", "").lines().filter(l -> l.startsWith("`")).toList();
        if (rows.isEmpty()) throw new Unverified("the bill has no total");
        try {
            for (String row : rows.subList(0, rows.size() - 1)) {
                List<String> f = Arrays.stream(row.substring(1).split(",`", -1)).map(String::strip).toList();
                boolean back = f.get(9).equals("REFUND") || f.get(9).equals("REVOKED");
                Instant at = LocalDateTime.parse(f.get(0), BILL_TIME).atZone(Screen.ZONE).toInstant();
                lines.add(new BillLine(f.get(5), back ? f.get(15) : f.get(6), back ? -fen(f.get(16)) : fen(f.get(12)), fen(f.get(22)), at));
            }
        } catch (RuntimeException e) {
            throw new Unverified("the bill can't be read");
        }
        return lines;
    }

    private static long fen(String yuan) {
        return new BigDecimal(yuan).movePointRight(2).longValueExact();
    }

    @Override
    public List<Told> read(Merchant m, Map<String, String> headers, Map<String, String> fields, String body, Instant now) throws Unverified {
        String timestamp = headers.getOrDefault("wechatpay-timestamp", "");
        if (!timestamp.matches("\\d{1,12}") || Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now).abs().compareTo(WINDOW) > 0) throw new Unverified("out of its time");
        RequestParam asked = new RequestParam.Builder()
                .serialNumber(headers.getOrDefault("wechatpay-serial", ""))
                .nonce(headers.getOrDefault("wechatpay-nonce", ""))
                .signature(headers.getOrDefault("wechatpay-signature", ""))
                .timestamp(timestamp)
                .body(body)
                .build();
        try {
            Transaction t = parser(m).parse(asked, Transaction.class);
            // A signed event of another kind, or of another of this person's merchants.
            if (!m.merchant().equals(t.getMchid()) || !m.app().equals(t.getAppid())) throw new Unverified("another merchant");
            if (t.getTradeState() != Transaction.TradeStateEnum.SUCCESS || !(paid(t) instanceof Seen.Paid(String reference, long fen, Instant at))) return List.of();
            return List.of(new Told(reference, Objects.requireNonNullElse(t.getOutTradeNo(), ""), fen, at));
        } catch (WechatPayException | IllegalArgumentException e) {
            throw new Unverified("not signed by the channel");
        }
    }

    // Reading the keys takes longer than the rest of it.
    private NotificationParser parser(Merchant m) {
        if (parsers.size() > REMEMBERED) parsers.clear();
        return parsers.computeIfAbsent(
                m, k -> new NotificationParser(new RSAPublicKeyNotificationConfig.Builder().publicKeyId(k.platformId()).publicKey(k.platformKey()).apiV3Key(k.secret()).build()));
    }

    @Override
    public String thanks() {
        return "{\"code\":\"SUCCESS\"}";
    }
}
