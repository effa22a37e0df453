package afterbell.day.dismissal.dated;

import afterbell.base.roster.WayHome;
import afterbell.base.roster.WayHome.Ways;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import afterbell.base.shared.text.AlikeNames;
import afterbell.base.shared.web.Screen;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.ChildStanding;
import afterbell.day.dismissal.LeavingStore;
import afterbell.day.dismissal.Sight;
import afterbell.day.dismissal.dated.DatedPage.Child;
import afterbell.day.dismissal.dated.DatedPage.Line;
import afterbell.day.duty.PostKind;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Looks the list up as it stands now; from then on it grows old. */
@Component
class ShowDated {
    private final Sight sight;
    private final ChildDays days;
    private final WayHome wayHome;
    private final Rules rules;
    private final LeaderCode code;
    private final Questions questions;
    private final Clock clock;

    ShowDated(Sight sight, ChildDays days, WayHome wayHome, Rules rules, LeaderCode code, Questions questions, Clock clock) {
        this.sight = sight;
        this.days = days;
        this.wayHome = wayHome;
        this.rules = rules;
        this.code = code;
        this.questions = questions;
        this.clock = clock;
    }

    private record Named(UUID pupil, String name, String className, String initials) {}

    private record Last(UUID session, String name, String room, LocalTime ends) {}

    @Transactional(readOnly = true)
    DatedPage page(Wearer me, List<? extends Refusal> refusals) {
        UUID school = me.school();
        Instant now = clock.instant();
        LocalDate day = LocalDate.ofInstant(now, Screen.ZONE);
        Sight.Seen seen = sight.of(me, day);
        List<ChildStanding> here = days.ofDay(school, day).values().stream().filter(s -> s.stays() && !s.closed()).toList();
        Map<UUID, ChildStanding> open = here.stream()
                .filter(s -> seen.all() || mine(me, seen.staff(), s))
                .collect(Collectors.toMap(ChildStanding::pupil, s -> s));
        Set<UUID> own = seen.duty().posts().stream().filter(p -> p.key().kind() == PostKind.SESSION && me.account().equals(p.account())).map(p -> Objects.requireNonNull(p.key().ref())).collect(Collectors.toSet());
        Question<Named> names = new Question<>(
                Named.class,
                "select pupil_id as pupil, name, class_name, initials from roster.pub_pupil where school_id = :s and pupil_id = any(:p::uuid[]) order by grade, class_number, initials, pupil_id",
                Map.of("s", school, "p", ids(here.stream().map(ChildStanding::pupil).toList())));
        Question<Last> lasts = new Question<>(
                Last.class,
                """
                select t.session_id as session, coalesce(x.name, c.name, '') as name, coalesce(r.name, '') as room, t.ends
                from timetable.pub_session t
                left join programme.pub_section x on x.school_id = t.school_id and x.section_id = t.section_id
                left join roster.pub_class c on c.school_id = t.school_id and c.class_id = t.class_id
                left join schools.pub_room r on r.school_id = t.school_id and r.room_id = t.room_id
                where t.school_id = :s and t.session_id = any(:x::uuid[]) and t.state <> 'dropped' order by t.ends, name
                """,
                Map.of("s", school, "x", ids(own)));
        Question<LeavingStore.Apart> kept = LeavingStore.apart(school, day, open.keySet());
        Questions.Answers all = questions.ask(names, lasts, kept);
        Map<UUID, LeavingStore.Apart> apart = all.of(kept).stream().collect(Collectors.toMap(LeavingStore.Apart::pupil, a -> a));
        Map<UUID, Ways> ways = wayHome.on(school, day, open.keySet());
        Map<Named, List<Named>> alike = AlikeNames.among(all.of(names), Named::name);
        List<Child> children = all.of(names).stream()
                .filter(n -> open.containsKey(n.pupil()))
                .map(n -> new Child(n.pupil(), n.name(), n.className(), n.initials(), Objects.requireNonNull(open.get(n.pupil())).state().code(), Objects.requireNonNull(ways.get(n.pupil())), comes(apart.get(n.pupil())), Objects.requireNonNull(open.get(n.pupil())).word(), alike.getOrDefault(n, List.of()).stream().map(o -> new DatedPage.Named(o.pupil(), o.name(), o.className())).toList()))
                .toList();
        List<Line> lines = new ArrayList<>();
        for (Last last : all.of(lasts)) {
            List<Child> covered = children.stream()
                    .filter(c -> Objects.requireNonNull(open.get(c.id())).sessions().getLast().equals(last.session()) && !apart.containsKey(c.id()) && !c.calledOut() && (c.ways().line() != null || c.ways().walk() != null))
                    .toList();
            if (!covered.isEmpty()) lines.add(new Line(last.session(), last.name(), last.room(), last.ends(), covered));
        }
        return new DatedPage(now, lines, children, minutes(school, day), seen.leader() ? code.of(school, day) : null, refusals);
    }

    int minutes(UUID school, LocalDate day) {
        return rules.value(school, day, Rule.GATE_OFFLINE_MINUTES);
    }

    private static @Nullable Instant comes(LeavingStore.@Nullable Apart apart) {
        return apart == null ? null : apart.comes();
    }

    private static boolean mine(Wearer me, @Nullable UUID staff, ChildStanding s) {
        return me.classes().contains(s.schoolClass()) || staff != null && (staff.equals(s.custodian()) || staff.equals(s.custodians().getLast()));
    }

    private static String ids(Collection<UUID> all) {
        return all.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
