package afterbell.app.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests that arrive when they are planned, whether earlier ones are answered or not: people don't wait for each other. A request's time counts from
 * its planned start, so a pause of the server shows as long as it was.
 */
final class OpenLoad {
    private OpenLoad() {}

    /** One request. */
    interface Act {
        /** @return false where the answer was wrong */
        boolean run(int number) throws Exception;
    }

    /**
     * Times in milliseconds.
     *
     * @param wrong requests that failed or were answered wrongly
     * @param late the generator's own delay, 99 of 100: above some milliseconds the machine was too busy to measure
     */
    record Result(int requests, int wrong, double seconds, double p50, double p90, double p99, double max, double late) {
        double perSecond() {
            return requests / seconds;
        }

        String line() {
            return String.format(Locale.ROOT, "%6d requests in %5.1f s = %6.1f/s  p50 %7.1f  p90 %7.1f  p99 %7.1f  max %7.1f ms  wrong %d  (generator late p99 %.1f ms)", requests, seconds, perSecond(), p50, p90, p99, max, wrong, late);
        }
    }

    /** @param requests how many, evenly over the time */
    static Result run(int requests, double seconds, Act act) throws InterruptedException {
        long[] took = new long[requests];
        long[] late = new long[requests];
        AtomicInteger wrong = new AtomicInteger();
        CountDownLatch open = new CountDownLatch(requests);
        long step = (long) (seconds * 1e9 / requests);
        long begin = System.nanoTime() + 50_000_000;
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < requests; i++) {
                int number = i;
                long planned = begin + i * step;
                while (System.nanoTime() < planned) LockSupport.parkNanos(Math.max(1_000, planned - System.nanoTime()));
                people.execute(() -> {
                    late[number] = System.nanoTime() - planned;
                    try {
                        if (!act.run(number)) wrong.incrementAndGet();
                    } catch (Exception e) {
                        wrong.incrementAndGet();
                    } finally {
                        took[number] = System.nanoTime() - planned;
                        open.countDown();
                    }
                });
            }
            open.await();
        }
        double whole = (System.nanoTime() - begin) / 1e9;
        Arrays.sort(took);
        Arrays.sort(late);
        return new Result(requests, wrong.get(), whole, at(took, 0.5), at(took, 0.9), at(took, 0.99), at(took, 1), at(late, 0.99));
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))] / 1e6;
    }

    /** As often as some threads can do it one after the other: how fast the work itself is without anybody waiting. @return per second */
    static double closed(int threads, double seconds, Act act) throws InterruptedException {
        AtomicInteger number = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        long until = System.nanoTime() + (long) (seconds * 1e9);
        long begin = System.nanoTime();
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            for (int t = 0; t < threads; t++)
                workers.execute(() -> {
                    while (System.nanoTime() < until) {
                        try {
                            if (act.run(number.getAndIncrement())) done.incrementAndGet();
                        } catch (Exception e) {
                            return;
                        }
                    }
                });
        }
        return done.get() / ((System.nanoTime() - begin) / 1e9);
    }
}
