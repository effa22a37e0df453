package afterbell.base.rules;

import afterbell.base.shared.Money;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.yaml.YamlTree;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values of rules in the words of the person who looks. */
public final class RuleWords {
    private RuleWords() {}

    public static String of(Screen screen, Resolved<?> resolved) {
        return of(screen, resolved.rule().kind(), resolved.value());
    }

    public static String of(Screen screen, Kind<?> kind, @Nullable Object value) {
        if (value == null) return "";
        return switch (kind) {
            case Kind.Whole(int least, int most, String unit) -> unit.isEmpty() ? value.toString() : screen.t("rules.unit." + unit, value);
            case Kind.YesNo yesNo -> screen.t((Boolean) value ? "rules.value.yes" : "rules.value.no");
            case Kind.TimeOfDay time -> screen.time((LocalTime) value);
            case Kind.Amount amount -> screen.money(((Money) value).fen());
            case Kind.One<?> one -> word(screen, (Enum<?>) value);
            case Kind.Some<?> some -> words(screen, ((Collection<?>) value).stream().<Enum<?>>map(w -> (Enum<?>) w).sorted((a, b) -> a.ordinal() - b.ordinal()).toList());
            case Kind.Steps<?> steps -> ((List<?>) value).stream().map(w -> word(screen, (Enum<?>) w)).collect(Collectors.joining(" → "));
            case Kind.Wholes wholes -> ((List<?>) value).stream().map(Object::toString).collect(Collectors.joining(screen.t("rules.value.and")));
            case Kind.Table table -> rows(screen, table, (RuleTable) value).isEmpty() ? screen.t("rules.value.none") : String.join(screen.t("rules.value.or"), rows(screen, table, (RuleTable) value));
            case Kind.Text text -> value.toString();
        };
    }

    /** One line per row of a table. */
    public static List<String> rows(Screen screen, Kind.Table table, RuleTable value) {
        List<String> rows = new ArrayList<>();
        String own = screen.lang().startsWith("zh") ? "zh" : "en";
        for (RuleTable.Row row : value.rows()) {
            List<String> cells = new ArrayList<>();
            boolean named = row.maybe(own).isPresent();
            table.columns().forEach((name, column) -> {
                boolean hidden = named && (name.equals("group") || name.equals("zh") || name.equals("en")) && !name.equals(own);
                if (hidden) return;
                row.maybe(name).ifPresent(cell -> cells.add(name.equals(own) ? cell.toString() : screen.t("rules.column." + name, of(screen, column.kind(), cell))));
            });
            if (named) cells.add(0, cells.removeLast());
            rows.add(String.join(" ", cells));
        }
        return rows;
    }

    private static String words(Screen screen, List<Enum<?>> words) {
        return words.isEmpty() ? screen.t("rules.value.none") : words.stream().map(w -> word(screen, w)).collect(Collectors.joining(screen.t("rules.value.and")));
    }

    public static String word(Screen screen, Enum<?> word) {
        return screen.t(word instanceof Role ? "identity.role." + word.name() : "rules.word." + YamlTree.spelled(word));
    }
}
