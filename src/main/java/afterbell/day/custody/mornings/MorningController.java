package afterbell.day.custody.mornings;

import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
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
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.ChildStanding;
import afterbell.day.custody.ChildStanding.State;
import afterbell.day.custody.Leaves;
import afterbell.day.custody.childday.Decision.Why;
import afterbell.day.custody.childday.Fact;
import afterbell.day.duty.Duties;
import afterbell.day.duty.PostKey;
import afterbell.day.duty.PostKind;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who is not at school today, differences only; and leave that a family told by chat, phone or note: the child, then how it was told. */
@Controller
@Allowed({Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.OFFICE, Role.DUTY_LEADER})
final class MorningController {
    private static final String PAGE = "custody/mornings/morning";

    private final Afternoon afternoon;
    private final Leaves leaves;
    private final ChildDays days;
    private final Duties duties;
    private final Roster roster;
    private final Clock clock;

    MorningController(Afternoon afternoon, Leaves leaves, ChildDays days, Duties duties, Roster roster, Clock clock) {
        this.afternoon = afternoon;
        this.leaves = leaves;
        this.days = days;
        this.duties = duties;
        this.roster = roster;
        this.clock = clock;
    }

    @GetMapping("/classes/{schoolClass}/morning")
    ModelAndView show(Wearer me, @PathVariable UUID schoolClass) {
        return Pages.show(PAGE, page(me, schoolClass, List.of()));
    }

    /** @param away all who are not at school, as the page shows them now */
    @PostMapping("/classes/{schoolClass}/morning")
    ModelAndView morning(Wearer me, @PathVariable UUID schoolClass, @RequestParam(defaultValue = "") List<String> away, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        MorningPage page = page(me, schoolClass, List.of());
        Set<UUID> gone = away.stream().filter(a -> !a.isEmpty()).map(a -> Ids.parse(a).orElseThrow(NotFound::new)).collect(Collectors.toSet());
        if (!page.open()) return refused(me, schoolClass, "custody.morning.refused.closed");
        List<UUID> arrived = page.children().stream().filter(c -> c.away() && !gone.contains(c.id())).map(MorningPage.Child::id).toList();
        Afternoon.Answer answer = afternoon.act(me, new Act.Morning(key, clock.instant(), schoolClass, List.copyOf(gone), arrived));
        if (!answer.refused().isEmpty()) return refused(me, schoolClass, answer.refused().values().iterator().next());
        return Pages.done(page.href() + "/morning", redirect, "custody.flash.morning", gone.size());
    }

    @PostMapping("/classes/{schoolClass}/leaves")
    ModelAndView leave(
            Wearer me,
            @PathVariable UUID schoolClass,
            @RequestParam(defaultValue = "") String pupil,
            @RequestParam(defaultValue = "") String told,
            @RequestParam("_key") UUID key,
            RedirectAttributes redirect) {
        MorningPage page = page(me, schoolClass, List.of());
        Optional<Fact.Told> way = Stream.of(Fact.Told.values()).filter(t -> t.name().equals(told) && t != Fact.Told.IN_APP).findFirst();
        if (pupil.isEmpty() || way.isEmpty()) return refused(me, schoolClass, "custody.leave.refused.whom");
        MorningPage.Child child = child(page, pupil);
        Optional<Why> no = leaves.put(me.school(), List.of(child.id()), page.day(), page.day(), Set.of(), way.get(), me.account(), key);
        if (no.isPresent()) return refused(me, schoolClass, no.get());
        return Pages.done(page.href() + "/morning", redirect, "custody.flash.leave", child.name());
    }

    @PostMapping("/classes/{schoolClass}/leaves/{leave}/withdrawal")
    ModelAndView withdraw(Wearer me, @PathVariable UUID schoolClass, @PathVariable UUID leave, @RequestParam String pupil, RedirectAttributes redirect) {
        MorningPage page = page(me, schoolClass, List.of());
        MorningPage.Child child = child(page, pupil);
        leaves.withdraw(me.school(), child.id(), leave, me.account(), false);
        return Pages.done(page.href() + "/morning", redirect, "custody.flash.leave_over", child.name());
    }

    private static MorningPage.Child child(MorningPage page, String id) {
        return page.children().stream().filter(c -> c.id().toString().equals(id)).findFirst().orElseThrow(NotFound::new);
    }

    private ModelAndView refused(Wearer me, UUID schoolClass, Why why) {
        return refused(me, schoolClass, "custody.refused." + why.name().toLowerCase(Locale.ROOT));
    }

    private ModelAndView refused(Wearer me, UUID schoolClass, String key) {
        return Pages.refused(PAGE, page(me, schoolClass, List.of(new Refusal.Simple(key))));
    }

    private MorningPage page(Wearer me, UUID id, List<Refusal> refusals) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        SchoolClass schoolClass = roster.schoolClass(me.school(), id);
        if (!me.classes().contains(id) && !me.is(Role.OFFICE, Role.DUTY_LEADER) && !duties.onPost(me.school(), today, me.account(), new PostKey(PostKind.CLASS, id))) throw new NotFound();
        List<Pupil> pupils = roster.pupils(me.school(), id);
        Map<UUID, ChildStanding> standings = days.ofClass(me.school(), today, id);
        Map<UUID, String> names = pupils.stream().collect(Collectors.toMap(Pupil::id, Pupil::name));
        return new MorningPage(
                id,
                schoolClass.name(),
                today,
                !standings.isEmpty(),
                pupils.stream().map(p -> new MorningPage.Child(p.id(), p.name(), state(standings.get(p.id())))).toList(),
                leaves.of(me.school(), names.keySet()).stream()
                        .filter(l -> l.holdsOn(today))
                        .map(l -> new MorningPage.Leave(l.id(), l.pupil(), names.getOrDefault(l.pupil(), ""), l.from(), l.until(), l.told().name()))
                        .toList(),
                me.classes().contains(id),
                refusals);
    }

    private static @org.jspecify.annotations.Nullable State state(@org.jspecify.annotations.Nullable ChildStanding standing) {
        return standing == null ? null : standing.state();
    }
}
