package afterbell.money.billing.reckoning;

import afterbell.base.rules.Location;
import afterbell.base.rules.Ownership;
import afterbell.base.rules.ServiceClass;
import afterbell.base.rules.Stage;
import afterbell.term.tariffs.quote.Facts;
import afterbell.term.tariffs.quote.Facts.Exempt;
import afterbell.term.tariffs.quote.Facts.Left;
import afterbell.term.tariffs.quote.Facts.Pupil;
import afterbell.term.tariffs.quote.Facts.Stretch;
import afterbell.term.tariffs.quote.Quote;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Facts and lines as they are kept beside a charge. The keys and their order are written out here and never follow a renamed component, so that the same
 * facts give the same bytes with any later release (law 5).
 */
public final class Kept {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Kept() {}

    public static String facts(Facts facts) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode pupil = root.putObject("pupil");
        pupil.put("stage", facts.pupil().stage().name());
        pupil.put("grade", facts.pupil().grade());
        pupil.put("location", facts.pupil().location().name());
        pupil.put("ownership", facts.pupil().ownership().name());
        pupil.put("boarding", facts.pupil().boarding());
        root.put("from", facts.from().toString());
        root.put("until", facts.until().toString());
        ArrayNode covers = root.putArray("boardingCovers");
        sorted(facts.boardingCovers()).forEach(service -> covers.add(service.name()));
        ArrayNode stretches = root.putArray("stretches");
        facts.stretches().forEach(stretch -> write(stretches.addObject(), stretch));
        if (facts.joined() != null) root.put("joined", facts.joined().toString());
        Left left = facts.left();
        if (left != null) root.putObject("left").put("on", left.on().toString()).put("reviewed", left.reviewed());
        ArrayNode exempts = root.putArray("exempt");
        for (Exempt exempt : facts.exempt()) {
            ObjectNode node = exempts.addObject().put("group", exempt.group()).put("from", exempt.from().toString());
            if (exempt.until() != null) node.put("until", exempt.until().toString());
        }
        return JSON.writeValueAsString(root);
    }

    private static Collection<ServiceClass> sorted(Set<ServiceClass> services) {
        return services.isEmpty() ? List.of() : EnumSet.copyOf(services);
    }

    private static void write(ObjectNode node, Stretch stretch) {
        node.put("from", stretch.from().toString());
        node.put("until", stretch.until().toString());
        node.put("service", stretch.service().name());
        node.put("perDay", stretch.perDay().toPlainString());
        node.put("count", stretch.count());
        node.put("workdays", stretch.workdays());
        node.put("planned", stretch.planned());
        node.put("held", stretch.held());
        node.put("attended", stretch.attended());
        node.put("leave", stretch.leave());
        node.put("undelivered", stretch.undelivered());
        node.put("closed", stretch.closed());
        node.put("withdrawn", stretch.withdrawn());
        node.put("inARow", stretch.inARow());
        node.put("special", stretch.special());
    }

    public static Facts facts(String text) {
        JsonNode root = JSON.readTree(text);
        JsonNode pupil = root.get("pupil");
        Set<ServiceClass> covers = EnumSet.noneOf(ServiceClass.class);
        for (JsonNode service : root.get("boardingCovers")) covers.add(ServiceClass.valueOf(service.asString()));
        List<Stretch> stretches = new ArrayList<>();
        for (JsonNode node : root.get("stretches")) stretches.add(stretch(node));
        List<Exempt> exempt = new ArrayList<>();
        for (JsonNode node : root.get("exempt")) exempt.add(new Exempt(node.get("group").asString(), day(node, "from"), dayOrNull(node, "until")));
        @Nullable JsonNode left = root.get("left");
        return new Facts(
                new Pupil(
                        Stage.valueOf(pupil.get("stage").asString()), pupil.get("grade").asInt(), Location.valueOf(pupil.get("location").asString()), Ownership.valueOf(pupil.get("ownership").asString()),
                        pupil.get("boarding").asBoolean()),
                day(root, "from"),
                day(root, "until"),
                covers,
                stretches,
                dayOrNull(root, "joined"),
                left == null ? null : new Left(day(left, "on"), left.get("reviewed").asBoolean()),
                exempt,
                List.of(),
                List.of());
    }

    private static Stretch stretch(JsonNode node) {
        return new Stretch(
                day(node, "from"),
                day(node, "until"),
                ServiceClass.valueOf(node.get("service").asString()),
                new BigDecimal(node.get("perDay").asString()),
                node.get("count").asInt(),
                node.get("workdays").asInt(),
                node.get("planned").asInt(),
                node.get("held").asInt(),
                node.get("attended").asInt(),
                node.get("leave").asInt(),
                node.get("undelivered").asInt(),
                node.get("closed").asInt(),
                node.get("withdrawn").asInt(),
                node.get("inARow").asInt(),
                node.get("special").asInt());
    }

    public static String lines(List<Quote.Line> lines) {
        ArrayNode all = JSON.createArrayNode();
        for (Quote.Line line : lines)
            all.addObject()
                    .put("from", line.from().toString())
                    .put("until", line.until().toString())
                    .put("quantity", line.quantity().toPlainString())
                    .put("unit", line.unit())
                    .put("unitPriceFen", line.unitPriceFen())
                    .put("amountFen", line.amountFen())
                    .put("clause", line.clause());
        return JSON.writeValueAsString(all);
    }

    public static List<Quote.Line> lines(String text) {
        List<Quote.Line> lines = new ArrayList<>();
        for (JsonNode node : JSON.readTree(text))
            lines.add(new Quote.Line(
                    day(node, "from"), day(node, "until"), new BigDecimal(node.get("quantity").asString()), node.get("unit").asString(), node.get("unitPriceFen").asLong(), node.get("amountFen").asLong(),
                    node.get("clause").asString()));
        return List.copyOf(lines);
    }

    private static LocalDate day(JsonNode node, String key) {
        return LocalDate.parse(node.get(key).asString());
    }

    private static @Nullable LocalDate dayOrNull(JsonNode node, String key) {
        @Nullable JsonNode value = node.get(key);
        return value == null ? null : LocalDate.parse(value.asString());
    }
}
