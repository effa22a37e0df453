package afterbell.term.programme;

import afterbell.base.calendar.TermCalendar;
import afterbell.base.schools.School;
import afterbell.base.shared.web.Offscreen;
import afterbell.base.shared.web.PublicAddress;
import afterbell.reach.documents.LetterFields;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Where letters say that the menu can be read (R33, R49): its public page, once it is published. */
@Component
class MenuFields implements LetterFields {
    private final Programme programme;
    private final PublicAddress address;
    private final Offscreen offscreen;

    MenuFields(Programme programme, PublicAddress address, Offscreen offscreen) {
        this.programme = programme;
        this.address = address;
        this.offscreen = offscreen;
    }

    @Override
    public List<Field> fields(School school, TermCalendar calendar) {
        String said = programme.publishedAt(school.id(), calendar.term().id()).isEmpty()
                ? ""
                : offscreen.screen(Locale.SIMPLIFIED_CHINESE, "").t("programme.letter.menu", address.of("/schools/" + school.code() + "/menu"));
        return List.of(new Field("menu.link", "programme.field.menu", said));
    }
}
