package afterbell.app.commands;

import afterbell.app.Subcommand;
import afterbell.app.demo.DemoCards;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

@Command(name = "demo-accounts", description = "Prints the accounts of the demo world.", mixinStandardHelpOptions = true)
public final class DemoAccountsCommand implements Subcommand {
    @Option(names = "--json", description = "as JSON")
    private boolean json;

    @Override
    public Integer call() {
        if (json) System.out.println(JsonMapper.builder().build().writeValueAsString(DemoCards.CARDS));
        else DemoCards.CARDS.forEach(c -> System.out.printf("%-16s %-24s %s / %s%n", c.role(), c.scope(), c.user(), c.password()));
        return 0;
    }
}
