package afterbell.app.commands;

/** A setting that no node can start with, in plain English for who keeps the server: exit code 2. */
final class SettingsRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    SettingsRefused(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
