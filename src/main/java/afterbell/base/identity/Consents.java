package afterbell.base.identity;

import afterbell.base.audit.Audit;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Person;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What each guardian decided about the processing of a child's data: separate consent for children under 14 (Personal Information Protection Law,
 * articles 28-31; provisions on children's personal information online, articles 8-10). A guardian who has not decided about the text in force is
 * asked before anything else; whoever declines or withdraws goes on on paper.
 */
@Component
public class Consents {
    /** The text in force; a new text gets a new version, and everybody is asked again. */
    public static final String VERSION = "2026-11";

    /** Sections of the rules: {@code identity.privacy.N.title} and {@code .text}. */
    public static final int SECTIONS = 8;

    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int CACHE_LIMIT = 50_000;

    private final Map<UUID, Kept> cache = new ConcurrentHashMap<>();
    private final AtomicLong epoch = new AtomicLong();
    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final Ids ids;
    private final Clock clock;
    private final MessageSource messages;
    private final Audit audit;
    private final Revocations revocations;

    Consents(JdbcClient sql, TransactionTemplate transactions, Ids ids, Clock clock, MessageSource messages, Audit audit, Revocations revocations) {
        this.sql = sql;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
        this.messages = messages;
        this.audit = audit;
        this.revocations = revocations;
        revocations.onChange(this::forget, this::forget);
    }

    public enum Decision {
        GIVEN,
        DECLINED,
        WITHDRAWN
    }

    /** A guardian's latest decision about the text in force. */
    public record Decided(Decision decision, Instant at) {}

    private record Kept(Map<UUID, Decided> decisions, long atNanos) {}

    /** Decisions of a person about the own children, about the text in force; no entry where there is none yet. Kept for a minute. */
    public Map<UUID, Decided> of(Person person) {
        @Nullable Kept kept = revocations.listening() ? cache.get(person.account()) : null;
        if (kept != null && System.nanoTime() - kept.atNanos() < KEPT.toNanos()) return kept.decisions();
        long before = epoch.get();
        Map<UUID, Decided> read = read(person);
        if (cache.size() > CACHE_LIMIT) cache.clear();
        // What changed while it was read is not kept: the change may be newer than what was read.
        if (epoch.get() == before) cache.put(person.account(), new Kept(read, System.nanoTime()));
        return read;
    }

    private void forget(UUID account) {
        epoch.incrementAndGet();
        cache.remove(account);
    }

    private void forget() {
        epoch.incrementAndGet();
        cache.clear();
    }

    private Map<UUID, Decided> read(Person person) {
        List<Wearer.Grant> children = guarded(person);
        if (children.isEmpty()) return Map.of();
        Scope family = Scope.family(person.account(), children.stream().map(Wearer.Grant::school).filter(s -> s != null).distinct().toList(), children.stream().map(Wearer.Grant::pupil).filter(p -> p != null).toList());
        Map<UUID, Decided> found = new HashMap<>();
        Scopes.within(family, () -> transactions.executeWithoutResult(t -> sql.sql("select pupil_id, decision, at from identity.pub_consent where account_id = :a and version = :v")
                .param("a", person.account())
                .param("v", VERSION)
                .query(r -> {
                    found.put(r.getObject(1, UUID.class), new Decided(Decision.valueOf(r.getString(2).toUpperCase(Locale.ROOT)), r.getTimestamp(3).toInstant()));
                })));
        return Map.copyOf(found);
    }

    /** The children that a person is guardian of. */
    public static List<Wearer.Grant> guarded(Person person) {
        return person.grants().stream().filter(g -> g.role() == Role.GUARDIAN && g.pupil() != null).toList();
    }

    /** Keeps a decision with version and hash of the text read. Runs under the family's or the school's scope. */
    @Transactional
    public void decide(UUID school, UUID pupil, UUID account, Decision decision, String device) {
        sql.sql("""
                insert into identity.consent (school_id, consent_id, pupil_id, account_id, version, text_hash, decision, at, device)
                values (:s, :id, :p, :a, :version, :hash, :decision, :now, :device)
                """)
                .param("s", school)
                .param("id", ids.next())
                .param("p", pupil)
                .param("a", account)
                .param("version", VERSION)
                .param("hash", textHash())
                .param("decision", decision.name().toLowerCase(Locale.ROOT))
                .param("now", Timestamp.from(clock.instant()))
                .param("device", device.substring(0, Math.min(device.length(), 200)))
                .update();
        audit.record(school, "identity.consent_" + decision.name().toLowerCase(Locale.ROOT), "pupil", pupil, Map.of("version", VERSION));
        revocations.of(account);
    }

    /** SHA-256 of the Chinese text, which is the one that counts. */
    private byte[] textHash() {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= SECTIONS; i++)
            for (String part : List.of(".title", ".text")) text.append(messages.getMessage("identity.privacy." + i + part, null, Locale.SIMPLIFIED_CHINESE)).append('\n');
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
