package afterbell.day.custody.swipes;

import afterbell.base.identity.Hashes;
import afterbell.base.shared.Together;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.crypto.PersonalData;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps what gates send, each swipe once, its time by our clock: whatever batches of a school come at one moment are one statement and one commit. What they mean
 * is told to the chains by {@link FoldSwipesJob}.
 */
@Component
class KeepSwipes implements DisposableBean {
    static final int MOST = 500;
    private static final int SHORTEST = 4;
    private static final int LONGEST = 40;
    /** How long a key that was found is believed without asking again: a key taken back is worth nothing after that. */
    private static final Duration BELIEVED = Duration.ofSeconds(2);
    private static final int KEYS_KEPT = 10_000;
    /** Of each school so many statements at once: while one waits for its commit the others go on. */
    private static final int LANES = 4;
    /** Batches of one statement: as many gates as a large school has, twice. */
    private static final int AT_ONCE = 32;

    private final SwipeStore store;
    private final PersonalData personal;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final Map<ByteBuffer, Believed> believed = new ConcurrentHashMap<>();
    private final Together<Sent> writing = new Together<>("swipes", LANES, AT_ONCE, (lane, sent) -> write(sent));

    KeepSwipes(SwipeStore store, PersonalData personal, TransactionTemplate transactions, Clock clock) {
        this.store = store;
        this.personal = personal;
        this.transactions = transactions;
        this.clock = clock;
    }

    private record Believed(Gate gate, long atNanos) {}

    /** A batch on its way into the database; {@code fresh} and {@code clashes} are filled in there. */
    private static final class Sent {
        final UUID school;
        final SwipeStore.Batch batch;
        final Set<Long> clashes = new TreeSet<>();
        int fresh;

        Sent(UUID school, SwipeStore.Batch batch) {
            this.school = school;
            this.batch = batch;
        }
    }

    /**
     * What became of a batch.
     *
     * @param known sent before, with the same words
     * @param clashes numbers under which something else was sent before: the first holds
     * @param bad places in the batch, from 0, of swipes that can't be read
     * @param clockOff seconds by which the device's clock is behind ours
     */
    record Kept(int accepted, int known, Set<Long> clashes, List<Integer> bad, long clockOff) {}

    /** @param at the device's clock, in text as it came */
    record Said(@Nullable Long seq, @Nullable String card, @Nullable String at, @Nullable String way) {}

    /** The device behind a key; empty for a key that nobody has or that was taken back. */
    Optional<Gate> gate(String key) {
        byte[] hash = Hashes.of(key);
        ByteBuffer name = ByteBuffer.wrap(hash);
        @Nullable Believed known = believed.get(name);
        if (known != null && System.nanoTime() - known.atNanos() < BELIEVED.toNanos()) return Optional.of(known.gate());
        believed.remove(name);
        Optional<Gate> found = Scopes.within(Scope.DOOR, () -> transactions.execute(t -> store.gate(hash)));
        if (found == null) return Optional.empty();
        if (believed.size() > KEYS_KEPT) believed.clear();
        found.ifPresent(gate -> believed.put(name, new Believed(gate, System.nanoTime())));
        return found;
    }

    /** @param sent the device's clock when it sent the batch; null where it doesn't say, then its times are taken as they are */
    Kept keep(Gate gate, List<Said> said, @Nullable Instant sent) {
        Instant now = clock.instant();
        Duration off = sent == null ? Duration.ZERO : Duration.between(sent, now);
        Map<Long, Swipe> swipes = new LinkedHashMap<>();
        Set<Long> clashes = new TreeSet<>();
        List<Integer> bad = new ArrayList<>();
        int twice = 0;
        for (int i = 0; i < said.size(); i++) {
            Optional<Swipe> read = read(said.get(i), off, now);
            if (read.isEmpty()) {
                bad.add(i);
                continue;
            }
            @Nullable Swipe before = swipes.putIfAbsent(read.get().seq(), read.get());
            if (before == null) continue;
            if (same(before, read.get())) twice++;
            else clashes.add(before.seq());
        }
        if (swipes.isEmpty()) return new Kept(0, 0, Set.copyOf(clashes), bad, off.toSeconds());
        List<Swipe> all = List.copyOf(swipes.values());
        Sent kept = kept(lane(gate), new Sent(gate.school(), new SwipeStore.Batch(gate.device(), all, now)));
        clashes.addAll(kept.clashes);
        return new Kept(kept.fresh, Math.max(0, all.size() - kept.fresh - clashes.size()) + twice, clashes, bad, off.toSeconds());
    }

    /** Where the gates of a school that share a statement stand in line; one gate always in the same. */
    private static UUID lane(Gate gate) {
        return new UUID(gate.school().getMostSignificantBits(), gate.school().getLeastSignificantBits() ^ Math.floorMod(gate.device().hashCode(), LANES));
    }

    private Sent kept(UUID lane, Sent sent) {
        try {
            return writing.add(lane, sent).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while swipes were kept", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    private void write(List<Sent> all) {
        all.stream().collect(Collectors.groupingBy(s -> s.school)).forEach(this::write);
    }

    /** The batches of a school that have come at once. */
    private void write(UUID school, List<Sent> all) {
        Scopes.within(Scope.school(school, null), () -> transactions.executeWithoutResult(t -> {
            Optional<Set<SwipeStore.Key>> fresh = store.keep(school, all.stream().map(s -> s.batch).toList());
            for (Sent sent : all) {
                sent.clashes.clear();
                // Of two that send the same at one moment the first has it.
                sent.fresh = fresh.isEmpty() ? sent.batch.swipes().size() : (int) sent.batch.swipes().stream().filter(s -> fresh.get().remove(new SwipeStore.Key(sent.batch.device(), s.seq()))).count();
                if (sent.fresh < sent.batch.swipes().size()) sent.clashes.addAll(store.clashes(school, sent.batch.device(), sent.batch.swipes()));
            }
        }));
    }

    @Override
    public void destroy() {
        writing.close();
    }

    private static boolean same(Swipe one, Swipe other) {
        return java.util.Arrays.equals(one.card(), other.card()) && one.out() == other.out() && one.said().equals(other.said());
    }

    /** A card's number without the signs that some readers put between; null for what is none. By hand: it runs for every swipe. */
    static @Nullable String card(String said) {
        if (said.length() > 2 * LONGEST) return null;
        StringBuilder card = new StringBuilder(said.length());
        for (int i = 0; i < said.length(); i++) {
            char c = said.charAt(i);
            if (c >= 'a' && c <= 'z') card.append((char) (c - 'a' + 'A'));
            else if (c >= '0' && c <= '9' || c >= 'A' && c <= 'Z') card.append(c);
            else if (c != ' ' && c != ':' && c != '-') return null;
        }
        return card.length() < SHORTEST || card.length() > LONGEST ? null : card.toString();
    }

    private Optional<Swipe> read(Said said, Duration off, Instant now) {
        if (said.seq() == null || said.seq() < 0 || said.card() == null || said.at() == null || said.way() == null) return Optional.empty();
        @Nullable String card = card(said.card());
        if (card == null) return Optional.empty();
        if (!said.way().equals("in") && !said.way().equals("out")) return Optional.empty();
        try {
            // The database keeps microseconds: what is compared later must be what was kept.
            Instant clockSaid = Instant.parse(said.at()).truncatedTo(java.time.temporal.ChronoUnit.MICROS);
            if (clockSaid.isBefore(Instant.EPOCH) || clockSaid.isAfter(now.plus(Duration.ofDays(36_500)))) return Optional.empty();
            Instant at = clockSaid.plus(off);
            return Optional.of(new Swipe(said.seq(), personal.trace("card", card), card.substring(card.length() - SHORTEST), said.way().equals("out"), clockSaid, at.isAfter(now) ? now : at));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
