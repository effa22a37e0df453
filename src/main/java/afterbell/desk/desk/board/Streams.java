package afterbell.desk.desk.board;

import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.web.Offscreen;
import afterbell.base.shared.web.Traces;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The boards that are open on screens of this node. When something moves in a school its board is read and drawn once for each language, whatever the number
 * of screens; each screen holds only the latest drawing that it has not sent yet, so a slow one costs a node no memory and misses nothing that still holds.
 */
@Component
class Streams implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Streams.class);
    private static final int MOST = 2_000;
    private static final int MOST_OF_SCHOOL = 400;
    private static final int MOST_OF_PERSON = 8;
    /** A school's board is drawn at most this often; what moves in between is in the next drawing. */
    private static final Duration PACE = Duration.ofMillis(200);
    /** How often a board looks by itself: while moves are heard for the minutes that it shows, otherwise in their place. */
    private static final Duration BY_ITSELF = Duration.ofSeconds(10);
    private static final Duration UNHEARD = Duration.ofSeconds(2);

    private final ShowBoard show;
    private final Offscreen offscreen;
    private final Relay relay;
    private final Ids ids;
    private final Map<UUID, Watched> schools = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private volatile @Nullable ScheduledExecutorService looks;

    Streams(ShowBoard show, Offscreen offscreen, Relay relay, Ids ids) {
        this.show = show;
        this.offscreen = offscreen;
        this.relay = relay;
        this.ids = ids;
        relay.onMoved(this::moved);
    }

    /** A board as one event of a stream. @param id a mark of what it says: equal boards have equal marks, on every node */
    record Drawn(String id, byte[] event) {}

    /** A school that somebody of this node looks at. */
    private static final class Watched {
        final Set<Stream> streams = ConcurrentHashMap.newKeySet();
        final AtomicBoolean moved = new AtomicBoolean();
        final AtomicBoolean drawing = new AtomicBoolean();
        volatile long drawnAt = Long.MIN_VALUE;
    }

    /** One open screen. Used by the one thread that serves it; {@link #put} by the one that draws. */
    static final class Stream {
        final UUID school;
        final UUID account;
        final Locale locale;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private @Nullable Drawn latest;
        private boolean over;

        Stream(UUID school, UUID account, Locale locale) {
            this.school = school;
            this.account = account;
            this.locale = locale;
        }

        /** Waits for a drawing. @return null where none came in time */
        @Nullable Drawn await(Duration patience) throws InterruptedException {
            long left = patience.toNanos();
            lock.lock();
            try {
                while (latest == null && !over && left > 0) left = changed.awaitNanos(left);
                Drawn drawn = latest;
                latest = null;
                return drawn;
            } finally {
                lock.unlock();
            }
        }

        private void put(@Nullable Drawn drawn) {
            lock.lock();
            try {
                if (drawn == null) over = true;
                else latest = drawn;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        boolean over() {
            lock.lock();
            try {
                return over;
            } finally {
                lock.unlock();
            }
        }
    }

    /** Opens a stream; the first drawing comes at once. Empty where the node, the school or the person has as many as it may: the page asks by itself then. */
    Optional<Stream> open(UUID school, UUID account, Locale locale) {
        if (looks == null) return Optional.empty();
        if (open.incrementAndGet() > MOST) {
            open.decrementAndGet();
            return Optional.empty();
        }
        Stream stream = new Stream(school, account, locale);
        Watched watched = schools.compute(school, (id, known) -> {
            Watched w = known == null ? new Watched() : known;
            boolean full = w.streams.size() >= MOST_OF_SCHOOL || w.streams.stream().filter(s -> s.account.equals(account)).count() >= MOST_OF_PERSON;
            if (!full) w.streams.add(stream);
            return w.streams.isEmpty() ? null : w;
        });
        if (watched == null || !watched.streams.contains(stream)) {
            open.decrementAndGet();
            return Optional.empty();
        }
        moved(school);
        return Optional.of(stream);
    }

    void close(Stream stream) {
        schools.computeIfPresent(stream.school, (id, watched) -> {
            if (watched.streams.remove(stream)) open.decrementAndGet();
            return watched.streams.isEmpty() ? null : watched;
        });
    }

    /** How many screens this node serves. */
    int size() {
        return open.get();
    }

    private void moved(UUID school) {
        Watched watched = schools.get(school);
        if (watched == null) return;
        watched.moved.set(true);
        if (watched.drawing.compareAndSet(false, true)) Thread.ofVirtual().name("board").start(() -> draw(school, watched));
    }

    private void draw(UUID school, Watched watched) {
        try {
            while (watched.moved.getAndSet(false)) {
                long wait = watched.drawnAt == Long.MIN_VALUE ? 0 : PACE.toNanos() - (System.nanoTime() - watched.drawnAt);
                if (wait > 0) TimeUnit.NANOSECONDS.sleep(wait);
                watched.moved.set(false);
                push(school, watched);
                watched.drawnAt = System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.atError().addKeyValue("incident", ids.next()).addKeyValue("school", school).addKeyValue("trace", Traces.of(e)).log("a board could not be drawn");
        } finally {
            watched.drawing.set(false);
            // What moved between the last look and here.
            if (watched.moved.get() && looks != null) moved(school);
        }
    }

    private void push(UUID school, Watched watched) {
        BoardPage.Shown shown = Scopes.within(Scope.school(school, null), () -> show.of(school));
        Map<Locale, Drawn> drawn = new ConcurrentHashMap<>();
        for (Stream stream : watched.streams) stream.put(drawn.computeIfAbsent(stream.locale, locale -> drawn(shown, locale)));
    }

    private Drawn drawn(BoardPage.Shown shown, Locale locale) {
        String html = offscreen.html("desk/board/live", shown, locale, "");
        String id = mark(html);
        StringBuilder event = new StringBuilder(html.length() + 200).append("id: ").append(id).append("\nevent: board\n");
        html.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> event.append("data: ").append(line).append('\n'));
        return new Drawn(id, event.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String mark(String html) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(html.getBytes(StandardCharsets.UTF_8)), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void lookByItself() {
        long patience = (relay.listening() ? BY_ITSELF : UNHEARD).toNanos();
        schools.forEach((school, watched) -> {
            if (System.nanoTime() - watched.drawnAt > patience) moved(school);
        });
    }

    @Override
    public void start() {
        ScheduledExecutorService fresh = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("boards").factory());
        looks = fresh;
        fresh.scheduleWithFixedDelay(this::lookByItself, 1, 1, TimeUnit.SECONDS);
    }

    /** Ends all streams before the node waits for its requests: the screens come back to another node. */
    @Override
    public void stop() {
        @Nullable ScheduledExecutorService running = looks;
        looks = null;
        if (running != null) running.shutdownNow();
        schools.values().forEach(w -> w.streams.forEach(s -> s.put(null)));
    }

    @Override
    public boolean isRunning() {
        return looks != null;
    }
}
