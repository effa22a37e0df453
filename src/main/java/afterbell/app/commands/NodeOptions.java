package afterbell.app.commands;

import afterbell.Afterbell;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Option;

/**
 * Where a node listens and where its data stands: command line first, then environment, then the settings file. A setting {@code afterbell.tls.key} of the
 * file is {@code AFTERBELL_TLS_KEY} in the environment, and so with all others.
 */
final class NodeOptions {
    private static final int PORT = 8080;
    private static final long MOST_SETTINGS = 1L << 20;

    @Option(names = "--port", description = "port to listen on; 0 takes a free one (8080)", paramLabel = "PORT")
    private @Nullable Integer port;

    @Option(names = "--host", description = "address to listen on (127.0.0.1)", paramLabel = "ADDRESS")
    private @Nullable String host;

    @Option(names = "--data", description = "data folder", paramLabel = "DIR")
    private @Nullable Path data;

    @Option(names = "--settings", description = "file of settings, see docs/how/serve.md (environment: AFTERBELL_SETTINGS)", paramLabel = "FILE")
    private @Nullable Path settings;

    private @Nullable Properties read;

    int port() {
        @Nullable String set = port != null ? port.toString() : setting("port");
        if (set == null) return PORT;
        if (!set.matches("\\d{1,5}") || Integer.parseInt(set) > 65_535) throw new SettingsRefused("there is no port " + set);
        return Integer.parseInt(set);
    }

    String host() {
        @Nullable String set = host != null ? host : setting("host");
        return set == null ? "127.0.0.1" : set;
    }

    Path dataOr(String name) {
        @Nullable String set = setting("data");
        return data != null ? data.toAbsolutePath() : set != null ? Path.of(set).toAbsolutePath() : home().resolve(name);
    }

    private static Path home() {
        if ("root".equals(System.getProperty("user.name"))) return Path.of("/var/lib/afterbell");
        @Nullable String xdg = System.getenv("XDG_DATA_HOME");
        return (xdg == null ? Path.of(System.getProperty("user.home"), ".local/share") : Path.of(xdg)).resolve("afterbell");
    }

    /** The master key stands beside no data folder: law 8. */
    Path keyFile(Path data) {
        @Nullable String set = setting("key-file");
        if (set != null) return Path.of(set);
        Path keys = "root".equals(System.getProperty("user.name")) ? Path.of("/etc/afterbell/keys") : Path.of(System.getProperty("user.home"), ".config/afterbell/keys");
        Path own = keys.resolve(data.toAbsolutePath().normalize().toString().replaceAll("[^A-Za-z0-9]+", "-") + ".key");
        // Folders that were made while all of a machine shared one key go on with it.
        Path shared = Path.of(System.getProperty("user.home"), ".config/afterbell/keys/default.key");
        return !Files.exists(own) && Files.exists(data.resolve("pg18")) && Files.exists(shared) ? shared : own;
    }

    /** A setting of the environment or the file; null where neither names it, or names it empty. */
    @Nullable String setting(String name) {
        @Nullable String set = System.getenv("AFTERBELL_" + name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"));
        if (set == null) set = file().getProperty("afterbell." + name);
        return set == null || set.isBlank() ? null : set.strip();
    }

    private Properties file() {
        if (read != null) return read;
        Properties found = new Properties();
        @Nullable String named = System.getenv("AFTERBELL_SETTINGS");
        @Nullable Path file = settings != null ? settings : named == null || named.isBlank() ? null : Path.of(named);
        if (file != null) {
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) throw new SettingsRefused("there is no settings file " + file + " that can be read");
            if (file.toFile().length() > MOST_SETTINGS) throw new SettingsRefused("the settings file " + file + " has more than " + MOST_SETTINGS + " bytes");
            try (Reader in = Files.newBufferedReader(file)) {
                found.load(in);
            } catch (IOException | IllegalArgumentException e) {
                throw new SettingsRefused("the settings file " + file + " is no properties file");
            }
        }
        read = found;
        return found;
    }

    /** For Spring, as the weakest of its sources: the environment stays above the file. */
    Map<String, Object> properties(Path data) {
        Map<String, Object> p = new HashMap<>();
        file().forEach((key, value) -> p.put(key.toString(), value.toString().strip()));
        p.put("server.port", port());
        p.put("server.address", host());
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
