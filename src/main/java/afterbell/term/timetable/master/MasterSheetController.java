package afterbell.term.timetable.master;

import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import java.util.Locale;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

@Controller
final class MasterSheetController {
    private static final MediaType XLSX = MediaType.parseMediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    private final WriteMasterSheet write;

    MasterSheetController(WriteMasterSheet write) {
        this.write = write;
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @GetMapping("/timetable/master.xlsx")
    ResponseEntity<byte[]> master(Wearer me, Locale locale) {
        return ResponseEntity.ok()
                .contentType(XLSX)
                .cacheControl(CacheControl.noStore())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"timetable.xlsx\"")
                .body(write.bytes(me, locale));
    }
}
