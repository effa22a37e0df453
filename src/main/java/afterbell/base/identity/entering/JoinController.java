package afterbell.base.identity.entering;

import afterbell.base.identity.ClassNames;
import afterbell.base.identity.How;
import afterbell.base.identity.Invitations;
import afterbell.base.identity.RateLimits.Limit;
import afterbell.base.identity.RateLimits;
import afterbell.base.identity.Relation;
import afterbell.base.identity.Sessions;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.OpenToAll;
import afterbell.base.shared.access.Person;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.SignedIn;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.SchoolNames;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Through the QR picture of a class: the family asks, sees nothing and waits for one tap of the class teacher. */
@Controller
final class JoinController {
    private static final String PAGE = "identity/entering/join";

    private final Invitations invitations;
    private final Join join;
    private final Sessions sessions;
    private final ClassNames classes;
    private final SchoolNames schools;
    private final RateLimits limits;
    private final TransactionTemplate transactions;

    JoinController(Invitations invitations, Join join, Sessions sessions, ClassNames classes, SchoolNames schools, RateLimits limits, TransactionTemplate transactions) {
        this.invitations = invitations;
        this.join = join;
        this.sessions = sessions;
        this.classes = classes;
        this.schools = schools;
        this.limits = limits;
        this.transactions = transactions;
    }

    @OpenToAll
    @GetMapping("/join/{secret}")
    ModelAndView show(HttpServletRequest request, @PathVariable String secret, @RequestParam(defaultValue = "") String who, @Nullable Person signedIn) {
        Optional<Invitations.ClassCode> code = find(request, secret);
        if (code.isEmpty()) return unknown();
        @Nullable Person person = who.equals("other") ? null : signedIn;
        return Pages.show(PAGE, new JoinPage(request.getRequestURI(), schools.nameOf(code.get().school()), className(code.get().school(), code.get().klass()), name(person), "", "", "", true, List.of()));
    }

    @OpenToAll
    @PostMapping("/join/{secret}")
    ModelAndView ask(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable String secret,
            @RequestParam(defaultValue = "") String child,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String relation,
            @RequestParam(defaultValue = "true") boolean guardian,
            @RequestParam(defaultValue = "false") boolean fresh,
            @Nullable Person signedIn) {
        Optional<Invitations.ClassCode> code = find(request, secret);
        if (code.isEmpty()) return unknown();
        limits.take(Limit.JOIN, request.getRemoteAddr());
        @Nullable Person person = fresh ? null : signedIn;
        return switch (join.ask(code.get(), person, new Join.Asked(child, name, Relation.of(relation).orElse(null), guardian))) {
            case Outcome.Done<UUID>(UUID account) -> {
                if (person == null) sessions.open(request, response, account, How.JOIN, false);
                yield Pages.done("/waiting");
            }
            case Outcome.Refused<UUID> refused -> Pages.refused(
                    PAGE,
                    new JoinPage(request.getRequestURI(), schools.nameOf(code.get().school()), className(code.get().school(), code.get().klass()), name(person), child, name, relation, guardian, refused.refusals()));
        };
    }

    @SignedIn
    @GetMapping("/waiting")
    ModelAndView waiting(Person person) {
        List<WaitingPage.Asked> asked = join.mine(person.account()).stream().map(m -> new WaitingPage.Asked(schools.nameOf(m.school()), className(m.school(), m.klass()), m.state(), m.invited() ? m.role().name() : "")).toList();
        return Pages.show("identity/entering/waiting", new WaitingPage(person.name(), !person.grants().isEmpty(), asked));
    }

    private Optional<Invitations.ClassCode> find(HttpServletRequest request, String secret) {
        limits.check(Limit.SECRET, request.getRemoteAddr());
        Optional<Invitations.ClassCode> code = invitations.findClass(secret);
        if (code.isEmpty()) limits.failed(Limit.SECRET, request.getRemoteAddr());
        return code;
    }

    private static ModelAndView unknown() {
        ModelAndView view = Pages.show("identity/entering/closed", new SlipClosedPage("unknown"));
        view.setStatus(HttpStatus.NOT_FOUND);
        return view;
    }

    private String className(UUID school, UUID klass) {
        String name = Scopes.within(Scope.publicly(school), () -> transactions.execute(t -> classes.of(school).stream().filter(c -> c.klass().equals(klass)).findFirst().map(ClassNames.Named::name).orElse("")));
        return name == null ? "" : name;
    }

    private static @Nullable String name(@Nullable Person person) {
        return person == null ? null : person.name();
    }
}
