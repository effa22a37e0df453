package afterbell.term.enrolment.answering;

import afterbell.base.roster.SchoolClass;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.term.enrolment.Enrolments;
import afterbell.term.enrolment.Menu;
import afterbell.term.enrolment.Round;
import afterbell.term.enrolment.Sheet;
import afterbell.term.enrolment.SheetCommand;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The class teacher's page of a round. */
@Controller
final class ClassController {
    private static final String PAGE = "enrolment/answering/page";

    private final ShowClass showClass;
    private final Enrolments enrolments;
    private final Clock clock;

    ClassController(ShowClass showClass, Enrolments enrolments, Clock clock) {
        this.showClass = showClass;
        this.enrolments = enrolments;
        this.clock = clock;
    }

    /** The teacher's own class in the round of the day. */
    @Allowed(Role.CLASS_TEACHER)
    @GetMapping("/answers")
    ModelAndView own(Wearer me) {
        UUID schoolClass = me.classes().stream().sorted().findFirst().orElseThrow(NotFound::new);
        return enrolments.current(me.school(), clock.instant()).map(r -> Pages.done("/classes/" + schoolClass + "/round/" + r.id())).orElseThrow(NotFound::new);
    }

    @Allowed({Role.CLASS_TEACHER, Role.GRADE_HEAD, Role.OFFICE, Role.PRINCIPAL})
    @GetMapping("/classes/{schoolClass}/round/{round}")
    ModelAndView show(Wearer me, @PathVariable UUID schoolClass, @PathVariable UUID round, HttpServletRequest request) {
        return Pages.show(PAGE, showClass.page(me, schoolClass, round, link(request), null, 0, List.of()));
    }

    private static String link(HttpServletRequest request) {
        String url = request.getRequestURL().toString();
        return url.substring(0, url.length() - request.getRequestURI().length()) + "/sheets";
    }

    /** Saves each typed line by itself: one that is refused keeps no other back. */
    @Allowed({Role.CLASS_TEACHER, Role.OFFICE})
    @PostMapping("/classes/{schoolClass}/round/{round}")
    ModelAndView enter(
            Wearer me, @PathVariable UUID schoolClass, @PathVariable UUID round, @RequestParam("_key") UUID key, HttpServletRequest request, RedirectAttributes redirect) {
        Instant at = clock.instant();
        SchoolClass c = showClass.mine(me, schoolClass);
        if (!me.is(Role.OFFICE) && !me.classes().contains(schoolClass)) throw new NotFound();
        EntryForm typed = EntryForm.of(request.getParameterMap());
        Round known = enrolments.round(me.school(), round);
        ClassPage before = showClass.page(me, schoolClass, round, link(request), null, 0, List.of());
        Menu menu = enrolments.menu(me.school(), known.term(), c.grade());
        List<Refusal> refusals = new ArrayList<>();
        int saved = 0;
        for (ClassPage.Child child : before.children()) {
            EntryForm.Line line = typed.lines().get(child.id());
            if (line == null || line.blank() || unchanged(child, line)) continue;
            Sheet asked = line.keeping(child.wishes()).sheet(menu);
            UUID own = UUID.nameUUIDFromBytes((key + "/" + child.id()).getBytes(StandardCharsets.UTF_8));
            switch (enrolments.save(new SheetCommand(me.school(), child.id(), round, asked, line.version(), me.account(), true, true, own, at))) {
                case Outcome.Done<Integer> done -> saved++;
                case Outcome.Refused<Integer>(List<Refusal> why) -> refusals.add(new EntryRefused(child.name(), why.getFirst().messageKey()));
            }
        }
        if (refusals.isEmpty()) return Pages.done(before.href(), redirect, "enrolment.class.flash.entered", saved);
        return Pages.refused(PAGE, showClass.page(me, schoolClass, round, link(request), typed, saved, refusals));
    }

    private static boolean unchanged(ClassPage.Child child, EntryForm.Line line) {
        return child.state() == ClassPage.State.TYPED && child.wishes().stream().limit(ClassPage.WISHES).toList().equals(line.wishes()) && child.noon() == line.noon().equals("all") && child.whole().equals(line.whole()) && child.days().entrySet().stream().allMatch(d -> d.getValue().equals(line.days().getOrDefault(d.getKey(), "")));
    }
}
