package afterbell.day.duty.mine;

import afterbell.base.roster.Roster;
import afterbell.base.roster.StaffMember;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.Typed;
import afterbell.day.duty.Duties;
import afterbell.day.duty.FreePeople;
import afterbell.day.duty.FreePeople.Candidate;
import afterbell.day.duty.Line;
import afterbell.day.duty.PostKey;
import afterbell.day.duty.Substitutes;
import afterbell.day.duty.Swaps;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
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

/** Everybody's own posts. */
@Controller
@Allowed({Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.GRADE_HEAD, Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER, Role.GUARD, Role.FINANCE})
final class MineController {
    private static final String PAGE = "duty/mine/page";
    private static final int DAYS = 14;

    private final Duties duties;
    private final Substitutes substitutes;
    private final Swaps swaps;
    private final FreePeople free;
    private final Roster roster;
    private final TransactionTemplate transactions;
    private final Ids ids;
    private final Clock clock;

    MineController(Duties duties, Substitutes substitutes, Swaps swaps, FreePeople free, Roster roster, TransactionTemplate transactions, Ids ids, Clock clock) {
        this.duties = duties;
        this.substitutes = substitutes;
        this.swaps = swaps;
        this.free = free;
        this.roster = roster;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    @GetMapping("/duty")
    ModelAndView mine(Wearer me) {
        return Pages.show(PAGE, page(me, List.of()));
    }

    @PostMapping("/duty/absences")
    ModelAndView cannotCome(Wearer me, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        LocalDate day = typed.date("day").orElseThrow(NotFound::new);
        PostKey post = PostKey.parse(typed.text("post")).orElseThrow(NotFound::new);
        return switch (substitutes.cannotCome(me, day, post, typed.key(ids))) {
            case Outcome.Refused<Integer>(List<Refusal> no) -> Pages.refused(PAGE, page(me, no));
            case Outcome.Done<Integer>(Integer asked) -> Pages.done("/duty", redirect, asked > 0 ? "duty.flash.asked" : "duty.flash.absent", asked);
        };
    }

    @PostMapping("/duty/absences/removal")
    ModelAndView comesAfterAll(Wearer me, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        LocalDate day = typed.date("day").orElseThrow(NotFound::new);
        PostKey post = PostKey.parse(typed.text("post")).orElseThrow(NotFound::new);
        return answered(me, substitutes.comesAfterAll(me, day, post), redirect, "duty.flash.back");
    }

    @PostMapping("/duty/calls/{call}/acceptance")
    ModelAndView accept(Wearer me, @PathVariable UUID call, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        return answered(me, substitutes.accept(me, call, key), redirect, "duty.flash.accepted");
    }

    @PostMapping("/duty/calls/{call}/refusal")
    ModelAndView refuse(Wearer me, @PathVariable UUID call, RedirectAttributes redirect) {
        substitutes.refuse(me, call);
        return Pages.done("/duty", redirect, "duty.flash.declined");
    }

    @GetMapping("/duty/swaps/new")
    ModelAndView swap(Wearer me, @RequestParam MultiValueMap<String, String> query) {
        Typed typed = new Typed(query);
        return Pages.show("duty/mine/swap", swapPage(me, typed, List.of()));
    }

    @PostMapping("/duty/swaps")
    ModelAndView ask(Wearer me, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        LocalDate day = typed.date("day").orElseThrow(NotFound::new);
        PostKey post = PostKey.parse(typed.text("post")).orElseThrow(NotFound::new);
        String[] back = typed.text("back").split("/", 2);
        @Nullable LocalDate backDay = back.length == 2 && back[0].matches("\\d{4}-\\d{2}-\\d{2}") ? LocalDate.parse(back[0]) : null;
        @Nullable PostKey given = back.length == 2 ? PostKey.parse(back[1]).orElse(null) : null;
        return switch (swaps.ask(me, day, post, typed.id("to").orElse(null), backDay, given, typed.key(ids))) {
            case Outcome.Refused<UUID>(List<Refusal> no) -> Pages.refused("duty/mine/swap", swapPage(me, typed, no));
            case Outcome.Done<UUID> done -> Pages.done("/duty", redirect, "duty.flash.swap_asked");
        };
    }

    @PostMapping("/duty/swaps/{swap}/answer")
    ModelAndView answer(Wearer me, @PathVariable UUID swap, @RequestParam(defaultValue = "") String answer, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        if (!answer.equals("yes") && !answer.equals("no")) throw new NotFound();
        return answered(me, swaps.answer(me, swap, answer.equals("yes"), key), redirect, answer.equals("yes") ? "duty.flash.swapped" : "duty.flash.declined");
    }

    @PostMapping("/duty/swaps/{swap}/withdrawal")
    ModelAndView withdraw(Wearer me, @PathVariable UUID swap, RedirectAttributes redirect) {
        swaps.withdraw(me, swap);
        return Pages.done("/duty", redirect, "duty.flash.withdrawn");
    }

    private ModelAndView answered(Wearer me, Outcome<?> outcome, RedirectAttributes redirect, String flash) {
        return switch (outcome) {
            case Outcome.Refused<?> refused -> Pages.refused(PAGE, page(me, refused.refusals()));
            case Outcome.Done<?> done -> Pages.done("/duty", redirect, flash);
        };
    }

    private MinePage page(Wearer me, List<? extends Refusal> refusals) {
        LocalDate today = today();
        UUID school = me.school();
        boolean arranges = me.is(Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER, Role.GRADE_HEAD);
        return transactions.execute(t -> {
            Optional<StaffMember> self = roster.staffOf(school, me.account());
            if (self.isEmpty()) return new MinePage(false, today, List.of(), List.of(), List.of(), List.of(), List.of(), arranges, refusals);
            Map<LocalDate, List<Line>> days = duties.linesOf(school, me.account(), today, today.plusDays(DAYS - 1)).stream().collect(Collectors.groupingBy(l -> l.post().day(), LinkedHashMap::new, Collectors.toList()));
            List<Swaps.Shown> open = swaps.waiting(school, self.get().id(), today);
            return new MinePage(
                    true,
                    today,
                    days.entrySet().stream().map(e -> new MinePage.Day(e.getKey(), e.getValue())).toList(),
                    substitutes.waiting(school, self.get().id(), today),
                    open.stream().filter(s -> s.swap().to().equals(self.get().id())).toList(),
                    open.stream().filter(s -> s.swap().from().equals(self.get().id())).toList(),
                    substitutes.givenUp(school, self.get().id(), today),
                    arranges,
                    refusals);
        });
    }

    private SwapPage swapPage(Wearer me, Typed typed, List<? extends Refusal> refusals) {
        LocalDate day = typed.date("day").orElseThrow(NotFound::new);
        PostKey post = PostKey.parse(typed.text("post")).orElseThrow(NotFound::new);
        UUID school = me.school();
        return transactions.execute(t -> {
            FreePeople.Book book = free.of(school, day);
            Line line = book.line(post).filter(l -> me.account().equals(l.post().account())).orElseThrow(NotFound::new);
            List<Candidate> people = book.candidates(line).stream().filter(c -> c.account() != null && c.way() != FreePeople.Way.ABSENT).toList();
            @Nullable Candidate to = typed.id("to").flatMap(id -> people.stream().filter(c -> c.staff().equals(id)).findFirst()).orElse(null);
            List<Line> theirs = to == null || to.account() == null ? List.of() : duties.linesOf(school, to.account(), today(), today().plusDays(DAYS - 1)).stream().filter(l -> !substitutes.over(l)).toList();
            return new SwapPage(line, people, to, theirs, typed.text("back"), refusals);
        });
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }
}
