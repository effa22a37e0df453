package afterbell.base.identity;

import afterbell.base.identity.RateLimits.Limit;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.crypto.PersonalData;
import afterbell.base.shared.sheet.Phones;
import afterbell.base.shared.sheet.Reading;
import afterbell.base.shared.web.PublicAddress;
import afterbell.base.shared.web.Traces;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One-time codes and links to a phone. A phone that nobody has gets the same work and the same answer, and no message: neither page nor time tells
 * whether it is known. A code has five tries; a phone gets one code a minute and ten a day, over all nodes.
 */
@Component
public class PhoneCodes {
    private static final Logger log = LoggerFactory.getLogger(PhoneCodes.class);
    private static final int CODES = 1_000_000;

    private final SecureRandom random = new SecureRandom();
    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final PersonalData personal;
    private final Accounts accounts;
    private final RateLimits rates;
    private final IdentityLimits limits;
    private final LinkSender sender;
    private final PublicAddress address;

    PhoneCodes(
            JdbcClient sql,
            TransactionTemplate transactions,
            Clock clock,
            PersonalData personal,
            Accounts accounts,
            RateLimits rates,
            IdentityLimits limits,
            LinkSender sender,
            PublicAddress address) {
        this.sql = sql;
        this.transactions = transactions;
        this.clock = clock;
        this.personal = personal;
        this.accounts = accounts;
        this.rates = rates;
        this.limits = limits;
        this.sender = sender;
        this.address = address;
    }

    /** Somebody whom a proved phone opens. */
    public record Known(UUID account, String name, List<UUID> schools) {
        public Known {
            schools = List.copyOf(schools);
        }
    }

    /** Whether messages leave this house at all; without, nothing here is offered. */
    public boolean ready() {
        return sender.ready();
    }

    /** A phone that can get a message, in its canonical spelling. */
    public static Optional<String> mobile(String typed) {
        return Phones.read(typed) instanceof Reading.Value known && known.text().matches("1\\d{10}|\\+\\d+") ? Optional.of(known.text()) : Optional.empty();
    }

    /** How a page shows a phone that its reader typed or owns. */
    public static String masked(String phone) {
        return phone.length() < 7 ? phone : phone.substring(0, 3) + "****" + phone.substring(phone.length() - 4);
    }

    /**
     * Sends a code to sign in with.
     *
     * @param from network address that asks
     * @return false where the last code is too young, or the phone had all of today's
     * @throws afterbell.base.shared.web.TooMany where too many were asked for
     */
    public boolean sendCode(String from, String phone) {
        byte[] trace = accounts.trace(phone);
        List<Known> known = known(from, phone, trace);
        return put(trace, phone, limits.of(schools(known)).code(), !known.isEmpty());
    }

    /** Sends a code that proves the phone to belong to a signed-in person. */
    public boolean sendProof(String from, UUID account, String phone) {
        count(from, phone);
        return put(proofTrace(account, phone), phone, limits.of(List.of()).code(), true);
    }

    private boolean put(byte[] trace, String phone, Duration life, boolean send) {
        String code = String.format(Locale.ROOT, "%06d", random.nextInt(CODES));
        Instant now = clock.instant();
        boolean put = door(() -> sql.sql("select identity.door_phone_code(:p, :c, :now, :until)")
                .param("p", trace)
                .param("c", sealed(trace, code))
                .param("now", Timestamp.from(now))
                .param("until", Timestamp.from(now.plus(life)))
                .query(Boolean.class)
                .single());
        if (put && send) later(LinkSender.Kind.CODE, phone, code);
        return put;
    }

    /** Sends a link that signs in; false as with a code. */
    public boolean sendLink(String from, String phone) {
        byte[] trace = accounts.trace(phone);
        List<Known> known = known(from, phone, trace);
        byte[] secret = new byte[20];
        random.nextBytes(secret);
        String letters = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        Instant now = clock.instant();
        Duration life = limits.of(schools(known)).code();
        // The count of messages is the codes' own: a code that nobody gets to see stands for the link.
        boolean put = put(trace, phone, life, false);
        if (put)
            door(() -> sql.sql("select identity.door_put_link(:s, :p, :now, :until)")
                    .param("s", Hashes.of(letters))
                    .param("p", trace)
                    .param("now", Timestamp.from(now))
                    .param("until", Timestamp.from(now.plus(life)))
                    .query((r, n) -> true)
                    .list());
        if (put && !known.isEmpty()) later(LinkSender.Kind.LINK, phone, address.of("/l/" + letters).toString());
        return put;
    }

    /** Uses up a code. @return the phone's HMAC where it was right */
    public Optional<byte[]> use(String phone, String typed) {
        byte[] trace = accounts.trace(phone);
        return tried(trace, typed) ? Optional.of(trace) : Optional.empty();
    }

    public boolean useProof(UUID account, String phone, String typed) {
        return tried(proofTrace(account, phone), typed);
    }

    private boolean tried(byte[] trace, String typed) {
        String code = typed.replaceAll("\\s", "");
        return door(() -> sql.sql("select identity.door_try_phone_code(:p, :c, :now)")
                .param("p", trace)
                .param("c", sealed(trace, code))
                .param("now", Timestamp.from(clock.instant()))
                .query(Boolean.class)
                .single());
    }

    /** Whether a link still works; consumes nothing. */
    public boolean linkWorks(String secret) {
        return !link("select identity.door_link(:s, :now)", secret).isEmpty();
    }

    /** Uses up a link. @return the phone's HMAC where it still worked */
    public Optional<byte[]> useLink(String secret) {
        return link("select identity.door_use_link(:s, :now)", secret).stream().findFirst();
    }

    private List<byte[]> link(String statement, String secret) {
        return door(() -> sql.sql(statement)
                .param("s", Hashes.of(secret))
                .param("now", Timestamp.from(clock.instant()))
                .query((r, n) -> Optional.ofNullable(r.getBytes(1)))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList());
    }

    /** Everybody whose phone this is, oldest account first. */
    public List<Known> known(byte[] trace) {
        return door(() -> sql.sql("select account_id, name, schools from identity.door_account(:none, :p)")
                .param("none", null, Types.VARCHAR)
                .param("p", trace)
                .query((r, n) -> new Known(r.getObject(1, UUID.class), r.getString(2), List.of((UUID[]) r.getArray(3).getArray())))
                .list());
    }

    /** Whether the person has shown once that the phone on file is at hand. */
    public boolean provedBy(UUID account) {
        return Objects.requireNonNull(Scopes.within(
                Scope.account(account),
                () -> transactions.execute(
                        t -> sql.sql("select phone_proved_at is not null from identity.credential where account_id = :a").param("a", account).query(Boolean.class).optional().orElse(false))));
    }

    /** The person has shown that the phone is at hand. */
    public void proved(UUID account, byte[] trace) {
        door(() -> sql.sql("select identity.door_phone_proved(:a, :p, :now)").param("a", account).param("p", trace).param("now", Timestamp.from(clock.instant())).query((r, n) -> true).list());
    }

    private List<Known> known(String from, String phone, byte[] trace) {
        count(from, phone);
        return known(trace);
    }

    private void count(String from, String phone) {
        if (!sender.ready()) throw new IllegalStateException("nothing here sends to a phone");
        rates.take(Limit.CODE, from);
        rates.take(Limit.CODE_TO_PHONE, HexFormat.of().formatHex(accounts.trace(phone)));
    }

    private static List<UUID> schools(List<Known> known) {
        return known.stream().flatMap(k -> k.schools().stream()).distinct().toList();
    }

    private byte[] proofTrace(UUID account, String phone) {
        return personal.trace("phone-proof", account + "/" + phone);
    }

    // Six digits are soon guessed from a plain hash: the key makes it worthless outside this house.
    private byte[] sealed(byte[] trace, String code) {
        return personal.trace("phone-code", HexFormat.of().formatHex(trace) + "/" + code);
    }

    // Off the request: how long a gateway takes must not tell that there was something to send.
    private void later(LinkSender.Kind kind, String phone, String text) {
        Thread.ofVirtual().name("one-time-message").start(() -> {
            try {
                sender.send(kind, phone, text);
            } catch (RuntimeException e) {
                log.atError().addKeyValue("trace", Traces.of(e)).log("a one-time message was not sent");
            }
        });
    }

    private <T> T door(Supplier<@Nullable T> work) {
        return Objects.requireNonNull(Scopes.within(Scope.DOOR, () -> transactions.execute(t -> work.get())));
    }
}
