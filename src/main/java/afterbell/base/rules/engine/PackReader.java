package afterbell.base.rules.engine;

import afterbell.base.rules.Bilingual;
import afterbell.base.rules.Location;
import afterbell.base.rules.Ownership;
import afterbell.base.rules.Rule;
import afterbell.base.rules.ServiceClass;
import afterbell.base.rules.Severity;
import afterbell.base.rules.Stage;
import afterbell.base.shared.yaml.YamlProblem;
import afterbell.base.shared.yaml.YamlTree;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one pack from its file. The format stands in docs/how/rules.md. */
public final class PackReader {
    private PackReader() {}

    /** The pack, or nothing and at least one problem: a pack with one fault is refused whole. */
    public static Optional<RulePack> read(String file, String text, List<YamlProblem> problems) {
        List<YamlProblem> own = new ArrayList<>();
        YamlTree root = YamlTree.parse(file, text, own);
        RulePack pack = pack(root, file);
        if (own.isEmpty()) refuseTies(pack, own);
        problems.addAll(own);
        return own.isEmpty() ? Optional.of(pack) : Optional.empty();
    }

    private static RulePack pack(YamlTree root, String file) {
        root.only("pack", "title", "authority", "product", "region", "effective", "source", "rules");
        String code = root.text("pack");
        if (!code.matches("[A-Z0-9][A-Za-z0-9.-]{0,39}")) root.at("pack").refuse("rules.bad-code", code);
        String region = root.text("region");
        if (!region.matches("(\\d{2}|\\d{4}|\\d{6}|\\d{9}|\\d{12})?")) root.at("region").refuse("rules.bad-region", region);
        YamlTree effective = root.at("effective").only("from", "until");
        LocalDate from = effective.date("from");
        @Nullable LocalDate until = effective.dateOrNull("until");
        if (until != null && until.isBefore(from)) effective.at("until").refuse("rules.until-before-from", until, from);
        YamlTree source = root.at("source").only("zh", "en", "number");
        List<RuleEntry<?>> entries = new ArrayList<>();
        for (YamlTree item : root.at("rules").list()) entry(item).ifPresent(entries::add);
        return new RulePack(
                code,
                words(root.at("title")),
                words(root.at("authority")),
                root.yes("product", false),
                region,
                from,
                until,
                new Bilingual(source.text("zh"), source.text("en")),
                source.text("number", ""),
                entries,
                file);
    }

    private static Optional<RuleEntry<?>> entry(YamlTree item) {
        item.only("rule", "value", "severity", "floor", "code", "zh", "en", "instead", "requirement", "stages", "services", "ownership", "location");
        String key = item.text("rule");
        Optional<Rule<?>> rule = Rule.named(key);
        if (rule.isEmpty()) {
            if (!key.isEmpty()) item.at("rule").refuse("rules.unknown-rule", key, nearest(key));
            return Optional.empty();
        }
        return Optional.of(entry(rule.get(), item));
    }

    private static <T> RuleEntry<T> entry(Rule<T> rule, YamlTree item) {
        @Nullable T value = rule.kind().read(item.at("value"));
        @Nullable Severity severity = item.at("severity").one(Severity.class);
        @SuppressWarnings("NullAway") // a null value has left a problem, and the pack is refused
        RuleEntry<T> entry = new RuleEntry<>(
                rule,
                value,
                severity == null ? Severity.ADVICE : severity,
                item.yes("floor", false),
                item.text("code", ""),
                new Bilingual(item.text("zh"), item.text("en")),
                item.has("instead") ? words(item.at("instead")) : Bilingual.NONE,
                item.text("requirement", ""),
                some(item, "stages", Stage.class),
                some(item, "services", ServiceClass.class),
                item.has("ownership") ? item.at("ownership").one(Ownership.class) : null,
                item.has("location") ? item.at("location").one(Location.class) : null,
                item.line());
        return entry;
    }

    private static Bilingual words(YamlTree at) {
        at.only("zh", "en");
        return new Bilingual(at.text("zh"), at.text("en"));
    }

    private static <E extends Enum<E>> Set<E> some(YamlTree item, String key, Class<E> words) {
        Set<E> found = EnumSet.noneOf(words);
        for (YamlTree each : item.list(key)) {
            @Nullable E word = each.one(words);
            if (word != null) found.add(word);
        }
        return found;
    }

    /** Two entries of one pack for the same rule must differ in how particular they are, or never fit the same school. */
    private static void refuseTies(RulePack pack, List<YamlProblem> problems) {
        List<RuleEntry<?>> entries = pack.entries();
        for (int i = 0; i < entries.size(); i++)
            for (int j = i + 1; j < entries.size(); j++) {
                RuleEntry<?> a = entries.get(i);
                RuleEntry<?> b = entries.get(j);
                if (a.rule() == b.rule() && a.conditions() == b.conditions() && a.meets(b))
                    problems.add(new YamlProblem(pack.file(), b.line(), "rules.said-twice", List.of(b.rule().key(), a.line())));
            }
    }

    /** The known key most like a mistyped one. */
    static String nearest(String key) {
        return Rule.all().stream()
                .map(Rule::key)
                .min((a, b) -> Integer.compare(distance(a, key), distance(b, key)))
                .orElse("");
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) row[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
