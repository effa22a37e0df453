package afterbell.term.enrolment.choosing;

import afterbell.base.shared.web.Problem;
import afterbell.term.enrolment.FamilySheet;
import afterbell.term.enrolment.Menu;
import afterbell.term.enrolment.Sheet;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A child's sheet of the round that runs, or ran last, with what can be asked.
 *
 * @param version send it back with the next save; 0 where nothing was ever saved
 * @param takesPart absent where nothing is answered
 * @param noon ids of slots of noon care
 * @param waiting {@code ask}, {@code yes} or {@code no}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SheetJson(
        UUID child,
        UUID round,
        Instant closesAt,
        boolean editable,
        int version,
        @Nullable Boolean takesPart,
        List<Day> days,
        List<Wish> wishes,
        List<UUID> noon,
        String waiting,
        MenuJson menu) {

    /** @param until ordinal of the last slot the child stays for */
    record Day(int weekday, int until) {}

    /** @param sections best first */
    record Wish(UUID slot, List<UUID> sections) {}

    record MenuJson(List<SlotJson> slots, List<SlotJson> noon, List<SectionJson> sections) {}

    record SlotJson(UUID id, int weekday, int ordinal, String name, LocalTime starts, LocalTime ends) {}

    record SectionJson(UUID id, String code, String name, String description, List<String> teachers, String place, int capacity, long priceFen, String priceUnit, List<UUID> slots) {}

    /** What a save says; it replaces the whole sheet. Absent lists are empty. */
    record Put(@Nullable UUID round, @Nullable Integer version, @Nullable Boolean takesPart, @Nullable List<Day> days, @Nullable List<Wish> wishes, @Nullable List<UUID> noon, @Nullable String waiting) {
        Sheet sheet() {
            Map<Integer, Integer> until = new LinkedHashMap<>();
            if (days != null) days.stream().filter(Objects::nonNull).forEach(d -> until.put(d.weekday(), d.until()));
            Map<UUID, List<UUID>> lists = new LinkedHashMap<>();
            if (wishes != null)
                wishes.stream()
                        .filter(w -> w != null && w.slot() != null && w.sections() != null)
                        .forEach(w -> lists.computeIfAbsent(w.slot(), s -> new ArrayList<>()).addAll(w.sections().stream().filter(Objects::nonNull).distinct().toList()));
            Set<UUID> atNoon = noon == null ? Set.of() : noon.stream().filter(Objects::nonNull).collect(Collectors.toSet());
            Sheet.Waiting mode = waiting == null ? Sheet.Waiting.ASK : List.of(Sheet.Waiting.values()).stream().filter(w -> w.name().toLowerCase(Locale.ROOT).equals(waiting)).findFirst().orElse(Sheet.Waiting.ASK);
            return new Sheet(Boolean.TRUE.equals(takesPart), until, lists, atNoon, mode);
        }
    }

    /**
     * 409: another save came between.
     *
     * @param stored the sheet as it stands now
     * @param yours the one that was sent
     */
    record Conflict(String type, String title, int status, String detail, List<Problem.Reason> reasons, SheetJson stored, SheetJson yours) {}

    static SheetJson of(FamilySheet saved, Menu menu, @Nullable Sheet sheet, int version, boolean editable) {
        Sheet shown = sheet == null ? Sheet.NO : sheet;
        return new SheetJson(
                saved.child().id(),
                saved.round().id(),
                saved.round().closesAt(),
                editable,
                version,
                sheet == null ? null : sheet.takesPart(),
                shown.until().entrySet().stream().map(d -> new Day(d.getKey(), d.getValue())).toList(),
                shown.wishes().entrySet().stream().sorted(Comparator.comparing(e -> e.getKey().toString())).map(w -> new Wish(w.getKey(), w.getValue())).toList(),
                shown.noon().stream().sorted().toList(),
                shown.waiting().name().toLowerCase(Locale.ROOT),
                new MenuJson(
                        menu.slots().stream().map(SheetJson::slot).toList(),
                        menu.noon().stream().map(SheetJson::slot).toList(),
                        menu.sections().stream().map(s -> new SectionJson(s.id(), s.code(), s.name(), s.description(), s.teachers(), s.place(), s.capacity(), s.priceFen(), s.priceUnit(), s.slots())).toList()));
    }

    private static SlotJson slot(Menu.Slot s) {
        return new SlotJson(s.id(), s.weekday(), s.ordinal(), s.name(), s.starts(), s.ends());
    }
}
