package afterbell.term.timetable.lists;

import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Term;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Screen;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

@Controller
final class ListController {
    private static final MediaType XLSX = MediaType.parseMediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    private final WriteLists write;
    private final Calendars calendars;
    private final Clock clock;

    ListController(WriteLists write, Calendars calendars, Clock clock) {
        this.write = write;
        this.calendars = calendars;
        this.clock = clock;
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @GetMapping("/timetable/lists.xlsx")
    ResponseEntity<byte[]> lists(Wearer me, Locale locale) {
        UUID term = calendars.termAt(me.school(), LocalDate.ofInstant(clock.instant(), Screen.ZONE)).map(Term::id).orElseThrow(NotFound::new);
        return ResponseEntity.ok()
                .contentType(XLSX)
                .cacheControl(CacheControl.noStore())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"lists.xlsx\"")
                .body(write.bytes(me, term, locale));
    }
}
