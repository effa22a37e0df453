package afterbell.base.calendar.days;

import afterbell.base.audit.Audit;
import afterbell.base.calendar.CalendarEvent;
import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Closure;
import afterbell.base.calendar.GradeBand;
import afterbell.base.calendar.SchoolDays.Opening;
import afterbell.base.calendar.SchoolDays.OwnDay;
import afterbell.base.calendar.Slot;
import afterbell.base.calendar.SpecialAfternoon;
import afterbell.base.calendar.TermCalendar;
import afterbell.base.calendar.TermFollowers;
import afterbell.base.calendar.TermStore;
import afterbell.base.rules.BrokenRule;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.rules.Stage;
import afterbell.base.rules.Verdict;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.CommandKeys;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Closes the service, gives a day another timetable, opens the campus in the holidays; and takes each back. */
@Component
class ChangeDays {
    private final Calendars calendars;
    private final TermStore store;
    private final CommandKeys keys;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final TermFollowers followers;
    private final Rules rules;

    ChangeDays(Calendars calendars, TermStore store, CommandKeys keys, Audit audit, ApplicationEventPublisher events, TermFollowers followers, Rules rules) {
        this.calendars = calendars;
        this.store = store;
        this.keys = keys;
        this.audit = audit;
        this.events = events;
        this.followers = followers;
        this.rules = rules;
    }

    @Transactional
    Outcome<UUID> close(Wearer wearer, UUID term, DaysForm form, UUID key) {
        UUID school = wearer.school();
        return switch (form.closure(calendars.of(school, term))) {
            case Outcome.Refused<Closure> refused -> Outcome.refused(refused.refusals());
            case Outcome.Done<Closure>(Closure closure) -> Outcome.done(UUID.fromString(keys.once(key, form.toString(), () -> {
                UUID id = store.addClosure(school, closure);
                audit.record(school, "calendar.closure_added", "closure", id, Map.of("from", closure.from().toString(), "until", closure.until().toString(), "reason", closure.reason().name()));
                events.publishEvent(new CalendarEvent.ClosureAdded(school, id, closure.from(), closure.until()));
                followers.follow(school, closure.from(), closure.until());
                return id.toString();
            })));
        };
    }

    /** Taking back what is gone already changes nothing. */
    @Transactional
    void reopen(Wearer wearer, UUID term, UUID id) {
        UUID school = wearer.school();
        store.times(school, term).days().closureRows().stream().filter(row -> row.id().equals(id)).forEach(row -> {
            store.dropClosure(school, id);
            audit.record(school, "calendar.closure_removed", "closure", id, Map.of());
            events.publishEvent(new CalendarEvent.ClosureRemoved(school, id, row.value().from(), row.value().until()));
            followers.follow(school, row.value().from(), row.value().until());
        });
    }

    @Transactional
    Outcome<LocalDate> setDay(Wearer wearer, UUID term, DaysForm form) {
        UUID school = wearer.school();
        return switch (form.ownDay(calendars.of(school, term))) {
            case Outcome.Refused<Map.Entry<LocalDate, OwnDay>> refused -> Outcome.refused(refused.refusals());
            case Outcome.Done<Map.Entry<LocalDate, OwnDay>>(Map.Entry<LocalDate, OwnDay> day) -> {
                store.putOwnDay(school, day.getKey(), day.getValue());
                audit.record(school, "calendar.day_set", "day", null, Map.of("day", day.getKey().toString(), "teaches", day.getValue().teaches(), "follows", day.getValue().follows().getValue()));
                events.publishEvent(new CalendarEvent.DayChanged(school, day.getKey()));
                followers.follow(school, day.getKey(), day.getKey());
                yield Outcome.done(day.getKey());
            }
        };
    }

    @Transactional
    void clearDay(Wearer wearer, LocalDate day) {
        if (!store.dropOwnDay(wearer.school(), day)) return;
        audit.record(wearer.school(), "calendar.day_cleared", "day", null, Map.of("day", day.toString()));
        events.publishEvent(new CalendarEvent.DayChanged(wearer.school(), day));
        followers.follow(wearer.school(), day, day);
    }

    @Transactional
    Outcome<UUID> open(Wearer wearer, UUID term, DaysForm form, UUID key) {
        UUID school = wearer.school();
        TermCalendar calendar = calendars.of(school, term);
        return switch (form.opening(calendar)) {
            case Outcome.Refused<Opening> refused -> Outcome.refused(refused.refusals());
            case Outcome.Done<Opening>(Opening opening) -> Outcome.done(UUID.fromString(keys.once(key, form.toString(), () -> {
                UUID id = store.addOpening(school, term, opening);
                audit.record(school, "calendar.opening_added", "opening", id, Map.of("from", opening.from().toString(), "until", opening.until().toString()));
                followers.follow(school, term);
                return id.toString();
            })));
        };
    }

    @Transactional
    void dropOpening(Wearer wearer, UUID term, UUID id) {
        if (!store.dropOpening(wearer.school(), id)) return;
        audit.record(wearer.school(), "calendar.opening_removed", "opening", id, Map.of());
        followers.follow(wearer.school(), term);
    }

    /** Moves or shortens the afternoons of some days. */
    @Transactional
    Outcome<UUID> move(Wearer wearer, UUID term, DaysForm form, UUID key) {
        UUID school = wearer.school();
        store.lock(school);
        Optional<String> before = keys.kept(key, form.toString());
        if (before.isPresent()) return Outcome.done(UUID.fromString(before.get()));
        TermCalendar calendar = calendars.of(school, term);
        return switch (form.special(calendar, calendar.specials())) {
            case Outcome.Refused<SpecialAfternoon> refused -> Outcome.refused(refused.refusals());
            case Outcome.Done<SpecialAfternoon>(SpecialAfternoon special) -> tooLate(school, calendar, special).<Outcome<UUID>>map(Outcome::refused).orElseGet(() -> Outcome.done(UUID.fromString(keys.once(key, form.toString(), () -> {
                UUID id = store.addSpecial(school, special);
                audit.record(school, "calendar.special_added", "special_afternoon", id, Map.of("from", special.from().toString(), "until", special.until().toString(), "shift", special.shift(), "ends", String.valueOf(special.ends())));
                events.publishEvent(new CalendarEvent.AfternoonMoved(school, id, special.from(), special.until()));
                followers.follow(school, special.from(), special.until());
                return id.toString();
            }))));
        };
    }

    /** C8: no evening goes on longer than the region allows, not even once. */
    private Optional<Refusal> tooLate(UUID school, TermCalendar calendar, SpecialAfternoon special) {
        if (special.shift() <= 0) return Optional.empty();
        for (LocalDate date : special.from().datesUntil(special.until().plusDays(1)).toList())
            for (GradeBand band : calendar.bells().bands())
                for (Slot slot : calendar.days().on(date).map(day -> calendar.bells().slots(band.code(), day, calendar.closures(), List.of(special))).orElse(List.of())) {
                    Verdict verdict = rules.resolve(school, rules.situation(school, date).of(band.stages().toArray(Stage[]::new)).of(slot.service()), Rule.EVENING_LATEST_END)
                            .verdict(slot.time().until());
                    if (verdict instanceof Verdict.Refused no) return Optional.of(BrokenRule.of(no, "minutes"));
                }
        return Optional.empty();
    }

    /** Taking back what is gone already changes nothing. */
    @Transactional
    void restore(Wearer wearer, UUID term, UUID id) {
        UUID school = wearer.school();
        store.times(school, term).days().specialRows().stream().filter(row -> row.id().equals(id)).forEach(row -> {
            store.dropSpecial(school, id);
            audit.record(school, "calendar.special_removed", "special_afternoon", id, Map.of());
            events.publishEvent(new CalendarEvent.AfternoonRestored(school, id, row.value().from(), row.value().until()));
            followers.follow(school, row.value().from(), row.value().until());
        });
    }
}
