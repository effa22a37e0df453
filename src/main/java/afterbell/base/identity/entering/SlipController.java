package afterbell.base.identity.entering;

import afterbell.base.identity.FamilyBook;
import afterbell.base.identity.How;
import afterbell.base.identity.Invitations;
import afterbell.base.identity.PersonName;
import afterbell.base.identity.PupilNames;
import afterbell.base.identity.RateLimits.Limit;
import afterbell.base.identity.RateLimits;
import afterbell.base.identity.Relation;
import afterbell.base.identity.Sessions;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.OpenToAll;
import afterbell.base.shared.access.Person;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
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

/** The page of a slip. A GET only shows it, because chat apps open every address they see; the button consumes it. */
@Controller
final class SlipController {
    private static final String PAGE = "identity/entering/slip";

    private final Invitations invitations;
    private final Enter enter;
    private final Sessions sessions;
    private final PupilNames pupils;
    private final SchoolNames schools;
    private final RateLimits limits;
    private final TransactionTemplate transactions;
    private final AccountNames accounts;

    SlipController(
            Invitations invitations, Enter enter, Sessions sessions, PupilNames pupils, SchoolNames schools, RateLimits limits, TransactionTemplate transactions, AccountNames accounts) {
        this.invitations = invitations;
        this.enter = enter;
        this.sessions = sessions;
        this.pupils = pupils;
        this.schools = schools;
        this.limits = limits;
        this.transactions = transactions;
        this.accounts = accounts;
    }

    /** The form as typed. */
    record Typed(String name, String relation, boolean guardian) {
        static final Typed NOTHING = new Typed("", "", true);
    }

    /** Where the letters under the picture are typed, on a computer without a camera. */
    @OpenToAll
    @GetMapping("/e")
    ModelAndView type(@RequestParam(defaultValue = "") String code) {
        String letters = code.replaceAll("[^0-9A-Za-z]", "");
        if (!letters.isEmpty()) return Pages.done("/e/" + letters.substring(0, Math.min(letters.length(), 40)));
        return Pages.show("identity/entering/type", new SlipClosedPage(""));
    }

    @OpenToAll
    @GetMapping("/e/{secret}")
    ModelAndView show(HttpServletRequest request, @PathVariable String secret, @RequestParam(defaultValue = "") String who, @Nullable Person person) {
        Optional<Invitations.Found> slip = find(request, secret);
        if (slip.isEmpty()) return closed("unknown");
        if (slip.get().state() != Invitations.State.OPEN) return closed(slip.get().state().name().toLowerCase(java.util.Locale.ROOT));
        return Pages.show(PAGE, page(request, slip.get(), who.equals("other") ? null : person, who.equals("other"), Typed.NOTHING, List.of()));
    }

    /**
     * @param adult id of a grown-up of the school's list, or empty
     * @param fresh true where the person signed in on this phone is somebody else
     */
    @OpenToAll
    @PostMapping("/e/{secret}")
    ModelAndView enter(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable String secret,
            @RequestParam(defaultValue = "") String adult,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String relation,
            @RequestParam(defaultValue = "true") boolean guardian,
            @RequestParam(defaultValue = "false") boolean fresh,
            @Nullable Person signedIn) {
        Optional<Invitations.Found> slip = find(request, secret);
        if (slip.isEmpty()) return closed("unknown");
        @Nullable Person person = fresh ? null : signedIn;
        Enter.Who who = Ids.parse(adult).<Enter.Who>map(Enter.Who.Listed::new).orElseGet(() -> new Enter.Who.Other(name, Relation.of(relation).orElse(null), guardian));
        return switch (enter.enter(slip.get(), person, who)) {
            case Outcome.Done<UUID>(UUID account) -> {
                if (person == null || !person.account().equals(account)) sessions.open(request, response, account, How.SLIP, false);
                yield Pages.done(
                        switch (slip.get().kind()) {
                            case ACCOUNT -> "/account";
                            case CHILD -> "/";
                            case PERSON -> "/waiting";
                        });
            }
            case Outcome.Refused<UUID> refused -> {
                if (refused.refusals().getFirst() instanceof Enter.SlipGone) yield closed(find(request, secret).map(s -> s.state().name().toLowerCase(java.util.Locale.ROOT)).orElse("unknown"));
                yield Pages.refused(PAGE, page(request, slip.get(), person, true, new Typed(name, relation, guardian), refused.refusals()));
            }
        };
    }

    private Optional<Invitations.Found> find(HttpServletRequest request, String secret) {
        limits.check(Limit.SECRET, request.getRemoteAddr());
        Optional<Invitations.Found> slip = invitations.find(secret);
        if (slip.isEmpty()) limits.failed(Limit.SECRET, request.getRemoteAddr());
        return slip;
    }

    private static ModelAndView closed(String reason) {
        ModelAndView view = Pages.show("identity/entering/closed", new SlipClosedPage(reason));
        view.setStatus(reason.equals("unknown") ? HttpStatus.NOT_FOUND : HttpStatus.GONE);
        return view;
    }

    private SlipPage page(HttpServletRequest request, Invitations.Found slip, @Nullable Person person, boolean other, Typed typed, List<? extends Refusal> refusals) {
        List<SlipPage.Adult> adults = enter.listed(slip).stream().map(SlipController::adult).toList();
        UUID pupil = slip.pupil();
        Optional<PupilNames.Named> child = pupil == null
                ? Optional.empty()
                : Scopes.within(Scope.school(slip.school(), null), () -> transactions.execute(t -> pupils.of(List.of(pupil)).stream().findFirst()));
        UUID account = slip.account();
        return new SlipPage(
                request.getRequestURI(),
                schools.nameOf(slip.school()),
                child.map(PupilNames.Named::name).orElse(""),
                child.map(PupilNames.Named::className).orElse(""),
                account == null ? "" : accounts.nameOf(slip.school(), account),
                person == null ? null : person.name(),
                other || adults.isEmpty(),
                slip.role().name(),
                slip.kind() == Invitations.Kind.PERSON,
                adults,
                typed.name(),
                typed.relation(),
                typed.guardian(),
                refusals);
    }

    private static SlipPage.Adult adult(FamilyBook.Adult a) {
        return new SlipPage.Adult(a.adult(), PersonName.masked(a.name()), a.label(), a.account() != null);
    }
}
