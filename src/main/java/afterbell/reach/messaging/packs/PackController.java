package afterbell.reach.messaging.packs;

import afterbell.base.roster.Roster;
import afterbell.base.schools.Schools;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.print.Pdf;
import afterbell.base.shared.print.Qr;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.PublicAddress;
import afterbell.reach.messaging.Notices;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@Allowed({Role.CLASS_TEACHER, Role.OFFICE, Role.PRINCIPAL})
final class PackController {
    private static final int MOST = 50;

    private final PackStore store;
    private final WriteNotice write;
    private final Notices notices;
    private final Roster roster;
    private final Schools schools;
    private final PublicAddress address;
    private final Pdf pdf;
    private final TransactionTemplate transactions;

    PackController(PackStore store, WriteNotice write, Notices notices, Roster roster, Schools schools, PublicAddress address, Pdf pdf, TransactionTemplate transactions) {
        this.store = store;
        this.write = write;
        this.notices = notices;
        this.roster = roster;
        this.schools = schools;
        this.address = address;
        this.pdf = pdf;
        this.transactions = transactions;
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @GetMapping("/office/notices")
    ModelAndView ofSchool(Wearer me) {
        return Pages.show("messaging/packs/told", new ToldPage(in(() -> store.ofSchool(me.school(), MOST)), true));
    }

    @Allowed(Role.CLASS_TEACHER)
    @GetMapping("/class/notices")
    ModelAndView ofClasses(Wearer me) {
        return Pages.show("messaging/packs/told", new ToldPage(me.classes().isEmpty() ? List.of() : in(() -> store.ofClasses(me.school(), me.classes(), MOST)), false));
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @GetMapping("/office/notices/{notice}")
    ModelAndView pack(Wearer me, @PathVariable UUID notice) {
        return Pages.show("messaging/packs/pack", in(() -> {
            Told told = store.told(me.school(), notice);
            Notices.Reach reach = notices.reach(me.school(), notice);
            String link = link(notice);
            return new PackPage(told, link, Qr.of(link).pngAddress(8), address.known(), reach.families(), reach.opened(), reach.unreachable(), store.perClass(me.school(), notice), store.sent(me.school(), notice), List.of(), "", "/office/notices");
        }));
    }

    @Allowed(Role.CLASS_TEACHER)
    @GetMapping("/classes/{klass}/notices/{notice}")
    ModelAndView packOfClass(Wearer me, @PathVariable UUID klass, @PathVariable UUID notice) {
        if (!me.classes().contains(klass)) throw new NotFound();
        return Pages.show("messaging/packs/pack", in(() -> {
            Told told = forGroup(me, notice);
            List<PackPage.Family> families = store.families(me.school(), notice, klass);
            if (families.isEmpty()) throw new NotFound();
            int opened = (int) families.stream().filter(f -> f.openedAt() != null).count();
            int unreachable = (int) families.stream().filter(PackPage.Family::unreachable).count();
            String link = link(notice);
            return new PackPage(told, link, Qr.of(link).pngAddress(8), address.known(), families.size(), opened, unreachable, List.of(), List.of(), families, roster.schoolClass(me.school(), klass).name(), "/class/notices");
        }));
    }

    @GetMapping("/notices/{notice}/qr.png")
    ResponseEntity<byte[]> qr(Wearer me, @PathVariable UUID notice) {
        in(() -> forGroup(me, notice));
        return ResponseEntity.ok().contentType(MediaType.IMAGE_PNG).cacheControl(CacheControl.noStore()).body(Qr.of(link(notice)).png(12));
    }

    @GetMapping("/notices/{notice}/poster.pdf")
    ResponseEntity<byte[]> poster(Wearer me, @PathVariable UUID notice) {
        Told told = in(() -> forGroup(me, notice));
        String school = in(() -> schools.nameOf(me.school()));
        byte[] page = pdf.bytes("messaging/packs/poster", new PosterPage(told, link(notice), Qr.of(link(notice)).pngAddress(12)), Locale.SIMPLIFIED_CHINESE, school);
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_PDF).cacheControl(CacheControl.noStore()).header("Content-Disposition", "inline; filename=\"notice.pdf\"").body(page);
    }

    @GetMapping("/notices/new")
    ModelAndView begin(Wearer me) {
        return Pages.show("messaging/packs/write", write.page(me, WritePage.Typed.NOTHING, List.of()));
    }

    @PostMapping("/notices")
    ModelAndView tell(
            Wearer me,
            @RequestParam(defaultValue = "") String audience,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "") String titleEn,
            @RequestParam(defaultValue = "") String textEn,
            @RequestParam(defaultValue = "false") boolean urgent,
            @RequestParam("_key") UUID key,
            RedirectAttributes redirect) {
        WritePage.Typed typed = new WritePage.Typed(audience, title, text, titleEn, textEn, urgent);
        return switch (write.tell(me, typed, key)) {
            case Outcome.Done<String>(String path) -> Pages.done(path, redirect, "messaging.write.told");
            case Outcome.Refused<String> no -> Pages.refused("messaging/packs/write", write.page(me, typed, no.refusals()));
        };
    }

    // A notice for one family never becomes a poster.
    private Told forGroup(Wearer me, UUID notice) {
        Told told = store.told(me.school(), notice);
        if (!told.forGroup()) throw new NotFound();
        return told;
    }

    private String link(UUID notice) {
        return address.of("/inbox/" + notice).toString();
    }

    private <T> T in(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(t -> work.get()));
    }
}
