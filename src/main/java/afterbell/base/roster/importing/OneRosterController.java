package afterbell.base.roster.importing;

import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Strong;
import afterbell.base.shared.access.Wearer;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** The roll for another program. A POST, because it takes people's names out of the house and writes that down. */
@Controller
final class OneRosterController {
    private final OneRosterOut out;

    OneRosterController(OneRosterOut out) {
        this.out = out;
    }

    @Allowed(Role.OFFICE)
    @Strong
    @PostMapping("/exports/oneroster.zip")
    ResponseEntity<byte[]> bundle(Wearer me) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/zip"))
                .cacheControl(CacheControl.noStore())
                .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename("oneroster.zip").build().toString())
                .body(out.bundle(me));
    }
}
