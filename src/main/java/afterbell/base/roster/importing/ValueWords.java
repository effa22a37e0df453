package afterbell.base.roster.importing;

import afterbell.base.shared.sheet.ClassNames;
import afterbell.base.shared.sheet.Contact;
import afterbell.base.shared.sheet.ImportKind;
import afterbell.base.shared.sheet.Standing;
import afterbell.base.shared.web.Screen;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;

/** Canonical values of an import in the words of people. */
final class ValueWords {
    private ValueWords() {}

    static String of(Screen screen, ImportKind kind, String field, String value) {
        if (value.isEmpty()) return "";
        return switch (field) {
            case "class" -> schoolClass(value);
            case "adults", "guardians" -> adults(screen, value);
            case "price" -> screen.money(Long.parseLong(value));
            case "day", "days" -> days(screen, value);
            case "standing" -> standings(screen, value);
            case "gender", "kind", "form", "insurance", "domain" -> codes(screen, value);
            case "grades" -> value.replace(",", "\u3001");
            default -> kind.write(field, value);
        };
    }

    private static String schoolClass(String value) {
        int dash = value.indexOf('-');
        return dash < 0 ? value : ClassNames.write(Integer.parseInt(value.substring(0, dash)), Integer.parseInt(value.substring(dash + 1)));
    }

    private static String adults(Screen screen, String value) {
        List<String> lines = new ArrayList<>();
        for (Contact adult : Contact.decode(value)) {
            List<String> parts = new ArrayList<>();
            if (adult.name() != null) parts.add(adult.name());
            if (adult.relation() != null) parts.add(screen.t("roster.relation." + adult.relation()));
            if (adult.phone() != null) parts.add(adult.phone());
            lines.add(String.join(" ", parts));
        }
        return String.join("\n", lines);
    }

    /** A line for each category, with its own days and proof. */
    private static String standings(Screen screen, String value) {
        List<String> lines = new ArrayList<>();
        for (Standing standing : Standing.decode(value)) {
            List<String> parts = new ArrayList<>(List.of(codes(screen, standing.category())));
            if (!standing.from().isEmpty()) parts.add(screen.t("roster.value.from", standing.from()));
            if (!standing.until().isEmpty()) parts.add(screen.t("roster.value.until", standing.until()));
            if (!standing.proof().isEmpty()) parts.add(screen.t("roster.value.proof", standing.proof()));
            lines.add(String.join(" ", parts));
        }
        return String.join("\n", lines);
    }

    private static String days(Screen screen, String value) {
        if (value.equals("none")) return screen.t("roster.value.none");
        List<String> words = new ArrayList<>();
        for (String day : value.split(",")) words.add(screen.weekday(DayOfWeek.valueOf(day).getValue()));
        return String.join("\u3001", words);
    }

    private static String codes(Screen screen, String value) {
        List<String> words = new ArrayList<>();
        for (String code : value.split(",")) words.add(screen.has("roster.value." + code) ? screen.t("roster.value." + code) : code);
        return String.join("\u3001", words);
    }
}
