package afterbell.term.enrolment.rounds;

import afterbell.base.shared.sheet.SheetOut;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** The round's page as a workbook: the funnel, and after the close the demand. Numbers of classes and sections, no child. */
@Component
class WriteRoundSheet {
    private final MessageSource messages;

    WriteRoundSheet(MessageSource messages) {
        this.messages = messages;
    }

    byte[] bytes(RoundPage page, Locale locale) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (SheetOut book = new SheetOut(out)) {
            funnel(book, page, locale);
            if (page.closed()) demand(book, page, locale);
        }
        return out.toByteArray();
    }

    private void funnel(SheetOut book, RoundPage page, Locale locale) {
        List<SheetOut.Column> columns = new ArrayList<>(List.of(
                SheetOut.Column.text(say("enrolment.round.class", locale), 14),
                SheetOut.Column.number(say("enrolment.round.pupils", locale)),
                SheetOut.Column.number(say("enrolment.round.answered", locale)),
                SheetOut.Column.number(say("enrolment.round.by_hand", locale)),
                SheetOut.Column.number(say("enrolment.round.objected", locale))));
        if (page.closed()) columns.add(SheetOut.Column.number(say("enrolment.round.yes", locale)));
        SheetOut.Tab tab = book.tab(say("enrolment.round.funnel", locale), columns);
        for (RoundPage.FunnelRow c : page.classes()) {
            if (page.closed()) tab.row(c.name(), c.pupils(), c.answered(), c.byHand(), c.objected(), c.yes());
            else tab.row(c.name(), c.pupils(), c.answered(), c.byHand(), c.objected());
        }
    }

    private void demand(SheetOut book, RoundPage page, Locale locale) {
        SheetOut.Tab tab = book.tab(
                say("enrolment.round.demand", locale),
                List.of(
                        SheetOut.Column.text(say("enrolment.round.code", locale), 8),
                        SheetOut.Column.text(say("enrolment.round.section", locale), 20),
                        SheetOut.Column.text(say("enrolment.round.weekday", locale), 8),
                        SheetOut.Column.number(say("enrolment.round.places", locale)),
                        SheetOut.Column.number(say("enrolment.round.firsts", locale)),
                        SheetOut.Column.number(say("enrolment.round.wishes", locale))));
        for (RoundPage.SectionDemand s : page.sections()) tab.row(s.code(), s.name(), say("shared.weekday." + s.weekday(), locale), s.capacity(), s.firsts(), s.wishes());
    }

    private String say(String key, Locale locale) {
        return messages.getMessage(key, null, locale);
    }
}
