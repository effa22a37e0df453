package afterbell.day.duty.special;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Typed;
import afterbell.day.duty.SpecialDay;
import afterbell.day.duty.SpecialStore;
import afterbell.day.duty.SpecialStore.Child;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A family answers about a special day. */
@Controller
@Allowed({Role.GUARDIAN, Role.CARER})
final class QuestionController {
    private static final String PAGE = "duty/special/question";

    private final AskFamilies askFamilies;
    private final SpecialStore store;
    private final TransactionTemplate transactions;
    private final Clock clock;

    QuestionController(AskFamilies askFamilies, SpecialStore store, TransactionTemplate transactions, Clock clock) {
        this.askFamilies = askFamilies;
        this.store = store;
        this.transactions = transactions;
        this.clock = clock;
    }

    @GetMapping("/special-days/{special}")
    ModelAndView question(Wearer me, @PathVariable UUID special) {
        return Pages.show(PAGE, page(me, special, null, List.of()));
    }

    @PostMapping("/special-days/{special}")
    ModelAndView answer(Wearer me, @PathVariable UUID special, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        SpecialDay day = transactions.execute(t -> store.get(special).orElseThrow(NotFound::new));
        return switch (askFamilies.answer(me, day, typed)) {
            case Outcome.Refused<UUID>(List<Refusal> no) -> Pages.refused(PAGE, page(me, special, typed, no));
            case Outcome.Done<UUID> done -> Pages.done("/special-days/" + special, redirect, "duty.special.flash.answered");
        };
    }

    private QuestionPage page(Wearer me, UUID special, @Nullable Typed typed, List<? extends Refusal> refusals) {
        return transactions.execute(t -> {
            SpecialDay day = store.get(special).orElseThrow(NotFound::new);
            List<Child> children = askFamilies.children(me, day);
            Map<UUID, String> chosen = new HashMap<>();
            if (typed != null) children.forEach(c -> chosen.put(c.pupil(), typed.text("until-" + c.pupil())));
            return new QuestionPage(day, children, day.openAt(clock.instant()), chosen, refusals);
        });
    }
}
