package afterbell.money.billing.publishing;

import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Typed;
import afterbell.money.billing.Charges;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The school's side of publishing: look, then publish. */
@Controller
@Allowed({Role.FINANCE, Role.PRINCIPAL, Role.OFFICE})
final class PublishController {
    private final Publications publications;
    private final DrawSheet draw;
    private final Charges charges;
    private final Schools schools;
    private final TransactionTemplate transactions;
    private final Ids ids;

    PublishController(Publications publications, DrawSheet draw, Charges charges, Schools schools, TransactionTemplate transactions, Ids ids) {
        this.publications = publications;
        this.draw = draw;
        this.charges = charges;
        this.schools = schools;
        this.transactions = transactions;
        this.ids = ids;
    }

    @GetMapping("/money/publications")
    ModelAndView all(Wearer me) {
        return read(() -> {
            if (!charges.charges(me.school(), publications.today())) throw new NotFound();
            List<Publications.Published> published = publications.all(me.school());
            List<PublicationsPage.Row> rows = draw.spans(me.school(), publications.today()).stream()
                    .map(s -> {
                        Publications.Published p = published.stream().filter(x -> x.kind().equals(s.kind()) && x.from().equals(s.from())).findFirst().orElse(null);
                        return new PublicationsPage.Row(s.kind(), s.from(), s.until(), p == null ? null : p.id(), p == null ? 0 : p.version(), p == null ? null : p.publishedAt());
                    })
                    .toList();
            return Pages.show("billing/publishing/all", new PublicationsPage(schools.get(me.school()).code(), rows, me.is(Role.FINANCE, Role.PRINCIPAL)));
        });
    }

    @GetMapping("/money/publications/preview")
    ModelAndView preview(Wearer me, @RequestParam MultiValueMap<String, String> query) {
        return Pages.show("billing/publishing/preview", page(me, new Typed(query), List.of()));
    }

    private SheetPage page(Wearer me, Typed typed, List<Refusal> no) {
        Optional<LocalDate> from = typed.date("from");
        return read(() -> {
            Publications.Preview preview = publications.preview(me.school(), typed.text("kind"), from.orElseThrow(NotFound::new));
            Publications.Published before = preview.before();
            return new SheetPage(
                    "", "", preview.sheet(), null, before == null ? 1 : before.version() + 1, null, null, Publications.hashOf(Publications.written(preview.sheet())), true, null, before != null, preview.changed(),
                    me.is(Role.FINANCE, Role.PRINCIPAL), "", no);
        });
    }

    @Allowed({Role.FINANCE, Role.PRINCIPAL})
    @Fresh
    @PostMapping("/money/publications")
    ModelAndView publish(Wearer me, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        LocalDate from = typed.date("from").orElseThrow(NotFound::new);
        return switch (publications.publish(me, typed.text("kind"), from, typed.text("reason"), typed.text("seen"), typed.key(ids))) {
            case Outcome.Done<UUID> done -> Pages.done("/money/publications", redirect, "billing.public.flash.published");
            case Outcome.Refused<UUID>(List<Refusal> no) -> Pages.refused("billing/publishing/preview", page(me, new Typed(new LinkedMultiValueMap<>(form)), no));
        };
    }

    private <T> T read(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(t -> work.get()));
    }
}
