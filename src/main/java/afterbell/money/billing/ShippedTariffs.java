package afterbell.money.billing;

import afterbell.base.shared.yaml.YamlProblem;
import afterbell.term.tariffs.quote.Tariff;
import afterbell.term.tariffs.quote.TariffReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** The tariff files of this release: to put to use where they hold, to copy from everywhere else. A new place is a new file. */
@Component
public class ShippedTariffs {
    private final List<Shipped> all = read();

    /** @param body the file's text */
    public record Shipped(Tariff tariff, String body) {
        /** Whether the authority's word reaches a school. */
        public boolean reaches(String region) {
            return region.startsWith(tariff.region());
        }
    }

    /** In the order of their codes. */
    public List<Shipped> all() {
        return all;
    }

    public Optional<Shipped> of(String code) {
        return all.stream().filter(s -> s.tariff().code().equals(code)).findFirst();
    }

    private static List<Shipped> read() {
        try {
            List<Shipped> all = new ArrayList<>();
            for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath:tariffs/*.yaml")) {
                List<YamlProblem> problems = new ArrayList<>();
                String body = file.getContentAsString(StandardCharsets.UTF_8);
                Optional<Tariff> tariff = TariffReader.read(String.valueOf(file.getFilename()), body, problems);
                if (tariff.isEmpty()) throw new IllegalStateException("a shipped tariff has faults: " + problems);
                all.add(new Shipped(tariff.get(), body));
            }
            all.sort(Comparator.comparing((Shipped s) -> s.tariff().code()));
            return List.copyOf(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
