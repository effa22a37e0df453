package afterbell.term.placement.results;

import afterbell.base.schools.Schools;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.OpenToAll;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.web.Pages;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

@Controller
final class CertificateController {
    private final ShowCertificate show;
    private final Schools schools;

    CertificateController(ShowCertificate show, Schools schools) {
        this.show = show;
        this.schools = schools;
    }

    /** What anybody may read of a published draw: hashes, order, level values, counts; nothing about a child. */
    @OpenToAll
    @GetMapping("/schools/{code}/draw/{run}")
    ModelAndView certificate(@PathVariable String code, @PathVariable UUID run) {
        UUID school = schools.byCode(code).orElseThrow(NotFound::new);
        return Scopes.publicly(school, () -> Pages.show("placement/results/certificate", show.page(school, run)));
    }
}
