package afterbell.desk.desk.setup;

import afterbell.base.shared.Refusal;
import afterbell.desk.desk.NewSchool;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What must be so before a node can be set up. Pure. */
final class SetupPolicy {
    private static final int PASSWORD = 10;

    private SetupPolicy() {}

    static List<Refusal> refusals(SetupForm form) {
        List<Refusal> no = new ArrayList<>(form.school().refusals());
        need(no, form.bureau().length() <= NewSchool.LONGEST_NAME, "bureau");
        need(no, !form.name().isEmpty() && form.name().length() <= NewSchool.LONGEST_NAME, "name");
        need(no, user(form.user()), "user");
        need(no, password(form.password(), form.user()), "password");
        need(no, form.again().equals(form.password()), "again");
        if (form.officer()) officer(form, no);
        return no;
    }

    // An account of the bureau is for a bureau that is named, and it is another one than the office's.
    private static void officer(SetupForm form, List<Refusal> no) {
        need(no, !form.bureau().isEmpty(), "bureau_missing", "bureau");
        need(no, !form.officerName().isEmpty() && form.officerName().length() <= NewSchool.LONGEST_NAME, "name", "officerName");
        need(no, user(form.officerUser()), "user", "officerUser");
        need(no, !form.officerUser().equals(form.user()), "same_user", "officerUser");
        need(no, password(form.officerPassword(), form.officerUser()), "password", "officerPassword");
    }

    private static void need(List<Refusal> no, boolean so, String field) {
        need(no, so, field, field);
    }

    private static void need(List<Refusal> no, boolean so, String what, String field) {
        if (!so) no.add(new Refusal.Simple("desk.setup.refused." + what, field, List.of(PASSWORD)));
    }

    private static boolean user(String typed) {
        return typed.matches("[a-z][a-z0-9._-]{2,29}");
    }

    private static boolean password(String typed, String user) {
        String lower = typed.toLowerCase(Locale.ROOT);
        boolean easy = !user.isEmpty() && lower.contains(user) || lower.chars().distinct().count() < 5;
        return typed.length() >= PASSWORD && typed.length() <= 200 && !easy;
    }
}
