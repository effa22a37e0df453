package afterbell.reach.messaging.hooks;

import afterbell.base.audit.Audit;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.reach.messaging.Handed;
import afterbell.reach.messaging.Secret;
import afterbell.reach.messaging.SignedCall;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@Allowed({Role.OFFICE, Role.PRINCIPAL})
final class HookController {
    private static final String TEMPLATE = "messaging/hooks/hooks";
    private static final int MOST = 5;

    private final HookStore store;
    private final SignedCall call;
    private final Audit audit;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final Ids ids;

    HookController(HookStore store, SignedCall call, Audit audit, TransactionTemplate transactions, Clock clock, Ids ids) {
        this.store = store;
        this.call = call;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
        this.ids = ids;
    }

    @GetMapping("/office/webhooks")
    ModelAndView list(Wearer me) {
        return Pages.show(TEMPLATE, page(me, "", "", "", List.of()));
    }

    /** The secret is shown in the answer itself and nowhere again. */
    @PostMapping("/office/webhooks")
    ModelAndView add(Wearer me, @RequestParam(defaultValue = "") String name, @RequestParam(defaultValue = "") String address) {
        List<HookRefusal> no = new ArrayList<>();
        if (name.isBlank() || name.strip().length() > 40) no.add(new HookRefusal.NoName());
        if (address.strip().length() > 500 || call.wrong(address.strip()) != null) no.add(new HookRefusal.NoAddress());
        if (hooks(me).size() >= MOST) no.add(new HookRefusal.Enough());
        if (!no.isEmpty()) return Pages.refused(TEMPLATE, page(me, "", name, address, no));
        Secret secret = Secret.fresh();
        UUID id = ids.next();
        transactions.executeWithoutResult(t -> {
            store.add(me.school(), id, name.strip(), address.strip(), secret.text(), clock.instant(), me.account());
            audit.record(me.school(), "messaging.webhook_added", "webhook", id, Map.of());
        });
        return Pages.show(TEMPLATE, page(me, secret.text(), "", "", List.of()));
    }

    @PostMapping("/office/webhooks/{hook}/trial")
    ModelAndView trial(Wearer me, @PathVariable UUID hook, RedirectAttributes redirect) {
        HookStore.Callable to = Objects.requireNonNull(transactions.execute(t -> store.get(me.school(), hook)));
        UUID delivery = ids.next();
        Handed handed = call.post(to.address(), to.secret(), delivery, "{\"delivery\":\"" + delivery + "\",\"kind\":\"messaging.trial\"}");
        return Pages.done("/office/webhooks", redirect, handed instanceof Handed.Sent ? "messaging.hooks.trial.heard" : "messaging.hooks.trial.not_heard");
    }

    @PostMapping("/office/webhooks/{hook}/end")
    ModelAndView end(Wearer me, @PathVariable UUID hook, RedirectAttributes redirect) {
        boolean done = Boolean.TRUE.equals(transactions.execute(t -> {
            boolean stopped = store.stop(me.school(), hook, clock.instant());
            if (stopped) audit.record(me.school(), "messaging.webhook_ended", "webhook", hook, Map.of());
            return stopped;
        }));
        if (!done) throw new NotFound();
        return Pages.done("/office/webhooks", redirect, "messaging.hooks.ended");
    }

    private List<HooksPage.Hook> hooks(Wearer me) {
        return Objects.requireNonNull(transactions.execute(t -> store.list(me.school())));
    }

    private HooksPage page(Wearer me, String secret, String name, String address, List<HookRefusal> refusals) {
        return new HooksPage(hooks(me), secret, name, address, refusals);
    }
}
