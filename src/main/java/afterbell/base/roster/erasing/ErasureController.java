package afterbell.base.roster.erasing;

import afterbell.base.roster.Erasures;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.NavSource;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.TaskSource;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@RequestMapping("/erasures")
@Allowed({Role.OFFICE, Role.PRINCIPAL})
@Fresh
final class ErasureController {
    private static final String PAGE = "roster/erasing/page";

    private final Erasures erasures;
    private final LeftStore store;
    private final TransactionTemplate transactions;
    private final Clock clock;

    ErasureController(Erasures erasures, LeftStore store, TransactionTemplate transactions, Clock clock) {
        this.erasures = erasures;
        this.store = store;
        this.transactions = transactions;
        this.clock = clock;
    }

    @GetMapping
    ModelAndView all(Wearer me, @RequestParam(defaultValue = "") String q) {
        return Pages.show(PAGE, page(me, q, List.of()));
    }

    private ErasuresPage page(Wearer me, String q, List<? extends Refusal> refusals) {
        return Objects.requireNonNull(transactions.execute(
                t -> new ErasuresPage(me.account(), erasures.open(me.school()), store.done(me.school()), q, store.find(me.school(), q), refusals)));
    }

    @PostMapping("/new/{pupil}")
    ModelAndView ask(Wearer me, @PathVariable UUID pupil, @RequestParam(defaultValue = "") String ground, RedirectAttributes redirect) {
        if (!Objects.requireNonNull(transactions.execute(t -> store.left(me.school(), pupil)))) throw new NotFound();
        List<Erasures.Ground> said = Stream.of(Erasures.Ground.values()).filter(g -> g.code().equals(ground)).toList();
        if (said.isEmpty()) return Pages.refused(PAGE, page(me, "", List.of(new Refusal.Simple("roster.erase.refused.ground", "ground", List.of()))));
        erasures.ask(me.school(), pupil, said.getFirst(), me.account());
        return Pages.done("/erasures", redirect, "roster.erase.asked");
    }

    @PostMapping("/{erasure}/execution")
    ModelAndView carryOut(Wearer me, @PathVariable UUID erasure, RedirectAttributes redirect) {
        return switch (erasures.carryOut(me.school(), erasure, me.account(), LocalDate.ofInstant(clock.instant(), Screen.ZONE))) {
            case Outcome.Done<UUID> done -> Pages.done("/erasures", redirect, "roster.erase.done");
            case Outcome.Refused<UUID> refused -> Pages.refused(PAGE, page(me, "", refused.refusals()));
        };
    }

    @PostMapping("/{erasure}/removal")
    ModelAndView takeBack(Wearer me, @PathVariable UUID erasure, RedirectAttributes redirect) {
        erasures.takeBack(me.school(), erasure, me.account());
        return Pages.done("/erasures", redirect, "roster.erase.taken_back");
    }

    /** The menu entry, and the office's task while something was asked for. */
    @Component
    static final class Places implements NavSource, TaskSource {
        @Override
        public List<Item> items() {
            return List.of(new Item("/erasures", "roster.erase.nav", "trash", 85, Set.of(Role.OFFICE, Role.PRINCIPAL)));
        }

        @Override
        public List<Asked<?>> asked(Wearer wearer) {
            return wearer.is(Role.OFFICE) ? List.of(new Asked<>(LeftStore.waitingOf(wearer.school()), found -> found.stream().map(Places::task).toList())) : List.of();
        }

        private static Task task(LeftStore.Waiting w) {
            return new Task("roster.erase.task", List.of(w.erasures()), "roster.erase.task.note", "/erasures", "roster.erase.task.go", null, State.ATTENTION, "");
        }
    }
}
