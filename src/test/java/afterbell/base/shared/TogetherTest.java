package afterbell.base.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import afterbell.Req;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@Req("R117")
class TogetherTest {
    private static final UUID A = new UUID(0, 1);
    private static final UUID B = new UUID(0, 2);

    @Test
    void what_comes_while_one_is_served_is_one_act_and_no_act_holds_more_than_the_bound() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ConcurrentLinkedQueue<List<Integer>> acts = new ConcurrentLinkedQueue<>();
        try (Together<Integer> together = new Together<>("test", 1, 100, (school, pieces) -> {
            acts.add(pieces);
            first.countDown();
            await(go);
        })) {
            List<CompletableFuture<Integer>> all = new ArrayList<>();
            all.add(together.add(A, 0));
            assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
            for (int i = 1; i <= 150; i++) all.add(together.add(A, i));
            assertThat(all).as("nobody hears before the act with its piece is over").noneMatch(CompletableFuture::isDone);
            go.countDown();
            for (int i = 0; i <= 150; i++) assertThat(all.get(i).get(10, TimeUnit.SECONDS)).isEqualTo(i);
        }
        assertThat(acts).extracting(List::size).containsExactly(1, 100, 50);
    }

    @Test
    void acts_of_one_school_never_run_at_once_and_every_piece_is_done_once() throws Exception {
        AtomicInteger inA = new AtomicInteger();
        AtomicInteger together = new AtomicInteger();
        ConcurrentLinkedQueue<Integer> done = new ConcurrentLinkedQueue<>();
        try (Together<Integer> line = new Together<>("test", 4, 7, (school, pieces) -> {
                    if (school.equals(A) && inA.incrementAndGet() > 1) together.incrementAndGet();
                    done.addAll(pieces);
                    Thread.yield();
                    if (school.equals(A)) inA.decrementAndGet();
                });
                ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                int piece = i;
                all.add(CompletableFuture.supplyAsync(() -> line.add(piece % 3 == 0 ? B : A, piece).join() == piece, people));
            }
            for (CompletableFuture<Boolean> one : all) assertThat(one.get(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(together).hasValue(0);
        assertThat(done).hasSize(2_000).doesNotHaveDuplicates();
    }

    @Test
    void a_bad_piece_hears_of_it_and_hinders_nobody_else() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Set<Integer> kept = ConcurrentHashMap.newKeySet();
        try (Together<Integer> together = new Together<>("test", 1, 100, (school, pieces) -> {
            first.countDown();
            await(go);
            // Whole or not at all, as a transaction is.
            if (pieces.contains(13)) throw new IllegalStateException("thirteen");
            kept.addAll(pieces);
        })) {
            together.add(A, 0);
            assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
            List<CompletableFuture<Integer>> all = new ArrayList<>();
            for (int i = 10; i < 20; i++) all.add(together.add(A, i));
            go.countDown();
            for (CompletableFuture<Integer> one : all)
                if (one == all.get(3)) assertThatThrownBy(() -> one.get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class).hasMessageContaining("thirteen");
                else assertThat(one.get(10, TimeUnit.SECONDS)).isBetween(10, 19);
        }
        assertThat(kept).containsExactlyInAnyOrder(0, 10, 11, 12, 14, 15, 16, 17, 18, 19);
    }

    @Test
    void who_comes_when_the_house_closes_hears_so_at_once() {
        Together<Integer> together = new Together<>("test", 1, 100, (school, pieces) -> {});
        together.close();
        CompletableFuture<Integer> late = together.add(A, 1);
        assertThat(late).isCompletedExceptionally();
        assertThat(together.add(A, 2)).as("and the next one too").isCompletedExceptionally();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
