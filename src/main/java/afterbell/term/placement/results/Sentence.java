package afterbell.term.placement.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A reason as one plain sentence: a message key and what it is filled with. Numbers of others appear only where the engine let them through (counts
 * under three and small groups are already left out there).
 */
record Sentence(String key, List<Object> facts) {

    /**
     * @param names the sections' names by code
     * @param least below this many people no number of them is said
     * @param group a smaller group is not said to come first
     */
    static Sentence of(String reason, JsonNode facts, Map<String, String> names, int least, int group) {
        String why = facts.path("why").asString("");
        return switch (reason) {
            case "not_eligible" -> switch (why) {
                case "grade" -> said("not_eligible.grade", facts.path("from").asInt(), facts.path("to").asInt());
                case "takes_more_than_wanted" -> said("not_eligible.more", facts.path("slots").asInt());
                default -> said("not_eligible.other");
            };
            case "not_run" -> {
                int placeable = facts.path("placeable").asInt();
                yield placeable < least ? said("not_run.few", facts.path("min_size").asInt()) : said("not_run", placeable, facts.path("min_size").asInt());
            }
            case "clash" -> said(facts.path("fixed").asBoolean(false) ? "clash.fixed" : "clash", named(facts.path("with"), names));
            case "order" -> !facts.has("seats") ? said("order") : facts.path("seats").asInt() < group ? said("exchange.loss") : said("order.seats", facts.path("seats").asInt());
            case "lottery" -> said("lottery", facts.path("last_admitted").asInt() + 1, facts.path("yours").asInt() + 1);
            case "band" -> said("band");
            case "refused" -> said("refused." + why);
            case "sibling" -> said("sibling");
            case "continuity" -> said("continuity");
            default -> switch (why) {
                case "minimum" -> said("exchange.minimum");
                case "nothing" -> said("exchange.nothing");
                case "points" -> said("exchange.points");
                default -> said("exchange.loss");
            };
        };
    }

    private static Sentence said(String key, @Nullable Object... facts) {
        List<Object> all = new ArrayList<>();
        for (@Nullable Object f : facts) all.add(f == null ? "" : f);
        return new Sentence("placement.reason." + key, all);
    }

    private static String named(JsonNode codes, Map<String, String> names) {
        List<String> all = new ArrayList<>();
        codes.forEach(c -> all.add(names.getOrDefault(c.asString(""), c.asString(""))));
        return String.join(", ", all);
    }
}
