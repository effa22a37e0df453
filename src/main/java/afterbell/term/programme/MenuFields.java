package afterbell.term.programme;

import afterbell.base.schools.Schools;
import afterbell.base.shared.web.Offscreen;
import afterbell.base.shared.web.PublicAddress;
import afterbell.reach.documents.LetterFields;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Where letters say that the menu can be read (R33, R49): its public page, once it is published. */
@Component
class MenuFields implements LetterFields {
    private final Programme programme;
    private final Schools schools;
    private final PublicAddress address;
    private final Offscreen offscreen;

    MenuFields(Programme programme, Schools schools, PublicAddress address, Offscreen offscreen) {
        this.programme = programme;
        this.schools = schools;
        this.address = address;
        this.offscreen = offscreen;
    }

    @Override
    public List<Field> fields(UUID school, UUID term) {
        String said = programme.publishedAt(school, term).isEmpty()
                ? ""
                : offscreen.screen(Locale.SIMPLIFIED_CHINESE, "").t("programme.letter.menu", address.of("/schools/" + schools.get(school).code() + "/menu"));
        return List.of(new Field("menu.link", "programme.field.menu", said));
    }
}
