package afterbell.reach.messaging.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void pauses_grow_and_end_after_the_sixth() {
        for (int tries = 2; tries <= 6; tries++) assertThat(Backoff.after(tries).orElseThrow()).isGreaterThan(Backoff.after(tries - 1).orElseThrow());
        assertThat(Backoff.after(1)).contains(Duration.ofMinutes(1));
        assertThat(Backoff.after(7)).isEmpty();
    }
}
