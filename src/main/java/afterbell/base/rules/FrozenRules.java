package afterbell.base.rules;

import afterbell.base.rules.engine.PackReader;
import afterbell.base.rules.engine.RuleBook;
import afterbell.base.rules.engine.RuleBook.SchoolChoice;
import afterbell.base.rules.engine.RulePack;
import afterbell.base.shared.yaml.YamlProblem;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the rules said to a school at one moment, as one text: the packs that speak of its region, and its own choices. Whatever was decided under it is
 * decided again from the text alone, whatever packs came later (law 5).
 */
public final class FrozenRules implements RuleSource {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RuleBook book;
    private final Map<Rule<?>, SchoolChoice<?>> choices;

    private FrozenRules(RuleBook book, Map<Rule<?>, SchoolChoice<?>> choices) {
        this.book = book;
        this.choices = choices;
    }

    /** The same packs and choices give the same text. */
    static String write(UUID school, String region, List<RuleShelf.Shelved> packs, Map<Rule<?>, SchoolChoice<?>> choices) {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("school", school.toString());
        text.put("packs", packs.stream().filter(p -> p.pack().covers(region)).map(FrozenRules::pack).toList());
        text.put("choices", choices.entrySet().stream().sorted((a, b) -> a.getKey().key().compareTo(b.getKey().key())).map(e -> choice(e.getKey(), e.getValue())).toList());
        return JSON.writeValueAsString(text);
    }

    private static Map<String, String> pack(RuleShelf.Shelved shelved) {
        Map<String, String> pack = new LinkedHashMap<>();
        pack.put("file", shelved.pack().file());
        pack.put("text", shelved.text());
        return pack;
    }

    @SuppressWarnings("unchecked")
    private static <T> Map<String, String> choice(Rule<T> rule, SchoolChoice<?> own) {
        Map<String, String> choice = new LinkedHashMap<>();
        choice.put("rule", rule.key());
        choice.put("value", rule.kind().yaml((T) own.value()));
        choice.put("since", own.clause().from().toString());
        return choice;
    }

    /** Reads a text that {@link Rules#freeze} wrote. */
    public static FrozenRules read(String text) {
        JsonNode root = JSON.readTree(text);
        List<RulePack> packs = new ArrayList<>();
        for (JsonNode pack : root.get("packs")) PackReader.read(pack.get("file").asString(), pack.get("text").asString(), new ArrayList<>()).ifPresent(packs::add);
        Map<Rule<?>, SchoolChoice<?>> choices = new HashMap<>();
        for (JsonNode node : root.get("choices")) {
            LocalDate since = LocalDate.parse(node.get("since").asString());
            Rule.named(node.get("rule").asString()).flatMap(rule -> ChoiceStore.choice(rule, node.get("value").asString(), since).map(c -> Map.<Rule<?>, SchoolChoice<?>>entry(rule, c))).ifPresent(e -> choices.put(e.getKey(), e.getValue()));
        }
        // A rule that a later release has added has no value here, and nothing that was decided then asks for it.
        List<YamlProblem> ignored = new ArrayList<>();
        return new FrozenRules(RuleBook.of(packs, ignored), choices);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Resolved<T> resolve(Rule<T> rule, Situation situation) {
        @Nullable SchoolChoice<T> own = (SchoolChoice<T>) Optional.ofNullable(choices.get(rule)).orElse(null);
        return book.resolve(rule, situation, own);
    }
}
