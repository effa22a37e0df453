package afterbell.app.commands;

import afterbell.Afterbell;
import afterbell.app.Subcommand;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "serve", description = "Starts a real node: no demo; settings by environment or file, see the handbook.", mixinStandardHelpOptions = true)
public final class ServeCommand implements Subcommand {
    @Mixin
    private NodeOptions node = new NodeOptions();

    @Override
    public Integer call() {
        Path data = node.dataOr("data");
        Map<String, Object> properties = node.properties(data);
        SpringApplication app = new SpringApplication(Afterbell.class);
        app.setDefaultProperties(properties);
        app.run();
        return KEEPS_RUNNING;
    }
}
