package afterbell.reach.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignedTest {
    private static final Instant NOW = Instant.parse("2026-09-01T10:00:00Z");
    private static final String BODY = "{\"title\":\"明天提前放学\"}";

    @Test
    void a_call_signed_with_the_secret_holds_within_five_minutes() {
        String header = Signed.header("secret", NOW, BODY);
        assertThat(Signed.holds("secret", header, BODY, NOW.plusSeconds(300))).isTrue();
        assertThat(Signed.holds("secret", header, BODY, NOW.minusSeconds(300))).isTrue();
    }

    @Test
    void an_overheard_call_is_good_no_longer_than_that() {
        String header = Signed.header("secret", NOW, BODY);
        assertThat(Signed.holds("secret", header, BODY, NOW.plusSeconds(301))).isFalse();
        assertThat(Signed.holds("secret", header.replaceFirst("t=\\d+", "t=" + NOW.plusSeconds(301).getEpochSecond()), BODY, NOW.plusSeconds(301))).isFalse();
    }

    @Test
    void another_secret_another_body_or_nonsense_do_not_hold() {
        String header = Signed.header("secret", NOW, BODY);
        assertThat(Signed.holds("other", header, BODY, NOW)).isFalse();
        assertThat(Signed.holds("secret", header, BODY + " ", NOW)).isFalse();
        for (String nonsense : new String[] {"", "t=,v1=", "t=1,v1=zz", header + ",v1=00", "t=99999999999999999999,v1=" + "0".repeat(64)}) assertThat(Signed.holds("secret", nonsense, BODY, NOW)).isFalse();
    }
}
