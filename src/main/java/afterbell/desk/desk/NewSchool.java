package afterbell.desk.desk;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Typed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A school as typed, at set-up or by its bureau, with what must be so before it can be made. Field names are those of the form. */
public record NewSchool(
        String school, String code, String region, String kind, String setting, String ownership, boolean boarding, String phone, String campuses, String from, String until) {

    public static final NewSchool EMPTY = new NewSchool("", "", "", "primary", "urban", "public", false, "", "", "", "");
    public static final List<String> KINDS = List.of("primary", "junior", "nine-year", "complete-secondary", "twelve-year", "teaching-point");
    public static final int LONGEST_NAME = 60;

    private static final Set<String> SETTINGS = Set.of("urban", "rural");
    private static final Set<String> OWNERSHIPS = Set.of("public", "private");
    /** First two digits of GB/T 2260. */
    private static final Set<String> PROVINCES = Set.of(
            "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64",
            "65", "71", "81", "82");

    public static NewSchool of(Typed form) {
        return new NewSchool(
                form.text("school"),
                form.text("code").toLowerCase(Locale.ROOT),
                form.text("region"),
                form.text("kind"),
                form.text("setting"),
                form.text("ownership"),
                form.yes("boarding"),
                form.text("phone"),
                form.text("campuses"),
                form.text("from"),
                form.text("until"));
    }

    /** The same in a region, for a form that begins with the bureau's. */
    public NewSchool in(String home) {
        return new NewSchool(school, code, home, kind, setting, ownership, boarding, phone, campuses, from, until);
    }

    public List<Refusal> refusals() {
        List<Refusal> no = new ArrayList<>();
        need(no, !school.isEmpty() && school.length() <= LONGEST_NAME, "school");
        need(no, code.matches("[a-z0-9][a-z0-9-]{1,19}"), "code");
        need(no, region.matches("\\d{6}") && PROVINCES.contains(region.substring(0, 2)), "region");
        need(no, KINDS.contains(kind), "kind");
        need(no, SETTINGS.contains(setting), "setting");
        need(no, OWNERSHIPS.contains(ownership), "ownership");
        need(no, phone.length() <= 30 && phone.matches("[0-9+() -]*"), "phone");
        need(no, campusNames().size() <= 20 && campusNames().stream().allMatch(c -> c.length() <= LONGEST_NAME), "campuses");
        need(no, from.isEmpty() || grade(from) > 0, "from");
        need(no, until.isEmpty() || grade(until) > 0, "until");
        if (no.stream().noneMatch(r -> Set.of("from", "until", "kind").contains(r.field()))) need(no, lowest() <= highest(), "until");
        return no;
    }

    private static void need(List<Refusal> no, boolean so, String field) {
        if (!so) no.add(new Refusal.Simple("desk.setup.refused." + field, field, List.of()));
    }

    List<String> campusNames() {
        return campuses.lines().map(String::strip).filter(l -> !l.isEmpty()).distinct().toList();
    }

    private static int grade(String typed) {
        return typed.matches("\\d{1,2}") && Integer.parseInt(typed) <= 12 ? Integer.parseInt(typed) : 0;
    }

    /** The lowest grade: as typed, or as schools of the kind have it. */
    int lowest() {
        if (!from.isEmpty()) return grade(from);
        return switch (kind) {
            case "junior", "complete-secondary" -> 7;
            default -> 1;
        };
    }

    int highest() {
        if (!until.isEmpty()) return grade(until);
        return switch (kind) {
            case "junior", "nine-year" -> 9;
            case "complete-secondary", "twelve-year" -> 12;
            default -> 6;
        };
    }

    /** Grades of one band usually share bells and waves; the office can arrange them anew with the calendar. */
    static String band(int grade) {
        return grade <= 2 ? "low" : grade <= 4 ? "middle" : grade <= 6 ? "high" : grade <= 9 ? "junior" : "senior";
    }
}
