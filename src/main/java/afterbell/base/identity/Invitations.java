package afterbell.base.identity;

import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.crypto.MasterKey;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Slips and class codes: how people get in for the first time without mail, SMS or app. A slip admits at once and once; a class code admits nobody and
 * lets a family ask. The secret of a slip is derived from the node's key and the slip's id, so that a sheet can be printed again, and the database
 * alone, which knows its hash, gives nobody away.
 */
@Component
public class Invitations {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    /** 16 letters of 5 bits: 80 random bits, short enough to type where no camera works. */
    private static final int LETTERS = 16;

    private static final Duration INVITATION_LIFE = Duration.ofDays(7);

    private final JdbcClient sql;
    private final Questions questions;
    private final TransactionTemplate transactions;
    private final Ids ids;
    private final Clock clock;
    private final IdentityLimits limits;
    private final byte[] slipKey;
    private final byte[] classKey;

    Invitations(JdbcClient sql, Questions questions, TransactionTemplate transactions, Ids ids, Clock clock, IdentityLimits limits, MasterKey master) {
        this.sql = sql;
        this.questions = questions;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
        this.limits = limits;
        this.slipKey = master.derive("identity/slip");
        this.classKey = master.derive("identity/class-code");
    }

    /** What a slip is for. */
    public enum Kind {
        /** The printed slip of a child: admits a guardian, or whom the school's list knows. */
        CHILD,
        /** A guardian invites a second guardian, a carer or a collector. */
        PERSON,
        /** Admits to an account that stands prepared: staff, or somebody who lost everything else. */
        ACCOUNT
    }

    public enum State {
        OPEN,
        USED,
        VOIDED,
        EXPIRED
    }

    /** A slip as its holder finds it. */
    public record Found(UUID school, UUID slip, Kind kind, Role role, @Nullable UUID klass, @Nullable UUID pupil, @Nullable UUID account, State state) {}

    /** An open printed slip of a child. */
    public record Printed(UUID slip, UUID pupil, Instant madeAt, Instant expiresAt) {}

    /** The code of a class, as its QR picture carries it. */
    public record ClassCode(UUID school, UUID klass, int number) {}

    /** New slips for children of a class; each makes the child's older slip worthless. Runs under the school's scope. */
    @Transactional
    public void print(UUID school, UUID klass, Collection<UUID> pupils, UUID by) {
        Instant now = clock.instant();
        Duration life = limits.of(List.of(school)).slip();
        for (UUID pupil : pupils) {
            sql.sql("update identity.slip set voided_at = :now where school_id = :s and pupil_id = :p and kind = 'child' and used_at is null and voided_at is null")
                    .param("now", Timestamp.from(now))
                    .param("s", school)
                    .param("p", pupil)
                    .update();
            add(school, Kind.CHILD, Role.GUARDIAN, klass, pupil, null, by, now, life);
        }
    }

    /** A guardian's invitation; the scope is the family's or the school's. */
    @Transactional
    public UUID invite(UUID school, UUID pupil, Role role, UUID by) {
        return add(school, Kind.PERSON, role, null, pupil, null, by, clock.instant(), INVITATION_LIFE);
    }

    /** Admits to a prepared account; older open slips of the account become worthless. Runs under the school's scope. */
    @Transactional
    public UUID admit(UUID school, UUID account, Role role, UUID by) {
        Instant now = clock.instant();
        sql.sql("update identity.slip set voided_at = :now where school_id = :s and account_id = :a and used_at is null and voided_at is null")
                .param("now", Timestamp.from(now))
                .param("s", school)
                .param("a", account)
                .update();
        return add(school, Kind.ACCOUNT, role, null, null, account, by, now, INVITATION_LIFE);
    }

    private UUID add(UUID school, Kind kind, Role role, @Nullable UUID klass, @Nullable UUID pupil, @Nullable UUID account, UUID by, Instant now, Duration life) {
        UUID slip = ids.next();
        sql.sql("""
                insert into identity.slip (school_id, slip_id, kind, secret_hash, role, class_id, pupil_id, account_id, made_at, made_by, expires_at)
                values (:s, :id, :kind, :hash, :role, :klass, :pupil, :account, :now, :by, :until)
                """)
                .param("s", school)
                .param("id", slip)
                .param("kind", kind.name().toLowerCase(Locale.ROOT))
                .param("hash", Hashes.of(secretOf(slip)))
                .param("role", role.name())
                .param("klass", klass, Types.OTHER)
                .param("pupil", pupil, Types.OTHER)
                .param("account", account, Types.OTHER)
                .param("now", Timestamp.from(now))
                .param("by", by)
                .param("until", Timestamp.from(now.plus(life)))
                .update();
        return slip;
    }

    /** The open printed slips of a class. */
    public Question<Printed> printedOf(UUID school, UUID klass) {
        return new Question<>(
                Printed.class,
                """
                select slip_id as slip, pupil_id as pupil, made_at, expires_at from identity.slip
                where school_id = :s and class_id = :c and kind = 'child' and used_at is null and voided_at is null and expires_at > :now
                """,
                Map.of("s", school, "c", klass, "now", Timestamp.from(clock.instant())));
    }

    @Transactional(readOnly = true)
    public List<Printed> printed(UUID school, UUID klass) {
        return questions.ask(printedOf(school, klass));
    }

    /** Takes an open slip back. */
    @Transactional
    public boolean takeBack(UUID school, UUID slip) {
        return sql.sql("update identity.slip set voided_at = :now where school_id = :s and slip_id = :id and used_at is null and voided_at is null")
                        .param("now", Timestamp.from(clock.instant()))
                        .param("s", school)
                        .param("id", slip)
                        .update()
                > 0;
    }

    /** The slip behind a secret, whatever its state; needs no scope. */
    public Optional<Found> find(String secret) {
        return door("select school_id, slip_id, kind, role, class_id, pupil_id, account_id, state from identity.door_slip(:h, :now)", secret);
    }

    private Optional<Found> door(String query, String secret) {
        return Scopes.within(Scope.DOOR, () -> transactions.execute(t -> sql.sql(query)
                .param("h", Hashes.of(canonical(secret)))
                .param("now", Timestamp.from(clock.instant()))
                .query((r, n) -> new Found(
                        r.getObject(1, UUID.class),
                        r.getObject(2, UUID.class),
                        Kind.valueOf(r.getString(3).toUpperCase(Locale.ROOT)),
                        Role.valueOf(r.getString(4)),
                        r.getObject(5, UUID.class),
                        r.getObject(6, UUID.class),
                        r.getObject(7, UUID.class),
                        State.valueOf(r.getString(8).toUpperCase(Locale.ROOT))))
                .optional()));
    }

    /** Consumes a slip for an account; false where somebody was faster. Runs under the school's scope, in the transaction of the entry. */
    @Transactional
    public boolean use(UUID school, UUID slip, UUID account) {
        Instant now = clock.instant();
        return sql.sql("""
                update identity.slip set used_at = :now, used_by = :a
                where school_id = :s and slip_id = :id and used_at is null and voided_at is null and expires_at > :now
                """)
                        .param("now", Timestamp.from(now))
                        .param("a", account)
                        .param("s", school)
                        .param("id", slip)
                        .update()
                > 0;
    }

    /** Who used a slip, for the same person knocking twice. */
    @Transactional(readOnly = true)
    public Optional<UUID> usedBy(UUID school, UUID slip) {
        return sql.sql("select used_by from identity.slip where school_id = :s and slip_id = :id and used_by is not null").param("s", school).param("id", slip).query(UUID.class).optional();
    }

    /** Open slips of prepared accounts: people who have been invited and have not come in yet. */
    @Transactional(readOnly = true)
    public Map<UUID, Open> openAccounts(UUID school) {
        return sql.sql("""
                select account_id, slip_id, role, made_by, made_at, expires_at from identity.slip
                where school_id = :s and kind = 'account' and used_at is null and voided_at is null and expires_at > :now order by made_at
                """)
                .param("s", school)
                .param("now", Timestamp.from(clock.instant()))
                .query((r, n) -> Map.entry(r.getObject(1, UUID.class), new Open(r.getObject(2, UUID.class), Role.valueOf(r.getString(3)), r.getObject(4, UUID.class), r.getTimestamp(5).toInstant(), r.getTimestamp(6).toInstant())))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (older, newer) -> newer));
    }

    /**
     * Whether the school has people of its own: somebody came in by a slip, was there from the set-up, or got a role from somebody of the school. Runs under
     * the school's scope.
     */
    @Transactional(readOnly = true)
    public boolean anybodyEntered(UUID school) {
        return sql.sql("""
                select exists (select 1 from identity.slip where school_id = :s and kind = 'account' and used_at is not null)
                    or exists (select 1 from identity.role_grant g where g.school_id = :s
                               and (g.granted_by is null or exists (select 1 from identity.role_grant o where o.school_id = g.school_id and o.account_id = g.granted_by)))
                """)
                .param("s", school)
                .query(Boolean.class)
                .single();
    }

    /** The account that was invited last, open or not. */
    @Transactional(readOnly = true)
    public Optional<UUID> invited(UUID school) {
        return sql.sql("select account_id from identity.slip where school_id = :s and kind = 'account' order by made_at desc, slip_id desc limit 1").param("s", school).query(UUID.class).optional();
    }

    /** No slip of these children opens anything any more: they have left the school. */
    @Transactional
    public void voidOf(UUID school, Collection<UUID> pupils) {
        if (pupils.isEmpty()) return;
        sql.sql("update identity.slip set voided_at = :now where school_id = :s and pupil_id in (:p) and used_at is null and voided_at is null")
                .param("now", Timestamp.from(clock.instant()))
                .param("s", school)
                .param("p", pupils)
                .update();
    }

    /** Whoever made a slip. */
    @Transactional(readOnly = true)
    public UUID madeBy(UUID school, UUID slip) {
        return sql.sql("select made_by from identity.slip where school_id = :s and slip_id = :id").param("s", school).param("id", slip).query(UUID.class).single();
    }

    /** An invitation that nobody has opened yet. */
    public record Open(UUID slip, Role role, UUID by, Instant madeAt, Instant expiresAt) {}

    /** The open invitations of a child, newest first. */
    @Transactional(readOnly = true)
    public List<Open> open(UUID school, UUID pupil) {
        return sql.sql("""
                select slip_id, role, made_by, made_at, expires_at from identity.slip
                where school_id = :s and pupil_id = :p and kind = 'person' and used_at is null and voided_at is null and expires_at > :now order by made_at desc, slip_id
                """)
                .param("s", school)
                .param("p", pupil)
                .param("now", Timestamp.from(clock.instant()))
                .query((r, n) -> new Open(r.getObject(1, UUID.class), Role.valueOf(r.getString(2)), r.getObject(3, UUID.class), r.getTimestamp(4).toInstant(), r.getTimestamp(5).toInstant()))
                .list();
    }

    /** Gives each of these classes its code, unless it has one; called when classes are made. Runs under the school's scope. */
    @Transactional
    public void openClasses(UUID school, Collection<UUID> classes) {
        UUID by = Scopes.current().map(Scope::account).orElse(new UUID(0, 0));
        for (UUID klass : classes) putClassCode(school, klass, 1, by, "on conflict (school_id, class_id) do nothing");
    }

    /** The code of a class; empty for a class that was made without one. Runs under the school's scope. */
    @Transactional(readOnly = true)
    public Optional<ClassCode> classCode(UUID school, UUID klass) {
        int number = number(school, klass);
        return number == 0 ? Optional.empty() : Optional.of(new ClassCode(school, klass, number));
    }

    /** A new code; pictures of the older one lead nowhere. */
    @Transactional
    public ClassCode renewClassCode(UUID school, UUID klass, UUID by) {
        int next = number(school, klass) + 1;
        putClassCode(school, klass, next, by, "on conflict (school_id, class_id) do update set number = excluded.number, secret_hash = excluded.secret_hash, made_at = excluded.made_at, made_by = excluded.made_by");
        return new ClassCode(school, klass, next);
    }

    private int number(UUID school, UUID klass) {
        return sql.sql("select coalesce(max(number), 0) from identity.class_code where school_id = :s and class_id = :c").param("s", school).param("c", klass).query(Integer.class).single();
    }

    private void putClassCode(UUID school, UUID klass, int number, UUID by, String conflict) {
        sql.sql("insert into identity.class_code (school_id, class_id, number, secret_hash, made_at, made_by) values (:s, :c, :n, :h, :now, :by) " + conflict)
                .param("s", school)
                .param("c", klass)
                .param("n", number)
                .param("h", Hashes.of(secretOf(new ClassCode(school, klass, number))))
                .param("now", Timestamp.from(clock.instant()))
                .param("by", by)
                .update();
    }

    /** The class behind a code; needs no scope. Its number is not told. */
    public Optional<ClassCode> findClass(String secret) {
        return Scopes.within(Scope.DOOR, () -> transactions.execute(t -> sql.sql("select school_id, class_id from identity.door_class_code(:h)")
                .param("h", Hashes.of(canonical(secret)))
                .query((r, n) -> new ClassCode(r.getObject(1, UUID.class), r.getObject(2, UUID.class), 0))
                .optional()));
    }

    /** Path that the QR picture of a slip opens. */
    public String path(UUID slip) {
        return "/e/" + secretOf(slip);
    }

    /** Path that the QR picture of a class opens. */
    public String path(ClassCode code) {
        return "/join/" + secretOf(code);
    }

    private String secretOf(UUID slip) {
        return letters(slipKey, slip.toString());
    }

    private String secretOf(ClassCode code) {
        return letters(classKey, code.school() + "/" + code.klass() + "/" + code.number());
    }

    private static String letters(byte[] key, String of) {
        byte[] mac = MasterKey.mac(key, of);
        StringBuilder text = new StringBuilder(LETTERS);
        for (int i = 0; i < LETTERS; i++) text.append(ALPHABET.charAt(bits(mac, i * 5)));
        return text.toString();
    }

    private static int bits(byte[] bytes, int at) {
        int two = (bytes[at / 8] & 0xFF) << 8 | (bytes[at / 8 + 1] & 0xFF);
        return two >> (11 - at % 8) & 31;
    }

    // As people type it: small letters, blanks and dashes between, O for zero, I and L for one.
    private static String canonical(String typed) {
        return typed.toUpperCase(Locale.ROOT).replaceAll("[^0-9A-Z]", "").replace('O', '0').replace('I', '1').replace('L', '1');
    }

    /** In groups of four, for print. */
    public static String spelled(String path) {
        return path.substring(path.lastIndexOf('/') + 1).replaceAll("(.{4})(?=.)", "$1-");
    }
}
