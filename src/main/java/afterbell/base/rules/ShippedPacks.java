package afterbell.base.rules;

import afterbell.base.rules.engine.PackReader;
import afterbell.base.rules.engine.RuleBook;
import afterbell.base.rules.engine.RulePack;
import afterbell.base.shared.yaml.YamlProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The rule packs of this release, for those who ask without a running house. */
public final class ShippedPacks {

    /** One file, unread. */
    public record Text(String file, String text) {}

    private ShippedPacks() {}

    /** In the order of their names. */
    public static List<Text> texts() {
        try {
            List<Text> texts = new ArrayList<>();
            for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath:rules/*.yaml"))
                texts.add(new Text(Objects.requireNonNull(file.getFilename()), file.getContentAsString(StandardCharsets.UTF_8)));
            texts.sort(Comparator.comparing(Text::file));
            return List.copyOf(texts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A book of them alone. */
    public static RuleBook book() {
        return book(List.of(), new ArrayList<>());
    }

    /** A book of them and more; one with problems must not be used. */
    public static RuleBook book(List<Text> more, List<YamlProblem> problems) {
        List<RulePack> packs = new ArrayList<>();
        for (Text text : texts()) PackReader.read(text.file(), text.text(), problems).ifPresent(packs::add);
        for (Text text : more) PackReader.read(text.file(), text.text(), problems).ifPresent(packs::add);
        return RuleBook.of(packs, problems);
    }
}
