package afterbell.day.custody.rolling;

import afterbell.base.roster.Roster;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import afterbell.base.shared.web.Screen;
import afterbell.day.custody.Afternoon;
import afterbell.day.custody.Afternoon.SessionNow;
import afterbell.day.custody.ChildStanding.State;
import afterbell.day.custody.NoteOpening;
import afterbell.day.custody.Underway;
import afterbell.day.custody.childday.DayPlan;
import afterbell.day.custody.rolling.RollPage.Child;
import afterbell.day.custody.rolling.RollStore.Listed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Sorts the children of a session by what the teacher has to do about them. */
@Component
class ShowRoll {
    private static final int MOST_FOUND = 8;
    /** As many names as a thumb reaches without a scroll. */
    private static final int MOST_NEAR = 12;

    private final Afternoon afternoon;
    private final RollStore store;
    private final Roster roster;
    private final Questions questions;
    private final NoteOpening opening;
    private final Rules rules;
    private final Clock clock;

    ShowRoll(Afternoon afternoon, RollStore store, Roster roster, Questions questions, NoteOpening opening, Rules rules, Clock clock) {
        this.afternoon = afternoon;
        this.store = store;
        this.roster = roster;
        this.questions = questions;
        this.opening = opening;
        this.rules = rules;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    RollPage page(Wearer me, UUID id, String typed, List<Refusal> refusals) {
        SessionNow session = afternoon.session(me, id);
        Instant now = clock.instant();
        Duration ahead = ahead(me, session);
        List<Child> here = new ArrayList<>();
        List<Child> elsewhere = new ArrayList<>();
        List<Child> away = new ArrayList<>();
        List<Child> missing = new ArrayList<>();
        List<Listed> list = store.list(me.school(), session.day(), id);
        Map<UUID, List<RollPage.Step>> steps = list.stream().anyMatch(l -> sought(l.state())) ? steps(me, session) : Map.of();
        RollStore.Rolled rolled = store.rolled(me.school(), session.day(), id);
        for (Listed l : list) {
            Child child = new Child(
                    l.pupil(), l.name(), l.className(), l.state(), l.custodian(), l.since(), l.until(), l.word(), sought(l.state()) || rolled.absent().contains(l.pupil()), l.planned(), l.late(), steps.getOrDefault(l.pupil(), List.of()));
            switch (l.state()) {
                case PRESENT, CALLED_OUT, WAITING_LATE -> (id.equals(l.session()) || over(l, now) ? here : elsewhere).add(child);
                case IN_CLASS, EXPECTED, BETWEEN, DISPUTED -> here.add(child);
                case MISSING, TRACED -> {
                    here.add(child);
                    missing.add(child);
                }
                case NOT_EXPECTED, NOT_AT_SCHOOL, ON_LEAVE, COLLECTED, WITH_LINE, WALKED_HOME, ACCOUNTED -> away.add(child);
            }
        }
        Question<RollPage.Near> near = RollStore.near(me.school(), session.day(), id, MOST_NEAR);
        Question<Underway> held = Underway.heldBy(me.school(), session.day(), Objects.requireNonNullElse(session.custodian(), DayPlan.NOBODY));
        Questions.Answers around = questions.ask(near, held);
        Set<UUID> known = list.stream().map(Listed::pupil).collect(Collectors.toSet());
        List<Child> found = typed.isBlank()
                ? List.of()
                : roster.search(me.school(), typed, MOST_FOUND).stream()
                        .filter(p -> !known.contains(p.id()))
                        .map(p -> new Child(p.id(), p.name(), p.className(), State.NOT_EXPECTED, "", null, null, null, false, false, null, List.of()))
                        .toList();
        long early = Math.max(0, Duration.between(now, session.begins()).toMinutes());
        return new RollPage(
                session,
                session.day().equals(LocalDate.ofInstant(now, Screen.ZONE)),
                List.copyOf(here),
                List.copyOf(elsewhere),
                List.copyOf(away),
                List.copyOf(missing),
                rolled.at(),
                rolled.proposedAt(),
                early > ahead.toMinutes() ? early : 0,
                list.stream().map(Listed::className).distinct().count() > 1,
                typed,
                found,
                session.dropped() ? List.of() : around.of(near),
                around.of(held).stream().filter(u -> session.dropped() || u.late()).toList(),
                notes(session, list, now, ahead),
                refusals);
    }

    /** A roll is of its time: longer before the session the page says that it is early. */
    private Duration ahead(Wearer me, SessionNow session) {
        return Duration.ofMinutes(rules.value(me.school(), session.day(), Rule.CUSTODY_AHEAD_MINUTES));
    }

    /** Children with a note whom this person answers for: in the hands of the session's teacher, or about to be (law 9). */
    private static Map<UUID, String> notes(SessionNow session, List<Listed> list, Instant now, Duration ahead) {
        if (session.custodian() == null || session.dropped()) return Map.of();
        boolean soon = !now.isBefore(session.begins().minus(ahead)) && now.isBefore(session.until());
        Map<UUID, String> notes = new LinkedHashMap<>();
        for (Listed l : list) {
            boolean open = !l.state().left() && l.state() != State.NOT_AT_SCHOOL && l.state() != State.ON_LEAVE && l.state() != State.NOT_EXPECTED;
            if (l.note() && open && (session.custodian().equals(l.custodianId()) || l.planned() && soon)) notes.put(l.pupil(), l.name());
        }
        return Collections.unmodifiableMap(notes);
    }

    /** The notes of a child, for whoever sees its badge here. @throws NotFound where there is none to see */
    @Transactional
    NoteOpening.Opened open(Wearer me, UUID id, UUID pupil) {
        SessionNow session = afternoon.session(me, id);
        List<Listed> list = store.list(me.school(), session.day(), id);
        if (!notes(session, list, clock.instant(), ahead(me, session)).containsKey(pupil)) throw new NotFound();
        Listed child = list.stream().filter(l -> l.pupil().equals(pupil)).findFirst().orElseThrow(NotFound::new);
        return new NoteOpening.Opened("/sessions/" + id + "/roll-call", child.name(), child.className(), opening.open(me, pupil, NoteOpening.Purpose.ROLL, id));
    }

    private Map<UUID, List<RollPage.Step>> steps(Wearer me, SessionNow session) {
        return store.steps(me.school(), session.day(), session.id()).stream()
                .collect(Collectors.groupingBy(RollStore.Step::pupil, Collectors.mapping(s -> new RollPage.Step(s.at(), s.word(), s.by()), Collectors.toList())));
    }

    private static boolean over(Listed l, Instant now) {
        return l.until() != null && !now.isBefore(l.until());
    }

    private static boolean sought(State state) {
        return state == State.MISSING || state == State.TRACED;
    }
}
