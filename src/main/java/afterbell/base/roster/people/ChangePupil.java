package afterbell.base.roster.people;

import afterbell.base.audit.Audit;
import afterbell.base.identity.Accounts;
import afterbell.base.identity.PersonName;
import afterbell.base.roster.Departures;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.roster.RosterEvent;
import afterbell.base.roster.SchoolClass;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import afterbell.base.shared.web.Screen;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the office does about one child: corrects it, moves it, lets it go, takes it in. */
@Component
class ChangePupil {
    /** A child may be signed off so many days before or after the day. */
    static final int DAYS_BACK = 60;

    static final int DAYS_AHEAD = 200;

    private final PupilStore store;
    private final Questions questions;
    private final Roster roster;
    private final Departures departures;
    private final Accounts accounts;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ChangePupil(PupilStore store, Questions questions, Roster roster, Departures departures, Accounts accounts, Audit audit, ApplicationEventPublisher events, Clock clock) {
        this.store = store;
        this.questions = questions;
        this.roster = roster;
        this.departures = departures;
        this.accounts = accounts;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public PupilPage page(Wearer me, UUID id, PupilPage.@Nullable Typed typed, List<? extends Refusal> refusals) {
        UUID school = me.school();
        Question<Pupil> pupils = Roster.pupilOf(school, id);
        Question<PupilStore.Seat> seats = PupilStore.seatOf(school, id);
        Question<PupilPage.Adult> adults = PupilStore.adultsOf(school, id);
        Question<PupilPage.Consent> consents = PupilStore.consentsOf(school, id);
        Question<Roster.Move> moves = Roster.movesOf(school, id);
        Question<Departures.Planned> planned = Departures.plannedOf(school, id);
        Question<SchoolClass> classes = Roster.classesOf(school);
        Questions.Answers all = questions.ask(pupils, seats, adults, consents, moves, planned, classes);
        Pupil pupil = all.one(pupils).orElseThrow(NotFound::new);
        String seat = all.one(seats).map(PupilStore.Seat::seat).orElse("");
        return new PupilPage(
                pupil,
                seat,
                all.of(adults),
                all.of(consents),
                all.of(moves),
                all.one(planned).orElse(null),
                departures.held(school, id),
                all.of(classes),
                me.is(Role.OFFICE),
                typed == null ? PupilPage.Typed.of(pupil, seat) : typed,
                refusals);
    }

    private record Read(String name, @Nullable String gender, @Nullable LocalDate birthday, String seat) {}

    private Read read(PupilPage.Typed typed, List<Refusal> refusals) {
        String name = PersonName.clean(typed.name());
        if (!PersonName.good(name)) refusals.add(new Refusal.Simple("roster.pupil.refused.name", "name", List.of(PersonName.LONGEST)));
        LocalDate birthday = null;
        try {
            birthday = typed.birthday().isBlank() ? null : LocalDate.parse(typed.birthday());
            if (birthday != null && (birthday.isAfter(today()) || birthday.isBefore(today().minusYears(25)))) refusals.add(new Refusal.Simple("roster.pupil.refused.birthday", "birthday", List.of()));
        } catch (DateTimeParseException e) {
            refusals.add(new Refusal.Simple("roster.pupil.refused.birthday", "birthday", List.of()));
        }
        if (typed.seat().length() > 12) refusals.add(new Refusal.Simple("roster.pupil.refused.seat", "seat", List.of()));
        return new Read(name, typed.gender().matches("[FM]") ? typed.gender() : null, birthday, typed.seat().strip());
    }

    @Transactional
    public Outcome<UUID> correct(Wearer me, UUID id, PupilPage.Typed typed) {
        roster.pupil(me.school(), id);
        List<Refusal> refusals = new ArrayList<>();
        Read read = read(typed, refusals);
        if (!refusals.isEmpty()) return Outcome.refused(refusals);
        store.change(me.school(), id, read.name(), read.gender(), read.birthday(), read.seat());
        audit.record(me.school(), "roster.pupil_corrected", "pupil", id, Map.of());
        return Outcome.done(id);
    }

    /** To another class from today: seats and wishes stay, the class teacher who sees the child changes. */
    @Transactional
    public Outcome<UUID> move(Wearer me, UUID id, @Nullable UUID to) {
        UUID school = me.school();
        Pupil pupil = roster.pupil(school, id);
        if (to == null) return Outcome.refused(new Refusal.Simple("roster.pupil.refused.class", "to", List.of()));
        roster.schoolClass(school, to);
        if (pupil.schoolClass().equals(to)) return Outcome.done(id);
        if (store.move(school, id, pupil.schoolClass(), to)) {
            store.transfer(school, id, pupil.schoolClass(), to, today(), me.account(), clock.instant());
            audit.record(school, "roster.pupil_moved", "pupil", id, Map.of("from", pupil.schoolClass(), "to", to));
            events.publishEvent(new RosterEvent.Transferred(school, id, to, today()));
        }
        return Outcome.done(id);
    }

    /** @return whether the child is gone already, else it will be on the day */
    @Transactional
    public Outcome<Boolean> leave(Wearer me, UUID id, String firstAway) {
        roster.pupil(me.school(), id);
        LocalDate day;
        try {
            day = LocalDate.parse(firstAway);
        } catch (DateTimeParseException e) {
            return Outcome.refused(new Refusal.Simple("roster.pupil.refused.day", "firstAway", List.of()));
        }
        if (day.isBefore(today().minusDays(DAYS_BACK)) || day.isAfter(today().plusDays(DAYS_AHEAD))) return Outcome.refused(new Refusal.Simple("roster.pupil.refused.far", "firstAway", List.of(DAYS_BACK, DAYS_AHEAD)));
        departures.plan(me.school(), id, day, today(), me.account());
        return Outcome.done(!day.isAfter(today()));
    }

    @Transactional
    public void stay(Wearer me, UUID id) {
        roster.pupil(me.school(), id);
        departures.cancel(me.school(), id, me.account());
    }

    /** Somebody was let in by mistake, or is no longer anybody to the child: from this moment the person acts and collects no more. */
    @Transactional
    public void removeAdult(Wearer me, UUID id, UUID adult) {
        UUID school = me.school();
        roster.pupil(school, id);
        Optional<UUID> account = store.accountOf(school, id, adult).orElseThrow(NotFound::new);
        account.ifPresent(a -> List.of(Role.GUARDIAN, Role.CARER, Role.COLLECTOR).forEach(role -> accounts.revoke(a, new Wearer.Grant(role, school, null, null, id, null))));
        store.endRelation(school, id, adult, today());
        audit.record(school, "roster.adult_removed", "pupil", id, Map.of("adult", adult));
    }

    /** @param twin a person has said that it is another child of the same name and birthday */
    @Transactional
    public Outcome<UUID> add(Wearer me, @Nullable UUID klass, PupilPage.Typed typed, boolean twin) {
        UUID school = me.school();
        List<Refusal> refusals = new ArrayList<>();
        Read read = read(typed, refusals);
        if (klass == null) refusals.add(new Refusal.Simple("roster.pupil.refused.class", "schoolClass", List.of()));
        if (refusals.isEmpty() && !twin && store.same(school, read.name(), read.birthday()) > 0) refusals.add(new Refusal.Simple("roster.pupil.refused.same", "twin", List.of()));
        if (!refusals.isEmpty() || klass == null) return Outcome.refused(refusals);
        roster.schoolClass(school, klass);
        UUID id = store.add(school, klass, read.name(), read.gender(), read.birthday(), read.seat(), today());
        store.transfer(school, id, null, klass, today(), me.account(), clock.instant());
        audit.record(school, "roster.pupil_joined", "pupil", id, Map.of("class", klass));
        return Outcome.done(id);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }
}
