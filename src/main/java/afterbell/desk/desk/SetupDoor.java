package afterbell.desk.desk;

import afterbell.base.schools.Schools;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The way into an empty node: a code that the node prints for its keeper, good until the first school stands. It lives in memory alone; another start
 * makes another. A node with a school, and every demo, has no such door.
 */
@Component
public class SetupDoor {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    /** 60 random bits: with the limits on tries, hopeless to guess. */
    private static final int LETTERS = 12;

    private final JdbcClient sql;
    private final Schools schools;
    private final String code;
    private volatile boolean shut;

    SetupDoor(JdbcClient sql, Schools schools, @Value("${afterbell.serve:false}") boolean serve) {
        this.sql = sql;
        this.schools = schools;
        this.code = fresh();
        this.shut = !serve;
    }

    private static String fresh() {
        SecureRandom random = new SecureRandom();
        StringBuilder letters = new StringBuilder(LETTERS);
        for (int i = 0; i < LETTERS; i++) letters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        return letters.toString();
    }

    /** Whether this node still waits for its first school. Once it has one, this costs nothing any more. */
    public boolean open() {
        if (shut) return false;
        if (!Scopes.within(Scope.DOOR, schools::none)) shut = true;
        return !shut;
    }

    /** The same, inside the transaction that makes the school: of two at one time the second finds the first one's school. */
    public boolean openForOne() {
        sql.sql("select pg_advisory_xact_lock(hashtextextended('desk.setup', 0))").query((r, n) -> 0).single();
        return !shut && schools.none();
    }

    /** In groups of four for the console; empty where there is nothing to set up. */
    public Optional<String> code() {
        return open() ? Optional.of(code.replaceAll("(.{4})(?=.)", "$1-")) : Optional.empty();
    }

    /** Whether somebody has read the console. Takes it as people type: small letters, blanks, O for zero, I and L for one. */
    public boolean fits(String typed) {
        String canonical = typed.toUpperCase(Locale.ROOT).replaceAll("[^0-9A-Z]", "").replace('O', '0').replace('I', '1').replace('L', '1');
        return MessageDigest.isEqual(canonical.getBytes(StandardCharsets.UTF_8), code.getBytes(StandardCharsets.UTF_8));
    }
}
