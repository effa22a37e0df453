package afterbell.day.dismissal;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.day.dismissal.RotatingCode.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

@Req({"R86", "P14"})
class RotatingCodeTest {
    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final long SEED = 20261122;

    /** The same key and steps as appendix B of RFC 6238 (SHA-256), cut to six digits. */
    @Test
    void agrees_with_the_published_vectors() {
        byte[] secret = "12345678901234567890123456789012".getBytes(StandardCharsets.US_ASCII);
        assertThat(RotatingCode.code(secret, 1)).isEqualTo("119246");
        assertThat(RotatingCode.code(secret, 0x23523EC)).isEqualTo("084774");
        assertThat(RotatingCode.code(secret, 0x23523ED)).isEqualTo("062674");
    }

    @Test
    void stands_for_a_minute_and_is_read_one_step_early_or_late() {
        byte[] secret = secret(new Random(SEED));
        long now = RotatingCode.stepAt(Instant.parse("2026-11-20T09:50:30Z"), MINUTE);
        assertThat(RotatingCode.stepAt(Instant.parse("2026-11-20T09:50:59Z"), MINUTE)).isEqualTo(now);
        assertThat(RotatingCode.stepAt(Instant.parse("2026-11-20T09:51:00Z"), MINUTE)).isEqualTo(now + 1);
        for (long drift = -1; drift <= 1; drift++) assertThat(RotatingCode.read(secret, RotatingCode.code(secret, now + drift), now)).isEqualTo(new Reading.Good(now + drift));
        assertThat(RotatingCode.read(secret, RotatingCode.code(secret, now - 2), now)).isEqualTo(new Reading.Old());
        assertThat(RotatingCode.read(secret, RotatingCode.code(secret, now + 2), now)).as("a phone that runs ahead").isEqualTo(new Reading.None());
        assertThat(RotatingCode.read(secret, RotatingCode.code(secret, now - 200), now)).isEqualTo(new Reading.None());
    }

    @Test
    void another_secret_reads_nothing() {
        System.out.println("rotating codes: seed " + SEED);
        Random random = new Random(SEED);
        Set<String> seen = new HashSet<>();
        int read = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] one = secret(random);
            byte[] other = secret(random);
            String code = RotatingCode.code(one, 1000 + i);
            seen.add(code);
            if (RotatingCode.read(other, code, 1000 + i) instanceof Reading.Good) read++;
        }
        // Three steps of a million codes: one of 2,000 strangers in a hundred runs.
        assertThat(read).isZero();
        assertThat(seen).hasSizeGreaterThan(1990);
    }

    private static byte[] secret(Random random) {
        byte[] secret = new byte[RotatingCode.SECRET_BYTES];
        random.nextBytes(secret);
        return secret;
    }
}
