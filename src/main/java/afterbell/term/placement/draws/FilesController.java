package afterbell.term.placement.draws;

import afterbell.base.schools.School;
import afterbell.base.schools.Schools;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Strong;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Offscreen;
import afterbell.base.shared.web.Pages;
import java.util.Locale;
import java.util.UUID;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** What those who check a draw take with them. A POST, because it leaves a trace in the record. */
@Controller
final class FilesController {
    private static final MediaType ZIP = MediaType.parseMediaType("application/zip");

    private final TakeFiles take;
    private final Schools schools;
    private final Offscreen offscreen;

    FilesController(TakeFiles take, Schools schools, Offscreen offscreen) {
        this.take = take;
        this.schools = schools;
        this.offscreen = offscreen;
    }

    @Strong
    @Allowed(Role.SUPERVISOR)
    @PostMapping("/draws/{round}/runs/{run}/files.zip")
    ResponseEntity<byte[]> files(Wearer me, @PathVariable UUID round, @PathVariable UUID run, Locale locale) {
        return file(take.forSupervisors(me, round, run, readme(locale)));
    }

    @Allowed(Role.BUREAU)
    @GetMapping("/bureau/schools/{school}/draws")
    ModelAndView published(Wearer me, @PathVariable UUID school) {
        School mine = schools.get(school);
        return Pages.show("placement/draws/published", new PublishedPage(mine.id(), mine.name(), mine.code(), take.published(me, school).stream().map(r -> new PublishedPage.Line(r.run(), r.roundName(), r.drawOrder(), r.publishedAt())).toList()));
    }

    @Strong
    @Allowed(Role.BUREAU)
    @PostMapping("/bureau/schools/{school}/draws/{run}/files.zip")
    ResponseEntity<byte[]> filesOfSchool(Wearer me, @PathVariable UUID school, @PathVariable UUID run, Locale locale) {
        return file(take.forBureau(me, schools.get(school).id(), run, readme(locale)));
    }

    private String readme(Locale locale) {
        return offscreen.screen(locale, "").t("placement.files.readme");
    }

    private static ResponseEntity<byte[]> file(byte[] zip) {
        return ResponseEntity.ok()
                .contentType(ZIP)
                .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename("draw.zip").build().toString())
                .body(zip);
    }
}
