package afterbell.base.identity.account;

import afterbell.base.audit.Audit;
import afterbell.base.identity.Partners;
import afterbell.base.identity.Passkeys;
import afterbell.base.identity.PersonName;
import afterbell.base.identity.PhoneCodes;
import afterbell.base.identity.Revocations;
import afterbell.base.identity.Sessions;
import afterbell.base.identity.Tokens;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Forbidden;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Person;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.SignedIn;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The person's own page. What changes how the account is opened reads the session anew, never from memory. */
@Controller
@RequestMapping("/account")
@SignedIn
final class AccountController {
    private static final String HERE = "/account";

    private final AccountStore store;
    private final SetPassword setPassword;
    private final Proof proof;
    private final Tokens tokens;
    private final PhoneCodes codes;
    private final Passkeys passkeys;
    private final Partners partners;
    private final Sessions sessions;
    private final Revocations revocations;
    private final Audit audit;
    private final TransactionTemplate transactions;

    AccountController(
            AccountStore store,
            SetPassword setPassword,
            Proof proof,
            Tokens tokens,
            PhoneCodes codes,
            Passkeys passkeys,
            Partners partners,
            Sessions sessions,
            Revocations revocations,
            Audit audit,
            TransactionTemplate transactions) {
        this.store = store;
        this.setPassword = setPassword;
        this.proof = proof;
        this.tokens = tokens;
        this.codes = codes;
        this.passkeys = passkeys;
        this.partners = partners;
        this.sessions = sessions;
        this.revocations = revocations;
        this.audit = audit;
        this.transactions = transactions;
    }

    @GetMapping
    ModelAndView show(HttpServletRequest request, Person person) {
        String own = java.util.HexFormat.of().formatHex(sessions.idOf(request), 0, 12);
        return Pages.show("identity/account/page", in(() -> {
            AccountStore.Kept kept = store.kept(person.account());
            List<AccountPage.Row> rows = store.sessions(person.account()).stream()
                    .map(s -> new AccountPage.Row(s.id(), Device.of(s.device()), s.since(), s.seenAt(), "identity.how." + s.how().code(), s.id().equals(own)))
                    .toList();
            return new AccountPage(
                    kept.name(),
                    hasChildren(person) && familyAlone(person),
                    kept.userName(),
                    kept.passwordHash() != null,
                    PhoneCodes.masked(kept.phone()),
                    kept.phoneProved(),
                    codes.ready(),
                    kept.factorSince() != null,
                    kept.recoveryCodes(),
                    passkeys.offered(request),
                    passkeys.of(person.account()).size(),
                    partners.all().isEmpty() ? -1 : partners.of(person.account()).size(),
                    hasChildren(person) ? tokens.of(person.account()).size() : -1,
                    rows);
        }));
    }

    private static boolean familyAlone(Person person) {
        return Stream.concat(person.grants().stream(), person.held().stream()).allMatch(g -> g.pupil() != null);
    }

    private static boolean hasChildren(Person person) {
        return person.grants().stream().anyMatch(g -> g.pupil() != null);
    }

    @Fresh
    @PostMapping("/sessions/{id}/removal")
    ModelAndView end(Person person, @PathVariable String id, RedirectAttributes redirect) {
        return in(() -> {
            if (store.end(person.account(), id) == 0) throw new NotFound();
            revocations.of(person.account());
            return Pages.done(HERE, redirect, "identity.account.sessions.ended", 1);
        });
    }

    @Fresh
    @PostMapping("/sessions/removal")
    ModelAndView endOthers(HttpServletRequest request, Person person, RedirectAttributes redirect) {
        return in(() -> {
            int ended = store.endOthers(person.account(), sessions.idOf(request));
            revocations.of(person.account());
            return Pages.done(HERE, redirect, "identity.account.sessions.ended", ended);
        });
    }

    @Allowed({Role.GUARDIAN, Role.CARER, Role.COLLECTOR})
    @GetMapping("/name")
    ModelAndView name(Person person) {
        if (!familyAlone(person)) throw new Forbidden();
        return Pages.show("identity/account/name", new NamePage(person.name(), List.of()));
    }

    /** The school reads it too, so each of the schools keeps who changed it. */
    @Fresh
    @Allowed({Role.GUARDIAN, Role.CARER, Role.COLLECTOR})
    @PostMapping("/name")
    ModelAndView rename(Person person, Wearer me, @RequestParam(defaultValue = "") String name, RedirectAttributes redirect) {
        if (!familyAlone(person)) throw new Forbidden();
        String clean = PersonName.clean(name);
        if (!PersonName.good(clean))
            return Pages.refused("identity/account/name", new NamePage(name, List.of(new Refusal.Simple("identity.account.name_bad", "name", List.of(PersonName.LONGEST)))));
        return in(() -> {
            store.name(me.account(), clean);
            me.grants().stream().map(Wearer.Grant::school).filter(Objects::nonNull).distinct().forEach(s -> audit.record(s, "identity.renamed", "account", me.account(), Map.of()));
            revocations.of(me.account());
            return Pages.done(HERE, redirect, "identity.account.renamed");
        });
    }

    @GetMapping("/password")
    ModelAndView password(HttpServletRequest request, Person person) {
        return Pages.show("identity/account/password", in(() -> passwordPage(request, person, store.kept(person.account()).userName(), List.of())));
    }

    @Fresh
    @PostMapping("/password")
    ModelAndView password(
            HttpServletRequest request,
            Person person,
            @RequestParam(defaultValue = "") String user,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String current,
            RedirectAttributes redirect) {
        return switch (setPassword.set(request, person.account(), user, password, current)) {
            case Outcome.Done<Integer>(Integer ended) -> Pages.done(HERE, redirect, "identity.account.password.done", ended);
            case Outcome.Refused<Integer> refused -> Pages.refused("identity/account/password", in(() -> passwordPage(request, person, user, refused.refusals())));
        };
    }

    private PasswordPage passwordPage(HttpServletRequest request, Person person, String user, List<Refusal> refusals) {
        AccountStore.Kept kept = store.kept(person.account());
        return new PasswordPage(user, kept.passwordHash() == null, proof.asked(request, kept), !kept.phone().isEmpty(), refusals);
    }

    private <T> T in(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(t -> work.get()));
    }
}
