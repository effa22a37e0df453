package afterbell.day.custody.rolling;

import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.day.custody.Act;
import afterbell.day.custody.Afternoon;
import afterbell.day.custody.childday.Decision.Why;
import afterbell.day.custody.childday.Fact;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The roll of a session. Who has nothing to do with the session doesn't find it. */
@Controller
@Allowed({Role.SERVICE_TEACHER, Role.CLASS_TEACHER, Role.DUTY_LEADER})
final class RollController {
    private static final String PAGE = "custody/rolling/roll";
    /** More children than any room holds are no roll. */
    private static final int MOST = 500;

    private final ShowRoll showRoll;
    private final Afternoon afternoon;
    private final Clock clock;

    RollController(ShowRoll showRoll, Afternoon afternoon, Clock clock) {
        this.showRoll = showRoll;
        this.afternoon = afternoon;
        this.clock = clock;
    }

    /** Boards lead office and principal here as well; they read what was rolled, and roll nobody. */
    @GetMapping("/sessions/{session}/roll-call")
    @Allowed({Role.SERVICE_TEACHER, Role.CLASS_TEACHER, Role.DUTY_LEADER, Role.OFFICE, Role.PRINCIPAL})
    ModelAndView show(Wearer me, @PathVariable UUID session, @RequestParam(defaultValue = "") String q) {
        if (!me.is(Role.SERVICE_TEACHER, Role.CLASS_TEACHER, Role.DUTY_LEADER)) {
            LocalDate day = afternoon.session(me.school(), session).orElseThrow(NotFound::new).day();
            return new ModelAndView("redirect:/afternoon/registers/rolls?day=" + day + "&span=day");
        }
        return Pages.show(PAGE, showRoll.page(me, session, q, List.of()));
    }

    /** @param child everybody who was on the list; absent: those tapped; here: those whom nobody expected and who are there */
    @PostMapping("/sessions/{session}/roll-call")
    ModelAndView roll(
            Wearer me,
            @PathVariable UUID session,
            @RequestParam(defaultValue = "") List<String> child,
            @RequestParam(defaultValue = "") List<String> absent,
            @RequestParam(defaultValue = "") List<String> here,
            @RequestParam("_key") UUID key,
            RedirectAttributes redirect) {
        Set<UUID> gone = new LinkedHashSet<>(ids(absent));
        Set<UUID> present = new LinkedHashSet<>(ids(child));
        present.addAll(ids(here));
        present.removeAll(gone);
        if (present.isEmpty() && gone.isEmpty()) return refused(me, session, "custody.roll.refused.nobody");
        Afternoon.Answer answer = afternoon.act(me, new Act.Roll(key, clock.instant(), session, List.copyOf(present), List.copyOf(gone)));
        return answered(me, session, answer, redirect, "custody.flash.rolled", present.size(), gone.size());
    }

    @PostMapping("/sessions/{session}/outings")
    ModelAndView out(Wearer me, @PathVariable UUID session, @RequestParam(defaultValue = "") String pupil, @RequestParam(defaultValue = "") String where, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        Fact.Where place = Stream.of(Fact.Where.values()).filter(w -> w.name().equals(where)).findFirst().orElse(null);
        if (pupil.isEmpty() || place == null) return refused(me, session, "custody.roll.refused.outing");
        return answered(me, session, afternoon.act(me, new Act.Out(key, clock.instant(), session, id(pupil), place)), redirect, "custody.flash.out");
    }

    @PostMapping("/sessions/{session}/returns")
    ModelAndView back(Wearer me, @PathVariable UUID session, @RequestParam String pupil, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        return answered(me, session, afternoon.act(me, new Act.Back(key, clock.instant(), session, id(pupil))), redirect, "custody.flash.back");
    }

    /** A child that is not on the list is here. */
    @PostMapping("/sessions/{session}/guests")
    ModelAndView guest(Wearer me, @PathVariable UUID session, @RequestParam String pupil, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        return answered(me, session, afternoon.act(me, new Act.Roll(key, clock.instant(), session, List.of(id(pupil)), List.of())), redirect, "custody.flash.guest");
    }

    /** A child that is here belongs elsewhere. */
    @PostMapping("/sessions/{session}/sendings")
    ModelAndView send(Wearer me, @PathVariable UUID session, @RequestParam String pupil, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        return answered(me, session, afternoon.act(me, new Act.Elsewhere(key, clock.instant(), session, id(pupil))), redirect, "custody.flash.sent_on");
    }

    /** The badge says that there is a note; its words come as the answer to a tap that is recorded, so that going back shows nothing. */
    @PostMapping("/sessions/{session}/notes")
    ModelAndView note(Wearer me, @PathVariable UUID session, @RequestParam String pupil) {
        return Pages.show("custody/notes/opened", showRoll.open(me, session, id(pupil)));
    }

    @PostMapping("/sessions/{session}/searches")
    ModelAndView search(Wearer me, @PathVariable UUID session, @RequestParam String pupil, @RequestParam(defaultValue = "") String step, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        Fact.Step taken = Stream.of(Fact.Step.values()).filter(s -> s.name().equals(step)).findFirst().orElseThrow(NotFound::new);
        return answered(me, session, afternoon.act(me, new Act.Trace(key, clock.instant(), session, id(pupil), taken)), redirect, "custody.flash.traced");
    }

    private ModelAndView answered(Wearer me, UUID session, Afternoon.Answer answer, RedirectAttributes redirect, String flash, Object... facts) {
        if (answer.refused().isEmpty()) return Pages.done("/sessions/" + session + "/roll-call", redirect, flash, facts);
        List<Refusal> refusals = new ArrayList<>();
        answer.refused().values().stream().distinct().forEach((Why why) -> refusals.add(new Refusal.Simple("custody.refused." + why.name().toLowerCase(Locale.ROOT))));
        return Pages.refused(PAGE, showRoll.page(me, session, "", refusals));
    }

    private ModelAndView refused(Wearer me, UUID session, String key) {
        return Pages.refused(PAGE, showRoll.page(me, session, "", List.of(new Refusal.Simple(key))));
    }

    private static List<UUID> ids(List<String> typed) {
        if (typed.size() > MOST) throw new NotFound();
        return typed.stream().filter(t -> !t.isEmpty()).map(RollController::id).toList();
    }

    private static UUID id(String typed) {
        return Ids.parse(typed).orElseThrow(NotFound::new);
    }
}
