package afterbell.base.identity.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    // RFC 6238, appendix B, SHA-1: the last six of the eight digits printed there.
    @ParameterizedTest
    @CsvSource({"59,287082", "1111111109,081804", "1111111111,050471", "1234567890,005924", "2000000000,279037", "20000000000,353130"})
    void codes_are_those_of_the_standard(long second, String code) {
        assertThat(Totp.code(SECRET, Totp.stepAt(Instant.ofEpochSecond(second)))).isEqualTo(code);
    }

    @Test
    void a_code_counts_one_step_early_and_late_and_no_further() {
        Instant now = Instant.ofEpochSecond(1_234_567_890);
        long middle = Totp.stepAt(now);
        for (long step = middle - 1; step <= middle + 1; step++) assertThat(Totp.step(SECRET, Totp.code(SECRET, step), now, 0)).hasValue(step);
        assertThat(Totp.step(SECRET, Totp.code(SECRET, middle - 2), now, 0)).isEmpty();
        assertThat(Totp.step(SECRET, Totp.code(SECRET, middle + 2), now, 0)).isEmpty();
    }

    @Test
    void a_used_step_and_those_before_it_are_spent() {
        Instant now = Instant.ofEpochSecond(1_234_567_890);
        long middle = Totp.stepAt(now);
        assertThat(Totp.step(SECRET, Totp.code(SECRET, middle), now, middle)).isEmpty();
        assertThat(Totp.step(SECRET, Totp.code(SECRET, middle - 1), now, middle)).isEmpty();
        assertThat(Totp.step(SECRET, Totp.code(SECRET, middle + 1), now, middle)).hasValue(middle + 1);
    }

    @Test
    void secrets_are_spelled_in_base32() {
        assertThat(Totp.base32(SECRET)).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assertThat(Totp.base32("fooba".getBytes(StandardCharsets.US_ASCII))).isEqualTo("MZXW6YTB");
        assertThatThrownBy(() -> Totp.base32(new byte[4])).isInstanceOf(IllegalArgumentException.class);
    }
}
