package afterbell.base.calendar.engine;

import afterbell.base.calendar.BellGrid;
import afterbell.base.calendar.GradeBand;
import afterbell.base.calendar.Slot;
import afterbell.base.calendar.SlotKind;
import afterbell.base.calendar.TimeSpan;
import afterbell.base.calendar.Wave;
import afterbell.base.rules.Bilingual;
import afterbell.base.rules.ServiceClass;
import afterbell.base.shared.yaml.YamlProblem;
import afterbell.base.shared.yaml.YamlTree;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the bells of a term from a data file: {@code bands}, {@code slots}, {@code waves}. Scenarios and tests share it; see scenarios/README.md. */
public final class BellReader {
    private BellReader() {}

    public static Optional<BellGrid> read(String file, String text, List<YamlProblem> problems) {
        List<YamlProblem> own = new ArrayList<>();
        Optional<BellGrid> grid = Optional.of(read(YamlTree.parse(file, text, own)));
        problems.addAll(own);
        return own.isEmpty() ? grid : Optional.empty();
    }

    /** Reads the part of a larger file; the caller looks at its problems. */
    public static BellGrid read(YamlTree root) {
        root.only("bands", "slots", "waves");
        Map<String, GradeBand> bands = new LinkedHashMap<>();
        Set<Integer> grades = new HashSet<>();
        for (YamlTree item : root.list("bands")) band(item, grades).ifPresent(b -> {
            if (bands.putIfAbsent(b.code(), b) != null) item.refuse("calendar.band-twice", b.code());
        });
        List<Slot> slots = new ArrayList<>();
        for (YamlTree item : root.list("slots")) slots(item, bands.keySet(), slots);
        List<Wave> waves = new ArrayList<>();
        for (YamlTree item : root.list("waves")) waves.add(wave(item, bands.keySet(), waves.size() + 1));
        return new BellGrid(bands.values(), slots, waves);
    }

    private static Optional<GradeBand> band(YamlTree item, Set<Integer> taken) {
        item.only("code", "zh", "en", "grades");
        Set<Integer> grades = new TreeSet<>();
        for (YamlTree each : item.at("grades").list()) {
            int grade = each.number(1, 12);
            if (!taken.add(grade)) each.refuse("calendar.grade-twice", grade);
            grades.add(grade);
        }
        if (grades.isEmpty()) {
            item.refuse("calendar.band-without-grades", item.text("code"));
            return Optional.empty();
        }
        return Optional.of(new GradeBand(item.text("code"), new Bilingual(item.text("zh"), item.text("en")), grades));
    }

    private static void slots(YamlTree item, Set<String> known, List<Slot> slots) {
        item.only("code", "bands", "days", "from", "until", "service", "kind", "valid-from", "valid-until");
        LocalTime from = item.time("from");
        LocalTime until = item.time("until");
        @Nullable ServiceClass service = item.at("service").one(ServiceClass.class);
        @Nullable SlotKind kind = item.has("kind") ? item.at("kind").one(SlotKind.class) : SlotKind.PERIOD;
        if (!from.isBefore(until)) {
            item.refuse("calendar.slot-ends-before-it-starts", from, until);
            return;
        }
        for (String band : bands(item, known))
            for (DayOfWeek day : days(item.at("days"))) {
                Slot slot = Slot.of(
                        item.text("code"),
                        band,
                        day,
                        new TimeSpan(from, until),
                        Objects.requireNonNullElse(service, ServiceClass.AFTER_SCHOOL),
                        Objects.requireNonNullElse(kind, SlotKind.PERIOD),
                        item.dateOrNull("valid-from"),
                        item.dateOrNull("valid-until"));
                for (Slot other : slots)
                    if (other.meets(slot) && (other.time().clashes(slot.time()) || other.code().equals(slot.code()))) {
                        item.refuse("calendar.slots-overlap", slot.code(), other.code(), band, day.getValue());
                        return;
                    }
                slots.add(slot);
            }
    }

    private static Wave wave(YamlTree item, Set<String> known, int number) {
        item.only("bands", "days", "at", "gate");
        Set<DayOfWeek> days = item.has("days") ? days(item.at("days")) : Set.of();
        return new Wave("W" + number, bands(item, known), days, item.time("at"), item.text("gate", ""));
    }

    private static Set<String> bands(YamlTree item, Set<String> known) {
        Set<String> bands = new TreeSet<>();
        for (YamlTree each : item.at("bands").list()) {
            String code = each.text();
            if (known.contains(code)) bands.add(code);
            else each.refuse("calendar.unknown-band", code, String.join(", ", known));
        }
        return bands;
    }

    /** {@code mon-fri}, {@code sat}, or a list of them. */
    public static Set<DayOfWeek> days(YamlTree at) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (YamlTree each : at.list()) {
            String[] ends = each.text().split("-", -1);
            @Nullable DayOfWeek first = day(ends[0]);
            @Nullable DayOfWeek last = day(ends[ends.length - 1]);
            if (first == null || last == null || ends.length > 2 || last.compareTo(first) < 0) {
                if (!each.text().isEmpty()) each.refuse("calendar.not-weekdays", each.text());
            } else days.addAll(EnumSet.range(first, last));
        }
        return days;
    }

    private static @Nullable DayOfWeek day(String word) {
        for (DayOfWeek day : DayOfWeek.values()) if (day.name().substring(0, 3).toLowerCase(Locale.ROOT).equals(word)) return day;
        return null;
    }
}
