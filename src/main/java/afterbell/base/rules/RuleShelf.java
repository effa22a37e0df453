package afterbell.base.rules;

import afterbell.base.rules.engine.PackReader;
import afterbell.base.rules.engine.RuleBook;
import afterbell.base.rules.engine.RuleEntry;
import afterbell.base.rules.engine.RulePack;
import afterbell.base.shared.Rounds;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.yaml.YamlProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * All packs of this node: shipped, laid into the data folder, uploaded by bureaus. Kept in memory and read again every few seconds, so that a pack that
 * another node or an editor changed holds here too, and a question costs no SQL.
 *
 * <p>A faulty pack is left out whole and told on the bureau's page; it never stops the house.
 */
@Component
public class RuleShelf {
    private static final Logger log = LoggerFactory.getLogger(RuleShelf.class);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    public enum Origin {
        SHIPPED,
        FOLDER,
        UPLOADED
    }

    /**
     * @param id of an uploaded pack
     * @param bureau that uploaded it
     */
    public record Shelved(RulePack pack, Origin origin, @Nullable UUID id, @Nullable UUID bureau, String text) {}

    /** @param problems of packs that were left out */
    public record State(RuleBook book, List<Shelved> packs, List<YamlProblem> problems) {}

    /** What adding a pack would do: problems, or the pack and the book with it. */
    public record Trial(@Nullable RulePack pack, @Nullable RuleBook book, List<YamlProblem> problems) {}

    private record Text(String file, String text, Origin origin, @Nullable UUID id, @Nullable UUID bureau) {}

    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final Path folder;
    private final List<Text> shipped;
    private volatile State state;
    private List<Text> read = List.of();

    RuleShelf(JdbcClient sql, TransactionTemplate transactions, Rounds rounds, @Value("${afterbell.database.data:data}") String data) {
        this.sql = sql;
        this.transactions = transactions;
        this.folder = Path.of(data).resolve("rules");
        this.shipped = shipped();
        this.state = refreshed();
        rounds.every("rules", AGAIN, this::refresh);
    }

    public State state() {
        return state;
    }

    /** What a rule is called: the words of the product's own pack. */
    public Bilingual title(Rule<?> rule) {
        return state.packs().stream()
                .filter(p -> p.pack().product())
                .flatMap(p -> p.pack().entries().stream())
                .filter(e -> e.rule() == rule)
                .map(RuleEntry::text)
                .findFirst()
                .orElse(new Bilingual(rule.key(), rule.key()));
    }

    /** Reads everything again; call it after a change, outside a transaction. */
    public synchronized void refresh() {
        state = refreshed();
    }

    /** Tries a pack in the place of an edition with the same code and first day. */
    public Trial trial(String file, String text) {
        List<YamlProblem> problems = new ArrayList<>();
        Optional<RulePack> pack = PackReader.read(file, text, problems);
        if (pack.isEmpty()) return new Trial(null, null, problems);
        List<RulePack> packs = new ArrayList<>(state.packs().stream().map(Shelved::pack).filter(p -> !isEditionOf(p, pack.get())).toList());
        packs.add(pack.get());
        RuleBook book = RuleBook.of(packs, problems);
        return problems.isEmpty() ? new Trial(pack.get(), book, problems) : new Trial(pack.get(), null, problems);
    }

    /** The book as it would be without an uploaded pack. */
    public RuleBook without(UUID id) {
        return RuleBook.of(state.packs().stream().filter(p -> !id.equals(p.id())).map(Shelved::pack).toList(), new ArrayList<>());
    }

    private State refreshed() {
        List<Text> texts = new ArrayList<>(shipped);
        texts.addAll(inFolder());
        texts.addAll(uploaded());
        if (texts.equals(read)) return state;
        List<YamlProblem> problems = new ArrayList<>();
        List<Shelved> packs = new ArrayList<>();
        for (Text text : texts) add(text, packs, problems);
        problems.forEach(problem -> log.warn("rule pack left out: {}", problem));
        State fresh = new State(RuleBook.of(packs.stream().map(Shelved::pack).toList(), new ArrayList<>()), List.copyOf(packs), List.copyOf(problems));
        read = texts;
        return fresh;
    }

    /** A later pack takes the place of an earlier edition with the same code and day; one that can't stand with the rest is left out. */
    private static void add(Text text, List<Shelved> packs, List<YamlProblem> problems) {
        Optional<RulePack> pack = PackReader.read(text.file(), text.text(), problems);
        if (pack.isEmpty()) return;
        List<Shelved> with = new ArrayList<>(packs);
        with.removeIf(p -> isEditionOf(p.pack(), pack.get()));
        with.add(new Shelved(pack.get(), text.origin(), text.id(), text.bureau(), text.text()));
        List<YamlProblem> together = new ArrayList<>();
        if (text.origin() != Origin.SHIPPED) RuleBook.of(with.stream().map(Shelved::pack).toList(), together);
        problems.addAll(together);
        if (!together.isEmpty()) return;
        packs.clear();
        packs.addAll(with);
    }

    private static boolean isEditionOf(RulePack a, RulePack b) {
        return a.code().equals(b.code()) && a.from().equals(b.from());
    }

    private static List<Text> shipped() {
        return ShippedPacks.texts().stream().map(pack -> new Text(pack.file(), pack.text(), Origin.SHIPPED, null, null)).toList();
    }

    private List<Text> inFolder() {
        if (!Files.isDirectory(folder)) return List.of();
        List<Text> texts = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList())
                texts.add(new Text(file.getFileName().toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8), Origin.FOLDER, null, null));
        } catch (IOException e) {
            log.atWarn().addKeyValue("kind", e.getClass().getName()).log("the folder of rule packs could not be read");
        }
        return texts;
    }

    private List<Text> uploaded() {
        return Objects.requireNonNull(Scopes.within(Scope.DOOR, () -> transactions.execute(t -> sql.sql(
                        "select pack_id, bureau_id, code, body from rules.pack where withdrawn_at is null order by added_at, pack_id")
                .query((r, n) -> new Text(r.getString("code") + ".yaml", r.getString("body"), Origin.UPLOADED, r.getObject("pack_id", UUID.class), r.getObject("bureau_id", UUID.class)))
                .list())));
    }
}
