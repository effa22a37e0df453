package afterbell.app.commands;

import afterbell.Afterbell;
import afterbell.app.Subcommand;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;

/** A start on scratch data that looks at the first page and ends. The launcher runs it after a build, while Java notes which classes a start needs. */
@Command(name = "learn", hidden = true, description = "Starts on scratch data and ends, so that Java can keep what a start needs.")
public final class LearnCommand implements Subcommand {
    private static final int LOOKS = 20;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory("afterbell-learn-");
        SpringApplication app = new SpringApplication(Afterbell.class);
        app.setDefaultProperties(Map.of(
                "server.port", 0,
                "server.address", "127.0.0.1",
                "afterbell.second-factor", false,
                "afterbell.database.data", scratch.resolve("data").toString(),
                "afterbell.key-file", scratch.resolve("keys").resolve("learn.key").toString()));
        try (ConfigurableApplicationContext house = app.run(); HttpClient http = HttpClient.newHttpClient()) {
            int port = house instanceof ServletWebServerApplicationContext web && web.getWebServer() != null ? web.getWebServer().getPort() : 0;
            for (int i = 0; i < LOOKS; i++) http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/sign-in")).build(), HttpResponse.BodyHandlers.discarding());
        } finally {
            try (Stream<Path> all = Files.walk(scratch)) {
                for (Path p : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(p);
            }
        }
        return 0;
    }
}
