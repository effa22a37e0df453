package afterbell.term.placement.changing;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Api;
import afterbell.term.placement.SeatBook;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A child's seats for programs: the same use case and the same refusals as the page. */
@RestController
@Tag(name = "seats")
final class SeatsApi {
    private final ShowSeats show;
    private final ChangeSeats change;

    SeatsApi(ShowSeats show, ChangeSeats change) {
        this.show = show;
        this.change = change;
    }

    /** @param weekday 1 Monday to 7 Sunday @param starts for example 16:30 */
    record MeetingJson(int weekday, String starts, String ends) {}

    /**
     * A section of the child's grade.
     *
     * @param left seats that can be taken now
     * @param seat the child's seat, absent where it has none
     * @param waiting the child's place on the waiting list or its offer
     * @param place 1 is the next
     * @param heldUntil until when an offer holds its seat
     * @param instead seats that would be given up for it
     */
    record SectionJson(
            UUID section,
            String name,
            String teacher,
            String room,
            List<MeetingJson> meetings,
            long priceFen,
            String priceUnit,
            int left,
            @Nullable UUID seat,
            @Nullable LocalDate from,
            @Nullable UUID waiting,
            @Nullable Integer place,
            @Nullable Instant heldUntil,
            List<UUID> instead) {}

    /** @param from the first day of a seat taken now @param until the last day of a seat given back now */
    record SeatsJson(LocalDate from, LocalDate until, boolean mayChange, List<SectionJson> sections) {}

    /** @param giving seats to give up for it, none where it is simply free */
    record TakeJson(@Nullable UUID section, @Nullable List<@Nullable UUID> giving) {}

    record TakenJson(UUID seat) {}

    record AwaitJson(@Nullable UUID section) {}

    /** @param waiting the child's place on the waiting list */
    record WaitingJson(UUID waiting) {}

    /** @param giving seats that stand in the way of the offer */
    record AcceptJson(@Nullable List<@Nullable UUID> giving) {}

    @Allowed({Role.GUARDIAN, Role.CARER})
    @GetMapping("/api/v1/children/{child}/seats")
    SeatsJson seats(Wearer me, @PathVariable UUID child) {
        SeatBook.Child book = show.book(whom(me, child, Role.GUARDIAN, Role.CARER));
        return new SeatsJson(book.days().from(), book.days().until(), book.days().mayChange(), book.lines().stream().filter(l -> l.running() && (!l.fixed() || l.seat() != null)).map(l -> section(book, l)).toList());
    }

    @Allowed(Role.GUARDIAN)
    @PostMapping("/api/v1/children/{child}/seats")
    TakenJson take(Wearer me, @PathVariable UUID child, @RequestHeader(Api.KEY) UUID key, @RequestBody TakeJson wanted) {
        ChangeSeats.For whom = whom(me, child, Role.GUARDIAN);
        if (wanted.section() == null) throw new NotFound();
        return new TakenJson(Api.take(change.take(whom, wanted.section(), giving(wanted.giving()), key)));
    }

    private static List<UUID> giving(@Nullable List<@Nullable UUID> seats) {
        return seats == null ? List.of() : seats.stream().filter(Objects::nonNull).sorted().distinct().toList();
    }

    /** Stops: the seat is given back. Again changes nothing. */
    @Allowed(Role.GUARDIAN)
    @DeleteMapping("/api/v1/children/{child}/seats/{seat}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void stop(Wearer me, @PathVariable UUID child, @PathVariable UUID seat) {
        Api.take(change.stop(whom(me, child, Role.GUARDIAN), seat));
    }

    /** Waits for a full section. */
    @Allowed(Role.GUARDIAN)
    @PostMapping("/api/v1/children/{child}/waiting")
    WaitingJson await(Wearer me, @PathVariable UUID child, @RequestHeader(Api.KEY) UUID key, @RequestBody AwaitJson wanted) {
        ChangeSeats.For whom = whom(me, child, Role.GUARDIAN);
        if (wanted.section() == null) throw new NotFound();
        return new WaitingJson(Api.take(change.await(whom, wanted.section(), key)));
    }

    /** Accepts the seat that is held for the child. */
    @Allowed(Role.GUARDIAN)
    @PostMapping("/api/v1/children/{child}/waiting/{waiting}/acceptance")
    TakenJson accept(Wearer me, @PathVariable UUID child, @PathVariable UUID waiting, @RequestHeader(Api.KEY) UUID key, @RequestBody AcceptJson wanted) {
        return new TakenJson(Api.take(change.accept(whom(me, child, Role.GUARDIAN), waiting, giving(wanted.giving()), key)));
    }

    /** Declines an offer, or leaves the waiting list. Again changes nothing. */
    @Allowed(Role.GUARDIAN)
    @DeleteMapping("/api/v1/children/{child}/waiting/{waiting}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void leave(Wearer me, @PathVariable UUID child, @PathVariable UUID waiting) {
        Api.take(change.leaveWaiting(whom(me, child, Role.GUARDIAN), waiting));
    }

    private static ChangeSeats.For whom(Wearer me, UUID child, Role... roles) {
        if (!me.children(roles).contains(child)) throw new NotFound();
        return new ChangeSeats.For(me.schoolOf(child), child, me.account(), false);
    }

    private static SectionJson section(SeatBook.Child book, SeatBook.Line l) {
        return new SectionJson(
                l.section(),
                l.name(),
                l.teacher(),
                l.room(),
                l.meetings().stream().map(m -> new MeetingJson(m.weekday(), m.starts().toString(), m.ends().toString())).toList(),
                l.priceFen(),
                l.priceUnit(),
                l.left(),
                l.seat(),
                l.from(),
                l.waiting(),
                l.waiting() == null ? null : l.place(),
                l.heldUntil(),
                l.seat() != null ? List.of() : book.inTheWay(l).stream().map(SeatBook.Line::seat).filter(Objects::nonNull).toList());
    }
}
