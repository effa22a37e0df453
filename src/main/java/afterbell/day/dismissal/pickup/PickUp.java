package afterbell.day.dismissal.pickup;

import afterbell.base.audit.Audit;
import afterbell.base.identity.AtTheOffice;
import afterbell.base.identity.PersonName;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.roster.WayHome;
import afterbell.base.roster.WayHome.Taker;
import afterbell.base.schools.Schools;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.print.Qr;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.PublicAddress;
import afterbell.base.shared.web.Screen;
import afterbell.day.dismissal.GoingHomeLimits;
import afterbell.day.dismissal.Passes;
import afterbell.day.dismissal.pickup.BusStore.Ride;
import afterbell.day.dismissal.pickup.PickUpPage.Way;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Sends somebody for a child on one day. Checked for the guardian, carried out for the school, whose list of people it is. */
@Component
class PickUp {
    private final WayHome wayHome;
    private final GoingHomeLimits limits;
    private final Passes passes;
    private final BusStore buses;
    private final Roster roster;
    private final Schools schools;
    private final PublicAddress address;
    private final Audit audit;
    private final CommandKeys keys;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    PickUp(WayHome wayHome, GoingHomeLimits limits, Passes passes, BusStore buses, Roster roster, Schools schools, PublicAddress address, Audit audit, CommandKeys keys, TransactionTemplate transactions, Clock clock) {
        this.wayHome = wayHome;
        this.limits = limits;
        this.passes = passes;
        this.buses = buses;
        this.roster = roster;
        this.schools = schools;
        this.address = address;
        this.audit = audit;
        this.keys = keys;
        this.transactions = transactions;
        this.clock = clock;
    }

    PickUpPage page(Wearer me, UUID child, PickUpPage.Typed typed, List<? extends Refusal> refusals) {
        UUID school = schoolOf(me, child);
        LocalDate today = today();
        return asSchool(school, me.account(), () -> {
            Pupil pupil = roster.children(List.of(child)).stream().findFirst().orElseThrow(NotFound::new);
            WayHome.Ways ways = wayHome.on(school, today, child);
            BusStore.Instead instead = buses.instead(school, child, today);
            @Nullable Ride ride = instead.ride();
            @Nullable LocalTime late = instead.late() == null ? null : instead.late().atZone(Screen.ZONE).toLocalTime();
            boolean rides = ride != null && ride.weekdays().contains(today.getDayOfWeek().getValue());
            Way way = late != null ? Way.LATE : rides ? Way.BUS : ways.line() != null ? Way.LINE : ways.walk() != null ? Way.WALK : Way.NONE;
            return new PickUpPage(
                    child,
                    pupil.name(),
                    pupil.className(),
                    ways.takers().stream().filter(t -> !t.byCode()).toList(),
                    way,
                    late,
                    wayHome.sent(school, child, today),
                    passes.cards(school, child),
                    buses.all(school),
                    ride,
                    days(school, today),
                    typed,
                    refusals);
        });
    }

    /** Somebody of this name comes on this day. Somebody whom a paper keeps away is refused with the words of every such refusal (law 9). */
    Outcome<UUID> send(Wearer me, UUID child, PickUpPage.Typed typed, UUID key) {
        UUID school = schoolOf(me, child);
        String name = PersonName.clean(typed.name());
        @Nullable LocalDate day = day(typed.day());
        List<Refusal> refusals = new ArrayList<>();
        if (!PersonName.good(name)) refusals.add(new Refusal.Simple("dismissal.refused.name", "name", List.of(PersonName.LONGEST)));
        if (day == null || !days(school, today()).contains(day)) refusals.add(new Refusal.Simple("dismissal.refused.day", "day", List.of(limits.delegateDays(school, today()))));
        if (!refusals.isEmpty() || day == null) return Outcome.refused(refusals);
        return asSchool(school, me.account(), () -> {
            if (wayHome.keptAway(school, child, name)) return Outcome.refused(new AtTheOffice());
            if (wayHome.sent(school, child, today()).size() >= limits.delegates(school, today())) return Outcome.refused(new Refusal.Simple("dismissal.refused.many", "name", List.of(limits.delegates(school, today()))));
            String kept = keys.once(key, "dismissal.sent " + child + " " + day + " " + name, () -> {
                UUID adult = wayHome.send(school, child, name, day, code(), me.account());
                audit.record(school, "dismissal.delegate_sent", "pupil", child, Map.of("adult", adult, "day", day.toString()));
                return adult.toString();
            });
            return Outcome.done(UUID.fromString(kept));
        });
    }

    boolean recall(Wearer me, UUID child, UUID adult) {
        UUID school = schoolOf(me, child);
        return asSchool(school, me.account(), () -> {
            boolean gone = wayHome.recall(school, child, adult, me.account());
            if (gone) audit.record(school, "dismissal.delegate_recalled", "pupil", child, Map.of("adult", adult));
            return gone;
        });
    }

    /** On these weekdays the child is handed to the keeper of this bus; one bus at a time, the last word counts. */
    Outcome<Boolean> bus(Wearer me, UUID child, String place, Set<String> weekdays) {
        UUID school = schoolOf(me, child);
        List<Integer> days = weekdays.stream().filter(d -> d.matches("[1-7]")).map(Integer::valueOf).sorted().toList();
        return asSchool(school, me.account(), () -> {
            // The page offers each stop of each bus as one choice.
            Optional<BusStore.Bus> bus = buses.all(school).stream().filter(b -> b.choices().containsKey(place)).findFirst();
            if (bus.isEmpty()) return Outcome.refused(new Refusal.Simple("dismissal.refused.bus", "bus", List.of()));
            if (days.isEmpty() || !bus.get().weekdays().containsAll(days)) return Outcome.refused(new Refusal.Simple("dismissal.refused.bus_days", "weekday", List.of()));
            buses.agree(school, child, bus.get().id(), Objects.requireNonNull(bus.get().choices().get(place)), days, me.account(), clock.instant());
            audit.record(school, "dismissal.bus_agreed", "pupil", child, Map.of("keeper", bus.get().id(), "weekdays", days));
            return Outcome.done(true);
        });
    }

    boolean leaveBus(Wearer me, UUID child) {
        UUID school = schoolOf(me, child);
        return asSchool(school, me.account(), () -> {
            boolean gone = buses.end(school, child, me.account(), clock.instant());
            if (gone) audit.record(school, "dismissal.bus_withdrawn", "pupil", child, Map.of());
            return gone;
        });
    }

    /** A card for somebody who may always come; whoever is sent for one day has a code. */
    UUID card(Wearer me, UUID child, UUID adult) {
        UUID school = schoolOf(me, child);
        return asSchool(school, me.account(), () -> {
            if (wayHome.on(school, today(), child).takers().stream().noneMatch(t -> !t.byCode() && t.adult().equals(adult))) throw new NotFound();
            UUID card = passes.card(school, child, adult, me.account());
            audit.record(school, "dismissal.card_made", "pupil", child, Map.of("adult", adult, "pass", card));
            return card;
        });
    }

    boolean revoke(Wearer me, UUID child, UUID card) {
        UUID school = schoolOf(me, child);
        return asSchool(school, me.account(), () -> {
            boolean gone = passes.revoke(school, child, card, me.account());
            if (gone) audit.record(school, "dismissal.card_revoked", "pupil", child, Map.of("pass", card));
            return gone;
        });
    }

    CardPage paper(Wearer me, UUID child, UUID card) {
        UUID school = schoolOf(me, child);
        return asSchool(school, me.account(), () -> {
            Pupil pupil = roster.children(List.of(child)).stream().findFirst().orElseThrow(NotFound::new);
            Passes.Pass pass = passes.cards(school, child).stream().filter(p -> p.id().equals(card)).findFirst().orElseThrow(NotFound::new);
            Taker taker = wayHome.on(school, today(), child).takers().stream().filter(t -> t.adult().equals(pass.adult())).findFirst().orElseThrow(NotFound::new);
            return new CardPage(child, schools.nameOf(school), pupil.name(), pupil.className(), taker, Qr.of(address.of("/gate/shown/" + pass.secret()).toString()).svg(taker.name()), pass.madeAt());
        });
    }

    /** The code on the phone of whoever is signed in and on the child's list. */
    CodePage code(Wearer me, UUID child) {
        UUID school = schoolOf(me, child, Role.GUARDIAN, Role.CARER, Role.COLLECTOR);
        return asSchool(school, me.account(), () -> {
            Pupil pupil = roster.children(List.of(child)).stream().findFirst().orElseThrow(NotFound::new);
            Optional<UUID> own = own(me, school, child);
            Optional<Passes.Code> code = own.flatMap(adult -> passes.code(school, child, adult));
            return new CodePage(
                    child,
                    pupil.name(),
                    own.isPresent(),
                    code.orElse(null),
                    code.map(c -> Qr.of(address.of("/gate/shown/" + c.picture()).toString()).svg(pupil.name())).orElse(""),
                    code.map(c -> Math.max(1, Duration.between(clock.instant(), c.until()).toSeconds())).orElse(0L));
        });
    }

    /** Makes the phone's secret, once. */
    void open(Wearer me, UUID child) {
        UUID school = schoolOf(me, child, Role.GUARDIAN, Role.CARER, Role.COLLECTOR);
        asSchool(school, me.account(), () -> passes.phone(school, child, own(me, school, child).orElseThrow(NotFound::new), me.account()));
    }

    private Optional<UUID> own(Wearer me, UUID school, UUID child) {
        return wayHome.listed(school, child, me.account());
    }

    private String code() {
        return String.format(Locale.ROOT, "%0" + WayHome.CODE_DIGITS + "d", random.nextInt((int) Math.pow(10, WayHome.CODE_DIGITS)));
    }

    private static @Nullable LocalDate day(String typed) {
        try {
            return LocalDate.parse(typed);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** From today on; later ones belong on the list of people who may always come. */
    private List<LocalDate> days(UUID school, LocalDate today) {
        return IntStream.range(0, limits.delegateDays(school, today)).mapToObj(today::plusDays).filter(d -> d.getDayOfWeek().getValue() <= 5 || d.equals(today)).toList();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }

    private static UUID schoolOf(Wearer me, UUID child) {
        return schoolOf(me, child, Role.GUARDIAN);
    }

    private static UUID schoolOf(Wearer me, UUID child, Role... as) {
        if (!me.children(as).contains(child)) throw new NotFound();
        return me.schoolOf(child);
    }

    private <T> T asSchool(UUID school, UUID account, Supplier<T> work) {
        return Objects.requireNonNull(Scopes.within(Scope.school(school, account), () -> transactions.execute(t -> work.get())));
    }
}
