package afterbell.term.timetable.weeks;

import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.print.Pdf;
import afterbell.base.shared.web.Pages;
import afterbell.term.timetable.Feeds;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

@Controller
final class WeekController {
    private final ShowWeek show;
    private final Feeds feeds;
    private final ClassPicture picture;
    private final Pdf pdf;

    WeekController(ShowWeek show, Feeds feeds, ClassPicture picture, Pdf pdf) {
        this.show = show;
        this.feeds = feeds;
        this.picture = picture;
        this.pdf = pdf;
    }

    @Allowed({Role.GUARDIAN, Role.CARER, Role.COLLECTOR})
    @GetMapping("/children/{child}/week")
    ModelAndView child(Wearer me, @PathVariable UUID child, @RequestParam(required = false) @Nullable LocalDate week, Locale locale) {
        return Pages.show("timetable/weeks/week", show.ofChild(me, child, week, null, locale));
    }

    /** The secret address is shown once, on the page that answers. */
    @Allowed({Role.GUARDIAN, Role.CARER})
    @PostMapping("/children/{child}/feeds")
    ModelAndView childFeed(Wearer me, @PathVariable UUID child, Locale locale) {
        String secret = feeds.add(me.schoolOf(child), "child", child, me.account());
        ModelAndView page = Pages.show("timetable/weeks/week", show.ofChild(me, child, null, feeds.address(secret), locale));
        page.setStatus(HttpStatus.CREATED);
        return page;
    }

    @Allowed({Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.GRADE_HEAD, Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER})
    @GetMapping("/timetable")
    ModelAndView own(Wearer me, @RequestParam(required = false) @Nullable LocalDate week) {
        return Pages.show("timetable/weeks/week", show.ofStaff(me, week, null));
    }

    @Allowed({Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.GRADE_HEAD, Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER})
    @PostMapping("/timetable/feeds")
    ModelAndView ownFeed(Wearer me) {
        String secret = feeds.addForStaff(me.school(), me.account());
        ModelAndView page = Pages.show("timetable/weeks/week", show.ofStaff(me, null, feeds.address(secret)));
        page.setStatus(HttpStatus.CREATED);
        return page;
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER})
    @GetMapping("/rooms/{room}/week")
    ModelAndView room(Wearer me, @PathVariable UUID room, @RequestParam(required = false) @Nullable LocalDate week) {
        return Pages.show("timetable/weeks/week", show.ofRoom(me, room, week));
    }

    @Allowed({Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.GRADE_HEAD, Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER})
    @GetMapping("/staff/{person}/week")
    ModelAndView person(Wearer me, @PathVariable UUID person, @RequestParam(required = false) @Nullable LocalDate week) {
        return Pages.show("timetable/weeks/week", show.ofPerson(me, person, week));
    }

    @Allowed({Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.GRADE_HEAD, Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER})
    @GetMapping("/staff/{person}/week/paper")
    ModelAndView personPaper(Wearer me, @PathVariable UUID person, @RequestParam(required = false) @Nullable LocalDate week) {
        return Pages.show("timetable/weeks/staffPaper", show.onPaper(me, person, week));
    }

    @Allowed({Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.GRADE_HEAD, Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER})
    @GetMapping("/staff/{person}/week/paper.pdf")
    ResponseEntity<byte[]> personPdf(Wearer me, @PathVariable UUID person, @RequestParam(required = false) @Nullable LocalDate week, Locale locale) {
        WeekPage.OnPaper page = show.onPaper(me, person, week);
        return paper(pdf.bytes("timetable/weeks/staffPdf", page, locale, page.school()));
    }

    private static ResponseEntity<byte[]> paper(byte[] made) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_PDF).cacheControl(CacheControl.noStore()).header(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"week.pdf\"").body(made);
    }

    @Allowed({Role.CLASS_TEACHER, Role.GRADE_HEAD, Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER})
    @GetMapping("/classes/{schoolClass}/week")
    ModelAndView schoolClass(Wearer me, @PathVariable UUID schoolClass) {
        return Pages.show("timetable/weeks/class", show.ofClass(me, schoolClass));
    }

    /** One A4 for the door: name and where to, nothing else. */
    @Allowed({Role.CLASS_TEACHER, Role.GRADE_HEAD, Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER})
    @GetMapping("/classes/{schoolClass}/week/paper")
    ModelAndView paper(Wearer me, @PathVariable UUID schoolClass) {
        return Pages.show("timetable/weeks/paper", show.ofClass(me, schoolClass));
    }

    @Allowed({Role.CLASS_TEACHER, Role.GRADE_HEAD, Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER})
    @GetMapping("/classes/{schoolClass}/week/paper.pdf")
    ResponseEntity<byte[]> paperPdf(Wearer me, @PathVariable UUID schoolClass, Locale locale) {
        WeekPage.OfClass page = show.ofClass(me, schoolClass);
        return paper(pdf.bytes("timetable/weeks/pdf", page, locale, page.school()));
    }

    /** The same as one picture for the class's group. */
    @Allowed({Role.CLASS_TEACHER, Role.GRADE_HEAD, Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER})
    @GetMapping("/classes/{schoolClass}/week/picture")
    ResponseEntity<byte[]> picture(Wearer me, @PathVariable UUID schoolClass, Locale locale) {
        return ResponseEntity.ok().contentType(MediaType.IMAGE_PNG).cacheControl(CacheControl.noStore()).body(picture.png(show.ofClass(me, schoolClass), locale));
    }
}
