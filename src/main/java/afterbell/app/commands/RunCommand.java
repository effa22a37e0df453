package afterbell.app.commands;

import afterbell.Afterbell;
import afterbell.app.Subcommand;
import java.nio.file.Path;
import java.util.Map;
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
        SpringApplication app = new SpringApplication(Afterbell.class);
        app.setDefaultProperties(properties);
        ConfigurableApplicationContext context = app.run();
        int port = context instanceof ServletWebServerApplicationContext web && web.getWebServer() != null ? web.getWebServer().getPort() : node.port();
        System.out.println();
        System.out.println("  Afterbell is ready:  http://" + (node.host().equals("0.0.0.0") ? "localhost" : node.host()) + ":" + port + "/");
        System.out.println("  Ctrl-C stops it. The demo world stands in " + data);
        System.out.println();
        return KEEPS_RUNNING;
    }
}
