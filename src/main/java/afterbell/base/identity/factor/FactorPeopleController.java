package afterbell.base.identity.factor;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.NavSource;
import afterbell.base.shared.web.Pages;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The office and the principal: who of the school has a second factor, and which roles need one. */
@Controller
@RequestMapping("/second-factor/people")
@Allowed({Role.OFFICE, Role.PRINCIPAL})
final class FactorPeopleController {
    private static final String HERE = "/second-factor/people";

    private final FactorPeople people;

    FactorPeopleController(FactorPeople people) {
        this.people = people;
    }

    @Component
    static class Places implements NavSource {
        @Override
        public List<Item> items() {
            return List.of(new Item(HERE, "identity.factor.people.nav", "lock", 780, Set.of(Role.OFFICE, Role.PRINCIPAL)));
        }
    }

    @GetMapping
    ModelAndView show(Wearer me) {
        return Pages.show("identity/factor/people", page(me, List.of()));
    }

    @Fresh
    @PostMapping("/roles")
    ModelAndView roles(Wearer me, @RequestParam(defaultValue = "") List<String> role, RedirectAttributes redirect) {
        people.ask(me, FactorPeople.ASKABLE.stream().filter(r -> role.contains(r.name())).toList());
        return Pages.done(HERE, redirect, "identity.factor.people.saved");
    }

    @Fresh
    @PostMapping("/{account}/removal")
    ModelAndView reset(Wearer me, @PathVariable UUID account, @RequestParam(defaultValue = "") String reason, RedirectAttributes redirect) {
        Optional<FactorPeople.Reason> why = FactorPeople.Reason.of(reason);
        if (why.isEmpty()) return Pages.refused("identity/factor/people", page(me, List.of(new Refusal.Simple("identity.factor.people.reason_missing", "reason", List.of()))));
        if (!people.reset(me, account, why.get())) throw new NotFound();
        return Pages.done(HERE, redirect, "identity.factor.people.reset");
    }

    private FactorPeoplePage page(Wearer me, List<Refusal> refusals) {
        return new FactorPeoplePage(people.people(me), FactorPeople.ASKABLE.stream().map(Role::name).toList(), people.asked(me.school()), refusals);
    }
}
