package afterbell.money.billing.statements;

import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import afterbell.base.shared.print.Pdf;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.Typed;
import afterbell.money.billing.BillObjections.Objection;
import afterbell.money.billing.BillObjections;
import afterbell.money.billing.ChargingSchools;
import afterbell.money.billing.Materials.Offer;
import afterbell.money.billing.Materials;
import afterbell.money.billing.OnShow;
import afterbell.money.billing.Statements;
import afterbell.money.billing.WhatIf;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The account of a child. A school that does not charge has none of these pages (C7); helpers and collectors see no money. */
@Controller
final class StatementController {
    private static final String PAGE = "billing/statements/statement";
    private static final String OBJECT = "billing/statements/object";

    private final Statements statements;
    private final WhatIf whatIf;
    private final Questions questions;
    private final ChargingSchools charging;
    private final BillObjections objections;
    private final Materials materials;
    private final OnShow onShow;
    private final Schools schools;
    private final Pdf pdf;
    private final Roster roster;
    private final CommandKeys commands;
    private final TransactionTemplate transactions;
    private final Ids ids;
    private final Clock clock;

    StatementController(
            Statements statements,
            WhatIf whatIf,
            Questions questions,
            ChargingSchools charging,
            BillObjections objections,
            Materials materials,
            OnShow onShow,
            Schools schools,
            Pdf pdf,
            Roster roster,
            CommandKeys commands,
            TransactionTemplate transactions,
            Ids ids,
            Clock clock) {
        this.statements = statements;
        this.whatIf = whatIf;
        this.questions = questions;
        this.charging = charging;
        this.objections = objections;
        this.materials = materials;
        this.onShow = onShow;
        this.schools = schools;
        this.pdf = pdf;
        this.roster = roster;
        this.commands = commands;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    @Allowed(Role.GUARDIAN)
    @GetMapping("/children/{child}/bill")
    ModelAndView family(Wearer me, @PathVariable UUID child) {
        UUID school = mine(me, child);
        return Pages.show(PAGE, transactions.execute(t -> {
            return statement(school, child, StatementPage.Reader.FAMILY);
        }));
    }

    /** Bills of the family's children; with one child, its bill. */
    @Allowed(Role.GUARDIAN)
    @GetMapping("/bills")
    ModelAndView bills(Wearer me) {
        List<UUID> charged = me.children(Role.GUARDIAN).stream().filter(child -> charging.charge(me.schoolOf(child))).toList();
        if (charged.isEmpty()) throw new NotFound();
        if (charged.size() == 1) return Pages.done("/children/" + charged.getFirst() + "/bill");
        return Pages.show("billing/statements/bills", transactions.execute(t -> {
            Map<UUID, Long> due = new HashMap<>();
            charged.stream().collect(Collectors.groupingBy(me::schoolOf)).forEach((school, children) -> due.putAll(onShow.collectable(school, children)));
            Set<UUID> shown = questions.ask(OnShow.heldOf(charged, today())).stream().filter(h -> h.fen() > 0).map(OnShow.Held::pupil).collect(Collectors.toSet());
            return new BillsPage(roster.children(charged).stream().map(p -> new BillsPage.Row(p, due.getOrDefault(p.id(), 0L), shown.contains(p.id()))).toList());
        }));
    }

    @Allowed({Role.FINANCE, Role.PRINCIPAL, Role.OFFICE})
    @GetMapping("/charges/children/{child}")
    ModelAndView school(Wearer me, @PathVariable UUID child) {
        return Pages.show(PAGE, transactions.execute(t -> {
            return statement(me.school(), child, me.is(Role.FINANCE) ? StatementPage.Reader.FINANCE : me.is(Role.OFFICE) ? StatementPage.Reader.OFFICE : StatementPage.Reader.PRINCIPAL);
        }));
    }

    @Allowed(Role.GUARDIAN)
    @GetMapping("/children/{child}/bill.pdf")
    void familyPaper(Wearer me, @PathVariable UUID child, Locale locale, HttpServletResponse response) {
        send(mine(me, child), child, true, locale, response);
    }

    @Allowed({Role.FINANCE, Role.PRINCIPAL, Role.OFFICE})
    @GetMapping("/charges/children/{child}.pdf")
    void schoolPaper(Wearer me, @PathVariable UUID child, Locale locale, HttpServletResponse response) {
        send(me.school(), child, false, locale, response);
    }

    private void send(UUID school, UUID child, boolean family, Locale locale, HttpServletResponse response) {
        StatementPage page = Objects.requireNonNull(transactions.execute(t -> statement(school, child, family ? StatementPage.Reader.FAMILY : StatementPage.Reader.PRINCIPAL)));
        String name = Objects.requireNonNull(transactions.execute(t -> schools.nameOf(school)));
        response.setContentType("application/pdf");
        response.setHeader("Cache-Control", "private, no-store");
        response.setHeader("Content-Disposition", "inline; filename=\"statement-" + today() + ".pdf\"");
        try {
            pdf.write("billing/statements/paper", page, locale, name, response.getOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private StatementPage statement(UUID school, UUID child, StatementPage.Reader reader) {
        Child known = known(school, child);
        Statements.Statement account = statements.of(school, child);
        Map<UUID, LocalDate> until = new HashMap<>();
        account.charges().forEach(c -> until.put(c.id(), objections.until(school, c.publicUntil(), c.at())));
        @Nullable Stopped stopped = known.stopped();
        boolean late = stopped != null && !stopped.reviewed() && reader.stops() && whatIf.late(school, stopped.from());
        return new StatementPage(known.pupil(), reader, account, today(), stopped, late, known.objections(), until, known.materials(), List.of());
    }

    // --- materials of a course ---

    /** A family agrees, of its free will. Under the school's scope, because a family's hat books nothing. */
    @Fresh
    @Allowed(Role.GUARDIAN)
    @PostMapping("/children/{child}/bill/materials/{material}")
    ModelAndView agree(Wearer me, @PathVariable UUID child, @PathVariable UUID material, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        UUID school = mine(me, child);
        UUID key = new Typed(form).key(ids);
        String command = "material-agree/" + child + "/" + material;
        Optional<Refusal> no = Objects.requireNonNull(Scopes.within(Scope.school(school, me.account()), () -> transactions.execute(t -> {
            if (commands.kept(key, command).isPresent()) return Optional.<Refusal>empty();
            Optional<Refusal> refused = materials.agree(school, child, material, me.account());
            if (refused.isEmpty()) commands.once(key, command, () -> "agreed");
            return refused;
        })));
        if (no.isPresent()) return Pages.refused(PAGE, Objects.requireNonNull(transactions.execute(t -> statement(school, child, StatementPage.Reader.FAMILY))).refusing(no.get()));
        return Pages.done("/children/" + child + "/bill", redirect, "billing.material.flash.agreed");
    }

    // --- a bill that is not right ---

    @Allowed(Role.GUARDIAN)
    @GetMapping("/children/{child}/bill/objections/{charge}")
    ModelAndView wrong(Wearer me, @PathVariable UUID child, @PathVariable UUID charge, @RequestParam MultiValueMap<String, String> query) {
        return Pages.show(OBJECT, objecting(mine(me, child), child, charge, new Typed(query), List.of()));
    }

    @Fresh
    @Allowed(Role.GUARDIAN)
    @PostMapping("/children/{child}/bill/objections/{charge}")
    ModelAndView object(Wearer me, @PathVariable UUID child, @PathVariable UUID charge, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        UUID school = mine(me, child);
        Typed typed = new Typed(form);
        Optional<Refusal> no = objections.raise(school, child, charge, typed.date("day").orElse(null), typed.text("about"), me.account(), typed.key(ids));
        if (no.isPresent()) return Pages.refused(OBJECT, objecting(school, child, charge, typed, List.of(no.get())));
        return Pages.done("/children/" + child + "/bill", redirect, "billing.object.done");
    }

    private ObjectPage objecting(UUID school, UUID child, UUID charge, Typed typed, List<Refusal> refusals) {
        StatementPage page = Objects.requireNonNull(transactions.execute(t -> statement(school, child, StatementPage.Reader.FAMILY)));
        Statements.Charged charged = page.statement().charges().stream().filter(c -> c.id().equals(charge)).findFirst().orElseThrow(NotFound::new);
        return new ObjectPage(page.child(), charged, page.until(charged), typed.text("day"), typed.text("about"), refusals);
    }

    private UUID mine(Wearer me, UUID child) {
        if (!me.children(Role.GUARDIAN).contains(child)) throw new NotFound();
        UUID school = me.schoolOf(child);
        if (!charging.charge(school)) throw new NotFound();
        return school;
    }

    private record Child(Pupil pupil, @Nullable Stopped stopped, List<Objection> objections, List<Offer> materials) {}

    private Child known(UUID school, UUID child) {
        // Who has left still has a last bill; that a family may read it is asked before.
        Question<Pupil> pupil = Roster.pupilEverOf(school, child);
        Question<Stopped> stopped = StopStore.of(school, child, today());
        Question<Objection> raised = BillObjections.of(school, child);
        Question<Offer> materials = Materials.offersOf(school, child);
        Questions.Answers answers = questions.ask(pupil, stopped, raised, materials);
        return new Child(answers.one(pupil).orElseThrow(NotFound::new), answers.one(stopped).orElse(null), answers.of(raised), answers.of(materials));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }
}
