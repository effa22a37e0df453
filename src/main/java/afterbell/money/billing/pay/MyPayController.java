package afterbell.money.billing.pay;

import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Typed;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One's own pay on a phone: this month so far, each session one line. */
@Controller
@Allowed({Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.GRADE_HEAD, Role.DUTY_LEADER, Role.GUARD, Role.OFFICE, Role.PRINCIPAL, Role.FINANCE})
final class MyPayController {
    private final MyPay pay;
    private final Ids ids;

    MyPayController(MyPay pay, Ids ids) {
        this.pay = pay;
        this.ids = ids;
    }

    @GetMapping("/my-pay")
    ModelAndView mine(Wearer me, @RequestParam(defaultValue = "") String month) {
        return Pages.show("billing/pay/mine", page(me, SetScheme.month(month).orElse(YearMonth.from(pay.today())), List.of()));
    }

    @PostMapping("/my-pay/choice")
    ModelAndView choose(Wearer me, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        return switch (pay.choose(me, typed.text("as").equals("hours"), typed.key(ids))) {
            case Outcome.Done<Boolean>(Boolean hours) -> Pages.done("/my-pay", redirect, hours ? "billing.wage.flash.hours" : "billing.wage.flash.money");
            case Outcome.Refused<Boolean>(List<Refusal> no) -> Pages.refused("billing/pay/mine", page(me, YearMonth.from(pay.today()), no));
        };
    }

    private MyPayPage page(Wearer me, YearMonth month, List<Refusal> no) {
        MyPay.Slip s = pay.slip(me, month);
        boolean running = !month.isBefore(YearMonth.from(pay.today()));
        Scheme scheme = s.scheme();
        PayMonths.Person person = s.person();
        List<MyPayPage.Line> lines = scheme == null || person == null ? List.of() : person.slip().lines().stream().map(l -> line(scheme, l)).toList();
        MyPayPage.@Nullable Line example = lines.stream().filter(l -> l.minutes() > 0).reduce((a, b) -> b).orElse(null);
        String state = s.state() != null ? s.state() : running ? "running" : "open";
        return new MyPayPage(
                month, state, s.paidOn(), person == null ? 0 : person.fen(), person == null ? 0 : person.banked(), person == null ? 0 : person.slip().fixed(), person == null ? 0 : person.other(), lines.reversed(),
                s.waiting().stream().map(w -> new MyPayPage.Waiting(w.day(), w.what())).toList(), scheme == null ? null : SchemePage.shown(scheme), example, s.asHours(), s.bank(), s.listed(),
                month.equals(YearMonth.from(pay.today())), no);
    }

    private static MyPayPage.Line line(Scheme scheme, Payroll.Line l) {
        Held h = l.held();
        return new MyPayPage.Line(h.day(), h.work().code(), h.what(), h.work().byPeriod() ? h.minutes() : 0, scheme.periodMinutes(), l.rate(), l.percent(), h.stood() ? scheme.substitutePercent() : 100, h.stood(), l.cut(), l.fen());
    }
}
