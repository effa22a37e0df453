package afterbell.term.tariffs.quote;

import afterbell.base.rules.Location;
import afterbell.base.rules.Ownership;
import afterbell.base.rules.ServiceClass;
import afterbell.base.rules.Stage;
import afterbell.base.shared.yaml.YamlProblem;
import afterbell.base.shared.yaml.YamlTree;
import afterbell.term.tariffs.quote.Facts.Exempt;
import afterbell.term.tariffs.quote.Facts.Late;
import afterbell.term.tariffs.quote.Facts.Left;
import afterbell.term.tariffs.quote.Facts.Payment;
import afterbell.term.tariffs.quote.Facts.Pupil;
import afterbell.term.tariffs.quote.Facts.Stretch;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one pupil's facts from a file; refuses numbers that cannot be: more attended than held, a day lost twice. */
public final class FactsReader {
    private static final int MOST_DAYS = 400;

    private FactsReader() {}

    public static Optional<Facts> read(String file, String text, List<YamlProblem> problems) {
        List<YamlProblem> own = new ArrayList<>();
        Facts facts = facts(YamlTree.parse(file, text, own));
        problems.addAll(own);
        return own.isEmpty() ? Optional.of(facts) : Optional.empty();
    }

    private static Facts facts(YamlTree root) {
        root.only("pupil", "term", "boarding-covers", "stretches", "joined", "left", "exempt", "paid", "late");
        YamlTree term = root.at("term").only("from", "until");
        LocalDate from = term.date("from");
        LocalDate until = term.date("until");
        if (until.isBefore(from)) term.at("until").refuse("tariffs.until-before-from", until, from);
        return new Facts(
                pupil(root.at("pupil")),
                from,
                until,
                root.has("boarding-covers") ? TariffReader.some(root.at("boarding-covers"), ServiceClass.class) : Set.of(),
                root.list("stretches").stream().map(node -> stretch(node, from, until)).toList(),
                root.has("joined") ? root.at("joined").only("on").date("on") : null,
                root.has("left") ? left(root.at("left")) : null,
                root.list("exempt").stream().map(node -> new Exempt(node.only("group", "from", "until").text("group"), node.date("from"), node.dateOrNull("until"))).toList(),
                root.list("paid").stream().map(node -> new Payment(node.only("on", "yuan").date("on"), TariffReader.money(node.at("yuan")))).toList(),
                root.list("late").stream().map(node -> new Late(node.only("on", "minutes").date("on"), node.number("minutes", 1, 600))).toList());
    }

    private static Pupil pupil(YamlTree node) {
        node.only("grade", "stage", "location", "ownership", "boarding");
        int grade = node.number("grade", 0, 12);
        @Nullable Stage stage = node.has("stage") ? node.at("stage").one(Stage.class) : grade == 0 ? Stage.PRIMARY : Stage.ofGrade(grade);
        @Nullable Location location = node.has("location") ? node.at("location").one(Location.class) : Location.URBAN;
        @Nullable Ownership ownership = node.has("ownership") ? node.at("ownership").one(Ownership.class) : Ownership.PUBLIC;
        return new Pupil(
                stage == null ? Stage.PRIMARY : stage,
                grade,
                location == null ? Location.URBAN : location,
                ownership == null ? Ownership.PUBLIC : ownership,
                node.yes("boarding", false));
    }

    private static Left left(YamlTree node) {
        node.only("on", "reviewed");
        return new Left(node.date("on"), node.yes("reviewed", false));
    }

    private static Stretch stretch(YamlTree node, LocalDate first, LocalDate last) {
        node.only("from", "until", "service", "per-day", "count", "workdays", "planned", "held", "attended", "leave", "undelivered", "closed", "withdrawn", "in-a-row", "special");
        LocalDate from = node.has("from") ? node.date("from") : first;
        LocalDate until = node.has("until") ? node.date("until") : last;
        if (until.isBefore(from) || from.isBefore(first) || until.isAfter(last)) node.refuse("tariffs.outside-term", from, until, first, last);
        int planned = node.number("planned", 0, MOST_DAYS, 0);
        int undelivered = node.number("undelivered", 0, MOST_DAYS, 0);
        int closed = node.number("closed", 0, MOST_DAYS, 0);
        int withdrawn = node.number("withdrawn", 0, MOST_DAYS, 0);
        int held = node.number("held", 0, MOST_DAYS, Math.max(0, planned - undelivered - closed));
        int leave = node.number("leave", 0, MOST_DAYS, 0);
        int attended = node.number("attended", 0, MOST_DAYS, Math.max(0, held - leave - withdrawn));
        if (held + undelivered + closed > planned) node.refuse("tariffs.more-than-planned", held, undelivered + closed, planned);
        if (attended + leave + withdrawn > held) node.refuse("tariffs.more-than-held", attended, leave + withdrawn, held);
        @Nullable ServiceClass service = node.has("service") ? node.at("service").one(ServiceClass.class) : ServiceClass.AFTER_SCHOOL;
        return new Stretch(
                from,
                until,
                service == null ? ServiceClass.AFTER_SCHOOL : service,
                node.has("per-day") ? TariffReader.decimal(node.at("per-day")) : BigDecimal.ONE,
                node.number("count", 1, 100, 1),
                node.number("workdays", 0, MOST_DAYS, 0),
                planned,
                held,
                attended,
                leave,
                undelivered,
                closed,
                withdrawn,
                node.number("in-a-row", 0, MOST_DAYS, 0),
                node.number("special", 0, 10_000, 0));
    }
}
