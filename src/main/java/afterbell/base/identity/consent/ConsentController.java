package afterbell.base.identity.consent;

import afterbell.base.identity.Consents;
import afterbell.base.identity.Consents.Decided;
import afterbell.base.identity.Consents.Decision;
import afterbell.base.identity.PupilNames;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.OpenToAll;
import afterbell.base.shared.access.Person;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.SignedIn;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.LocalPath;
import afterbell.base.shared.web.Pages;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Asks one child after the other; the same page shows what was decided and lets it be changed. */
@Controller
final class ConsentController {
    private final Consents consents;
    private final PupilNames pupils;
    private final TransactionTemplate transactions;

    ConsentController(Consents consents, PupilNames pupils, TransactionTemplate transactions) {
        this.consents = consents;
        this.pupils = pupils;
        this.transactions = transactions;
    }

    /** The rules in full, for everybody. */
    @OpenToAll
    @GetMapping("/privacy")
    ModelAndView rules() {
        return Pages.show("identity/consent/rules", new RulesPage(Consents.SECTIONS, Consents.VERSION));
    }

    @SignedIn
    @GetMapping("/consent")
    ModelAndView show(Person person, @RequestParam(defaultValue = "/") String back) {
        List<ConsentPage.Child> children = children(person);
        Optional<ConsentPage.Child> ask = children.stream().filter(c -> c.decision() == null).findFirst();
        int number = ask.map(children::indexOf).orElse(0) + 1;
        return Pages.show("identity/consent/page", new ConsentPage(ask.orElse(null), number, children, LocalPath.of(back), Consents.VERSION));
    }

    private List<ConsentPage.Child> children(Person person) {
        Map<UUID, Decided> decided = consents.of(person);
        List<Wearer.Grant> guarded = Consents.guarded(person);
        List<UUID> ids = guarded.stream().map(Wearer.Grant::pupil).filter(p -> p != null).toList();
        Map<UUID, PupilNames.Named> names = ids.isEmpty()
                ? Map.of()
                : Optional.ofNullable(Scopes.within(family(person), () -> transactions.execute(t -> pupils.of(ids)))).orElse(List.of()).stream().collect(Collectors.toMap(PupilNames.Named::pupil, Function.identity()));
        List<ConsentPage.Child> children = new ArrayList<>();
        for (Wearer.Grant g : guarded) {
            UUID pupil = g.pupil();
            PupilNames.@Nullable Named name = pupil == null ? null : names.get(pupil);
            if (pupil == null) continue;
            @Nullable Decided d = decided.get(pupil);
            children.add(new ConsentPage.Child(pupil, name == null ? "" : name.name(), name == null ? "" : name.className(), d == null ? null : d.decision().name().toLowerCase(java.util.Locale.ROOT), d == null ? null : d.at()));
        }
        children.sort(Comparator.comparing(c -> c.decision() == null ? 0 : 1));
        return children;
    }

    private static Scope family(Person person) {
        return person.hats().getFirst().scope();
    }

    /** @param decision given, declined or withdrawn */
    @SignedIn
    @PostMapping("/consent/{child}")
    ModelAndView decide(
            HttpServletRequest request,
            Person person,
            @PathVariable UUID child,
            @RequestParam(defaultValue = "") String decision,
            @RequestParam(defaultValue = "") String version,
            @RequestParam(defaultValue = "/") String back,
            RedirectAttributes redirect) {
        Wearer.Grant grant = Consents.guarded(person).stream().filter(g -> child.equals(g.pupil())).findFirst().orElseThrow(NotFound::new);
        UUID school = Optional.ofNullable(grant.school()).orElseThrow(NotFound::new);
        Optional<Decision> wanted = List.of(Decision.values()).stream().filter(d -> d.name().equalsIgnoreCase(decision)).findFirst();
        // A page that stood open while the text changed asks again with the new text.
        if (wanted.isEmpty() || !version.equals(Consents.VERSION)) return Pages.done("/consent");
        String device = Optional.ofNullable(request.getHeader("User-Agent")).orElse("");
        Scopes.within(family(person), () -> consents.decide(school, child, person.account(), wanted.get(), device));
        boolean more = Consents.guarded(person).stream().anyMatch(g -> !consents.of(person).containsKey(g.pupil()));
        if (more) return Pages.done("/consent?back=" + java.net.URLEncoder.encode(LocalPath.of(back), java.nio.charset.StandardCharsets.UTF_8));
        return wanted.get() == Decision.GIVEN ? Pages.done(LocalPath.of(back)) : Pages.done("/consent", redirect, "identity.consent.done." + wanted.get().name().toLowerCase(java.util.Locale.ROOT));
    }
}
