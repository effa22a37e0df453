package afterbell.base.identity.tablet;

import afterbell.base.audit.Audit;
import afterbell.base.identity.Hashes;
import afterbell.base.identity.IdentityLimits;
import afterbell.base.identity.IdentityLimits.Limits;
import afterbell.base.identity.PersonName;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.crypto.PersonalData;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes tablets known and lets guards take them over. Six digits are worth something on a known tablet alone, and only for somebody who is a guard of its school
 * and nothing else anywhere; wrong ones are counted and lock out as passwords do.
 */
@Component
class Tablets {
    private static final Duration CODE = Duration.ofMinutes(30);
    private static final int CODE_DIGITS = 8;
    private static final int PIN_DIGITS = 6;

    private final SecureRandom random = new SecureRandom();
    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final PasswordEncoder passwords;
    private final PersonalData personal;
    private final IdentityLimits limits;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    Tablets(JdbcClient sql, TransactionTemplate transactions, PasswordEncoder passwords, PersonalData personal, IdentityLimits limits, Audit audit, Ids ids, Clock clock) {
        this.sql = sql;
        this.transactions = transactions;
        this.passwords = passwords;
        this.personal = personal;
        this.limits = limits;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    TabletsPage page(Wearer office, @Nullable String code, @Nullable String pin, @Nullable UUID pinOf, String typed, List<? extends Refusal> refusals) {
        List<TabletsPage.Guard> guards = guards(office.school());
        return new TabletsPage(
                sql.sql("select tablet_id as id, name, paired_at from identity.tablet where school_id = :s and ended_at is null order by name, made_at").param("s", office.school()).query(TabletsPage.Tablet.class).list(),
                guards,
                code,
                pin,
                guards.stream().filter(g -> g.account().equals(pinOf)).map(TabletsPage.Guard::name).findFirst().orElse(""),
                typed,
                refusals);
    }

    /** @return the code that makes the tablet known; kept as a trace alone */
    @Transactional
    Outcome<String> make(Wearer office, String typed) {
        String name = typed.strip();
        if (name.isEmpty() || name.length() > PersonName.LONGEST) return Outcome.refused(new Refusal.Simple("identity.tablet.refused.name", "name", List.of(PersonName.LONGEST)));
        UUID id = ids.next();
        String code = digits(CODE_DIGITS);
        Instant now = clock.instant();
        sql.sql("insert into identity.tablet (school_id, tablet_id, name, code_trace, code_until, made_by, made_at) values (:s, :id, :n, :c, :until, :by, :now)")
                .param("s", office.school())
                .param("id", id)
                .param("n", name)
                .param("c", trace(code))
                .param("until", Timestamp.from(now.plus(CODE)))
                .param("by", office.account())
                .param("now", Timestamp.from(now))
                .update();
        audit.record(office.school(), "identity.tablet_made", "tablet", id, Map.of());
        return Outcome.done(code);
    }

    /** From now on the device is a stranger again; whoever is signed in on it stays so until he signs out. */
    @Transactional
    void end(Wearer office, UUID tablet) {
        int ended = sql.sql("update identity.tablet set ended_at = :now, code_trace = null, code_until = null where school_id = :s and tablet_id = :id and ended_at is null")
                .param("s", office.school())
                .param("id", tablet)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        if (ended == 0) throw new NotFound();
        audit.record(office.school(), "identity.tablet_ended", "tablet", tablet, Map.of());
    }

    /** New digits for a guard, which nobody reads again. The hash is made before anything is locked. */
    String pin(Wearer office, UUID account) {
        String pin = digits(PIN_DIGITS);
        String hash = Objects.requireNonNull(passwords.encode(pin));
        transactions.executeWithoutResult(t -> {
            if (guards(office.school()).stream().noneMatch(g -> g.account().equals(account) && g.alone())) throw new NotFound();
            sql.sql("""
                    insert into identity.pin (school_id, account_id, pin_hash, set_by, set_at) values (:s, :a, :h, :by, :now)
                    on conflict (school_id, account_id) do update set pin_hash = excluded.pin_hash, set_by = excluded.set_by, set_at = excluded.set_at, failures = 0, locked_until = null
                    """)
                    .param("s", office.school())
                    .param("a", account)
                    .param("h", hash)
                    .param("by", office.account())
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
            audit.record(office.school(), "identity.pin_set", "account", account, Map.of());
        });
        return pin;
    }

    private List<TabletsPage.Guard> guards(UUID school) {
        return sql.sql("""
                select a.account_id as account, a.name,
                       not exists (select 1 from identity.role_grant o where o.account_id = a.account_id and o.role <> 'GUARD' and (o.until is null or o.until > :now)) as alone, p.set_at as pin_since
                from identity.account a
                left join identity.pin p on p.school_id = :s and p.account_id = a.account_id
                where a.closed_at is null and exists (select 1 from identity.role_grant g where g.account_id = a.account_id and g.school_id = :s and g.role = 'GUARD' and (g.until is null or g.until > :now))
                order by a.name, a.account_id
                """)
                .param("s", school)
                .param("now", Timestamp.from(clock.instant()))
                .query(TabletsPage.Guard.class)
                .list();
    }

    /** @return the cookie's value for the device that typed a good code */
    Optional<String> pair(String typed) {
        String code = typed.replaceAll("\\D", "");
        if (code.length() != CODE_DIGITS) return Optional.empty();
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        boolean paired = door(() -> sql.sql("select identity.door_pair_tablet(:c, :h, :now)")
                .param("c", trace(code))
                .param("h", Hashes.of(token))
                .param("now", Timestamp.from(clock.instant()))
                .query(Boolean.class)
                .single());
        return paired ? Optional.of(token) : Optional.empty();
    }

    /** A known tablet. */
    record Known(UUID school, String name) {}

    Optional<Known> known(String cookie) {
        if (cookie.isEmpty()) return Optional.empty();
        return door(() -> sql.sql("select school_id as school, name from identity.door_tablet(:h)").param("h", Hashes.of(cookie)).query(Known.class).optional());
    }

    /** Who may take the tablet over. */
    List<TabletPage.Name> names(Known tablet) {
        return within(tablet, () -> guards(tablet.school()).stream().filter(g -> g.alone() && g.pinSince() != null).map(g -> new TabletPage.Name(g.account(), g.name())).toList());
    }

    private record Pin(String hash, @Nullable Instant lockedUntil) {}

    /** No connection is held while the digits are hashed. */
    Outcome<UUID> take(Known tablet, UUID account, String typed) {
        Optional<Pin> pin = names(tablet).stream().anyMatch(n -> n.account().equals(account)) && nowhereElse(account) ? within(tablet, () -> read(tablet, account)) : Optional.empty();
        Instant now = clock.instant();
        if (pin.isEmpty()) return no("identity.tablet.refused.pin");
        @Nullable Instant locked = pin.get().lockedUntil();
        boolean right = passwords.matches(typed.replaceAll("\\D", ""), pin.get().hash());
        if (locked != null && now.isBefore(locked)) return no("identity.signin.locked", Duration.between(now, locked).toMinutes() + 1);
        within(tablet, () -> count(tablet, account, right, now));
        return right ? Outcome.done(account) : no("identity.tablet.refused.pin");
    }

    private Optional<Pin> read(Known tablet, UUID account) {
        return sql.sql("select pin_hash as hash, locked_until from identity.pin where school_id = :s and account_id = :a").param("s", tablet.school()).param("a", account).query(Pin.class).optional();
    }

    private int count(Known tablet, UUID account, boolean right, Instant now) {
        Limits strict = limits.of(List.of(tablet.school()));
        return sql.sql("""
                update identity.pin set failures = case when :right then 0 else failures + 1 end,
                       locked_until = case when :right then null when failures + 1 >= :free then :pause::timestamptz else locked_until end
                where school_id = :s and account_id = :a
                """)
                .param("right", right)
                .param("free", strict.attempts())
                .param("pause", Timestamp.from(now.plus(strict.lockOut())))
                .param("s", tablet.school())
                .param("a", account)
                .update();
    }

    /** Under the school's scope other schools' and families' roles can't be seen. */
    private boolean nowhereElse(UUID account) {
        return door(() -> sql.sql("select count(*) = 1 and bool_and(works) from identity.door_schools(:a, :now)").param("a", account).param("now", Timestamp.from(clock.instant())).query(Boolean.class).single());
    }

    private static Outcome<UUID> no(String key, Object... facts) {
        return Outcome.refused(new Refusal.Simple(key, "pin", List.of(facts)));
    }

    private String digits(int n) {
        return String.format(Locale.ROOT, "%0" + n + "d", random.nextInt((int) Math.pow(10, n)));
    }

    private byte[] trace(String code) {
        return personal.trace("tablet", code);
    }

    private <T> T within(Known tablet, Supplier<T> work) {
        return Objects.requireNonNull(Scopes.within(Scope.school(tablet.school(), null), () -> transactions.execute(t -> work.get())));
    }

    private <T> T door(Supplier<T> work) {
        return Objects.requireNonNull(Scopes.within(Scope.DOOR, () -> transactions.execute(t -> work.get())));
    }
}
