package afterbell.term.timetable;

import afterbell.base.roster.Roster;
import afterbell.base.roster.StaffMember;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.web.PublicAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Secret addresses of calendar feeds: one purpose each, kept as hashes, revocable. */
@Component
@Transactional
public class Feeds {
    private final SecureRandom random = new SecureRandom();
    private final JdbcClient sql;
    private final Roster roster;
    private final Clock clock;
    private final PublicAddress address;

    Feeds(JdbcClient sql, Roster roster, Clock clock, PublicAddress address) {
        this.address = address;
        this.sql = sql;
        this.roster = roster;
        this.clock = clock;
    }

    /** Whose week a secret shows. */
    public record Feed(UUID school, String kind, UUID subject, UUID account) {}

    /** A new secret for one subject; the former one of the same person and subject ends. */
    public String add(UUID school, String kind, UUID subject, UUID account) {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Timestamp now = Timestamp.from(clock.instant());
        sql.sql("update timetable.feed set revoked_at = :at where school_id = :s and account_id = :a and subject_id = :x and revoked_at is null")
                .param("at", now)
                .param("s", school)
                .param("a", account)
                .param("x", subject)
                .update();
        sql.sql("insert into timetable.feed (school_id, token_hash, kind, subject_id, account_id, created_at) values (:s, :h, :k, :x, :a, :at)")
                .param("s", school)
                .param("h", hash(secret))
                .param("k", kind)
                .param("x", subject)
                .param("a", account)
                .param("at", now)
                .update();
        return secret;
    }

    /** Where a calendar program finds it from outside. */
    public String address(String secret) {
        return address.of("/calendar/" + secret + ".ics").toString();
    }

    public String addForStaff(UUID school, UUID account) {
        StaffMember self = roster.staffOf(school, account).orElseThrow(NotFound::new);
        return add(school, "staff", self.id(), account);
    }

    @Transactional(readOnly = true)
    public Optional<Feed> find(String secret) {
        return sql.sql("select school_id as school, kind, subject_id as subject, account_id as account from timetable.door_feed(:h)").param("h", hash(secret)).query(Feed.class).optional();
    }

    private static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
