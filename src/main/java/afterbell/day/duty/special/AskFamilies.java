package afterbell.day.duty.special;

import afterbell.base.audit.Audit;
import afterbell.base.rules.Choices.Unanswered;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.Typed;
import afterbell.day.duty.DutyRefused;
import afterbell.day.duty.DutyWords;
import afterbell.day.duty.SpecialDay;
import afterbell.day.duty.SpecialStore;
import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Asks the families about a special day, takes their answers, and what a class teacher hears by telephone. */
@Component
class AskFamilies {
    private final SpecialStore store;
    private final Rules rules;
    private final Schools schools;
    private final Notices notices;
    private final DutyWords words;
    private final CommandKeys keys;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    AskFamilies(SpecialStore store, Rules rules, Schools schools, Notices notices, DutyWords words, CommandKeys keys, Audit audit, Ids ids, Clock clock) {
        this.store = store;
        this.rules = rules;
        this.schools = schools;
        this.notices = notices;
        this.words = words;
        this.keys = keys;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** What counts for who does not answer about a day, by the rules. */
    String unanswered(UUID school, LocalDate day) {
        Unanswered by = rules.value(school, day, Rule.DUTY_SPECIAL_UNANSWERED);
        return by.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Transactional
    Outcome<UUID> ask(Wearer me, Typed typed, UUID key) {
        UUID school = me.school();
        SpecialForm form = SpecialForm.read(typed);
        Optional<String> kept = keys.kept(key, form.toString());
        if (kept.isPresent()) return Outcome.done(UUID.fromString(kept.get()));
        Set<Integer> grades = schools.grades(school).stream().map(Schools.Grade::grade).collect(Collectors.toSet());
        Instant now = clock.instant();
        LocalDate on = typed.date("day").orElseGet(() -> LocalDate.ofInstant(now, Screen.ZONE));
        return switch (form.read(typed, ids.next(), school, grades, unanswered(school, on), now)) {
            case Outcome.Refused<SpecialDay> refused -> Outcome.refused(refused.refusals());
            case Outcome.Done<SpecialDay>(SpecialDay day) -> {
                if (!store.add(day, me.account(), now)) yield Outcome.refused(new DutyRefused.Plain("duty.special.refused.twice", "day"));
                keys.once(key, form.toString(), () -> {
                    Audience all = day.grades().isEmpty() ? new Audience.WholeSchool() : new Audience.OfGrades(day.grades());
                    NewNotice notice = new NewNotice(school, "duty.special_asked", words.of("duty.notice.special", s -> facts(s, day)), "/special-days/" + day.id(), all).about(day.id());
                    // A question about today or tomorrow can't wait for the morning.
                    notices.tell(day.day().isAfter(LocalDate.ofInstant(now, Screen.ZONE).plusDays(1)) ? notice : notice.urgently());
                    audit.record(school, "duty.special_asked", "special", day.id(), Map.of("day", day.day().toString(), "kind", day.kind()));
                    return day.id().toString();
                });
                yield Outcome.done(day.id());
            }
        };
    }

    private static Object[] facts(Screen s, SpecialDay day) {
        return new Object[] {s.date(day.day()), s.t("duty.special.kind." + day.kind()), day.leaves().toString(), s.dateTime(day.deadline()), day.silence(s)};
    }

    @Transactional
    void withdraw(Wearer me, UUID id) {
        SpecialDay day = mine(me, id);
        if (!store.withdraw(me.school(), id)) return;
        Audience all = day.grades().isEmpty() ? new Audience.WholeSchool() : new Audience.OfGrades(day.grades());
        notices.tell(new NewNotice(me.school(), "duty.special_withdrawn", words.of("duty.notice.special_withdrawn", s -> facts(s, day)), "", all).urgently().about(id));
        audit.record(me.school(), "duty.special_withdrawn", "special", id, Map.of("day", day.day().toString()));
    }

    /** Asks those again who have not answered; how many children that is. */
    @Transactional
    int remind(Wearer me, UUID id, UUID key) {
        SpecialDay day = mine(me, id);
        if (!day.openAt(clock.instant())) return 0;
        return Integer.parseInt(keys.once(key, "remind|" + id, () -> {
            Set<UUID> children = store.unanswered(me.school(), id);
            if (!children.isEmpty())
                notices.tell(new NewNotice(me.school(), "duty.special_reminded", words.of("duty.notice.special_remind", s -> facts(s, day)), "/special-days/" + id, new Audience.Children(children)).asGroup().about(id));
            return Integer.toString(children.size());
        }));
    }

    private SpecialDay mine(Wearer me, UUID id) {
        return store.get(id).filter(s -> s.school().equals(me.school())).orElseThrow(NotFound::new);
    }

    /** The answers of one family for its children: what was chosen for each, by the child's id. */
    @Transactional
    Outcome<UUID> answer(Wearer me, SpecialDay day, Typed typed) {
        Instant now = clock.instant();
        if (!day.openAt(now)) return Outcome.refused(new DutyRefused.Plain(day.withdrawn() ? "duty.special.refused.withdrawn" : "duty.special.refused.closed", ""));
        List<Refusal> no = new ArrayList<>();
        Map<UUID, Optional<LocalTime>> answers = new LinkedHashMap<>();
        for (SpecialStore.Child child : children(me, day)) {
            Optional<Optional<LocalTime>> until = until(day, typed.text("until-" + child.pupil()));
            if (until.isEmpty()) no.add(new DutyRefused.Plain("duty.special.refused.choose", "until-" + child.pupil()));
            else answers.put(child.pupil(), until.get());
        }
        if (!no.isEmpty()) return Outcome.refused(no);
        answers.forEach((pupil, until) -> store.answer(day.school(), day.id(), pupil, until.orElse(null), false, me.account(), now));
        return Outcome.done(day.id());
    }

    /** The caller's own children that the question is about; another family's question is not found. */
    @Transactional(readOnly = true)
    List<SpecialStore.Child> children(Wearer me, SpecialDay day) {
        List<SpecialStore.Child> own = store.children(day.school(), day.id(), me.children(Role.GUARDIAN, Role.CARER)).stream().filter(c -> day.concerns(c.grade())).toList();
        if (own.isEmpty()) throw new NotFound();
        return own;
    }

    // Empty: nothing of what is offered; an empty hour: goes home.
    private static Optional<Optional<LocalTime>> until(SpecialDay day, String typed) {
        if (typed.equals("home")) return Optional.of(Optional.empty());
        return day.until().stream().filter(t -> t.toString().equals(typed)).findFirst().map(Optional::of);
    }

    /** What the class teacher or the office heard by telephone or in the chat; until the day is over. The family reads it. */
    @Transactional
    Outcome<UUID> enter(Wearer me, UUID id, @Nullable UUID pupil, String typed) {
        SpecialDay day = mine(me, id);
        if (pupil == null) throw new NotFound();
        SpecialStore.Child child = store.children(me.school(), id, List.of(pupil)).stream()
                .filter(c -> day.concerns(c.grade()) && (me.is(Role.OFFICE) || me.classes().contains(c.schoolClass())))
                .findFirst()
                .orElseThrow(NotFound::new);
        Instant now = clock.instant();
        if (day.withdrawn() || day.day().isBefore(LocalDate.ofInstant(now, Screen.ZONE))) return Outcome.refused(new DutyRefused.Past());
        Optional<Optional<LocalTime>> until = until(day, typed);
        if (until.isEmpty()) return Outcome.refused(new DutyRefused.Plain("duty.special.refused.choose", "until"));
        store.answer(me.school(), id, child.pupil(), until.get().orElse(null), true, me.account(), now);
        notices.tell(new NewNotice(me.school(), "duty.special_entered", words.of("duty.notice.special_entered", s -> new Object[] {s.date(day.day()), until.get().map(t -> s.t("duty.special.until", t.toString())).orElseGet(() -> s.t("duty.special.home", day.leaves().toString()))}), "/special-days/" + id, new Audience.Children(Set.of(child.pupil()))).about(id));
        audit.record(me.school(), "duty.special_entered", "pupil", child.pupil(), Map.of("day", day.day().toString()));
        return Outcome.done(child.schoolClass());
    }
}
