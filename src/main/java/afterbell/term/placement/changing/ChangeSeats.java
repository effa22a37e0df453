package afterbell.term.placement.changing;

import afterbell.base.roster.Roster;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.web.CommandKeys;
import afterbell.term.placement.Rush;
import afterbell.term.placement.RushFacts;
import afterbell.term.placement.SeatBook;
import afterbell.term.placement.Seats;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What a family, or the office for it, does with a child's seats. The same command twice is one act; a refused one leaves no trace. */
@Component
class ChangeSeats {
    private static final int TRIES = 4;

    private final SeatBook books;
    private final Seats seats;
    private final Rush rush;
    private final RushFacts facts;
    private final Roster roster;
    private final CommandKeys keys;
    private final Ids ids;
    private final Clock clock;
    private final TransactionTemplate transactions;

    ChangeSeats(SeatBook books, Seats seats, Rush rush, RushFacts facts, Roster roster, CommandKeys keys, Ids ids, Clock clock, TransactionTemplate transactions) {
        this.books = books;
        this.seats = seats;
        this.rush = rush;
        this.facts = facts;
        this.roster = roster;
        this.keys = keys;
        this.ids = ids;
        this.clock = clock;
        this.transactions = transactions;
    }

    /**
     * Whose seats, and who acts.
     *
     * @param office the school acts for the family: the weeks of adding and dropping bind it not
     */
    record For(UUID school, UUID child, UUID by, boolean office) {}

    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient SeatRefusal refusal;

        Stopped(SeatRefusal refusal) {
            super("refused", null, false, false);
            this.refusal = refusal;
        }
    }

    /**
     * Takes a free seat; where giving names seats, in exchange for these.
     *
     * @return the seat
     */
    Outcome<UUID> take(For whom, UUID section, List<UUID> giving, UUID key) {
        Instant now = clock.instant();
        Optional<RushFacts.Ready> ready = giving.isEmpty() && !whom.office() ? facts.of(whom.school(), section, whom.child(), now) : Optional.empty();
        if (ready.isPresent()) return queued(whom, section, ready.get(), key, now);
        return attempt(() -> keys.once(key, "take|" + whom.child() + "|" + section + "|" + giving, () -> {
            SeatBook.Child fresh = read(whom, now);
            SeatBook.Line wanted = fresh.line(section).filter(l -> !l.fixed()).orElseThrow(NotFound::new);
            refuseOutside(whom, fresh, !giving.isEmpty());
            UUID seat = ids.next();
            Seats.Answer answer = seats.move(whom.school(), fresh.term().id(), giving, wanted(fresh, wanted, seat), null, giving.isEmpty() ? Seats.Source.JOIN : Seats.Source.SWAP, Seats.Act.of(whom.by(), now, fresh.days()));
            return settled(answer, seat);
        }));
    }

    /** Through the school's queue: one transaction for whatever stands in it. The key is the seat's id, so that a repeated command finds its seat. */
    private Outcome<UUID> queued(For whom, UUID section, RushFacts.Ready ready, UUID key, Instant now) {
        Optional<Seats.Answer> answer = rush.take(whom.school(), new Seats.Wanted(key, whom.child(), section, ready.grade(), ready.band(), 0), whom.by(), now, ready.from());
        if (answer.isEmpty()) return Outcome.refused(new SeatRefusal.TooBusy());
        if (answer.get() == Seats.Answer.UNKNOWN || answer.get() == Seats.Answer.NOT_YOURS) throw new NotFound();
        if (answer.get() == Seats.Answer.FULL) return Outcome.refused(new SeatRefusal.JustFull(section, ready.club()));
        return answer.get().has() ? Outcome.done(key) : Outcome.refused(new SeatRefusal.Answered(answer.get()));
    }

    /** Accepts an offer; giving names the seats that stand in its way. */
    Outcome<UUID> accept(For whom, UUID waiting, List<UUID> giving, UUID key) {
        Instant now = clock.instant();
        return attempt(() -> keys.once(key, "accept|" + whom.child() + "|" + waiting + "|" + giving, () -> {
            SeatBook.Child book = read(whom, now);
            SeatBook.@Nullable Line line = book.lines().stream().filter(l -> waiting.equals(l.waiting())).findFirst().orElse(null);
            if (line == null) throw new Stopped(new SeatRefusal.Answered(Seats.Answer.GONE));
            UUID seat = ids.next();
            return settled(seats.move(whom.school(), book.term().id(), giving, wanted(book, line, seat), waiting, Seats.Source.WAITING, Seats.Act.of(whom.by(), now, book.days())), seat);
        }));
    }

    /** Declines an offer, or leaves the waiting list; repeating changes nothing. */
    Outcome<UUID> leaveWaiting(For whom, UUID waiting) {
        Instant now = clock.instant();
        return attempt(() -> {
            SeatBook.Child book = read(whom, now);
            book.lines().stream().filter(l -> waiting.equals(l.waiting())).findFirst().ifPresent(l ->
                    seats.leaveWaiting(whom.school(), book.term().id(), new Seats.Place(waiting, whom.child(), l.section()), Seats.Act.of(whom.by(), now, book.days())));
            return waiting.toString();
        });
    }

    /** Stops: the seat is given back and goes to the next who waits. */
    Outcome<UUID> stop(For whom, UUID seat) {
        Instant now = clock.instant();
        return attempt(() -> {
            SeatBook.Child book = read(whom, now);
            if (book.seats().stream().anyMatch(l -> seat.equals(l.seat()))) seats.leave(whom.school(), seat, Seats.Act.of(whom.by(), now, book.days()), whom.office() ? "office" : "family");
            return seat.toString();
        });
    }

    /** Waits for a section, behind those of the round. */
    Outcome<UUID> await(For whom, UUID section, UUID key) {
        Instant now = clock.instant();
        return attempt(() -> keys.once(key, "await|" + whom.child() + "|" + section, () -> {
            SeatBook.Child book = read(whom, now);
            SeatBook.Line line = book.line(section).filter(l -> !l.fixed()).orElseThrow(NotFound::new);
            if (!book.days().open()) throw new Stopped(new SeatRefusal.TermOver());
            UUID place = ids.next();
            String said = seats.await(whom.school(), place, wanted(book, line, place), "ask", Seats.Act.of(whom.by(), now, book.days()));
            return switch (said) {
                case "waiting", "again", "has" -> place.toString();
                case "not_eligible" -> throw new Stopped(new SeatRefusal.Answered(Seats.Answer.NOT_ELIGIBLE));
                case "declined" -> throw new Stopped(new SeatRefusal.Answered(Seats.Answer.DECLINED));
                case "closed" -> throw new Stopped(new SeatRefusal.Answered(Seats.Answer.CLOSED));
                default -> throw new NotFound();
            };
        }));
    }

    private static void refuseOutside(For whom, SeatBook.Child book, boolean swap) {
        if (!book.days().open()) throw new Stopped(new SeatRefusal.TermOver());
        if (swap && !whom.office() && !book.days().mayChange()) throw new Stopped(new SeatRefusal.WindowOver(book.days().changeUntil()));
    }

    private static String settled(Seats.Answer answer, UUID seat) {
        if (answer == Seats.Answer.UNKNOWN || answer == Seats.Answer.NOT_YOURS) throw new NotFound();
        if (!answer.has()) throw new Stopped(new SeatRefusal.Answered(answer));
        return seat.toString();
    }

    private static Seats.Wanted wanted(SeatBook.Child book, SeatBook.Line line, UUID seat) {
        return new Seats.Wanted(seat, book.pupil().id(), line.section(), book.pupil().grade(), book.band(), 0);
    }

    private SeatBook.Child read(For whom, Instant now) {
        SeatBook.@Nullable Child book = transactions.execute(t -> books.get(whom.school(), roster.pupil(whom.school(), whom.child()), now));
        if (book == null) throw new NotFound();
        return book;
    }

    /** Another transaction may take one of the child's slots in the same moment: then the whole act is undone and tried again. */
    private Outcome<UUID> attempt(Supplier<String> act) {
        for (int i = 1; ; i++) {
            try {
                String done = transactions.execute(t -> act.get());
                if (done == null) throw new NotFound();
                return Outcome.done(UUID.fromString(done));
            } catch (Stopped e) {
                return Outcome.refused(e.refusal);
            } catch (ConcurrencyFailureException e) {
                if (i == TRIES) throw e;
            }
        }
    }
}
