package afterbell.base.identity.factor;

import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Person;
import afterbell.base.shared.access.SignedIn;
import afterbell.base.shared.web.Pages;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The own second factor: begun freely, changed or given up only with a code of it. */
@Controller
@RequestMapping("/account/second-factor")
@SignedIn
@Fresh
final class OwnFactorController {
    private static final String HERE = "/account/second-factor";

    private final SecondFactor factor;

    OwnFactorController(SecondFactor factor) {
        this.factor = factor;
    }

    @GetMapping
    ModelAndView show(Person person) {
        return Pages.show("identity/factor/own", page(person, List.of()));
    }

    /** Answers with the codes instead of leading on: they are kept nowhere. */
    @PostMapping("/codes")
    ModelAndView codes(Person person, @RequestParam(defaultValue = "") String code) {
        return switch (factor.freshCodes(person.account(), code)) {
            case Outcome.Done<List<String>>(List<String> codes) -> Pages.show("identity/factor/codes", new CodesPage(codes.stream().map(FactorController::grouped).toList(), HERE));
            case Outcome.Refused<List<String>> refused -> refused(person, refused.refusals());
        };
    }

    /** Another authenticator: the old one ends, the page of the new one follows. */
    @PostMapping("/renewal")
    ModelAndView renew(Person person, @RequestParam(defaultValue = "") String code) {
        return switch (factor.giveUp(person.account(), code)) {
            case Outcome.Done<Boolean> done -> Pages.done("/second-factor?back=" + HERE);
            case Outcome.Refused<Boolean> refused -> refused(person, refused.refusals());
        };
    }

    @PostMapping("/removal")
    ModelAndView remove(Person person, @RequestParam(defaultValue = "") String code, RedirectAttributes redirect) {
        return switch (factor.giveUp(person.account(), code)) {
            case Outcome.Done<Boolean> done -> Pages.done("/account", redirect, "identity.factor.removed");
            case Outcome.Refused<Boolean> refused -> refused(person, refused.refusals());
        };
    }

    private ModelAndView refused(Person person, List<Refusal> refusals) {
        return Pages.refused("identity/factor/own", page(person, refusals));
    }

    private OwnFactorPage page(Person person, List<Refusal> refusals) {
        SecondFactor.Standings now = factor.standings(person.account());
        return new OwnFactorPage(now.since(), now.codes(), refusals);
    }
}
