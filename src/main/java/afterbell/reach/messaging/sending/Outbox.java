package afterbell.reach.messaging.sending;

import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.reach.messaging.Handed;
import afterbell.reach.messaging.Notices;
import afterbell.reach.messaging.QuietHours;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Hands over what is due, school by school. Each message is said to be in hand before it goes out and written down after; a node killed in between has
 * left exactly one message per channel of which nobody knows whether it went: it goes again, marked doubtful, with the same id. See docs/how/messaging.md.
 */
@Component
class Outbox {
    static final int BATCH = 50;
    /** How long a node may be silent before others take over what it had in hand; longer than the slowest answer of a mail server times a few. */
    static final Duration LEASE = Duration.ofMinutes(3);
    private static final Duration OLD = Duration.ofHours(48);

    private final OutboxStore store;
    private final Notices notices;
    private final QuietHours quiet;
    private final List<Channel> channels;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final Ids ids;

    Outbox(OutboxStore store, Notices notices, QuietHours quiet, List<Channel> channels, TransactionTemplate transactions, Clock clock, Ids ids) {
        this.store = store;
        this.notices = notices;
        this.quiet = quiet;
        this.channels = channels;
        this.transactions = transactions;
        this.clock = clock;
        this.ids = ids;
    }

    List<Channel> channels() {
        return channels.stream().filter(Channel::ready).toList();
    }

    List<UUID> due() {
        List<UUID> due = Scopes.within(Scope.DOOR, () -> transactions.execute(t -> store.schoolsWithSomethingDue(clock.instant())));
        return due == null ? List.of() : due;
    }

    /** What stands before sending: families' wishes are told, quiet hours are kept, old news is given up. */
    void prepare(UUID school) {
        Scopes.within(Scope.school(school, null), () -> {
            while (Boolean.TRUE.equals(transactions.execute(t -> notices.tellNextWish(school)))) {
                // One transaction each: a wish that fails must not hold up the others.
            }
            transactions.executeWithoutResult(t -> {
                Instant now = clock.instant();
                Instant until = quiet.next(school, now);
                if (until.isAfter(now)) store.postpone(school, now, until);
                store.giveUpOld(school, now.minus(OLD));
            });
        });
    }

    /** Hands over one batch of a school. @return how many were in it */
    int send(UUID school, Channel channel) {
        return Scopes.within(Scope.school(school, null), () -> {
            UUID claim = ids.next();
            List<Parcel> batch = transactions.execute(t -> store.claim(school, channel.name(), claim, clock.instant(), clock.instant().plus(LEASE), BATCH));
            if (batch == null || batch.isEmpty()) return 0;
            try (Channel.Line line = channel.open()) {
                hand(school, claim, line, batch);
            } catch (Channel.NoLine e) {
                int tries = batch.stream().mapToInt(Parcel::attempts).min().orElse(0) + 1;
                Instant next = later(Backoff.after(tries).orElse(Duration.ofHours(6)));
                transactions.executeWithoutResult(t -> store.giveBack(school, claim, e.fault(), next, true));
            }
            return batch.size();
        });
    }

    private void hand(UUID school, UUID claim, Channel.Line line, List<Parcel> batch) {
        OutboxStore.@Nullable Outcome done = null;
        for (Parcel parcel : batch) {
            OutboxStore.Outcome before = done;
            boolean ours = Boolean.TRUE.equals(transactions.execute(t -> store.turn(school, claim, before, parcel.id())));
            done = ours ? outcome(parcel, parcel.to() == null ? new Handed.Never("no_address") : line.send(parcel)) : null;
            if (done != null && done.fault().equals("no_connection")) break;
        }
        OutboxStore.Outcome last = done;
        transactions.executeWithoutResult(t -> {
            if (last != null) store.finish(school, claim, last);
            // Only where the line broke off is anything left: it goes on in a minute, without having been tried.
            store.giveBack(school, claim, "no_connection", later(Duration.ofMinutes(1)), false);
        });
    }

    private OutboxStore.Outcome outcome(Parcel parcel, Handed handed) {
        Instant now = clock.instant();
        return switch (handed) {
            case Handed.Sent s -> new OutboxStore.Outcome(parcel.id(), "SENT", "", now, null);
            case Handed.Never(String fault) -> {
                if (fault.equals("mail_refused")) transactions.executeWithoutResult(t -> store.broken(parcel.school(), parcel.id(), fault));
                yield new OutboxStore.Outcome(parcel.id(), "FAILED", fault, now, null);
            }
            case Handed.Later(String fault) -> {
                Optional<Duration> pause = Backoff.after(parcel.attempts() + 1);
                yield pause.isEmpty()
                        ? new OutboxStore.Outcome(parcel.id(), "FAILED", fault, now, null)
                        : new OutboxStore.Outcome(parcel.id(), "WAITING", fault, now, later(pause.get()));
            }
        };
    }

    // Quiet hours are kept by prepare(), which knows what is urgent.
    private Instant later(Duration pause) {
        return clock.instant().plus(pause);
    }
}
