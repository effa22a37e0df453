package afterbell.base.roster.people;

import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Strong;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.sheet.SheetOut;
import afterbell.base.shared.web.Listing;
import afterbell.base.shared.web.NavSource;
import afterbell.base.shared.web.Pages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

@Controller
class PeopleController {
    private static final int MOST_FOUND = 500;
    private static final List<Listing.Column> COLUMNS = List.of(
            Listing.Column.text("name", "roster.field.name").unsorted(),
            Listing.Column.text("class", "roster.field.class").unsorted(),
            Listing.Column.text("gender", "roster.field.gender").unsorted(),
            Listing.Column.text("birthday", "roster.field.birthday").unsorted());

    private final Roster roster;
    private final MessageSource messages;

    PeopleController(Roster roster, MessageSource messages) {
        this.roster = roster;
        this.messages = messages;
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @GetMapping("/pupils")
    ModelAndView pupils(Wearer me, HttpServletRequest request) {
        Listing asked = Listing.of("/pupils", request.getParameterMap(), COLUMNS, "");
        List<Pupil> found = found(me, asked);
        Listing list = asked.counted(found.size());
        return Pages.show("roster/people/pupils", new PeoplePage(roster.classes(me.school()), list, found.stream().skip(list.offset()).limit(list.size()).toList(), me.is(Role.OFFICE)));
    }

    /** Exactly what is seen, as a file that can be changed and imported again. */
    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @Strong
    @GetMapping("/pupils.xlsx")
    void file(Wearer me, HttpServletRequest request, Locale locale, HttpServletResponse response) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (SheetOut out = new SheetOut(file)) {
            SheetOut.Tab tab = out.tab(
                    words("roster.people.title", locale),
                    List.of(
                            SheetOut.Column.text(words("roster.field.name", locale), 14),
                            SheetOut.Column.text(words("roster.field.class", locale), 14),
                            SheetOut.Column.text(words("roster.field.gender", locale), 8),
                            SheetOut.Column.date(words("roster.field.birthday", locale))));
            for (Pupil pupil : found(me, Listing.of("/pupils", request.getParameterMap(), COLUMNS, "")))
                tab.row(pupil.name(), pupil.className(), pupil.gender() == null ? null : words("roster.value." + pupil.gender(), locale), pupil.birthday());
        }
        response.setContentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        response.setHeader("Content-Disposition", "attachment; filename=\"pupils.xlsx\"");
        response.getOutputStream().write(file.toByteArray());
    }

    private List<Pupil> found(Wearer me, Listing asked) {
        List<Pupil> found = asked.filter("q").isEmpty() ? roster.pupils(me.school()) : roster.search(me.school(), asked.filter("q"), MOST_FOUND);
        return Ids.parse(asked.filter("class")).map(id -> found.stream().filter(pupil -> pupil.schoolClass().equals(id)).toList()).orElse(found);
    }

    private String words(String key, Locale locale) {
        return Objects.requireNonNullElse(messages.getMessage(key, null, key, locale), key);
    }

    @Component
    static final class Nav implements NavSource {
        @Override
        public List<Item> items() {
            return List.of(new Item("/pupils", "roster.nav.pupils", "family", 78, Set.of(Role.OFFICE, Role.PRINCIPAL)));
        }
    }
}
