package afterbell.term.tariffs.documents;

import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Typed;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
final class PriceController {
    private static final String PAGE = "tariffs/documents/document";

    private final KeepPrices prices;

    PriceController(KeepPrices prices) {
        this.prices = prices;
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL, Role.FINANCE})
    @GetMapping("/prices")
    ModelAndView list(Wearer me) {
        return Pages.show("tariffs/documents/list", prices.list(me.school(), me.is(Role.OFFICE)));
    }

    @Allowed(Role.OFFICE)
    @GetMapping("/prices/new")
    ModelAndView blank() {
        return Pages.show(PAGE, prices.blank());
    }

    @Allowed(Role.OFFICE)
    @GetMapping("/prices/{id}")
    ModelAndView document(Wearer me, @PathVariable UUID id) {
        return Pages.show(PAGE, prices.page(me.school(), id));
    }

    @Allowed(Role.OFFICE)
    @PostMapping("/prices")
    ModelAndView add(Wearer me, @RequestParam MultiValueMap<String, String> form, @RequestParam(required = false) @Nullable MultipartFile document, RedirectAttributes redirect) throws IOException {
        return keep(me, null, form, document, redirect);
    }

    @Allowed(Role.OFFICE)
    @PostMapping("/prices/{id}")
    ModelAndView change(
            Wearer me, @PathVariable UUID id, @RequestParam MultiValueMap<String, String> form, @RequestParam(required = false) @Nullable MultipartFile document, RedirectAttributes redirect) throws IOException {
        return keep(me, id, form, document, redirect);
    }

    private ModelAndView keep(Wearer me, @Nullable UUID id, MultiValueMap<String, String> form, @Nullable MultipartFile document, RedirectAttributes redirect) throws IOException {
        try (InputStream scan = document == null || document.isEmpty() ? null : document.getInputStream()) {
            Optional<PricePage> refused = prices.keep(me.school(), id, new Typed(form), scan);
            return refused.isPresent() ? Pages.refused(PAGE, refused.get()) : Pages.done("/prices", redirect, "tariffs.done");
        }
    }

    @Allowed(Role.OFFICE)
    @PostMapping("/prices/{id}/removal")
    ModelAndView remove(Wearer me, @PathVariable UUID id, RedirectAttributes redirect) {
        return Pages.done("/prices", redirect, prices.remove(me.school(), id) ? "tariffs.removed" : "tariffs.not_removed");
    }
}
