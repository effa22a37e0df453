package afterbell.term.placement.changing;

import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Screen;
import afterbell.term.placement.SeatBook;
import afterbell.term.placement.SeatDays;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Puts the page together. Reads only. */
@Component
class ShowSeats {
    private final SeatBook books;
    private final Roster roster;
    private final Clock clock;

    ShowSeats(SeatBook books, Roster roster, Clock clock) {
        this.books = books;
        this.roster = roster;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public SeatBook.Child book(ChangeSeats.For whom) {
        return books.get(whom.school(), roster.pupil(whom.school(), whom.child()), clock.instant());
    }

    @Transactional(readOnly = true)
    public SeatsPage page(ChangeSeats.For whom, String base, boolean mayAct, List<? extends Refusal> refusals) {
        Instant now = clock.instant();
        Pupil pupil = roster.pupil(whom.school(), whom.child());
        Optional<SeatBook.Child> found = books.of(whom.school(), pupil, now);
        if (found.isEmpty()) {
            LocalDate today = LocalDate.ofInstant(now, Screen.ZONE);
            return new SeatsPage(base, pupil.name(), pupil.className(), whom.office(), mayAct, false, false, today, today, today, List.of(), List.of(), List.of(), List.of(), List.of(), refusals);
        }
        SeatBook.Child book = found.get();
        Map<Integer, List<SeatsPage.Card>> free = new TreeMap<>();
        List<SeatsPage.Card> full = new ArrayList<>();
        for (SeatBook.Line l : book.others()) {
            if (l.waiting() != null) continue;
            SeatsPage.Card card = card(book, l, now);
            if (l.left() > 0) free.computeIfAbsent(l.meetings().getFirst().weekday(), d -> new ArrayList<>()).add(card);
            else full.add(card);
        }
        SeatDays days = book.days();
        return new SeatsPage(
                base,
                pupil.name(),
                pupil.className(),
                whom.office(),
                mayAct,
                days.open(),
                whom.office() || days.mayChange(),
                days.changeUntil(),
                days.from(),
                days.until(),
                cards(book, book.offers(), now),
                cards(book, book.seats(), now),
                cards(book, book.waiting(), now),
                free.entrySet().stream().map(e -> new SeatsPage.Day(e.getKey(), e.getValue())).toList(),
                full,
                refusals);
    }

    @Transactional(readOnly = true)
    public StopPage stop(ChangeSeats.For whom, String base, UUID seat) {
        SeatBook.Child book = book(whom);
        SeatBook.Line line = book.seats().stream().filter(l -> seat.equals(l.seat())).findFirst().orElseThrow(NotFound::new);
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        boolean begun = line.from() != null && !line.from().isAfter(today);
        return new StopPage(base, book.pupil().name(), seat, line.name(), begun, book.days().until(), book.days().from());
    }

    private static List<SeatsPage.Card> cards(SeatBook.Child book, List<SeatBook.Line> lines, Instant now) {
        return lines.stream().map(l -> card(book, l, now)).toList();
    }

    private static SeatsPage.Card card(SeatBook.Child book, SeatBook.Line l, Instant now) {
        List<SeatsPage.Given> giving = l.seat() != null ? List.of() : book.inTheWay(l).stream().filter(g -> g.seat() != null).map(ShowSeats::given).toList();
        boolean rush = l.rushAt(now);
        return new SeatsPage.Card(
                l.section(),
                l.name(),
                l.teacher(),
                l.room(),
                l.meetings(),
                l.priceFen(),
                l.priceUnit(),
                l.left(),
                l.fixed(),
                rush,
                l.opensAt() != null && now.isBefore(l.opensAt()) ? l.opensAt() : null,
                l.seat(),
                l.from(),
                l.rank(),
                l.waiting(),
                l.heldUntil(),
                l.place(),
                giving);
    }

    private static SeatsPage.Given given(SeatBook.Line l) {
        if (l.seat() == null) throw new NotFound();
        return new SeatsPage.Given(l.seat(), l.name());
    }
}
