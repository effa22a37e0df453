package afterbell.money.billing.statements;

import afterbell.base.shared.Ids;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.db.Questions;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Typed;
import afterbell.money.billing.BillObjections;
import afterbell.money.billing.reckoning.DayMark;
import java.util.List;
import java.util.Objects;
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

/** What families find wrong with their bills, and finance's answers. */
@Controller
@Allowed({Role.FINANCE, Role.PRINCIPAL, Role.OFFICE})
final class ObjectionController {
    private static final String PAGE = "billing/statements/objections";

    private final BillObjections objections;
    private final Questions questions;
    private final TransactionTemplate transactions;
    private final Ids ids;

    ObjectionController(BillObjections objections, Questions questions, TransactionTemplate transactions, Ids ids) {
        this.objections = objections;
        this.questions = questions;
        this.transactions = transactions;
        this.ids = ids;
    }

    @GetMapping("/charges/objections")
    ModelAndView all(Wearer me) {
        return Pages.show(PAGE, page(me, List.of()));
    }

    /** Accepts with what the day counts as from now on, or refuses with a reason. */
    @Fresh
    @Allowed(Role.FINANCE)
    @PostMapping("/charges/objections/{objection}")
    ModelAndView answer(Wearer me, @PathVariable UUID objection, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        String about = typed.text("about");
        String why = typed.text("why");
        UUID key = typed.key(ids);
        if (!BillObjections.ABOUT.contains(about) && !BillObjections.WHY.contains(why)) return Pages.refused(PAGE, page(me, List.of(new Refusal.Simple("billing.object.refused.answer"))));
        BillObjections.Answered answered = BillObjections.WHY.contains(why) ? objections.refuse(me.school(), objection, why, me.account(), key) : objections.accept(me.school(), objection, counts(about), me.account(), key);
        if (answered == BillObjections.Answered.DIFFERS) return Pages.refused(PAGE, page(me, List.of(new Refusal.Simple("billing.object.refused.services"))));
        return Pages.done("/charges/objections", redirect, "billing.object.flash." + answered.name().toLowerCase(java.util.Locale.ROOT));
    }

    private static @Nullable DayMark counts(String about) {
        return switch (about) {
            case "not_there" -> DayMark.MISSED;
            case "on_leave" -> DayMark.LEAVE;
            case "not_held" -> DayMark.UNDELIVERED;
            case "came" -> DayMark.ATTENDED;
            default -> null;
        };
    }

    private ObjectionsPage page(Wearer me, List<Refusal> refusals) {
        return new ObjectionsPage(me.is(Role.FINANCE), Objects.requireNonNull(transactions.execute(t -> questions.ask(BillObjections.of(me.school())))), refusals);
    }
}
