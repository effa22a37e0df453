package afterbell.term.placement.waiting;

import afterbell.base.calendar.Calendars;
import afterbell.base.shared.web.Screen;
import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import afterbell.reach.messaging.Words;
import afterbell.term.placement.SeatDays;
import afterbell.term.placement.Seats;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What one school's waiting lists need at an instant. Each step may be done by every node at once: doing it twice is doing it once. */
@Component
class PassOn {
    private final OfferStore store;
    private final Seats seats;
    private final Calendars calendars;
    private final Notices notices;

    PassOn(OfferStore store, Seats seats, Calendars calendars, Notices notices) {
        this.store = store;
        this.seats = seats;
        this.calendars = calendars;
        this.notices = notices;
    }

    @Transactional
    public void expire(UUID school, Instant at) {
        Seats.@Nullable Act act = act(school, at);
        if (act == null) return;
        seats.expire(school, act);
    }

    /** Sections with a free seat while somebody waits: seats that a larger capacity made, for example. */
    @Transactional(readOnly = true)
    public List<UUID> refillable(UUID school) {
        return store.refillable(school);
    }

    /** One section per transaction: several would be locked out of their order. */
    @Transactional
    public void refill(UUID school, UUID section, Instant at) {
        Seats.@Nullable Act act = act(school, at);
        if (act != null) seats.refill(school, section, act);
    }

    /** Children who left the school wait for nothing and hold no seat. */
    @Transactional
    public void forgetLeavers(UUID school, Instant at) {
        Seats.@Nullable Act act = act(school, at);
        @Nullable UUID term = store.term(school);
        if (act == null || term == null) return;
        for (OfferStore.Gone g : store.placesOfLeavers(school)) seats.leaveWaiting(school, g.term(), new Seats.Place(g.waiting(), g.pupil(), g.section()), act);
        for (UUID seat : store.seatsOfLeavers(school, term)) seats.leave(school, seat, act, "left_school");
    }

    /** The notice stands in the same transaction as the mark that it was told. */
    @Transactional
    public void tell(UUID school, Instant at) {
        List<OfferStore.Untold> untold = store.untold(school);
        for (OfferStore.Untold u : untold) {
            Instant until = u.heldUntil() == null ? at : u.heldUntil();
            ZonedDateTime z = until.atZone(Screen.ZONE);
            boolean offered = u.state().equals("offered");
            Words words = offered
                    ? Words.of("placement.notice.offered", u.section(), z.getMonthValue(), z.getDayOfMonth(), String.format(java.util.Locale.ROOT, "%d:%02d", z.getHour(), z.getMinute()))
                    : Words.of("placement.notice.given", u.section());
            notices.tell(new NewNotice(school, offered ? "placement.offered" : "placement.given", words, "/children/" + u.pupil() + "/seats", new Audience.Children(Set.of(u.pupil()), offered)).about(u.waiting()));
        }
        if (!untold.isEmpty()) store.told(school, untold.stream().map(OfferStore.Untold::waiting).toList(), at);
    }

    private Seats.@Nullable Act act(UUID school, Instant at) {
        @Nullable UUID term = store.term(school);
        if (term == null) return null;
        return Seats.Act.of(null, at, SeatDays.of(calendars.term(school, term), LocalDate.ofInstant(at, Screen.ZONE)));
    }
}
