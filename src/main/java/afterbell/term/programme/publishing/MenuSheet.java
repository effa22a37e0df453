package afterbell.term.programme.publishing;

import afterbell.base.shared.sheet.Cells;
import afterbell.base.shared.sheet.SheetOut;
import java.io.ByteArrayOutputStream;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** The published menu as a workbook: exactly what the page shows. */
@Component
class MenuSheet {
    private final MessageSource messages;

    MenuSheet(MessageSource messages) {
        this.messages = messages;
    }

    byte[] of(MenuPage menu, Locale locale) {
        List<SheetOut.Column> columns = new ArrayList<>(List.of(
                SheetOut.Column.text(words("programme.section.name", locale), 22),
                SheetOut.Column.text(words("programme.section.grades", locale), 12),
                SheetOut.Column.text(words("programme.section.time", locale), 26),
                SheetOut.Column.text(words("programme.section.teacher", locale), 18),
                SheetOut.Column.text(words("programme.section.room", locale), 18),
                SheetOut.Column.number(words("programme.section.capacity", locale)),
                SheetOut.Column.wrapped(words("programme.section.description", locale), 40),
                SheetOut.Column.wrapped(words("programme.section.materials", locale), 20)));
        if (menu.money()) columns.add(SheetOut.Column.fen(words("programme.section.price", locale)));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (SheetOut out = new SheetOut(file)) {
            SheetOut.Tab tab = out.tab(words("programme.public.title", locale), columns);
            for (MenuPage.Dish d : menu.dishes()) {
                List<Object> row = new ArrayList<>(List.of(
                        d.name(),
                        d.gradeFrom() == d.gradeUntil() ? Integer.toString(d.gradeFrom()) : d.gradeFrom() + "\u2013" + d.gradeUntil(),
                        d.times().stream().map(t -> Cells.dayWord(DayOfWeek.of(t.weekday()).name()) + " " + t.from() + "\u2013" + t.until()).collect(Collectors.joining("\u3001")),
                        d.led(),
                        d.room(),
                        d.capacity(),
                        d.description(),
                        d.materials()));
                if (menu.money()) row.add(d.priceFen());
                tab.row(row.toArray());
            }
        }
        return file.toByteArray();
    }

    private String words(String key, Locale locale) {
        return Objects.requireNonNullElse(messages.getMessage(key, null, key, locale), key);
    }
}
