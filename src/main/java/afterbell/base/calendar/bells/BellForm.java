package afterbell.base.calendar.bells;

import afterbell.base.calendar.BellGrid;
import afterbell.base.calendar.GradeBand;
import afterbell.base.calendar.Slot;
import afterbell.base.calendar.SlotKind;
import afterbell.base.calendar.TimeSpan;
import afterbell.base.calendar.Wave;
import afterbell.base.rules.Bilingual;
import afterbell.base.rules.ServiceClass;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The bells of a term as a table: bands {@code b0, b1, …}, rows {@code s0, s1, …}, waves {@code w0, w1, …}. A row stands for the same time on several
 * weekdays and for several bands. A row without times, or marked to be removed, counts for nothing.
 */
public record BellForm(List<Band> bands, List<Row> rows, List<WaveRow> waves) {
    private static final int MOST = 60;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("H:mm[:ss]", Locale.ROOT);

    public record Band(String code, String name, String grades) {}

    public record Row(String code, Set<String> bands, Set<String> days, String from, String until, String service, String kind, String validFrom, String validUntil) {}

    public record WaveRow(Set<String> bands, Set<String> days, String at, String gate) {}

    /** The stored bells as rows, and empty ones to fill in. */
    static BellForm of(BellGrid bells) {
        List<Band> bands = new ArrayList<>(bells.bands().stream().map(b -> new Band(b.code(), b.name().zh(), grades(b.grades()))).toList());
        bands.add(new Band("", "", ""));
        Map<Row, Row> rows = new LinkedHashMap<>();
        for (Slot slot : bells.slots()) {
            Row like = new Row(slot.code(), Set.of(), Set.of(), slot.time().from().toString(), slot.time().until().toString(), slot.service().name(), slot.kind().name(), text(slot.from()), text(slot.until()));
            rows.computeIfAbsent(like, l -> new Row(l.code(), new LinkedHashSet<>(), new LinkedHashSet<>(), l.from(), l.until(), l.service(), l.kind(), l.validFrom(), l.validUntil()));
            rows.get(like).bands().add(slot.band());
            rows.get(like).days().add(Integer.toString(slot.day().getValue()));
        }
        List<Row> all = new ArrayList<>();
        // Bands that keep a time on other days than their neighbours get a row of their own.
        rows.forEach((like, row) -> all.addAll(split(row, bells)));
        all.sort(Comparator.comparing(Row::from).thenComparing(Row::code));
        for (int i = 0; i < 2; i++) all.add(new Row("", Set.of(), Set.of("1", "2", "3", "4", "5"), "", "", ServiceClass.AFTER_SCHOOL.name(), SlotKind.PERIOD.name(), "", ""));
        List<WaveRow> waves = new ArrayList<>(bells.waves().stream()
                .map(w -> new WaveRow(w.bands(), w.days().stream().map(d -> Integer.toString(d.getValue())).collect(Collectors.toSet()), w.at().toString(), w.gate()))
                .toList());
        waves.add(new WaveRow(Set.of(), Set.of(), "", ""));
        return new BellForm(bands, all, waves);
    }

    private static List<Row> split(Row row, BellGrid bells) {
        Map<Set<String>, Set<String>> bandsByDays = new LinkedHashMap<>();
        for (String band : row.bands()) {
            Set<String> days = bells.slots().stream()
                    .filter(s -> s.band().equals(band) && s.code().equals(row.code()) && s.time().from().toString().equals(row.from()) && s.time().until().toString().equals(row.until())
                            && s.service().name().equals(row.service()) && s.kind().name().equals(row.kind()) && text(s.from()).equals(row.validFrom()))
                    .map(s -> Integer.toString(s.day().getValue()))
                    .collect(Collectors.toCollection(TreeSet::new));
            bandsByDays.computeIfAbsent(days, d -> new LinkedHashSet<>()).add(band);
        }
        return bandsByDays.entrySet().stream()
                .map(e -> new Row(row.code(), e.getValue(), e.getKey(), row.from(), row.until(), row.service(), row.kind(), row.validFrom(), row.validUntil()))
                .toList();
    }

    private static String text(@Nullable LocalDate day) {
        return day == null ? "" : day.toString();
    }

    private static String grades(Set<Integer> grades) {
        return grades.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    /** Reads what a browser sent. */
    static BellForm read(Map<String, String[]> sent) {
        List<Band> bands = new ArrayList<>();
        for (int i = 0; i < MOST && sent.containsKey("b" + i + ".name"); i++)
            if (!sent.containsKey("b" + i + ".drop")) bands.add(new Band(one(sent, "b" + i + ".code"), one(sent, "b" + i + ".name"), one(sent, "b" + i + ".grades")));
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < MOST && sent.containsKey("s" + i + ".from"); i++) {
            String row = "s" + i + ".";
            if (sent.containsKey(row + "drop")) continue;
            rows.add(new Row(
                    one(sent, row + "code"), many(sent, row + "bands"), many(sent, row + "days"), one(sent, row + "from"), one(sent, row + "until"), one(sent, row + "service"), one(sent, row + "kind"),
                    one(sent, row + "validFrom"), one(sent, row + "validUntil")));
        }
        List<WaveRow> waves = new ArrayList<>();
        for (int i = 0; i < MOST && sent.containsKey("w" + i + ".at"); i++)
            if (!sent.containsKey("w" + i + ".drop")) waves.add(new WaveRow(many(sent, "w" + i + ".bands"), many(sent, "w" + i + ".days"), one(sent, "w" + i + ".at"), one(sent, "w" + i + ".gate")));
        return new BellForm(bands, rows, waves);
    }

    private static String one(Map<String, String[]> sent, String name) {
        String[] values = sent.get(name);
        return values == null || values.length == 0 ? "" : values[0].strip();
    }

    private static Set<String> many(Map<String, String[]> sent, String name) {
        String[] values = sent.get(name);
        return values == null ? Set.of() : Stream.of(values).map(String::strip).filter(v -> !v.isEmpty()).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The bells that were meant, or everything that stands against them. */
    Outcome<BellGrid> grid() {
        List<Refusal> refusals = new ArrayList<>();
        Map<String, GradeBand> known = bands(refusals);
        List<Slot> slots = slots(known, refusals);
        List<Wave> all = waves(known, refusals);
        return refusals.isEmpty() ? Outcome.done(new BellGrid(known.values(), slots, all)) : Outcome.refused(refusals);
    }

    private Map<String, GradeBand> bands(List<Refusal> refusals) {
        Map<String, GradeBand> known = new LinkedHashMap<>();
        Set<Integer> taken = new TreeSet<>();
        for (int i = 0; i < bands.size(); i++) {
            Band band = bands.get(i);
            if (band.name().isEmpty() && band.grades().isEmpty()) continue;
            String at = "b" + i;
            if (band.name().isEmpty() || band.name().length() > 30) refusals.add(new BellRefused.Row("calendar.bells.band_name", at + ".name"));
            Set<Integer> grades = grades(band.grades());
            if (grades.isEmpty()) {
                refusals.add(new BellRefused.Row("calendar.bells.band_grades", at + ".grades"));
                continue;
            }
            for (int grade : grades) if (!taken.add(grade)) refusals.add(new BellRefused.GradeTwice(at + ".grades", grade));
            String code = band.code().matches("[a-z0-9-]{1,20}") && !known.containsKey(band.code()) ? band.code() : "g" + grades.stream().map(Object::toString).collect(Collectors.joining("-"));
            known.put(code, new GradeBand(code.length() > 20 ? code.substring(0, 20) : code, new Bilingual(band.name(), band.name()), grades));
        }
        if (known.isEmpty()) refusals.add(new BellRefused.Row("calendar.bells.no_band", "b0.name"));
        return known;
    }

    /** {@code 1-3}, {@code 7,8}, also with the full-width signs of Chinese keyboards. */
    static Set<Integer> grades(String text) {
        Set<Integer> grades = new TreeSet<>();
        for (String part : text.strip().split("[,\\s\u3001\uFF0C]+")) {
            if (!part.matches("\\d{1,2}([-\u2013~\uFF5E]\\d{1,2})?")) return Set.of();
            String[] ends = part.split("[-\u2013~\uFF5E]");
            int from = Integer.parseInt(ends[0]);
            int until = Integer.parseInt(ends[ends.length - 1]);
            if (from < 1 || until > 12 || until < from) return Set.of();
            for (int grade = from; grade <= until; grade++) grades.add(grade);
        }
        return grades;
    }

    private List<Slot> slots(Map<String, GradeBand> known, List<Refusal> refusals) {
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            if (row.from().isEmpty() && row.until().isEmpty()) continue;
            int before = refusals.size();
            String at = "s" + i + ".";
            @Nullable LocalTime from = time(row.from());
            @Nullable LocalTime until = time(row.until());
            if (from == null) refusals.add(new BellRefused.Row("calendar.bells.time", at + "from"));
            if (until == null) refusals.add(new BellRefused.Row("calendar.bells.time", at + "until"));
            if (from != null && until != null && !from.isBefore(until)) refusals.add(new BellRefused.Row("calendar.bells.ends_before", at + "until"));
            if (!row.code().matches("[A-Z0-9-]{1,12}")) refusals.add(new BellRefused.Row("calendar.bells.code", at + "code"));
            if (row.bands().isEmpty() || !known.keySet().containsAll(row.bands())) refusals.add(new BellRefused.Row("calendar.bells.bands", at + "bands"));
            Set<DayOfWeek> days = days(row.days());
            if (days.isEmpty()) refusals.add(new BellRefused.Row("calendar.bells.days", at + "days"));
            @Nullable ServiceClass service = word(ServiceClass.values(), row.service());
            @Nullable SlotKind kind = word(SlotKind.values(), row.kind());
            if (service == null || kind == null) refusals.add(new BellRefused.Row("calendar.bells.service", at + "service"));
            @Nullable LocalDate validFrom = date(row.validFrom());
            @Nullable LocalDate validUntil = date(row.validUntil());
            if (validFrom == null && !row.validFrom().isEmpty() || validUntil == null && !row.validUntil().isEmpty() || validFrom != null && validUntil != null && validUntil.isBefore(validFrom))
                refusals.add(new BellRefused.Row("calendar.bells.season", at + "validFrom"));
            if (refusals.size() > before || from == null || until == null || service == null || kind == null) continue;
            for (String band : row.bands())
                for (DayOfWeek day : days) add(Slot.of(row.code(), band, day, new TimeSpan(from, until), service, kind, validFrom, validUntil), at + "from", known, slots, refusals);
        }
        return slots;
    }

    private static void add(Slot slot, String field, Map<String, GradeBand> known, List<Slot> slots, List<Refusal> refusals) {
        for (Slot other : slots)
            if (other.meets(slot) && (other.time().clashes(slot.time()) || other.code().equals(slot.code()))) {
                if (refusals.stream().noneMatch(r -> r.field().equals(field)))
                    refusals.add(new BellRefused.Overlap(field, slot.code(), other.code(), Objects.requireNonNull(known.get(slot.band())).name().zh(), slot.day().getValue()));
                return;
            }
        slots.add(slot);
    }

    private List<Wave> waves(Map<String, GradeBand> known, List<Refusal> refusals) {
        List<Wave> all = new ArrayList<>();
        for (int i = 0; i < waves.size(); i++) {
            WaveRow row = waves.get(i);
            if (row.at().isEmpty() && row.bands().isEmpty()) continue;
            @Nullable LocalTime at = time(row.at());
            if (at == null) refusals.add(new BellRefused.Row("calendar.bells.time", "w" + i + ".at"));
            if (row.bands().isEmpty() || !known.keySet().containsAll(row.bands())) refusals.add(new BellRefused.Row("calendar.bells.bands", "w" + i + ".bands"));
            if (row.gate().length() > 40) refusals.add(new BellRefused.Row("calendar.bells.gate", "w" + i + ".gate"));
            if (at != null && refusals.isEmpty()) all.add(new Wave("W" + (i + 1), row.bands(), days(row.days()), at, row.gate()));
        }
        return all;
    }

    private static Set<DayOfWeek> days(Set<String> typed) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String day : typed) if (day.matches("[1-7]")) days.add(DayOfWeek.of(Integer.parseInt(day)));
        return days;
    }

    private static @Nullable LocalTime time(String text) {
        try {
            return LocalTime.parse(text.replace('\uFF1A', ':'), CLOCK).withSecond(0);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static @Nullable LocalDate date(String text) {
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static <E extends Enum<E>> @Nullable E word(E[] words, String name) {
        for (E word : words) if (word.name().equals(name)) return word;
        return null;
    }
}
