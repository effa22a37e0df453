package afterbell.desk.desk.setup;

import afterbell.base.shared.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What must be so before a school can be made. Pure. */
final class SetupPolicy {
    static final List<String> KINDS = List.of("primary", "junior", "nine-year", "complete-secondary", "twelve-year", "teaching-point");
    private static final Set<String> SETTINGS = Set.of("urban", "rural");
    private static final Set<String> OWNERSHIPS = Set.of("public", "private");
    /** First two digits of GB/T 2260. */
    private static final Set<String> PROVINCES = Set.of(
            "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64",
            "65", "71", "81", "82");
    private static final int PASSWORD = 10;
    private static final int NAME = 60;

    private SetupPolicy() {}

    static List<Refusal> refusals(SetupForm form) {
        List<Refusal> no = new ArrayList<>();
        need(no, !form.school().isEmpty() && form.school().length() <= NAME, "school");
        need(no, form.code().matches("[a-z0-9][a-z0-9-]{1,19}"), "code");
        need(no, form.region().matches("\\d{6}") && PROVINCES.contains(form.region().substring(0, 2)), "region");
        need(no, KINDS.contains(form.kind()), "kind");
        need(no, SETTINGS.contains(form.setting()), "setting");
        need(no, OWNERSHIPS.contains(form.ownership()), "ownership");
        need(no, form.phone().length() <= 30 && form.phone().matches("[0-9+() -]*"), "phone");
        need(no, campuses(form).size() <= 20 && campuses(form).stream().allMatch(c -> c.length() <= NAME), "campuses");
        need(no, form.from().isEmpty() || grade(form.from()) > 0, "from");
        need(no, form.until().isEmpty() || grade(form.until()) > 0, "until");
        if (no.stream().noneMatch(r -> Set.of("from", "until", "kind").contains(r.field()))) need(no, from(form) <= until(form), "until");
        need(no, form.bureau().length() <= NAME, "bureau");
        need(no, !form.name().isEmpty() && form.name().length() <= NAME, "name");
        need(no, form.user().matches("[a-z][a-z0-9._-]{2,29}"), "user");
        need(no, form.password().length() >= PASSWORD && form.password().length() <= 200 && !easy(form), "password");
        need(no, form.again().equals(form.password()), "again");
        return no;
    }

    private static void need(List<Refusal> no, boolean so, String field) {
        if (!so) no.add(new Refusal.Simple("desk.setup.refused." + field, field, List.of(PASSWORD)));
    }

    private static boolean easy(SetupForm form) {
        String lower = form.password().toLowerCase(Locale.ROOT);
        return !form.user().isEmpty() && lower.contains(form.user()) || lower.chars().distinct().count() < 5;
    }

    static List<String> campuses(SetupForm form) {
        return form.campuses().lines().map(String::strip).filter(l -> !l.isEmpty()).distinct().toList();
    }

    private static int grade(String typed) {
        return typed.matches("\\d{1,2}") && Integer.parseInt(typed) <= 12 ? Integer.parseInt(typed) : 0;
    }

    /** The lowest grade: as typed, or as schools of the kind have it. */
    static int from(SetupForm form) {
        if (!form.from().isEmpty()) return grade(form.from());
        return switch (form.kind()) {
            case "junior", "complete-secondary" -> 7;
            default -> 1;
        };
    }

    static int until(SetupForm form) {
        if (!form.until().isEmpty()) return grade(form.until());
        return switch (form.kind()) {
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
