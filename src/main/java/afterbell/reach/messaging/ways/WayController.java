package afterbell.reach.messaging.ways;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@Allowed({
    Role.GUARDIAN, Role.CARER, Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.GRADE_HEAD, Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER, Role.GUARD, Role.FINANCE, Role.SUPERVISOR
})
final class WayController {
    private static final String TEMPLATE = "messaging/ways/ways";

    private final ChooseWay ways;

    WayController(ChooseWay ways) {
        this.ways = ways;
    }

    @GetMapping("/me/ways")
    ModelAndView page(Wearer me) {
        return Pages.show(TEMPLATE, ways.page(me, "", "", List.of()));
    }

    @PostMapping("/me/ways/mail")
    ModelAndView mail(Wearer me, @RequestParam(defaultValue = "") String mail, @RequestParam(defaultValue = "zh") String lang, RedirectAttributes redirect) {
        return switch (ways.mail(me, mail, locale(lang))) {
            case Outcome.Done<String> done -> Pages.done("/me/ways", redirect, "messaging.ways.mail_sent");
            case Outcome.Refused<String> no -> Pages.refused(TEMPLATE, ways.page(me, mail, "", own(no.refusals())));
        };
    }

    @PostMapping("/me/ways/phone")
    ModelAndView phone(Wearer me, @RequestParam(defaultValue = "") String phone, @RequestParam(defaultValue = "zh") String lang, RedirectAttributes redirect) {
        return switch (ways.phone(me, phone, locale(lang))) {
            case Outcome.Done<String> done -> Pages.done("/me/ways", redirect, "messaging.ways.code_sent");
            case Outcome.Refused<String> no -> Pages.refused(TEMPLATE, ways.page(me, "", phone, own(no.refusals())));
        };
    }

    @PostMapping("/me/ways/phone/code")
    ModelAndView code(Wearer me, @RequestParam(defaultValue = "") String code, RedirectAttributes redirect) {
        return switch (ways.code(me, code)) {
            case Outcome.Done<String> done -> Pages.done("/me/ways", redirect, "messaging.ways.phone_on");
            case Outcome.Refused<String> no -> Pages.refused(TEMPLATE, ways.page(me, "", "", own(no.refusals())));
        };
    }

    /** @param act {@code on}, {@code off} or {@code remove} */
    @PostMapping("/me/ways/{way}/choice")
    ModelAndView choose(Wearer me, @PathVariable String way, @RequestParam(defaultValue = "") String act, RedirectAttributes redirect) {
        String channel = switch (way) {
            case "mail" -> ChooseWay.MAIL;
            case "phone" -> ChooseWay.SMS;
            default -> throw new NotFound();
        };
        switch (act) {
            case "on" -> ways.choose(me, channel, true);
            case "off" -> ways.choose(me, channel, false);
            case "remove" -> ways.remove(me, channel);
            default -> throw new NotFound();
        }
        return Pages.done("/me/ways", redirect, "messaging.ways.kept." + act);
    }

    private static List<WayRefusal> own(List<Refusal> refusals) {
        return refusals.stream().map(WayRefusal.class::cast).toList();
    }

    private static Locale locale(String lang) {
        return lang.equals("en") ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE;
    }
}
