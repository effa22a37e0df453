package afterbell.term.tariffs.quote;

import afterbell.base.rules.Bilingual;
import afterbell.base.rules.Choices.FeeUnit;
import afterbell.base.rules.Choices.HalfBoundary;
import afterbell.base.rules.Choices.Payee;
import afterbell.base.rules.Location;
import afterbell.base.rules.Ownership;
import afterbell.base.rules.ServiceClass;
import afterbell.base.rules.Stage;
import afterbell.base.shared.yaml.YamlProblem;
import afterbell.base.shared.yaml.YamlTree;
import afterbell.term.tariffs.quote.Tariff.Adjustment;
import afterbell.term.tariffs.quote.Tariff.Adjustment.Step;
import afterbell.term.tariffs.quote.Tariff.Ban;
import afterbell.term.tariffs.quote.Tariff.Cause;
import afterbell.term.tariffs.quote.Tariff.Ceiling;
import afterbell.term.tariffs.quote.Tariff.Counted;
import afterbell.term.tariffs.quote.Tariff.Destination;
import afterbell.term.tariffs.quote.Tariff.Divisor;
import afterbell.term.tariffs.quote.Tariff.ExemptOn;
import afterbell.term.tariffs.quote.Tariff.Exemption;
import afterbell.term.tariffs.quote.Tariff.For;
import afterbell.term.tariffs.quote.Tariff.Item;
import afterbell.term.tariffs.quote.Tariff.LateFee;
import afterbell.term.tariffs.quote.Tariff.Limit;
import afterbell.term.tariffs.quote.Tariff.Materials;
import afterbell.term.tariffs.quote.Tariff.Most;
import afterbell.term.tariffs.quote.Tariff.PerDay;
import afterbell.term.tariffs.quote.Tariff.Publicity;
import afterbell.term.tariffs.quote.Tariff.Rounding;
import afterbell.term.tariffs.quote.Tariff.Surcharge;
import afterbell.term.tariffs.quote.Tariff.Timing;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads a tariff file. One with a single fault is refused whole, with all its faults. */
public final class TariffReader {

    /** Steps of rounding, by the word of the file. */
    private enum RoundingStep {
        FEN(1),
        JIAO(10),
        YUAN(100);

        private final long fen;

        RoundingStep(long fen) {
            this.fen = fen;
        }
    }

    private enum RoundingOf {
        LINE,
        STATEMENT
    }

    private enum RoundingWay {
        HALF_UP,
        HALF_EVEN,
        DOWN,
        UP
    }

    private enum CeilingPer {
        STRETCH,
        MONTH,
        TERM
    }

    private TariffReader() {}

    public static Optional<Tariff> read(String file, String text, List<YamlProblem> problems) {
        List<YamlProblem> own = new ArrayList<>();
        Tariff tariff = tariff(YamlTree.parse(file, text, own));
        problems.addAll(own);
        return own.isEmpty() ? Optional.of(tariff) : Optional.empty();
    }

    private static Tariff tariff(YamlTree root) {
        root.only("tariff", "title", "authority", "number", "region", "effective", "payee", "timing", "refund-to", "service-fee", "rounding", "items", "ceilings", "limits", "exemptions", "exempt-on", "bans", "late-fee", "publicity", "materials");
        String code = root.text("tariff");
        if (!code.matches("[A-Z0-9][A-Za-z0-9.-]{0,39}")) root.at("tariff").refuse("tariffs.bad-code", code);
        String region = root.text("region");
        if (!region.matches("(\\d{2}|\\d{4}|\\d{6}|\\d{9}|\\d{12})?")) root.at("region").refuse("tariffs.bad-region", region);
        YamlTree effective = root.at("effective").only("from", "until");
        LocalDate from = effective.date("from");
        @Nullable LocalDate until = effective.dateOrNull("until");
        if (until != null && until.isBefore(from)) effective.at("until").refuse("tariffs.until-before-from", until, from);
        List<Item> items = root.at("items").list().stream().map(TariffReader::item).toList();
        if (items.isEmpty() && root.has("items")) root.at("items").refuse("tariffs.no-items");
        return new Tariff(
                code,
                words(root, "title"),
                words(root, "authority"),
                root.text("number", ""),
                region,
                from,
                until,
                or(root.at("payee").one(Payee.class), Payee.UNIT_ACCOUNT),
                or(root.at("timing").one(Timing.class), Timing.SETTLE),
                root.has("refund-to") ? or(root.at("refund-to").one(Destination.class), Destination.ORIGINAL_PAYER) : Destination.ORIGINAL_PAYER,
                root.yes("service-fee", true),
                root.has("rounding") ? rounding(root.at("rounding")) : Rounding.USUAL,
                items,
                root.list("ceilings").stream().map(TariffReader::ceiling).toList(),
                root.list("limits").stream().map(TariffReader::limit).toList(),
                root.list("exemptions").stream().map(TariffReader::exemption).toList(),
                root.has("exempt-on") ? or(root.at("exempt-on").one(ExemptOn.class), ExemptOn.ANY_DAY) : ExemptOn.ANY_DAY,
                root.list("bans").stream().map(TariffReader::ban).toList(),
                root.has("late-fee") ? lateFee(root.at("late-fee")) : null,
                root.has("publicity") ? publicity(root.at("publicity")) : null,
                root.has("materials") ? materials(root.at("materials")) : null);
    }

    private static Rounding rounding(YamlTree node) {
        node.only("mode", "to", "of");
        RoundingMode mode =
                switch (node.has("mode") ? or(node.at("mode").one(RoundingWay.class), RoundingWay.HALF_UP) : RoundingWay.HALF_UP) {
                    case HALF_UP -> RoundingMode.HALF_UP;
                    case HALF_EVEN -> RoundingMode.HALF_EVEN;
                    case DOWN -> RoundingMode.DOWN;
                    case UP -> RoundingMode.UP;
                };
        RoundingStep step = node.has("to") ? or(node.at("to").one(RoundingStep.class), RoundingStep.FEN) : RoundingStep.FEN;
        boolean whole = node.has("of") && node.at("of").one(RoundingOf.class) == RoundingOf.STATEMENT;
        return new Rounding(mode, step.fen, whole);
    }

    private static Item item(YamlTree node) {
        node.only("item", "name", "service", "for", "price", "unit", "counts", "per-day", "times", "months", "most", "minutes-a-day", "clause", "adjust", "surcharges");
        long fen = money(node.at("price"));
        return new Item(
                node.text("item"),
                words(node, "name"),
                some(node.at("service"), ServiceClass.class),
                node.has("for") ? who(node.at("for")) : For.ALL,
                fen,
                or(node.at("unit").one(FeeUnit.class), FeeUnit.TERM),
                node.has("counts") ? or(node.at("counts").one(Counted.class), Counted.ATTENDED) : Counted.ATTENDED,
                node.list("per-day").stream().map(row -> new PerDay(grades(row.only("grades", "units").list("grades")), decimal(row.at("units")))).toList(),
                node.has("times") ? decimal(node.at("times")) : null,
                months(node.list("months")),
                node.has("most") ? most(node.at("most")) : null,
                node.has("minutes-a-day") ? node.number("minutes-a-day", 1, 1_440) : null,
                node.text("clause"),
                node.list("adjust").stream().flatMap(row -> adjustment(row).stream()).toList(),
                node.list("surcharges").stream().map(TariffReader::surcharge).toList());
    }

    /** Months as {@code [7, 8]}. */
    private static Set<Integer> months(List<YamlTree> nodes) {
        Set<Integer> months = new TreeSet<>();
        for (YamlTree node : nodes) {
            String text = node.text();
            if (text.matches("\\d{1,2}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 12) months.add(Integer.parseInt(text));
            else node.refuse("tariffs.bad-months", text);
        }
        return months;
    }

    /** A plain number, as files that are in use already have it, bounds each billing time. */
    private static Most most(YamlTree node) {
        if (node.isValue()) return new Most(node.number(1, 10_000), Most.Per.STRETCH);
        node.only("days", "per");
        return new Most(node.number("days", 1, 10_000), or(node.at("per").one(Most.Per.class), Most.Per.STRETCH));
    }

    private static Surcharge surcharge(YamlTree node) {
        node.only("what", "price", "third-party", "clause");
        return new Surcharge(node.text("what"), money(node.at("price")), node.yes("third-party", false), node.text("clause"));
    }

    private static Optional<Adjustment> adjustment(YamlTree node) {
        String clause = node.text("clause");
        return switch (node.text("rule")) {
            case "threshold" -> {
                node.only("rule", "of", "share", "below", "at", "zero", "clause");
                yield Optional.of(new Adjustment.Threshold(
                        divisor(node.at("of")),
                        node.number("share", 1, 100, 50),
                        node.number("below", 0, 100),
                        node.has("at") ? node.at("at").one(HalfBoundary.class) : null,
                        node.has("zero") ? node.number("zero", 0, 100) : null,
                        clause));
            }
            case "proportional" -> {
                node.only("rule", "causes", "divisor", "clause");
                yield Optional.of(new Adjustment.Proportional(some(node.at("causes"), Cause.class), divisor(node.at("divisor")), clause));
            }
            case "daily" -> {
                node.only("rule", "causes", "price", "clause");
                yield Optional.of(new Adjustment.Daily(some(node.at("causes"), Cause.class), money(node.at("price")), clause));
            }
            case "in-a-row" -> {
                node.only("rule", "steps", "clause");
                yield Optional.of(new Adjustment.InARow(steps(node, "days"), clause));
            }
            case "elapsed" -> {
                node.only("rule", "steps", "clause");
                yield Optional.of(new Adjustment.Elapsed(steps(node, "up-to"), clause));
            }
            case "cancellation" -> {
                node.only("rule", "deadline", "deadline-day", "after", "clause");
                @Nullable Integer day = node.has("deadline-day") ? node.number("deadline-day", 1, 366) : null;
                yield Optional.of(new Adjustment.Cancellation(day == null ? node.date("deadline") : node.dateOrNull("deadline"), day, node.number("after", 0, 100), clause));
            }
            case "joining" -> {
                node.only("rule", "divisor", "clause");
                Divisor divisor = divisor(node.at("divisor"));
                if (divisor.kind() == Divisor.Kind.PLANNED_DAYS) node.at("divisor").refuse("not-one-of", node.text("divisor", ""), "statutory-workdays, 20.83");
                yield Optional.of(new Adjustment.Joining(divisor, clause));
            }
            default -> {
                node.at("rule").refuse("not-one-of", node.text("rule"), "threshold, proportional, daily, in-a-row, elapsed, cancellation, joining");
                yield Optional.empty();
            }
        };
    }

    private static List<Step> steps(YamlTree node, String from) {
        List<Step> steps = new ArrayList<>();
        for (YamlTree row : node.at("steps").list()) {
            row.only(from, "percent");
            Step step = new Step(row.number(from, 0, 1_000), row.number("percent", 0, 100));
            if (!steps.isEmpty() && step.from() <= steps.getLast().from()) row.refuse("tariffs.steps-not-ascending");
            steps.add(step);
        }
        return List.copyOf(steps);
    }

    private static Divisor divisor(YamlTree node) {
        return switch (node.text()) {
            case "statutory-workdays" -> new Divisor(Divisor.Kind.STATUTORY_WORKDAYS, null);
            case "planned-days" -> new Divisor(Divisor.Kind.PLANNED_DAYS, null);
            case "" -> new Divisor(Divisor.Kind.PLANNED_DAYS, null);
            default -> new Divisor(Divisor.Kind.FIXED, decimal(node));
        };
    }

    private static Ceiling ceiling(YamlTree node) {
        node.only("per", "yuan", "services", "clause");
        boolean term = node.at("per").one(CeilingPer.class) == CeilingPer.TERM;
        Set<ServiceClass> services = node.has("services") ? some(node.at("services"), ServiceClass.class) : EnumSet.allOf(ServiceClass.class);
        return new Ceiling(term, money(node.at("yuan")), services, node.text("clause"));
    }

    private static Limit limit(YamlTree node) {
        node.only("unit", "yuan", "services", "for", "clause");
        Set<ServiceClass> services = node.has("services") ? some(node.at("services"), ServiceClass.class) : EnumSet.allOf(ServiceClass.class);
        return new Limit(
                or(node.at("unit").one(FeeUnit.class), FeeUnit.MONTH), money(node.at("yuan")), services, node.has("for") ? who(node.at("for")) : For.ALL, node.text("clause"));
    }

    private static Exemption exemption(YamlTree node) {
        node.only("group", "percent", "clause");
        return new Exemption(node.text("group"), node.number("percent", 1, 100), node.text("clause"));
    }

    private static Ban ban(YamlTree node) {
        node.only("rule", "clause", "instead");
        return new Ban(node.text("rule"), node.text("clause"), node.text("instead", ""));
    }

    private static LateFee lateFee(YamlTree node) {
        node.only("on", "currency", "per-minute", "doubles", "removals", "clause");
        return new LateFee(
                node.yes("on", false),
                node.text("currency", "CNY"),
                money(node.at("per-minute")),
                node.yes("doubles", false),
                node.list("removals").stream().map(row -> new LateFee.Removal(row.only("times", "months").number("times", 1, 1_000), row.number("months", 1, 12))).toList(),
                node.text("clause"));
    }

    private static Publicity publicity(YamlTree node) {
        node.only("days", "clause");
        return new Publicity(node.number("days", 1, 60), node.text("clause"));
    }

    private static Materials materials(YamlTree node) {
        node.only("most", "clause");
        return new Materials(money(node.at("most")), node.text("clause"));
    }

    private static For who(YamlTree node) {
        node.only("stages", "grades", "location", "ownership", "boarding");
        return new For(
                node.has("stages") ? some(node.at("stages"), Stage.class) : Set.of(),
                grades(node.list("grades")),
                node.has("location") ? node.at("location").one(Location.class) : null,
                node.has("ownership") ? node.at("ownership").one(Ownership.class) : null,
                node.has("boarding") ? node.at("boarding").yes() : null);
    }

    /** Grades as {@code [1, 2]} or {@code 1-6}; kindergarten is 0. */
    private static Set<Integer> grades(List<YamlTree> nodes) {
        Set<Integer> grades = new TreeSet<>();
        for (YamlTree node : nodes) {
            String text = node.text();
            if (!text.matches("\\d{1,2}(-\\d{1,2})?")) {
                node.refuse("tariffs.bad-grades", text);
                continue;
            }
            String[] ends = text.split("-");
            int first = Integer.parseInt(ends[0]);
            int last = Integer.parseInt(ends[ends.length - 1]);
            if (first > last || last > 12) node.refuse("tariffs.bad-grades", text);
            for (int grade = first; grade <= Math.min(last, 12); grade++) grades.add(grade);
        }
        return grades;
    }

    static <E extends Enum<E>> Set<E> some(YamlTree node, Class<E> words) {
        Set<E> set = EnumSet.noneOf(words);
        for (YamlTree item : node.list()) {
            @Nullable E word = item.one(words);
            if (word != null) set.add(word);
        }
        return set;
    }

    /** Yuan with at most two decimals, never negative. */
    static long money(YamlTree node) {
        long fen = node.yuanAsFen();
        if (fen < 0 || fen > 100_000_000) node.refuse("not-money", node.text());
        return fen;
    }

    static BigDecimal decimal(YamlTree node) {
        String text = node.text();
        if (text.matches("\\d{1,4}(\\.\\d{1,4})?") && new BigDecimal(text).signum() > 0) return new BigDecimal(text);
        node.refuse("tariffs.not-a-quantity", text);
        return BigDecimal.ONE;
    }

    private static Bilingual words(YamlTree node, String key) {
        YamlTree words = node.at(key).only("zh", "en");
        return new Bilingual(words.text("zh"), words.text("en"));
    }

    private static <E> E or(@Nullable E word, E otherwise) {
        return word == null ? otherwise : word;
    }
}
