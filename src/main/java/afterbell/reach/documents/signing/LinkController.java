package afterbell.reach.documents.signing;

import afterbell.base.schools.Schools;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.OpenToAll;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.web.Pages;
import afterbell.reach.documents.Device;
import afterbell.reach.documents.Letters;
import afterbell.reach.documents.LinkSecret;
import afterbell.reach.documents.SignLetter;
import afterbell.reach.documents.Signature.Proof;
import afterbell.reach.documents.Signature.Standing;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * A guardian far away reads and signs through a link, without an account. A GET shows and uses nothing up (chat programs fetch what is pasted into
 * them); the POST that succeeds uses the link up. The scope is this one child's family, opened by the secret alone.
 */
@Controller
final class LinkController {
    private static final UUID NOBODY = new UUID(0, 0);

    private final LinkStore links;
    private final ReadLetter read;
    private final Letters letters;
    private final Schools schools;
    private final SignLetter sign;
    private final TransactionTemplate transactions;
    private final Clock clock;

    LinkController(LinkStore links, ReadLetter read, Letters letters, Schools schools, SignLetter sign, TransactionTemplate transactions, Clock clock) {
        this.links = links;
        this.read = read;
        this.letters = letters;
        this.schools = schools;
        this.sign = sign;
        this.transactions = transactions;
        this.clock = clock;
    }

    @OpenToAll
    @GetMapping("/sign/{secret}")
    ModelAndView letter(@PathVariable String secret, HttpServletResponse response) {
        hide(response);
        return open(secret)
                .map(o -> Pages.show("documents/signing/link", page(o, secret, SignPage.Typed.NOTHING, List.of())))
                .orElseGet(() -> Pages.show("documents/signing/linkOver", new LinkOver(false)));
    }

    @OpenToAll
    @PostMapping("/sign/{secret}")
    ModelAndView sign(
            @PathVariable String secret,
            @RequestParam(defaultValue = "") String answer,
            @RequestParam(defaultValue = "") String drawing,
            @RequestParam(defaultValue = "") String typed,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String read,
            @RequestParam("_key") UUID key,
            @RequestHeader(value = "User-Agent", defaultValue = "") String agent,
            HttpServletResponse response) {
        hide(response);
        Optional<LinkStore.Opened> opened = open(secret);
        if (opened.isEmpty()) return Pages.show("documents/signing/linkOver", new LinkOver(false));
        LinkStore.Opened o = opened.get();
        SignLetter.Command command = new SignLetter.Command(o.school(), o.letter(), o.pupil(), SigningController.answer(answer), drawing, typed, reason, read, Device.of(agent), null, key);
        Outcome<UUID> outcome = Scopes.within(scope(o), () -> transactions.execute(t -> {
            String[] signer = links.signer(o.school(), o.link());
            return sign.sign(command, new SignLetter.Signer(Standing.GUARDIAN, Proof.LINK, null, o.adult(), signer[0], signer.length > 1 ? signer[1] : "", null, o.link()));
        }));
        return switch (outcome) {
            case Outcome.Done<UUID> done -> Pages.show("documents/signing/linkOver", new LinkOver(true));
            case Outcome.Refused<UUID> refused -> Pages.refused("documents/signing/link", page(o, secret, new SignPage.Typed(answer, typed, reason), refused.refusals()));
        };
    }

    private Optional<LinkStore.Opened> open(String secret) {
        return Scopes.within(Scope.DOOR, () -> transactions.execute(t -> links.open(new LinkSecret(secret).hash(), clock.instant())));
    }

    private static Scope scope(LinkStore.Opened o) {
        return Scope.family(NOBODY, List.of(o.school()), List.of(o.pupil()));
    }

    private SignPage page(LinkStore.Opened o, String secret, SignPage.Typed typed, List<? extends Refusal> refusals) {
        return Scopes.within(scope(o), () -> transactions.execute(t -> {
            Letters.Read r = letters.read(o.school(), o.letter(), o.pupil());
            return new SignPage(schools.nameOf(o.school()), r.letter(), r.pupil().name(), r.pupil().className(), r.text(), r.text().hashText(), "/sign/" + secret, "", false, links.signer(o.school(), o.link())[0], read.history(o.school(), o.letter(), o.pupil(), null), "", typed, refusals);
        }));
    }

    // The address is a secret: it goes to no other site and into no search engine.
    private static void hide(HttpServletResponse response) {
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Robots-Tag", "noindex");
    }
}
