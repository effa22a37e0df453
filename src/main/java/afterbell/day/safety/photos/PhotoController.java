package afterbell.day.safety.photos;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.files.Files;
import afterbell.day.safety.Book;
import afterbell.day.safety.Entry;
import afterbell.day.safety.Ledger;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** A photograph is found by the entry that it belongs to, never by itself. Those of incidents may show children: only who leads one sees them. */
@Controller
final class PhotoController {
    private final Ledger ledger;
    private final Files files;

    PhotoController(Ledger ledger, Files files) {
        this.ledger = ledger;
        this.files = files;
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER, Role.GRADE_HEAD, Role.GUARD, Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.SUPERVISOR})
    @GetMapping("/safety/photos/{entry}")
    void photo(Wearer me, @PathVariable UUID entry, HttpServletResponse response) {
        Entry e = ledger.entry(me.school(), entry).orElseThrow(NotFound::new);
        boolean leads = me.is(Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER);
        UUID file = e.file();
        if (file == null || e.book() == Book.INCIDENT && !leads && !me.account().equals(e.by())) throw new NotFound();
        files.send(me.school(), file, response);
    }
}
