package afterbell.app.commands;

import afterbell.Afterbell;
import afterbell.app.Subcommand;
import afterbell.base.shared.ShiftableClock;
import afterbell.base.shared.db.DatabaseRefused;
import afterbell.base.shared.web.Networks;
import afterbell.desk.desk.SetupDoor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code serve}: a node for real families. Standard output is its log, one JSON object a line; what its keeper must read stands on standard error.
 */
@Command(
        name = "serve",
        description = {"Starts a node for real families; settings by file or environment, see docs/how/serve.md.", "Exit codes: 1 the database is refused, 2 a setting is wrong, 3 port or database is not available."},
        mixinStandardHelpOptions = true)
public final class ServeCommand implements Subcommand {
    private static final int REFUSED = 1;
    private static final int WRONG_SETTING = 2;
    private static final int UNAVAILABLE = 3;

    @Mixin
    private NodeOptions node = new NodeOptions();

    @Override
    public Integer call() {
        @Nullable Certificate certificate;
        Map<String, Object> properties;
        try {
            certificate = Certificate.of(node);
            if (certificate != null) certificate.check(new ShiftableClock());
            properties = properties(certificate);
        } catch (SettingsRefused refused) {
            return say(WRONG_SETTING, refused.reason());
        }
        SpringApplication app = new SpringApplication(Afterbell.class);
        app.setDefaultProperties(properties);
        app.setLogStartupInfo(false);
        try {
            ready(app.run(), certificate != null);
            return KEEPS_RUNNING;
        } catch (RuntimeException failure) {
            return failed(failure);
        }
    }

    private Map<String, Object> properties(@Nullable Certificate certificate) {
        Path data = node.dataOr("data");
        Map<String, Object> properties = node.properties(data);
        properties.put("afterbell.serve", true);
        properties.put("logging.structured.format.console", "afterbell.app.serving.LogLines");
        // We say ourselves why a start failed.
        properties.put("logging.level.org.springframework.boot", "off");
        properties.put("logging.level.org.springframework.context.support", "off");
        properties.put("logging.level.org.springframework.boot.web.server.servlet.context", "off");
        if (certificate != null) properties.putAll(certificate.properties());
        @Nullable String proxies = node.setting("proxies");
        try {
            Networks.of(proxies == null ? "" : proxies);
        } catch (IllegalArgumentException e) {
            throw new SettingsRefused("afterbell.proxies: " + e.getMessage());
        }
        return properties;
    }

    private void ready(ConfigurableApplicationContext context, boolean secure) {
        int port = context instanceof ServletWebServerApplicationContext web && web.getWebServer() != null ? web.getWebServer().getPort() : node.port();
        boolean everywhere = node.host().equals("0.0.0.0") || node.host().equals("::");
        System.err.println("afterbell: ready at " + (secure ? "https" : "http") + "://" + (everywhere ? "localhost" : node.host()) + ":" + port + "/, data in " + node.dataOr("data"));
        if (!secure && node.setting("proxies") == null) System.err.println("afterbell: without a certificate or a listed proxy this node answers on this machine alone, see docs/how/serve.md");
        context.getBean(SetupDoor.class).code().ifPresent(code -> System.err.println("afterbell: no school stands here yet. Open the address and type this code: " + code));
        System.err.flush();
    }

    private int failed(RuntimeException failure) {
        for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof DatabaseRefused refused) return say(REFUSED, refused.reasons().toArray(String[]::new));
            if (t instanceof PortInUseException taken) return say(UNAVAILABLE, "port " + taken.getPort() + " is taken by another program");
        }
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
        return say(UNAVAILABLE, "the node could not start: " + cause.getClass().getSimpleName() + ": " + cause.getMessage());
    }

    private static int say(int code, String... reasons) {
        for (String reason : List.of(reasons)) System.err.println("afterbell: " + reason);
        System.err.flush();
        return code;
    }
}
