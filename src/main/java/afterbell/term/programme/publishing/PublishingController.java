package afterbell.term.programme.publishing;

import afterbell.base.schools.Schools;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.OpenToAll;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.files.Files;
import afterbell.base.shared.print.Pdf;
import afterbell.base.shared.print.Qr;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.PublicAddress;
import afterbell.base.shared.web.Typed;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
final class PublishingController {
    private final PublishPlan publishPlan;
    private final PublicMenu publicMenu;
    private final Schools schools;
    private final MenuSheet menuSheet;
    private final Files files;
    private final Pdf pdf;
    private final PublicAddress address;

    PublishingController(PublishPlan publishPlan, PublicMenu publicMenu, Schools schools, MenuSheet menuSheet, Files files, Pdf pdf, PublicAddress address) {
        this.publishPlan = publishPlan;
        this.publicMenu = publicMenu;
        this.schools = schools;
        this.menuSheet = menuSheet;
        this.files = files;
        this.pdf = pdf;
        this.address = address;
    }

    @Allowed(Role.OFFICE)
    @GetMapping("/programme/publication")
    ModelAndView publication(Wearer me, @RequestParam MultiValueMap<String, String> query) {
        return Pages.show("programme/publishing/page", publishPlan.page(me.school(), new Typed(query).id("term").orElse(null), false));
    }

    @Allowed(Role.OFFICE)
    @PostMapping("/programme/publication")
    ModelAndView publish(Wearer me, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Optional<PublicationPage> refused = publishPlan.publish(me, new Typed(form));
        return refused.isPresent() ? Pages.refused("programme/publishing/page", refused.get()) : Pages.done("/programme/publication", redirect, "programme.publication.done");
    }

    @OpenToAll
    @GetMapping("/schools/{code}/menu")
    ModelAndView menu(@PathVariable String code, @RequestParam MultiValueMap<String, String> query) {
        Typed asked = new Typed(query);
        return Pages.show("programme/publishing/menu", read(code, Math.clamp(asked.number("grade").orElse(0), 0, 12), Math.clamp(asked.number("day").orElse(0), 0, 7)));
    }

    /** The menu for the notice board (R43), with a code that leads to the page. */
    @OpenToAll
    @GetMapping("/schools/{code}/menu.pdf")
    ResponseEntity<byte[]> poster(@PathVariable String code) {
        MenuPage menu = read(code, 0, 0);
        if (menu.term() == null) throw new NotFound();
        String page = address.of("/schools/" + menu.school().code() + "/menu").toString();
        byte[] paper = pdf.bytes("programme/publishing/poster", new PosterPage(menu, Qr.of(page).pngAddress(6)), Locale.SIMPLIFIED_CHINESE, menu.school().name());
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_PDF).header("Content-Disposition", "inline; filename=\"menu.pdf\"").body(paper);
    }

    @OpenToAll
    @GetMapping("/schools/{code}/menu.xlsx")
    ResponseEntity<byte[]> workbook(@PathVariable String code, Locale locale) {
        MenuPage menu = read(code, 0, 0);
        if (menu.term() == null) throw new NotFound();
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
                .header("Content-Disposition", "attachment; filename=\"menu.xlsx\"")
                .body(menuSheet.of(menu, locale));
    }

    @OpenToAll
    @GetMapping("/schools/{code}/menu/pictures/{picture}")
    void picture(@PathVariable String code, @PathVariable UUID picture, HttpServletResponse response) {
        UUID school = school(code);
        Scopes.publicly(school, () -> {
            files.send(school, picture, response);
            return true;
        });
    }

    private MenuPage read(String code, int grade, int day) {
        UUID school = school(code);
        return Scopes.publicly(school, () -> publicMenu.page(school, grade, day));
    }

    private UUID school(String code) {
        return Scopes.within(Scope.DOOR, () -> schools.byCode(code)).orElseThrow(NotFound::new);
    }
}
