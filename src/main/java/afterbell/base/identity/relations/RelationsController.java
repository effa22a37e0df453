package afterbell.base.identity.relations;

import afterbell.base.identity.Invitations;
import afterbell.base.identity.KinRequests;
import afterbell.base.identity.PupilNames;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.print.Qr;
import afterbell.base.shared.web.NavSource;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.PublicAddress;
import afterbell.base.shared.web.TaskSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The people of a child, for its guardians. */
@Controller
@Allowed(Role.GUARDIAN)
final class RelationsController {
    private static final String PAGE = "identity/relations/page";
    private static final Set<Role> CONFIRMED_BY_FAMILY = Set.of(Role.CARER, Role.COLLECTOR);

    private final RelationsStore store;
    private final Relate relate;
    private final KinRequests requests;
    private final Invitations invitations;
    private final PupilNames pupils;
    private final PublicAddress address;
    private final Ids ids;
    private final TransactionTemplate transactions;

    RelationsController(
            RelationsStore store, Relate relate, KinRequests requests, Invitations invitations, PupilNames pupils, PublicAddress address, Ids ids, TransactionTemplate transactions) {
        this.store = store;
        this.relate = relate;
        this.requests = requests;
        this.invitations = invitations;
        this.pupils = pupils;
        this.address = address;
        this.ids = ids;
        this.transactions = transactions;
    }

    /** The place in the menu: straight to the child where there is only one. */
    @GetMapping("/people")
    ModelAndView all(Wearer me) {
        List<UUID> children = me.children(Role.GUARDIAN);
        if (children.size() == 1) return Pages.done("/children/" + children.getFirst() + "/people");
        return Pages.show("identity/relations/children", new ChildrenPage(in(() -> pupils.of(children)).stream().map(c -> new ChildrenPage.Child(c.pupil(), c.name(), c.className())).toList()));
    }

    @GetMapping("/children/{child}/people")
    ModelAndView show(Wearer me, @PathVariable UUID child) {
        return Pages.show(PAGE, page(me, child, List.of()));
    }

    private RelationsPage page(Wearer me, UUID child, List<? extends Refusal> refusals) {
        UUID school = schoolOf(me, child);
        List<String> listed = relate.listed(me, school, child);
        return in(() -> {
            PupilNames.Named named = pupils.of(List.of(child)).stream().findFirst().orElseThrow(NotFound::new);
            List<RelationsPage.Person> people = store.of(school, child).stream().map(p -> person(me, p)).toList();
            List<RelationsPage.Waiting> waiting = requests.ofChildren(List.of(child)).stream()
                    .map(w -> new RelationsPage.Waiting(w.request(), w.name(), w.role().name(), w.relation().code(), w.askedAt(), CONFIRMED_BY_FAMILY.contains(w.role())))
                    .toList();
            List<RelationsPage.Open> open = invitations.open(school, child).stream().map(o -> new RelationsPage.Open(o.slip(), o.role().name(), o.expiresAt())).toList();
            return new RelationsPage(child, named.name(), named.className(), people, listed, waiting, open, refusals);
        });
    }

    private static RelationsPage.Person person(Wearer me, RelationsStore.Related p) {
        boolean own = p.account().equals(me.account());
        String by = p.by() == null ? "slip" : p.by().equals(me.account()) ? "me" : p.byName() == null ? "school" : "person";
        return new RelationsPage.Person(
                p.account(),
                p.name(),
                p.role(),
                Objects.requireNonNullElse(p.relation(), ""),
                p.since(),
                by,
                Objects.requireNonNullElse(p.byName(), ""),
                own,
                !own && CONFIRMED_BY_FAMILY.contains(Role.valueOf(p.role())));
    }

    @PostMapping("/children/{child}/people/invitations")
    ModelAndView invite(Wearer me, @PathVariable UUID child, @RequestParam(defaultValue = "") String role, @RequestParam(name = "_key", defaultValue = "") String key) {
        UUID school = schoolOf(me, child);
        List<Role> wanted = Stream.of(Role.GUARDIAN, Role.CARER, Role.COLLECTOR).filter(r -> r.name().equals(role)).toList();
        if (wanted.isEmpty()) return Pages.refused(PAGE, page(me, child, List.of(new Refusal.Simple("identity.people.choose", "role", List.of()))));
        return switch (relate.invite(me, school, child, wanted.getFirst(), Ids.parse(key).orElseGet(ids::next))) {
            case Outcome.Done<UUID>(UUID slip) -> Pages.done("/children/" + child + "/people/invitations/" + slip);
            case Outcome.Refused<UUID> refused -> Pages.refused(PAGE, page(me, child, refused.refusals()));
        };
    }

    /** The link of an invitation that nobody has opened; afterwards there is nothing to pass on. */
    @GetMapping("/children/{child}/people/invitations/{slip}")
    ModelAndView invitation(Wearer me, @PathVariable UUID child, @PathVariable UUID slip) {
        UUID school = schoolOf(me, child);
        return in(() -> {
            PupilNames.Named named = pupils.of(List.of(child)).stream().findFirst().orElseThrow(NotFound::new);
            return invitations.open(school, child).stream()
                    .filter(o -> o.slip().equals(slip))
                    .findFirst()
                    .map(o -> {
                        String link = address.of(invitations.path(slip)).toString();
                        return Pages.show("identity/relations/invitation", new InvitationPage(child, named.name(), slip, o.role().name(), link, Qr.of(link).svg(named.name()), o.expiresAt(), address.known()));
                    })
                    .orElseGet(() -> Pages.done("/children/" + child + "/people"));
        });
    }

    @PostMapping("/children/{child}/people/invitations/{slip}/withdrawal")
    ModelAndView takeBack(Wearer me, @PathVariable UUID child, @PathVariable UUID slip, RedirectAttributes redirect) {
        relate.takeBack(me, schoolOf(me, child), child, slip);
        return Pages.done("/children/" + child + "/people", redirect, "identity.people.taken_back");
    }

    @PostMapping("/children/{child}/people/requests/{request}")
    ModelAndView decide(Wearer me, @PathVariable UUID child, @PathVariable UUID request, @RequestParam(defaultValue = "") String decision, RedirectAttributes redirect) {
        UUID school = schoolOf(me, child);
        if (decision.equals("decline")) {
            requests.decline(school, child, request, me.account(), CONFIRMED_BY_FAMILY);
            return Pages.done("/children/" + child + "/people", redirect, "identity.people.declined");
        }
        return switch (requests.approve(school, child, request, me.account(), CONFIRMED_BY_FAMILY, false)) {
            case Outcome.Done<UUID> done -> Pages.done("/children/" + child + "/people", redirect, "identity.people.confirmed");
            case Outcome.Refused<UUID> refused -> Pages.refused(PAGE, page(me, child, refused.refusals()));
        };
    }

    @PostMapping("/children/{child}/people/{account}/withdrawal")
    ModelAndView withdraw(Wearer me, @PathVariable UUID child, @PathVariable UUID account, RedirectAttributes redirect) {
        if (!relate.withdraw(me, schoolOf(me, child), child, account)) throw new NotFound();
        return Pages.done("/children/" + child + "/people", redirect, "identity.people.withdrawn");
    }

    private static UUID schoolOf(Wearer me, UUID child) {
        if (!me.children(Role.GUARDIAN).contains(child)) throw new NotFound();
        return me.schoolOf(child);
    }

    private <T> T in(java.util.function.Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(t -> work.get()));
    }

    /** The menu entry, and the task of a guardian whose invited person waits. */
    @Component
    static final class Places implements NavSource, TaskSource {
        private final KinRequests requests;

        Places(KinRequests requests) {
            this.requests = requests;
        }

        @Override
        public List<Item> items() {
            return List.of(new Item("/people", "identity.people.nav", "family", 60, Set.of(Role.GUARDIAN)));
        }

        @Override
        public List<Task> tasks(Wearer wearer) {
            if (wearer.hat() != Hat.FAMILY || !wearer.is(Role.GUARDIAN)) return List.of();
            return requests.ofChildren(wearer.children(Role.GUARDIAN)).stream()
                    .filter(w -> CONFIRMED_BY_FAMILY.contains(w.role()))
                    .map(w -> new Task(
                            "identity.people.task." + w.role().name(), List.of(w.name()), "identity.people.task.note", "/children/" + w.pupil() + "/people", "identity.people.task.go", null, State.ATTENTION, ""))
                    .toList();
        }
    }
}
