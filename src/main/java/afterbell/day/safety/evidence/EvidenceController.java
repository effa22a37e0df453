package afterbell.day.safety.evidence;

import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Taking the evidence is recorded, so it is a POST. */
@Controller
final class EvidenceController {
    private final MakeBundle make;

    EvidenceController(MakeBundle make) {
        this.make = make;
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER})
    @PostMapping("/incidents/{id}/evidence")
    void bundle(Wearer me, @PathVariable UUID id, Locale locale, HttpServletResponse response) throws IOException {
        byte[] zip = make.make(me.school(), id, locale);
        response.setContentType("application/zip");
        response.setContentLength(zip.length);
        response.setHeader("Cache-Control", "private, no-store");
        response.setHeader("Content-Disposition", "attachment; filename=\"evidence-" + id.toString().substring(24) + ".zip\"");
        response.getOutputStream().write(zip);
    }
}
