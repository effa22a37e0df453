package afterbell.base.calendar;

import afterbell.base.calendar.engine.HolidayReader;
import afterbell.base.shared.Rounds;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.yaml.YamlProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The holiday files: shipped ones, and those that bureaus edited for their region. In memory; read again every few seconds. */
@Component
public class HolidayShelf {
    private static final Logger log = LoggerFactory.getLogger(HolidayShelf.class);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    /** @param region empty for a shipped file */
    public record Shelved(String region, HolidayYear year, String text) {}

    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final List<Shelved> shipped;
    private volatile List<Shelved> all;

    HolidayShelf(JdbcClient sql, TransactionTemplate transactions, Rounds rounds) {
        this.sql = sql;
        this.transactions = transactions;
        this.shipped = shipped();
        this.all = read();
        rounds.every("holidays", AGAIN, this::refresh);
    }

    /** The holidays of a school's region: of each year the file of the smallest region that holds it. */
    public Holidays holidays(String region) {
        return new Holidays(years(region).stream().map(Shelved::year).toList());
    }

    /** The files that hold in a region, by year. */
    public List<Shelved> years(String region) {
        Map<Integer, Shelved> years = new HashMap<>();
        for (Shelved file : all) if (region.startsWith(file.region())) years.put(file.year().year(), file);
        return years.values().stream().sorted(Comparator.comparingInt(f -> f.year().year())).toList();
    }

    /** Reads everything again; call it after a change, outside a transaction. */
    public void refresh() {
        all = read();
    }

    /** Shipped first, then larger regions before smaller ones. */
    private List<Shelved> read() {
        List<Shelved> files = new ArrayList<>(shipped);
        files.addAll(Objects.requireNonNull(Scopes.within(Scope.DOOR, () -> transactions.execute(t -> sql.sql(
                        "select region, year, body from calendar.holiday_year order by length(region), region, year")
                .query((r, n) -> one(r.getString("region"), "holidays-" + r.getInt("year") + ".yaml", r.getString("body")))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList()))));
        return List.copyOf(files);
    }

    private static Optional<Shelved> one(String region, String file, String text) {
        List<YamlProblem> problems = new ArrayList<>();
        Optional<HolidayYear> year = HolidayReader.read(file, text, problems);
        problems.forEach(problem -> log.warn("holiday file left out: {}", problem));
        return year.map(y -> new Shelved(region, y, text));
    }

    private static List<Shelved> shipped() {
        try {
            List<Shelved> files = new ArrayList<>();
            for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath:calendar/holidays-*.yaml"))
                one("", Objects.requireNonNull(file.getFilename()), file.getContentAsString(StandardCharsets.UTF_8)).ifPresent(files::add);
            return List.copyOf(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
