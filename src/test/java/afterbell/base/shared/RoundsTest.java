package afterbell.base.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private static final Duration SOON = Duration.ofMillis(1);
    private final Rounds rounds = new Rounds(new Ids(Clock.systemUTC()));

    @AfterEach
    void close() {
        rounds.end();
    }

    @Test
    void a_round_that_fails_is_followed_by_the_next() throws InterruptedException {
        CountDownLatch three = new CountDownLatch(3);
        rounds.every("test", SOON, () -> {
            three.countDown();
            throw new IllegalStateException("the database is away");
        });
        rounds.begin();
        assertThat(three.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void nothing_goes_round_before_the_house_is_ready_or_after_it_closed() throws InterruptedException {
        AtomicInteger early = new AtomicInteger();
        CountDownLatch other = new CountDownLatch(20);
        rounds.every("early", SOON, early::incrementAndGet);
        Rounds ready = new Rounds(new Ids(Clock.systemUTC()));
        ready.begin();
        ready.every("other", SOON, other::countDown);
        assertThat(other.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(early).hasValue(0);

        ready.end();
        CountDownLatch late = new CountDownLatch(1);
        ready.every("late", SOON, late::countDown);
        assertThat(late.await(100, TimeUnit.MILLISECONDS)).isFalse();
    }
}
