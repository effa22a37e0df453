package afterbell.term.staffing.checks;

import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.files.Files;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Typed;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
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
@Allowed(Role.OFFICE)
class CheckController {
    private final RecordCheck checks;
    private final Files files;

    CheckController(RecordCheck checks, Files files) {
        this.checks = checks;
        this.files = files;
    }

    @GetMapping("/staffing/checks/new")
    ModelAndView blank(Wearer me, @RequestParam MultiValueMap<String, String> query) {
        return Pages.show("staffing/checks/check", checks.page(me.school(), new Typed(query)));
    }

    @PostMapping("/staffing/checks")
    ModelAndView add(Wearer me, @RequestParam MultiValueMap<String, String> form, @RequestParam(required = false) @Nullable MultipartFile document, RedirectAttributes redirect) throws IOException {
        try (InputStream scan = document == null || document.isEmpty() ? null : document.getInputStream()) {
            RecordCheck.Answer answer = checks.add(me, new Typed(form), scan);
            @Nullable CheckPage refused = answer.refused();
            return refused != null ? Pages.refused("staffing/checks/check", refused) : Pages.done(answer.back(), redirect, "staffing.check.done");
        }
    }

    @GetMapping("/staffing/checks/{id}/document")
    void document(Wearer me, @PathVariable UUID id, HttpServletResponse response) {
        files.send(me.school(), checks.document(me.school(), id), response);
    }

    @PostMapping("/staffing/checks/{id}/removal")
    ModelAndView remove(Wearer me, @PathVariable UUID id, RedirectAttributes redirect) {
        return Pages.done(checks.remove(me.school(), id), redirect, "staffing.check.removed");
    }
}
