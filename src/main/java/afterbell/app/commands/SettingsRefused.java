package afterbell.app.commands;

import picocli.CommandLine;

/** A setting that no node can start with, in plain English for who keeps the server: exit code 2. */
final class SettingsRefused extends RuntimeException implements CommandLine.IExitCodeGenerator {
    private static final long serialVersionUID = 1;

    SettingsRefused(String reason) {
        super(reason, null, false, false);
    }

    @Override
    public int getExitCode() {
        return 2;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
