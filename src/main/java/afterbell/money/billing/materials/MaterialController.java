package afterbell.money.billing.materials;

import afterbell.base.shared.Ids;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.Typed;
import afterbell.money.billing.Materials;
import afterbell.money.billing.Materials.Course;
import afterbell.money.billing.Materials.Told;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@Allowed({Role.FINANCE, Role.PRINCIPAL, Role.OFFICE})
final class MaterialController {
    private static final String PAGE = "billing/materials/materials";

    private final Materials materials;
    private final Questions questions;
    private final CommandKeys commands;
    private final TransactionTemplate transactions;
    private final Ids ids;
    private final Clock clock;

    MaterialController(Materials materials, Questions questions, CommandKeys commands, TransactionTemplate transactions, Ids ids, Clock clock) {
        this.materials = materials;
        this.questions = questions;
        this.commands = commands;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    @GetMapping("/charges/materials")
    ModelAndView all(Wearer me) {
        return Pages.show(PAGE, page(me, new Typed(new LinkedMultiValueMap<>()), List.of()));
    }

    @Fresh
    @Allowed(Role.FINANCE)
    @PostMapping("/charges/materials")
    ModelAndView tell(Wearer me, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        UUID key = typed.key(ids);
        String command = "material/" + typed.text("section") + "/" + typed.text("name") + "/" + typed.text("yuan");
        List<Refusal> no = Objects.requireNonNull(transactions.execute(t -> {
            if (commands.kept(key, command).isPresent()) return List.of();
            List<Refusal> refused = materials.tell(me.school(), typed.id("section"), typed.text("name"), typed.fen("yuan"), me.account());
            if (refused.isEmpty()) commands.once(key, command, () -> "told");
            return refused;
        }));
        return no.isEmpty() ? Pages.done("/charges/materials", redirect, "billing.material.flash.told") : Pages.refused(PAGE, page(me, typed, no));
    }

    @Fresh
    @Allowed(Role.FINANCE)
    @PostMapping("/charges/materials/{material}/end")
    ModelAndView end(Wearer me, @PathVariable UUID material, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        transactions.executeWithoutResult(t -> commands.once(new Typed(form).key(ids), "material-end/" + material, () -> {
            materials.end(me.school(), material);
            return "ended";
        }));
        return Pages.done("/charges/materials", redirect, "billing.material.flash.ended");
    }

    @Fresh
    @Allowed(Role.FINANCE)
    @PostMapping("/charges/materials/agreed/{agreement}")
    ModelAndView undo(Wearer me, @PathVariable UUID agreement, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        String child = Objects.requireNonNull(transactions.execute(t -> commands.once(new Typed(form).key(ids), "material-undo/" + agreement, () -> materials.undo(me.school(), agreement, me.account()).toString())));
        return Pages.done("/charges/children/" + child, redirect, "billing.material.flash.undone");
    }

    private MaterialsPage page(Wearer me, Typed typed, List<Refusal> refusals) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        Question<Told> told = Materials.toldOf(me.school());
        Question<Course> courses = Materials.coursesOf(me.school(), today);
        Questions.Answers all = Objects.requireNonNull(transactions.execute(t -> questions.ask(told, courses)));
        return new MaterialsPage(me.is(Role.FINANCE), all.of(told), all.of(courses), typed, refusals);
    }
}
