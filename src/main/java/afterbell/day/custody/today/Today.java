package afterbell.day.custody.today;

import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import afterbell.base.shared.web.NavSource;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.TaskSource;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.Underway;
import afterbell.day.custody.today.TodayPage.Piece;
import afterbell.day.custody.today.TodayStore.Mine;
import afterbell.day.custody.today.TodayStore.MyClass;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a person has to do this afternoon; the same for the person's own page, the first page and the menu. */
@Component
class Today implements TaskSource, NavSource {
    private static final Set<Role> TEACHERS = Set.of(Role.CLASS_TEACHER, Role.SERVICE_TEACHER);
    /** A task shows on the first page this long before its session or bell. */
    private static final Duration AHEAD = Duration.ofMinutes(60);

    private final Questions questions;
    private final ChildDays days;
    private final Clock clock;

    Today(Questions questions, ChildDays days, Clock clock) {
        this.questions = questions;
        this.days = days;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    TodayPage page(Wearer me) {
        LocalDate today = today();
        Question<MyClass> classes = TodayStore.classes(me.school(), today, me.account(), me.classes());
        Question<Mine> sessions = TodayStore.sessions(me.school(), today, me.account());
        Question<TodayStore.Said> said = TodayStore.said(me.school(), today, me.account(), me.classes(), today.atStartOfDay(Screen.ZONE).toInstant());
        Question<Underway> underway = Underway.of(me.school(), today, me.account());
        Questions.Answers answers = questions.ask(classes, sessions, said, underway);
        return new TodayPage(
                today,
                days.isOpen(me.school(), today),
                answers.of(classes).stream().map(Today::piece).toList(),
                answers.of(sessions).stream().map(Today::piece).toList(),
                answers.of(said).stream().map(s -> new TodayPage.Said(s.name(), s.className(), s.at())).toList(),
                answers.of(underway).stream().filter(Underway::late).toList());
    }

    private static Piece piece(MyClass c) {
        State state = c.red() > 0 ? State.DANGER : c.staying() == 0 ? State.CALM : c.waiting() > 0 ? State.ATTENTION : State.DONE;
        String key = c.staying() == 0 ? "custody.today.class.none" : c.waiting() > 0 ? "custody.today.class.waiting" : "custody.today.class.done";
        return new Piece(c.id(), c.name(), "", null, null, state, key, c.waiting() > 0 ? c.waiting() : c.staying(), c.away(), "/classes/" + c.id() + "/hand-over", "custody.today.class.go");
    }

    private static Piece piece(Mine s) {
        boolean rolled = s.present() > 0;
        State state = s.red() > 0 ? State.DANGER : s.dropped() || s.expected() == 0 ? State.CALM : rolled ? State.DONE : State.ATTENTION;
        String key = s.dropped() ? "custody.today.session.dropped" : rolled ? "custody.today.session.rolled" : "custody.today.session.waiting";
        return new Piece(s.id(), s.name(), s.room(), s.starts(), s.ends(), state, key, rolled ? s.present() : s.expected(), s.expected(), "/sessions/" + s.id() + "/roll-call", "custody.today.session.go");
    }

    @Override
    public List<Asked<?>> asked(Wearer me) {
        if (me.hat() != Hat.STAFF) return List.of();
        List<Asked<?>> all = new ArrayList<>();
        LocalDate today = today();
        if (me.is(Role.CLASS_TEACHER)) all.add(new Asked<>(TodayStore.classes(me.school(), today, me.account(), me.classes()), Today::overs));
        if (me.is(Role.CLASS_TEACHER, Role.SERVICE_TEACHER)) all.add(new Asked<>(TodayStore.sessions(me.school(), today, me.account()), this::rolls));
        return all;
    }

    private static List<Task> overs(List<MyClass> classes) {
        return classes.stream().filter(c -> c.waiting() > 0).map(c -> task(piece(c), "custody.task.over", "custody.task.over.note", c.name(), null)).toList();
    }

    private List<Task> rolls(List<Mine> sessions) {
        Instant now = clock.instant();
        LocalDate today = today();
        List<Task> tasks = new ArrayList<>();
        for (Mine s : sessions) {
            Instant starts = today.atTime(s.starts()).atZone(Screen.ZONE).toInstant();
            Instant ends = today.atTime(s.ends()).atZone(Screen.ZONE).toInstant();
            if (s.dropped() || s.present() > 0 || s.expected() == 0 || now.isBefore(starts.minus(AHEAD)) || !now.isBefore(ends)) continue;
            tasks.add(task(piece(s), "custody.task.roll", "custody.task.roll.note", s.name(), starts));
        }
        return tasks;
    }

    private static Task task(Piece piece, String key, String note, String name, @org.jspecify.annotations.Nullable Instant deadline) {
        return new Task(key, List.of(name, piece.count()), note, piece.href(), piece.buttonKey(), deadline, piece.state(), piece.room());
    }

    @Override
    public List<Item> items() {
        return List.of(new Item("/afternoon", "custody.nav", "list", 12, TEACHERS));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }
}
