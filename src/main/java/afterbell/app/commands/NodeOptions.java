package afterbell.app.commands;

import afterbell.Afterbell;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Option;

/** Where a node listens and where its data stands. */
final class NodeOptions {
    @Option(names = "--port", description = "port to listen on; 0 takes a free one", defaultValue = "${env:AFTERBELL_PORT:-8080}")
    int port;

    @Option(names = "--host", description = "address to listen on", defaultValue = "${env:AFTERBELL_HOST:-127.0.0.1}")
    String host = "127.0.0.1";

    @Option(names = "--data", description = "data folder", paramLabel = "DIR")
    @Nullable Path data;

    Path dataOr(String name) {
        if (data != null) return data.toAbsolutePath();
        @Nullable String chosen = System.getenv("AFTERBELL_DATA");
        if (chosen != null) return Path.of(chosen).toAbsolutePath();
        return home().resolve(name);
    }

    static Path home() {
        if ("root".equals(System.getProperty("user.name"))) return Path.of("/var/lib/afterbell");
        @Nullable String xdg = System.getenv("XDG_DATA_HOME");
        return (xdg == null ? Path.of(System.getProperty("user.home"), ".local/share") : Path.of(xdg)).resolve("afterbell");
    }

    /** The master key stands beside no data folder: law 8. */
    static Path keyFile(Path data) {
        @Nullable String chosen = System.getenv("AFTERBELL_KEY_FILE");
        if (chosen != null) return Path.of(chosen);
        Path keys = "root".equals(System.getProperty("user.name")) ? Path.of("/etc/afterbell/keys") : Path.of(System.getProperty("user.home"), ".config/afterbell/keys");
        return keys.resolve(data.toAbsolutePath().normalize().toString().replaceAll("[^A-Za-z0-9]+", "-") + ".key");
    }

    Map<String, Object> properties(Path data) {
        Map<String, Object> p = new HashMap<>();
        p.put("server.port", port);
        p.put("server.address", host);
        p.put("afterbell.database.data", data.toString());
        p.put("afterbell.key-file", keyFile(data).toString());
        return p;
    }

    /** The whole house on a port nobody knows: the same beans, rules and policies as the server's. */
    ConfigurableApplicationContext open(Path data) {
        Map<String, Object> properties = properties(data);
        properties.put("server.port", 0);
        properties.put("server.address", "127.0.0.1");
        // Standard output belongs to the answer.
        properties.put("logging.threshold.console", "off");
        SpringApplication app = new SpringApplication(Afterbell.class);
        app.setLogStartupInfo(false);
        app.setDefaultProperties(properties);
        return app.run();
    }
}
