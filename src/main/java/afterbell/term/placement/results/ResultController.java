package afterbell.term.placement.results;

import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import java.util.UUID;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

@Controller
final class ResultController {
    private final ShowResult show;

    ResultController(ShowResult show) {
        this.show = show;
    }

    @Allowed({Role.GUARDIAN, Role.CARER})
    @GetMapping("/children/{child}/result")
    ModelAndView result(Wearer me, @PathVariable UUID child) {
        return Pages.show("placement/results/result", show.page(me, child));
    }

    @Allowed({Role.GUARDIAN, Role.CARER})
    @GetMapping("/children/{child}/result/line")
    ModelAndView line(Wearer me, @PathVariable UUID child) {
        return Pages.show("placement/results/line", show.line(me, child));
    }

    /** The same as a file, for {@code place verify --mine}. */
    @Allowed({Role.GUARDIAN, Role.CARER})
    @GetMapping("/children/{child}/result/line.json")
    ResponseEntity<String> file(Wearer me, @PathVariable UUID child) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename("mine.json").build().toString())
                .body(show.line(me, child).line());
    }
}
