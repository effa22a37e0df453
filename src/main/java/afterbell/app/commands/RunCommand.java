package afterbell.app.commands;

import afterbell.Afterbell;
import afterbell.app.Subcommand;
import afterbell.base.shared.db.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "run", description = "Shows the demo world: one believable school in the middle of a term.", mixinStandardHelpOptions = true)
public final class RunCommand implements Subcommand {
    @Mixin
    private NodeOptions node = new NodeOptions();

    @Override
    public Integer call() {
        Path data = node.dataOr("demo");
        Map<String, Object> properties = node.properties(data);
        properties.put("afterbell.demo", true);
        // One tap on a card opens every role of the demo; a real node asks finance and bureau for a second factor.
        properties.put("afterbell.second-factor", false);
        // A world whose making was broken off (Ctrl-C at the first start) is made anew, rather than shown with half its people.
        Path unfinished = data.resolve("demo.unfinished");
        if (Files.exists(unfinished)) discard(data);
        if (!Files.exists(data.resolve("pg18"))) mark(unfinished);
        SpringApplication app = new SpringApplication(Afterbell.class);
        app.setDefaultProperties(properties);
        ConfigurableApplicationContext context = app.run();
        unmark(unfinished);
        int port = context instanceof ServletWebServerApplicationContext web && web.getWebServer() != null ? web.getWebServer().getPort() : node.port();
        System.out.println();
        System.out.println("  Afterbell is ready:  http://" + (node.host().equals("0.0.0.0") ? "localhost" : node.host()) + ":" + port + "/");
        System.out.println("  Ctrl-C stops it. The demo world stands in " + data);
        System.out.println();
        return KEEPS_RUNNING;
    }

    // The database of a killed start stops by itself a moment later. One that goes on belongs to another process, which is making the world just now.
    private static void discard(Path data) {
        for (int i = 0; i < 100 && !EmbeddedPostgres.discardIfStopped(data); i++) {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void mark(Path file) {
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, "the demo world is being made");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void unmark(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
