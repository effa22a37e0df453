package afterbell.base.identity.inviting;

import afterbell.base.audit.Audit;
import afterbell.base.identity.ClassNames;
import afterbell.base.identity.Invitations;
import afterbell.base.identity.KinRequests;
import afterbell.base.identity.PersonName;
import afterbell.base.identity.PupilNames;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.print.Qr;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.PublicAddress;
import afterbell.base.shared.web.SchoolNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Families of a class. A class teacher sees the own classes, the office all; another class of the school is not found. */
@Controller
@RequestMapping("/families")
@Allowed({Role.CLASS_TEACHER, Role.OFFICE})
final class FamiliesController {
    private static final int SLIPS_ON_A_SHEET = 8;

    private final FamiliesStore store;
    private final Decide decide;
    private final Invitations invitations;
    private final KinRequests kin;
    private final ClassNames classes;
    private final PupilNames pupils;
    private final PublicAddress address;
    private final SchoolNames schools;
    private final Audit audit;
    private final Questions questions;
    private final TransactionTemplate transactions;

    FamiliesController(
            FamiliesStore store,
            Decide decide,
            Invitations invitations,
            KinRequests kin,
            ClassNames classes,
            PupilNames pupils,
            PublicAddress address,
            SchoolNames schools,
            Audit audit,
            Questions questions,
            TransactionTemplate transactions) {
        this.store = store;
        this.decide = decide;
        this.invitations = invitations;
        this.kin = kin;
        this.classes = classes;
        this.pupils = pupils;
        this.address = address;
        this.schools = schools;
        this.audit = audit;
        this.questions = questions;
        this.transactions = transactions;
    }

    @GetMapping
    ModelAndView all(Wearer me) {
        List<ClassesPage.Row> rows = in(() -> {
            Map<UUID, Long> waiting = store.waiting(me.school());
            return mine(me).stream().map(c -> new ClassesPage.Row(c.klass(), c.name(), c.pupils(), c.entered(), waiting.getOrDefault(c.klass(), 0L))).toList();
        });
        if (rows.size() == 1) return Pages.done("/families/" + rows.getFirst().klass());
        return Pages.show("identity/inviting/classes", new ClassesPage(rows));
    }

    private List<ClassNames.Named> mine(Wearer me) {
        return classes.of(me.school()).stream().filter(c -> me.is(Role.OFFICE) || me.classes().contains(c.klass())).toList();
    }

    private ClassNames.Named own(Wearer me, UUID klass) {
        return mine(me).stream().filter(c -> c.klass().equals(klass)).findFirst().orElseThrow(NotFound::new);
    }

    @GetMapping("/{klass}")
    ModelAndView one(Wearer me, @PathVariable UUID klass) {
        return Pages.show("identity/inviting/class", in(() -> page(me, klass, List.of())));
    }

    private ClassPage page(Wearer me, UUID klass, List<? extends Refusal> refusals) {
        List<ClassNames.Named> mine = mine(me);
        ClassNames.Named named = mine.stream().filter(c -> c.klass().equals(klass)).findFirst().orElseThrow(NotFound::new);
        UUID school = me.school();
        List<PupilNames.Named> children = pupils.ofClass(school, klass);
        Question<FamiliesStore.Adult> family = FamiliesStore.adultsOf(school, children.stream().map(PupilNames.Named::pupil).toList());
        Question<Invitations.Printed> printed = invitations.printedOf(school, klass);
        Questions.Answers all = questions.ask(family, printed);
        Map<UUID, List<FamiliesStore.Adult>> adults = all.of(family).stream().collect(Collectors.groupingBy(FamiliesStore.Adult::pupil));
        Map<UUID, Invitations.Printed> slips = all.of(printed).stream().collect(Collectors.toMap(Invitations.Printed::pupil, Function.identity()));
        Map<String, Long> names = children.stream().collect(Collectors.groupingBy(PupilNames.Named::name, Collectors.counting()));
        List<ClassPage.Row> rows = children.stream()
                .map(c -> new ClassPage.Row(
                        c.pupil(),
                        c.name(),
                        c.birthday(),
                        names.getOrDefault(c.name(), 0L) > 1,
                        adults.getOrDefault(c.pupil(), List.of()).stream().map(FamiliesController::adult).toList(),
                        Optional.ofNullable(slips.get(c.pupil())).map(Invitations.Printed::madeAt).orElse(null)))
                .toList();
        List<ClassPage.Request> requests = store.requests(school, klass).stream()
                .map(r -> new ClassPage.Request(
                        r.id(), r.name(), r.relation().code(), r.role() == Role.GUARDIAN, r.child(), r.askedAt(), rows.stream().filter(row -> PersonName.same(row.name(), r.child())).toList()))
                .toList();
        Optional<String> join = join(me, klass);
        Map<UUID, String> childNames = children.stream().collect(Collectors.toMap(PupilNames.Named::pupil, PupilNames.Named::name));
        List<ClassPage.Invited> invited = kin.ofClass(school, klass).stream()
                .filter(w -> childNames.containsKey(w.pupil()))
                .map(w -> new ClassPage.Invited(w.request(), w.pupil(), w.name(), "identity.relation." + w.relation().code(), childNames.getOrDefault(w.pupil(), ""), w.askedAt()))
                .toList();
        return new ClassPage(refusals, klass, named.name(), mine.size() > 1, invited, requests, rows, join.map(j -> Qr.of(j).svg(named.name())).orElse(""), join.orElse(""), address.known(), slips.size());
    }

    private static ClassPage.Adult adult(FamiliesStore.Adult a) {
        return new ClassPage.Adult(a.name(), a.relation() == null ? "" : "identity.relation." + a.relation().code(), a.role().name());
    }

    /** New slips for the chosen children, or for all for whom nobody has entered. */
    @PostMapping("/{klass}/slips")
    ModelAndView print(Wearer me, @PathVariable UUID klass, @RequestParam(defaultValue = "") List<String> pupil) {
        List<UUID> printed = in(() -> {
            own(me, klass);
            List<UUID> chosen = chosen(me.school(), klass, pupil);
            invitations.print(me.school(), klass, chosen, me.account());
            audit.record(me.school(), "identity.slips_printed", "class", klass, Map.of("slips", chosen.size()));
            return chosen;
        });
        return Pages.done("/families/" + klass + "/slips" + (printed.size() == 1 ? "?pupil=" + printed.getFirst() : ""));
    }

    private List<UUID> chosen(UUID school, UUID klass, List<String> asked) {
        List<UUID> children = pupils.ofClass(school, klass).stream().map(PupilNames.Named::pupil).toList();
        if (asked.isEmpty()) {
            Map<UUID, List<FamiliesStore.Adult>> adults = store.adults(school, children);
            return children.stream().filter(c -> !adults.containsKey(c)).toList();
        }
        List<UUID> chosen = asked.stream().flatMap(a -> Ids.parse(a).stream()).distinct().toList();
        if (!children.containsAll(chosen)) throw new NotFound();
        return chosen;
    }

    /** The sheet for the printer: open slips only, as often as needed. */
    @GetMapping("/{klass}/slips")
    ModelAndView sheet(Wearer me, @PathVariable UUID klass, @RequestParam(defaultValue = "") String pupil) {
        return Pages.show("identity/inviting/slips", in(() -> {
            ClassNames.Named named = own(me, klass);
            Map<UUID, Invitations.Printed> open = invitations.printed(me.school(), klass).stream().collect(Collectors.toMap(Invitations.Printed::pupil, Function.identity()));
            List<SlipsPage.Slip> slips = pupils.ofClass(me.school(), klass).stream()
                    .filter(c -> pupil.isEmpty() || c.pupil().toString().equals(pupil))
                    .flatMap(c -> Optional.ofNullable(open.get(c.pupil())).map(s -> slip(c.name(), s)).stream())
                    .toList();
            return new SlipsPage(klass, schools.nameOf(me.school()), named.name(), sheets(slips));
        }));
    }

    private SlipsPage.Slip slip(String child, Invitations.Printed slip) {
        String path = invitations.path(slip.slip());
        String opens = address.of(path).toString();
        return new SlipsPage.Slip(child, Qr.of(opens).svg(child), opens.substring(0, opens.length() - path.length()) + "/e", Invitations.spelled(path), slip.expiresAt());
    }

    private static List<List<SlipsPage.Slip>> sheets(List<SlipsPage.Slip> slips) {
        List<List<SlipsPage.Slip>> sheets = new ArrayList<>();
        for (int i = 0; i < slips.size(); i += SLIPS_ON_A_SHEET) sheets.add(slips.subList(i, Math.min(slips.size(), i + SLIPS_ON_A_SHEET)));
        return sheets;
    }

    @GetMapping("/{klass}/poster")
    ModelAndView poster(Wearer me, @PathVariable UUID klass) {
        return Pages.show("identity/inviting/poster", in(() -> new PosterPage(klass, schools.nameOf(me.school()), own(me, klass).name(), Qr.of(join(me, klass).orElseThrow(NotFound::new)).svg(own(me, klass).name()))));
    }

    /** The picture to send into the class group. */
    @GetMapping("/{klass}/qr.png")
    ResponseEntity<byte[]> picture(Wearer me, @PathVariable UUID klass) {
        byte[] png = in(() -> {
            own(me, klass);
            return Qr.of(join(me, klass).orElseThrow(NotFound::new)).png(12);
        });
        return ResponseEntity.ok().contentType(MediaType.IMAGE_PNG).cacheControl(CacheControl.noStore()).body(png);
    }

    // Empty for a class that was made before classes got their codes with them; the page then offers to make one.
    private Optional<String> join(Wearer me, UUID klass) {
        return invitations.classCode(me.school(), klass).map(c -> address.of(invitations.path(c)).toString());
    }

    /** A new QR picture: the old one went where it should not. */
    @PostMapping("/{klass}/code")
    ModelAndView renew(Wearer me, @PathVariable UUID klass, RedirectAttributes redirect) {
        in(() -> {
            own(me, klass);
            audit.record(me.school(), "identity.class_code_renewed", "class", klass, Map.of("number", invitations.renewClassCode(me.school(), klass, me.account()).number()));
            return true;
        });
        return Pages.done("/families/" + klass, redirect, "identity.families.renewed");
    }

    @PostMapping("/{klass}/requests/{request}")
    ModelAndView decide(
            Wearer me,
            @PathVariable UUID klass,
            @PathVariable UUID request,
            @RequestParam(defaultValue = "") String decision,
            @RequestParam(defaultValue = "") String pupil,
            RedirectAttributes redirect) {
        in(() -> own(me, klass));
        if (decision.equals("decline")) {
            decide.decline(me, klass, request);
            return Pages.done("/families/" + klass, redirect, "identity.families.declined");
        }
        @Nullable UUID child = Ids.parse(pupil).orElse(null);
        if (child == null) return Pages.done("/families/" + klass, redirect, "identity.families.choose");
        return switch (decide.approve(me, klass, request, child)) {
            case Outcome.Done<Decide.Approved>(Decide.Approved how) -> Pages.done("/families/" + klass, redirect, how.messageKey());
            case Outcome.Refused<Decide.Approved> refused -> Pages.refused("identity/inviting/class", in(() -> page(me, klass, refused.refusals())));
        };
    }

    /** A second guardian whom the first one invited. */
    @PostMapping("/{klass}/invited/{request}")
    ModelAndView decideInvited(
            Wearer me, @PathVariable UUID klass, @PathVariable UUID request, @RequestParam(defaultValue = "") String decision, RedirectAttributes redirect) {
        UUID pupil = in(() -> {
            own(me, klass);
            return kin.ofClass(me.school(), klass).stream().filter(w -> w.request().equals(request)).map(KinRequests.Waiting::pupil).findFirst();
        }).orElse(null);
        // Somebody else has decided meanwhile: the page shows how.
        if (pupil == null) return Pages.done("/families/" + klass);
        if (decision.equals("decline")) {
            kin.decline(me.school(), pupil, request, me.account(), Set.of(Role.GUARDIAN));
            return Pages.done("/families/" + klass, redirect, "identity.families.declined");
        }
        return switch (kin.approve(me.school(), pupil, request, me.account(), Set.of(Role.GUARDIAN), me.is(Role.OFFICE))) {
            case Outcome.Done<UUID> done -> Pages.done("/families/" + klass, redirect, "identity.families.approved");
            case Outcome.Refused<UUID> refused -> Pages.refused("identity/inviting/class", in(() -> page(me, klass, refused.refusals())));
        };
    }

    private <T> T in(java.util.function.Supplier<T> work) {
        T done = transactions.execute(t -> work.get());
        if (done == null) throw new IllegalStateException("no page");
        return done;
    }
}
