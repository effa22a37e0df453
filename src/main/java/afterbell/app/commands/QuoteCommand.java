package afterbell.app.commands;

import afterbell.app.Given;
import afterbell.app.Subcommand;
import afterbell.base.rules.ShippedPacks;
import afterbell.base.rules.engine.RuleBook;
import afterbell.base.shared.yaml.YamlProblem;
import afterbell.base.shared.yaml.YamlTree;
import afterbell.term.tariffs.quote.Facts;
import afterbell.term.tariffs.quote.FactsReader;
import afterbell.term.tariffs.quote.Quote;
import afterbell.term.tariffs.quote.Quoting;
import afterbell.term.tariffs.quote.Tariff;
import afterbell.term.tariffs.quote.TariffReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.ResourceBundleMessageSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code quote}: what a tariff file makes of one pupil's facts, line by line with clauses; needs no database. */
@Command(name = "quote", description = "Computes what a tariff makes of one pupil's facts, line by line, each with its clause.", mixinStandardHelpOptions = true)
public final class QuoteCommand implements Subcommand {
    private static final int DONE = 0;
    private static final int REFUSED = 1;
    private static final int WRONG_USAGE = 2;

    @Option(names = "--tariff", paramLabel = "FILE", required = true, description = "the tariff, as docs/how/money.md describes it")
    private Path tariff = Path.of("");

    @Option(names = "--facts", paramLabel = "FILE", required = true, description = "one pupil's facts")
    private Path facts = Path.of("");

    @Option(names = "--rules", paramLabel = "DIR", description = "more rule packs than the shipped ones")
    private @Nullable Path rules;

    @Option(names = "--json", description = "answer as JSON")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        try {
            List<YamlProblem> problems = new ArrayList<>();
            RuleBook book = ShippedPacks.book(packs(), problems);
            Optional<Tariff> price = TariffReader.read(name(tariff), Given.text(tariff), problems);
            Optional<Facts> pupil = FactsReader.read(name(facts), Given.text(facts), problems);
            if (!problems.isEmpty() || price.isEmpty() || pupil.isEmpty()) return faults(problems, out);
            Quote quote = Quoting.quote(price.get(), pupil.get(), book);
            if (json) out.println(JsonMapper.builder().build().writeValueAsString(asJson(quote)));
            else print(quote, out);
            return quote.refusal() == null ? DONE : REFUSED;
        } catch (IOException unreadable) {
            err.println("afterbell: cannot read " + unreadable.getMessage());
            return WRONG_USAGE;
        }
    }

    private List<ShippedPacks.Text> packs() throws IOException {
        if (rules == null) return List.of();
        List<ShippedPacks.Text> texts = new ArrayList<>();
        try (Stream<Path> files = Files.list(Given.folder(rules))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) texts.add(new ShippedPacks.Text(name(file), Given.text(file)));
        }
        return texts;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private int faults(List<YamlProblem> problems, PrintWriter out) {
        ResourceBundleMessageSource words = new ResourceBundleMessageSource();
        words.setBasenames("messages/yaml", "messages/rules", "messages/tariffs");
        words.setDefaultEncoding("UTF-8");
        words.setFallbackToSystemLocale(false);
        List<Map<String, Object>> told = problems.stream().map(problem -> {
            Object[] facts = problem.facts().toArray();
            Map<String, Object> fault = new LinkedHashMap<>();
            fault.put("file", problem.file());
            fault.put("line", problem.line());
            fault.put("reason", words.getMessage(problem.messageKey(), facts, LocaleContextHolder.getLocale()));
            fault.put("next", words.getMessage(problem.messageKey() + ".next", facts, LocaleContextHolder.getLocale()));
            return fault;
        }).toList();
        if (json) out.println(JsonMapper.builder().build().writeValueAsString(Map.of("refused", told)));
        else told.forEach(fault -> out.println(fault.get("reason") + "\n  " + fault.get("next")));
        return REFUSED;
    }

    private static Map<String, Object> asJson(Quote quote) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("lines", quote.lines().stream().map(QuoteCommand::asJson).toList());
        answer.put("chargedFen", quote.chargedFen());
        answer.put("refundedFen", quote.refundedFen());
        answer.put("carriedFen", quote.carriedFen());
        answer.put("destination", YamlTree.spelled(quote.destination()));
        Quote.Refused refusal = quote.refusal();
        if (refusal != null) answer.put("refusal", Map.of("rule", refusal.rule(), "clause", refusal.clause(), "instead", refusal.instead()));
        return answer;
    }

    private static Map<String, Object> asJson(Quote.Line line) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("from", line.from().toString());
        answer.put("to", line.until().toString());
        answer.put("quantity", line.quantity());
        answer.put("unit", line.unit());
        answer.put("unitPriceFen", line.unitPriceFen());
        answer.put("amountFen", line.amountFen());
        answer.put("clause", line.clause());
        return answer;
    }

    private static void print(Quote quote, PrintWriter out) {
        Quote.Refused refusal = quote.refusal();
        if (refusal != null) {
            out.println("refused by " + refusal.rule() + ": " + refusal.clause());
            if (!refusal.instead().isEmpty()) out.println("  instead: " + refusal.instead());
            return;
        }
        for (Quote.Line line : quote.lines())
            out.printf(
                    "%s to %s  %10s %-10s x %9s = %10s  %s%n",
                    line.from(), line.until(), line.quantity().toPlainString(), line.unit(), yuan(line.unitPriceFen()), yuan(line.amountFen()), line.clause());
        out.println("charged " + yuan(quote.chargedFen()) + ", refunded " + yuan(quote.refundedFen()) + ", carried " + yuan(quote.carriedFen()) + " (" + YamlTree.spelled(quote.destination()) + ")");
    }

    private static String yuan(long fen) {
        return BigDecimal.valueOf(fen, 2).toPlainString();
    }
}
