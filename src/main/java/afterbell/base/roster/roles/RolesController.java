package afterbell.base.roster.roles;

import afterbell.base.identity.Invitations;
import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.print.Qr;
import afterbell.base.shared.text.Pinyin;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.Listing;
import afterbell.base.shared.web.NavSource;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.PublicAddress;
import afterbell.base.shared.web.SchoolNames;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@RequestMapping("/roles")
@Allowed(Role.OFFICE)
@Fresh
final class RolesController {
    private static final String LIST = "roster/roles/list";
    private static final String PERSON = "roster/roles/person";
    private static final String NEW = "roster/roles/add";
    private static final int SLIPS_ON_A_SHEET = 8;
    private static final List<Listing.Column> COLUMNS = List.of(
            Listing.Column.text("name", "roster.field.name").unsorted(),
            Listing.Column.text("kind", "roster.roles.kind").unsorted(),
            Listing.Column.text("roles", "roster.roles.roles").unsorted(),
            Listing.Column.text("state", "roster.roles.state").unsorted());

    private final RolesStore store;
    private final ChangeRoles change;
    private final Invitations invitations;
    private final Roster roster;
    private final Schools schools;
    private final SchoolNames names;
    private final PublicAddress address;
    private final TransactionTemplate transactions;

    RolesController(
            RolesStore store, ChangeRoles change, Invitations invitations, Roster roster, Schools schools, SchoolNames names, PublicAddress address, TransactionTemplate transactions) {
        this.store = store;
        this.change = change;
        this.invitations = invitations;
        this.roster = roster;
        this.schools = schools;
        this.names = names;
        this.address = address;
        this.transactions = transactions;
    }

    @GetMapping
    ModelAndView all(Wearer me, HttpServletRequest request) {
        return Pages.show(LIST, list(me, request.getParameterMap(), List.of()));
    }

    private RolesPage list(Wearer me, Map<String, String[]> parameters, List<? extends Refusal> refusals) {
        Listing asked = Listing.of("/roles", parameters, COLUMNS, "");
        return in(() -> {
            UUID school = me.school();
            Map<UUID, SchoolClass> classes = classes(school);
            Map<UUID, Invitations.Open> open = invitations.openAccounts(school);
            List<RolesStore.Worker> all = store.all(school);
            String q = asked.filter("q");
            String role = asked.filter("role");
            List<RolesStore.Worker> found = all.stream()
                    .filter(w -> q.isEmpty() || w.name().contains(q.strip()) || Pinyin.finds(q, w.name()) || w.code().equalsIgnoreCase(q.strip()))
                    .filter(w -> role.isEmpty() || (role.equals("none") ? w.account() == null : w.held().stream().anyMatch(h -> h.role().name().equals(role))))
                    .toList();
            Listing list = asked.counted(found.size());
            List<RolesPage.Row> rows = found.stream()
                    .skip(list.offset())
                    .limit(list.size())
                    .map(w -> new RolesPage.Row(
                            w.key(),
                            w.name(),
                            w.code().startsWith("+") ? "" : w.code(),
                            w.kind(),
                            w.held().stream().map(h -> new RolesPage.Held(h.role().name(), place(h, classes))).toList(),
                            w.account() != null,
                            Optional.ofNullable(w.account()).map(open::get).map(Invitations.Open::expiresAt).orElse(null)))
                    .toList();
            return new RolesPage(list, rows, all.stream().filter(w -> w.account() == null).count(), refusals);
        });
    }

    private Map<UUID, SchoolClass> classes(UUID school) {
        return roster.classes(school).stream().collect(Collectors.toMap(SchoolClass::id, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    }

    private static String place(RolesStore.Held held, Map<UUID, SchoolClass> classes) {
        SchoolClass klass = held.klass() == null ? null : classes.get(held.klass());
        return klass != null ? klass.name() : held.grade() != null ? held.grade().toString() : "";
    }

    @GetMapping("/{key}")
    ModelAndView one(Wearer me, @PathVariable UUID key) {
        return Pages.show(PERSON, person(me, key, RolesPage.Typed.NOTHING, List.of()));
    }

    private RolesPage.PersonPage person(Wearer me, UUID key, RolesPage.Typed typed, List<? extends Refusal> refusals) {
        return in(() -> {
            UUID school = me.school();
            RolesStore.Worker w = store.one(school, key).orElseThrow(NotFound::new);
            Map<UUID, SchoolClass> classes = classes(school);
            RolesPage.@Nullable Invitation invitation = Optional.ofNullable(w.account()).map(invitations.openAccounts(school)::get).map(o -> invitation(w.name(), o)).orElse(null);
            return new RolesPage.PersonPage(
                    w.key(),
                    w.name(),
                    w.code().startsWith("+") ? "" : w.code(),
                    w.kind(),
                    w.held().stream().map(h -> new RolesPage.Grant(h.role().name(), h.klass(), h.grade(), place(h, classes), h.since())).toList(),
                    w.account() != null,
                    invitation,
                    classes.values().stream().map(c -> Choice.of(c.id().toString(), c.name())).toList(),
                    schools.grades(school).stream().map(g -> Choice.of(Integer.toString(g.grade()), g.name())).toList(),
                    w.staff() == null ? List.of() : change.sections(school, w.staff()),
                    typed,
                    refusals);
        });
    }

    private RolesPage.Invitation invitation(String name, Invitations.Open open) {
        String path = invitations.path(open.slip());
        String link = address.of(path).toString();
        return new RolesPage.Invitation(link, Qr.of(link).svg(name), Invitations.spelled(path), open.expiresAt(), address.known());
    }

    @PostMapping("/{key}/grants")
    ModelAndView grant(
            Wearer me,
            @PathVariable UUID key,
            @RequestParam(defaultValue = "") String role,
            @RequestParam(defaultValue = "") String klass,
            @RequestParam(defaultValue = "") String grade,
            RedirectAttributes redirect) {
        RolesPage.Typed typed = new RolesPage.Typed(role, klass, grade);
        Optional<Role> wanted = role(role);
        if (wanted.isEmpty()) return Pages.refused(PERSON, person(me, key, typed, List.of(new Refusal.Simple("roster.roles.refused.role", "role", List.of()))));
        return switch (change.grant(me, key, wanted.get(), Ids.parse(klass).orElse(null), grade(grade))) {
            case Outcome.Done<UUID> done -> Pages.done("/roles/" + key, redirect, "roster.roles.granted");
            case Outcome.Refused<UUID> refused -> Pages.refused(PERSON, person(me, key, typed, refused.refusals()));
        };
    }

    @PostMapping("/{key}/revocations")
    ModelAndView revoke(
            Wearer me,
            @PathVariable UUID key,
            @RequestParam(defaultValue = "") String role,
            @RequestParam(defaultValue = "") String klass,
            @RequestParam(defaultValue = "") String grade,
            RedirectAttributes redirect) {
        return switch (change.revoke(me, key, role(role).orElseThrow(NotFound::new), Ids.parse(klass).orElse(null), grade(grade))) {
            case Outcome.Done<UUID> done -> Pages.done(in(() -> store.one(me.school(), key)).isPresent() ? "/roles/" + key : "/roles", redirect, "roster.roles.revoked");
            case Outcome.Refused<UUID> refused -> Pages.refused(PERSON, person(me, key, RolesPage.Typed.NOTHING, refused.refusals()));
        };
    }

    /** The role on a section: its rules are those of the menu. */
    @PostMapping("/{key}/sections")
    ModelAndView lead(Wearer me, @PathVariable UUID key, @RequestParam(defaultValue = "") String section, RedirectAttributes redirect) {
        Optional<UUID> wanted = Ids.parse(section);
        if (wanted.isEmpty()) return Pages.refused(PERSON, person(me, key, RolesPage.Typed.NOTHING, List.of(new Refusal.Simple("roster.roles.refused.section", "section", List.of()))));
        return led(me, key, change.lead(me, key, wanted.get(), true), "roster.roles.led.given", redirect);
    }

    @PostMapping("/{key}/sections/{section}/removal")
    ModelAndView leadNoMore(Wearer me, @PathVariable UUID key, @PathVariable UUID section, RedirectAttributes redirect) {
        return led(me, key, change.lead(me, key, section, false), "roster.roles.led.taken", redirect);
    }

    private ModelAndView led(Wearer me, UUID key, Outcome<UUID> outcome, String said, RedirectAttributes redirect) {
        return switch (outcome) {
            case Outcome.Done<UUID> done -> Pages.done("/roles/" + key, redirect, said);
            case Outcome.Refused<UUID> refused -> Pages.refused(PERSON, person(me, key, RolesPage.Typed.NOTHING, refused.refusals()));
        };
    }

    @PostMapping("/{key}/invitations")
    ModelAndView invite(Wearer me, @PathVariable UUID key) {
        change.invite(me, List.of(key));
        return Pages.done("/roles/" + key + "#invitation");
    }

    /** Slips for all who are ticked, or for all who have no account yet. */
    @PostMapping("/invitations")
    ModelAndView inviteMany(Wearer me, @RequestParam(defaultValue = "") List<String> row, @RequestParam(defaultValue = "false") boolean all) {
        List<UUID> keys = all
                ? in(() -> store.all(me.school())).stream().filter(w -> w.account() == null).map(RolesStore.Worker::key).toList()
                : row.stream().flatMap(r -> Ids.parse(r).stream()).distinct().toList();
        if (keys.isEmpty()) return Pages.refused(LIST, list(me, Map.of(), List.of(new Refusal.Simple("roster.roles.refused.nobody"))));
        change.invite(me, keys);
        return Pages.done("/roles/slips");
    }

    /** The sheet for the printer: slips that nobody has opened. */
    @GetMapping("/slips")
    ModelAndView slips(Wearer me) {
        return Pages.show("roster/roles/slips", in(() -> {
            Map<UUID, Invitations.Open> open = invitations.openAccounts(me.school());
            List<RolesPage.SlipsPage.Slip> slips = store.all(me.school()).stream()
                    .filter(w -> w.account() != null && open.containsKey(w.account()))
                    .map(w -> slip(w.name(), Objects.requireNonNull(open.get(w.account()))))
                    .toList();
            List<List<RolesPage.SlipsPage.Slip>> sheets = new ArrayList<>();
            for (int i = 0; i < slips.size(); i += SLIPS_ON_A_SHEET) sheets.add(slips.subList(i, Math.min(slips.size(), i + SLIPS_ON_A_SHEET)));
            return new RolesPage.SlipsPage(names.nameOf(me.school()), sheets);
        }));
    }

    private RolesPage.SlipsPage.Slip slip(String name, Invitations.Open open) {
        RolesPage.Invitation i = invitation(name, open);
        return new RolesPage.SlipsPage.Slip(name, i.qr(), address.of("/e").toString(), i.spelled(), i.until());
    }

    @GetMapping("/new")
    ModelAndView form() {
        return Pages.show(NEW, new RolesPage.NewPage("", List.of()));
    }

    @PostMapping("/new")
    ModelAndView add(Wearer me, @RequestParam(defaultValue = "") String name, @RequestParam(defaultValue = "SUPERVISOR") String role) {
        return switch (change.add(me, name, role(role).orElseThrow(NotFound::new))) {
            case Outcome.Done<UUID>(UUID account) -> Pages.done("/roles/" + account + "#invitation");
            case Outcome.Refused<UUID> refused -> Pages.refused(NEW, new RolesPage.NewPage(name, refused.refusals()));
        };
    }

    private static Optional<Role> role(String name) {
        return Arrays.stream(Role.values()).filter(r -> r.hat() == Hat.STAFF && r.name().equals(name)).findFirst();
    }

    private static @Nullable Integer grade(String typed) {
        return typed.matches("\\d{1,2}") ? Integer.valueOf(typed) : null;
    }

    private <T> T in(java.util.function.Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(t -> work.get()));
    }

    @Component
    static final class Nav implements NavSource {
        @Override
        public List<Item> items() {
            return List.of(new Item("/roles", "roster.roles.nav", "lock", 86, Set.of(Role.OFFICE)));
        }
    }
}
