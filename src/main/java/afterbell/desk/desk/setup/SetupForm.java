package afterbell.desk.desk.setup;

import afterbell.base.shared.web.Typed;
import java.util.Locale;
import java.util.Objects;

/** What the keeper typed, as typed; passwords are never shown again. */
public record SetupForm(
        String school,
        String code,
        String region,
        String kind,
        String setting,
        String ownership,
        boolean boarding,
        String phone,
        String campuses,
        String from,
        String until,
        String bureau,
        String name,
        String user,
        String password,
        String again) {

    static final SetupForm EMPTY = new SetupForm("", "", "", "primary", "urban", "public", false, "", "", "", "", "", "", "", "", "");

    static SetupForm of(Typed form) {
        return new SetupForm(
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
                form.text("until"),
                form.text("bureau"),
                form.text("name"),
                form.text("user").toLowerCase(Locale.ROOT),
                raw(form, "password"),
                raw(form, "again"));
    }

    // Not stripped: signing in takes a password as it is typed, blanks and all.
    private static String raw(Typed form, String name) {
        return Objects.requireNonNullElse(form.values().getFirst(name), "");
    }

    @Override
    public String toString() {
        return "SetupForm[" + code + "]";
    }
}
