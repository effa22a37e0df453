package afterbell.day.custody.handing;

import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.roster.StaffMember;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import afterbell.day.custody.Act;
import afterbell.day.custody.Afternoon;
import afterbell.day.custody.ChildStanding.State;
import afterbell.day.custody.NoteOpening;
import afterbell.day.custody.Underway;
import afterbell.day.custody.handing.HandOverPage.Child;
import afterbell.day.custody.handing.HandOverPage.Group;
import afterbell.day.custody.handing.HandOverStore.Listed;
import afterbell.day.duty.Duties;
import afterbell.day.duty.Post;
import afterbell.day.duty.PostKey;
import afterbell.day.duty.PostKind;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The hand-over of a class at the bell (R78, R82, R90). */
@Controller
@Allowed({Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.OFFICE, Role.DUTY_LEADER})
final class HandOverController {
    private static final String PAGE = "custody/handing/over";

    private final HandOverStore store;
    private final Afternoon afternoon;
    private final Duties duties;
    private final Roster roster;
    private final NoteOpening opening;
    private final Clock clock;

    HandOverController(HandOverStore store, Afternoon afternoon, Duties duties, Roster roster, NoteOpening opening, Clock clock) {
        this.store = store;
        this.afternoon = afternoon;
        this.duties = duties;
        this.roster = roster;
        this.opening = opening;
        this.clock = clock;
    }

    /** Boards lead the principal here as well, who reads what was handed over. */
    @GetMapping("/classes/{schoolClass}/hand-over")
    @Allowed({Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.OFFICE, Role.DUTY_LEADER, Role.PRINCIPAL})
    ModelAndView show(Wearer me, @PathVariable UUID schoolClass) {
        if (!me.is(Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.OFFICE, Role.DUTY_LEADER)) return new ModelAndView("redirect:/afternoon/registers/hand-overs?span=day&class=" + schoolClass);
        return Pages.show(PAGE, page(me, schoolClass, List.of()));
    }

    /** @param child everybody who was on the list; absent: those tapped */
    @PostMapping("/classes/{schoolClass}/hand-over")
    ModelAndView over(
            Wearer me,
            @PathVariable UUID schoolClass,
            @RequestParam(defaultValue = "") List<String> child,
            @RequestParam(defaultValue = "") List<String> absent,
            @RequestParam("_key") UUID key,
            RedirectAttributes redirect) {
        page(me, schoolClass, List.of());
        Set<UUID> gone = new LinkedHashSet<>(ids(absent));
        Set<UUID> present = new LinkedHashSet<>(ids(child));
        present.removeAll(gone);
        if (present.isEmpty() && gone.isEmpty()) return Pages.refused(PAGE, page(me, schoolClass, List.of(new Refusal.Simple("custody.roll.refused.nobody"))));
        Afternoon.Answer answer = afternoon.act(me, new Act.HandOver(key, clock.instant(), schoolClass, List.copyOf(present), List.copyOf(gone)));
        if (answer.refused().isEmpty()) return Pages.done("/classes/" + schoolClass + "/hand-over", redirect, "custody.flash.handed", present.size(), gone.size());
        List<Refusal> refusals = new ArrayList<>();
        answer.refused().values().stream().distinct().forEach(why -> refusals.add(new Refusal.Simple("custody.refused." + why.name().toLowerCase(Locale.ROOT))));
        return Pages.refused(PAGE, page(me, schoolClass, refusals));
    }

    @PostMapping("/classes/{schoolClass}/notes")
    ModelAndView note(Wearer me, @PathVariable UUID schoolClass, @RequestParam String pupil) {
        HandOverPage page = page(me, schoolClass, List.of());
        UUID child = Ids.parse(pupil).orElseThrow(NotFound::new);
        String name = page.notes().get(child);
        if (name == null) throw new NotFound();
        return Pages.show("custody/notes/opened", new NoteOpening.Opened(page.href(), name, page.name(), opening.open(me, child, NoteOpening.Purpose.HAND_OVER, schoolClass)));
    }

    private HandOverPage page(Wearer me, UUID id, List<Refusal> refusals) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        SchoolClass schoolClass = roster.schoolClass(me.school(), id);
        Optional<Post> post = duties.post(me.school(), today, new PostKey(PostKind.CLASS, id));
        boolean stands = post.filter(p -> me.account().equals(p.account())).isPresent();
        if (!me.classes().contains(id) && !stands && !me.is(Role.OFFICE, Role.DUTY_LEADER)) throw new NotFound();
        UUID custodian = post.map(Post::staff).orElse(null);
        Map<UUID, Group> groups = new LinkedHashMap<>();
        List<Child> away = new ArrayList<>();
        int done = 0;
        int home = 0;
        boolean answers = stands || me.classes().contains(id) || me.is(Role.DUTY_LEADER);
        Map<UUID, String> notes = new LinkedHashMap<>();
        List<Listed> list = store.list(me.school(), today, id);
        List<Underway> underway = store.uncounted(me.school(), today, id);
        Set<UUID> uncounted = underway.stream().map(Underway::pupil).collect(Collectors.toSet());
        for (Listed l : list) {
            boolean sought = l.state() == State.MISSING || l.state() == State.TRACED;
            Child child = new Child(l.pupil(), l.name(), l.state(), sought);
            if (l.note() && answers && waits(l.state())) notes.put(l.pupil(), l.name());
            switch (l.state()) {
                case IN_CLASS, EXPECTED, MISSING, TRACED -> {
                    if (l.session() != null)
                        groups.computeIfAbsent(l.session(), s -> new Group(l.to(), l.room(), l.who(), l.custodian() != null && l.custodian().equals(custodian), l.ownClass(), l.stays(), new ArrayList<>()))
                                .children()
                                .add(child);
                }
                case NOT_EXPECTED -> home++;
                case NOT_AT_SCHOOL, ON_LEAVE -> away.add(child);
                case BETWEEN -> {
                    if (!uncounted.contains(l.pupil())) done++;
                }
                case PRESENT, CALLED_OUT, WAITING_LATE, DISPUTED, COLLECTED, WITH_LINE, WALKED_HOME, ACCOUNTED -> done++;
            }
        }
        String name = roster.staff(me.school()).stream().filter(s -> s.id().equals(custodian)).map(StaffMember::name).findFirst().orElse("");
        return new HandOverPage(
                id,
                schoolClass.name(),
                today,
                list.stream().map(Listed::bell).findFirst().orElse(clock.instant()),
                !list.isEmpty(),
                List.copyOf(groups.values()),
                done,
                home,
                List.copyOf(away),
                name,
                underway,
                Collections.unmodifiableMap(notes),
                refusals);
    }

    /** The class still answers for the child. */
    private static boolean waits(State state) {
        return state == State.IN_CLASS || state == State.EXPECTED || state == State.MISSING || state == State.TRACED;
    }

    private static List<UUID> ids(List<String> typed) {
        return typed.stream().filter(t -> !t.isEmpty()).map(t -> Ids.parse(t).orElseThrow(NotFound::new)).toList();
    }
}
