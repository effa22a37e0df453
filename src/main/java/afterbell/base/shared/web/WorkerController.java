package afterbell.base.shared.web;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.OpenToAll;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The service worker at the one address from which it may serve every page. Asked for anew at each visit: a new release is a new file. */
@RestController
final class WorkerController {
    private static final MediaType SCRIPT = MediaType.parseMediaType("text/javascript;charset=UTF-8");

    private final Resource script = new ClassPathResource("static/assets/sw.js");

    @OpenToAll
    @GetMapping("/sw.js")
    ResponseEntity<Resource> script() {
        if (!script.exists()) throw new NotFound();
        return ResponseEntity.ok().cacheControl(CacheControl.noCache()).contentType(SCRIPT).body(script);
    }
}
