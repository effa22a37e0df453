package afterbell.base.roster.protecting;

import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.files.Files;
import afterbell.base.shared.web.NavSource;
import afterbell.base.shared.web.Pages;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@RequestMapping("/protections")
@Allowed(Role.OFFICE)
@Fresh
final class ProtectionController {
    private static final String PAGE = "roster/protecting/page";
    private static final String FORM = "roster/protecting/form";

    private final Protect protect;
    private final Files files;
    private final Ids ids;

    ProtectionController(Protect protect, Files files, Ids ids) {
        this.protect = protect;
        this.files = files;
        this.ids = ids;
    }

    @GetMapping
    ModelAndView all(Wearer me, @RequestParam(defaultValue = "") String q) {
        return Pages.show(PAGE, protect.page(me, q, List.of()));
    }

    @GetMapping("/new/{pupil}")
    ModelAndView form(Wearer me, @PathVariable UUID pupil) {
        return Pages.show(FORM, protect.form(me, pupil, NewProtectionPage.Typed.NOTHING, List.of()));
    }

    @PostMapping("/new/{pupil}")
    ModelAndView make(
            Wearer me,
            @PathVariable UUID pupil,
            @RequestParam(defaultValue = "") String whom,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String document,
            @RequestParam(defaultValue = "") String said,
            @RequestParam(defaultValue = "") String until,
            @RequestParam(required = false) @Nullable List<MultipartFile> scan,
            @RequestParam(name = "_key", defaultValue = "") String key,
            RedirectAttributes redirect) {
        NewProtectionPage.Typed typed = new NewProtectionPage.Typed(whom, name, document, said, until);
        return switch (protect.protect(me, pupil, typed, chosen(scan), command(key))) {
            case Outcome.Done<UUID> done -> Pages.done("/protections", redirect, "roster.protect.made");
            case Outcome.Refused<UUID> refused -> Pages.refused(FORM, protect.form(me, pupil, typed, refused.refusals()));
        };
    }

    // A browser sends an empty part where no file was chosen.
    private static List<MultipartFile> chosen(@Nullable List<MultipartFile> sent) {
        return sent == null ? List.of() : sent.stream().filter(f -> !f.isEmpty()).toList();
    }

    private UUID command(String key) {
        return Ids.parse(key).orElseGet(ids::next);
    }

    /** A paper is read by a POST that says what for; the answer is the page itself, so that going back shows nothing. */
    @PostMapping("/{protection}/readings")
    ModelAndView read(Wearer me, @PathVariable UUID protection, @RequestParam(defaultValue = "") String purpose) {
        if (!ProtectionsPage.PURPOSES.contains(purpose)) return withoutPurpose(me);
        return Pages.show("roster/protecting/reading", protect.read(me, protection, purpose));
    }

    private ModelAndView withoutPurpose(Wearer me) {
        return Pages.refused(PAGE, protect.page(me, "", List.of(new Refusal.Simple("roster.protect.refused.purpose", "purpose", List.of()))));
    }

    @PostMapping("/{protection}/scans")
    ModelAndView scan(
            Wearer me,
            @PathVariable UUID protection,
            @RequestParam(required = false) @Nullable List<MultipartFile> scan,
            @RequestParam(name = "_key", defaultValue = "") String key,
            RedirectAttributes redirect) {
        List<Refusal> no = protect.scan(me, protection, chosen(scan), command(key));
        return no.isEmpty() ? Pages.done("/protections", redirect, "roster.protect.scan.added") : Pages.refused(PAGE, protect.page(me, "", no));
    }

    /** One page of a paper. No address shows it: it comes as the answer to a POST that says what for. */
    @PostMapping("/{protection}/scans/{file}/readings")
    @Nullable ModelAndView open(Wearer me, @PathVariable UUID protection, @PathVariable UUID file, @RequestParam(defaultValue = "") String purpose, HttpServletResponse response) {
        if (!ProtectionsPage.PURPOSES.contains(purpose)) return withoutPurpose(me);
        protect.openScan(me, protection, file, purpose);
        files.send(me.school(), file, response);
        return null;
    }

    @PostMapping("/{protection}/scans/{file}/removal")
    ModelAndView remove(Wearer me, @PathVariable UUID protection, @PathVariable UUID file, RedirectAttributes redirect) {
        protect.removeScan(me, protection, file);
        return Pages.done("/protections", redirect, "roster.protect.scan.removed");
    }

    @PostMapping("/{protection}/end")
    ModelAndView end(Wearer me, @PathVariable UUID protection, RedirectAttributes redirect) {
        protect.end(me, protection);
        return Pages.done("/protections", redirect, "roster.protect.ended");
    }

    @Component
    static final class Nav implements NavSource {
        @Override
        public List<Item> items() {
            return List.of(new Item("/protections", "roster.protect.nav", "shield", 84, Set.of(Role.OFFICE)));
        }
    }
}
