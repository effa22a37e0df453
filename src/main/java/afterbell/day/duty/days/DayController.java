package afterbell.day.duty.days;

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
import afterbell.day.duty.FreePeople.Way;
import afterbell.day.duty.Line;
import afterbell.day.duty.PostKey;
import afterbell.day.duty.Substitutes;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
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

/** A day's posts, and what can't be held. */
@Controller
@Allowed({Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER})
final class DayController {
    private static final String DAY = "duty/days/day";
    private static final String POST = "duty/days/post";

    private final Duties duties;
    private final Substitutes substitutes;
    private final FreePeople free;
    private final DropSessions dropSessions;
    private final DropStore drops;
    private final TransactionTemplate transactions;
    private final Ids ids;
    private final Clock clock;

    DayController(Duties duties, Substitutes substitutes, FreePeople free, DropSessions dropSessions, DropStore drops, TransactionTemplate transactions, Ids ids, Clock clock) {
        this.duties = duties;
        this.substitutes = substitutes;
        this.free = free;
        this.dropSessions = dropSessions;
        this.drops = drops;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER, Role.GRADE_HEAD})
    @GetMapping("/duty/days")
    ModelAndView today(@RequestParam MultiValueMap<String, String> query) {
        return Pages.done("/duty/days/" + new Typed(query).date("day").orElseGet(this::day));
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER, Role.GRADE_HEAD})
    @GetMapping("/duty/days/{day}")
    ModelAndView day(Wearer me, @PathVariable LocalDate day) {
        return Pages.show(DAY, page(me, day, List.of()));
    }

    @PostMapping("/duty/days/{day}/drops")
    ModelAndView drop(Wearer me, @PathVariable LocalDate day, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        boolean outdoor = typed.text("what").equals("outdoor");
        Set<UUID> wanted = Set.copyOf(typed.ids("session"));
        if (!outdoor && wanted.isEmpty()) throw new NotFound();
        return switch (dropSessions.drop(me, day, outdoor ? Set.of() : wanted, typed.text("reason"), typed.key(ids))) {
            case Outcome.Refused<Integer>(List<Refusal> no) -> {
                @Nullable PostKey post = PostKey.parse("session." + typed.text("session")).orElse(null);
                yield outdoor || post == null ? Pages.refused(DAY, page(me, day, no)) : Pages.refused(POST, postPage(me, day, post, no));
            }
            case Outcome.Done<Integer>(Integer count) -> Pages.done("/duty/days/" + day, redirect, "duty.flash.dropped", count);
        };
    }

    @PostMapping("/duty/drops/{drop}/removal")
    ModelAndView undo(Wearer me, @PathVariable UUID drop, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        return switch (dropSessions.undo(me, drop, key)) {
            case Outcome.Refused<LocalDate>(List<Refusal> no) -> Pages.refused(DAY, page(me, drops.get(me.school(), drop).map(DropStore.Drop::day).orElseGet(this::day), no));
            case Outcome.Done<LocalDate>(LocalDate day) -> Pages.done("/duty/days/" + day, redirect, "duty.flash.restored");
        };
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER, Role.GRADE_HEAD})
    @GetMapping("/duty/days/{day}/posts/{post}")
    ModelAndView post(Wearer me, @PathVariable LocalDate day, @PathVariable String post) {
        return Pages.show(POST, postPage(me, day, key(post), List.of()));
    }

    @PostMapping("/duty/days/{day}/posts/{post}")
    ModelAndView appoint(Wearer me, @PathVariable LocalDate day, @PathVariable String post, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        return answered(me, day, post, substitutes.appoint(me, day, key(post), typed.id("staff").orElse(null), typed.key(ids)), redirect, "duty.flash.appointed");
    }

    @PostMapping("/duty/days/{day}/posts/{post}/absence")
    ModelAndView absent(Wearer me, @PathVariable LocalDate day, @PathVariable String post, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        return answered(me, day, post, substitutes.cannotCome(me, day, key(post), key), redirect, "duty.flash.absent");
    }

    @PostMapping("/duty/days/{day}/posts/{post}/call")
    ModelAndView call(Wearer me, @PathVariable LocalDate day, @PathVariable String post, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        return switch (substitutes.call(me, day, key(post), key)) {
            case Outcome.Refused<Integer>(List<Refusal> no) -> Pages.refused(POST, postPage(me, day, key(post), no));
            case Outcome.Done<Integer>(Integer asked) -> Pages.done("/duty/days/" + day + "/posts/" + post, redirect, asked > 0 ? "duty.flash.called" : "duty.flash.nobody", asked);
        };
    }

    private ModelAndView answered(Wearer me, LocalDate day, String post, Outcome<?> outcome, RedirectAttributes redirect, String flash) {
        return switch (outcome) {
            case Outcome.Refused<?> refused -> Pages.refused(POST, postPage(me, day, key(post), refused.refusals()));
            case Outcome.Done<?> done -> Pages.done("/duty/days/" + day + "/posts/" + post, redirect, flash);
        };
    }

    private static PostKey key(String post) {
        return PostKey.parse(post).orElseThrow(NotFound::new);
    }

    private DayPage page(Wearer me, LocalDate day, List<? extends Refusal> refusals) {
        UUID school = me.school();
        Instant now = clock.instant();
        return transactions.execute(t -> {
            List<Line> lines = duties.lines(school, day, day);
            List<DayPage.Dropped> dropped = drops.on(school, day).stream().map(d -> new DayPage.Dropped("/duty/drops/" + d.id() + "/removal", d.reason(), String.join(" · ", d.names()), !DropSessions.begun(d, now))).toList();
            int outdoor = (int) lines.stream().filter(l -> l.club() && l.outdoor() && !substitutes.over(l)).count();
            return new DayPage(day, day(), lines, outdoor, dropped, me.is(Substitutes.ROSTER), refusals);
        });
    }

    private PostPage postPage(Wearer me, LocalDate day, PostKey post, List<? extends Refusal> refusals) {
        UUID school = me.school();
        return transactions.execute(t -> {
            FreePeople.Book book = free.of(school, day);
            Line line = book.line(post).orElseThrow(NotFound::new);
            List<Candidate> all = book.candidates(line);
            return new PostPage(
                    line,
                    all.stream().filter(Candidate::free).toList(),
                    all.stream().filter(c -> c.way() == Way.HOURS).toList(),
                    substitutes.history(school, day, post),
                    me.is(Substitutes.ROSTER),
                    substitutes.over(line),
                    refusals);
        });
    }

    private LocalDate day() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }
}
