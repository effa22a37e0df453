package afterbell.term.staffing.providers;

import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Typed;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
final class ProviderController {
    private static final String PAGE = "staffing/providers/provider";

    private final KeepProvider providers;

    ProviderController(KeepProvider providers) {
        this.providers = providers;
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL, Role.SUPERVISOR})
    @GetMapping("/staffing/providers")
    ModelAndView list(Wearer me) {
        return Pages.show("staffing/providers/list", providers.list(me.school(), me.is(Role.OFFICE)));
    }

    @Allowed(Role.OFFICE)
    @GetMapping("/staffing/providers/new")
    ModelAndView blank() {
        return Pages.show(PAGE, providers.blank());
    }

    @Allowed(Role.OFFICE)
    @PostMapping("/staffing/providers")
    ModelAndView add(Wearer me, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        return answer(providers.keep(me.school(), null, new Typed(form)), redirect);
    }

    @Allowed(Role.OFFICE)
    @GetMapping("/staffing/providers/{id}")
    ModelAndView provider(Wearer me, @PathVariable UUID id) {
        return Pages.show(PAGE, providers.page(me.school(), id, List.of()));
    }

    @Allowed(Role.OFFICE)
    @PostMapping("/staffing/providers/{id}")
    ModelAndView change(Wearer me, @PathVariable UUID id, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        return answer(providers.keep(me.school(), id, new Typed(form)), redirect);
    }

    private static ModelAndView answer(KeepProvider.Answer answer, RedirectAttributes redirect) {
        @Nullable ProviderPage refused = answer.refused();
        return refused != null ? Pages.refused(PAGE, refused) : Pages.done("/staffing/providers/" + answer.kept(), redirect, "staffing.provider.done");
    }
}
