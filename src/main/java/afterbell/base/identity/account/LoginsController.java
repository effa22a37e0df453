package afterbell.base.identity.account;

import afterbell.base.identity.Partners;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Person;
import afterbell.base.shared.access.SignedIn;
import afterbell.base.shared.web.Pages;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Sign-ins of other houses that open this account. */
@Controller
@RequestMapping("/account/logins")
@SignedIn
final class LoginsController {
    private final Partners partners;

    LoginsController(Partners partners) {
        this.partners = partners;
    }

    @GetMapping
    ModelAndView show(Person person) {
        return Pages.show(
                "identity/account/logins",
                new LoginsPage(partners.of(person.account()).stream().map(l -> new LoginsPage.Row(l.id(), partners.nameOf(l.issuer()), l.since())).toList(), partners.all()));
    }

    @Fresh
    @PostMapping("/{id}/removal")
    ModelAndView unlink(Person person, @PathVariable String id, RedirectAttributes redirect) {
        if (!partners.unlink(person.account(), id)) throw new NotFound();
        return Pages.done("/account/logins", redirect, "identity.partner.unlinked");
    }
}
