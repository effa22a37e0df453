package afterbell.term.tariffs;

import afterbell.base.calendar.TermCalendar;
import afterbell.base.schools.School;
import afterbell.base.shared.web.Offscreen;
import afterbell.base.shared.web.Screen;
import afterbell.reach.documents.LetterFields;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What letters say of money (R49, C7): the documents in force on the first day of the term, line by line; nothing where none is. */
@Component
class FeeFields implements LetterFields {
    private final Tariffs tariffs;
    private final Offscreen offscreen;

    FeeFields(Tariffs tariffs, Offscreen offscreen) {
        this.tariffs = tariffs;
        this.offscreen = offscreen;
    }

    @Override
    public List<Field> fields(School school, TermCalendar calendar) {
        LocalDate first = calendar.term().dates().first();
        Screen zh = offscreen.screen(Locale.SIMPLIFIED_CHINESE, "");
        String lines = tariffs.inForce(school.id(), first).stream().map(d -> told(d, zh)).collect(Collectors.joining("\n\n"));
        return List.of(new Field("fees.lines", "tariffs.field.lines", lines));
    }

    private static String told(PriceDocument d, Screen zh) {
        String source = zh.t("tariffs.letter.source", d.authority(), d.title(), d.number());
        String lines = d.lines().stream().map(l -> "- " + zh.t("tariffs.letter.line", l.item(), zh.money(l.fen()), zh.t("tariffs.letter.per." + l.unit()))).collect(Collectors.joining("\n"));
        String refunds = d.refunds().isBlank() ? "" : "\n\n" + zh.t("tariffs.letter.refunds", d.refunds());
        String phone = d.phone().isBlank() ? "" : "\n\n" + zh.t("tariffs.letter.phone", d.phone());
        return source + "\n\n" + lines + refunds + phone;
    }
}
