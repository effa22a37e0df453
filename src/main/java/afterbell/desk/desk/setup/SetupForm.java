package afterbell.desk.desk.setup;

import afterbell.base.shared.web.Typed;
import afterbell.desk.desk.NewSchool;
import java.util.Locale;
import java.util.Objects;

/**
 * What the keeper typed, as typed; passwords are never shown again.
 *
 * @param officerName first account of the bureau, with user and password; all empty where none is wanted yet
 */
public record SetupForm(
        NewSchool school, String bureau, String officerName, String officerUser, String officerPassword, String name, String user, String password, String again) {

    static final SetupForm EMPTY = new SetupForm(NewSchool.EMPTY, "", "", "", "", "", "", "", "");

    static SetupForm of(Typed form) {
        return new SetupForm(
                NewSchool.of(form),
                form.text("bureau"),
                form.text("officerName"),
                form.text("officerUser").toLowerCase(Locale.ROOT),
                raw(form, "officerPassword"),
                form.text("name"),
                form.text("user").toLowerCase(Locale.ROOT),
                raw(form, "password"),
                raw(form, "again"));
    }

    /** Whether an account of the bureau is wanted. */
    public boolean officer() {
        return !officerName.isEmpty() || !officerUser.isEmpty() || !officerPassword.isEmpty();
    }

    // Not stripped: signing in takes a password as it is typed, blanks and all.
    private static String raw(Typed form, String name) {
        return Objects.requireNonNullElse(form.values().getFirst(name), "");
    }

    @Override
    public String toString() {
        return "SetupForm[" + school.code() + "]";
    }
}
