package afterbell.reach.messaging.reading;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Person;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.UnreadSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** One person's messages over all hats; each hat is asked under its own scope. */
@Component
class Inbox implements UnreadSource {
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final int KEPT = 10_000;

    private final InboxStore store;
    private final TransactionTemplate transactions;
    private final Clock clock;

    Inbox(InboxStore store, TransactionTemplate transactions, Clock clock) {
        this.store = store;
        this.transactions = transactions;
        this.clock = clock;
    }

    private record Counted(int unread, Instant at) {}

    private final Map<UUID, Counted> counted = new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Counted> eldest) {
            return size() > KEPT;
        }
    };

    @Override
    public int unread(Person person) {
        Instant now = clock.instant();
        synchronized (counted) {
            Counted known = counted.get(person.account());
            if (known != null && !known.at().isAfter(now) && known.at().plus(FRESH).isAfter(now)) return known.unread();
        }
        int unread = hats(person).mapToInt(h -> under(h, () -> store.unread(h))).sum();
        synchronized (counted) {
            counted.put(person.account(), new Counted(unread, now));
        }
        return unread;
    }

    List<Message> list(Person person) {
        return hats(person)
                .flatMap(h -> under(h, () -> store.list(h)).stream())
                .collect(Collectors.toMap(Message::id, Function.identity(), (a, b) -> a.read() ? b : a))
                .values()
                .stream()
                .sorted(Comparator.comparing(Message::at).reversed().thenComparing(Message::id))
                .limit(InboxStore.MOST)
                .toList();
    }

    Message get(Person person, UUID notice) {
        return hats(person).flatMap(h -> under(h, () -> store.one(h, notice)).stream()).findFirst().orElseThrow(NotFound::new);
    }

    Message opened(Person person, UUID notice, String way) {
        Message message = get(person, notice);
        hats(person).forEach(h -> under(h, () -> {
            store.one(h, notice).ifPresent(m -> store.opened(h, m, way, clock.instant()));
            return true;
        }));
        forget(person);
        return message;
    }

    void allOpened(Person person) {
        hats(person).forEach(h -> under(h, () -> {
            store.allOpened(h, clock.instant());
            return true;
        }));
        forget(person);
    }

    private void forget(Person person) {
        synchronized (counted) {
            counted.remove(person.account());
        }
    }

    private static Stream<Wearer> hats(Person person) {
        return person.hats().stream().filter(h -> h.hat() == Hat.FAMILY || h.hat() == Hat.STAFF);
    }

    private <T> T under(Wearer hat, Supplier<T> work) {
        return Scopes.within(hat.scope(), () -> Objects.requireNonNull(transactions.execute(t -> work.get())));
    }
}
