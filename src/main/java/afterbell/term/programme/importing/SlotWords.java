package afterbell.term.programme.importing;

import afterbell.base.shared.sheet.CellText;
import afterbell.base.shared.sheet.Cells;
import afterbell.base.shared.text.DataFile;
import afterbell.term.programme.SlotTime;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Slots as schools write them: by code, as the first or second of the afternoon, by the service (evening study), or by the hours. The canonical writing is
 * the code; where weekdays differ, {@code weekday:code}.
 */
final class SlotWords {
    private static final DataFile WORDS = DataFile.load("sheet/words.yaml");
    private static final Map<String, DataFile> NUMERALS = WORDS.at("numerals").entries();
    private static final Map<String, DataFile> SERVICES = WORDS.at("slotServices").entries();
    private static final String WRITTEN = WORDS.at("slotWritten").text();
    private static final Pattern NTH = Pattern.compile(".*?(\\d|[" + String.join("", NUMERALS.keySet()) + "])(?:" + oneOf("slotSuffixes") + ")?");
    private static final Pattern HOURS = Pattern.compile("(\\d{1,2}):?(\\d{2})(?:\u2013|" + oneOf("ranges") + ")+(\\d{1,2}):?(\\d{2})");
    private static final Pattern CODE = Pattern.compile("S(\\d)");
    private static final Pattern CANONICAL = Pattern.compile("(?:[1-7]:)?[^:,]+(?:,(?:[1-7]:)?[^:,]+)*");

    private final List<SlotTime> slots;

    private static String oneOf(String list) {
        return WORDS.at(list).texts().stream().map(Pattern::quote).collect(Collectors.joining("|"));
    }

    SlotWords(Collection<SlotTime> slots) {
        this.slots = slots.stream().filter(SlotTime::period).sorted(SlotTime.IN_ORDER).toList();
    }

    /** The codes of a band that one word means on these weekdays; empty where it means none on one of them. */
    Optional<String> code(String word, Set<String> bands, Collection<Integer> days) {
        String typed = CellText.clean(word).replace(" ", "");
        Set<String> known = slots.stream().filter(s -> bands.contains(s.band())).map(SlotTime::code).collect(Collectors.toCollection(LinkedHashSet::new));
        List<String> meant = new ArrayList<>();
        known.stream().filter(c -> c.equalsIgnoreCase(typed)).forEach(meant::add);
        if (meant.isEmpty()) hours(typed, bands, days).forEach(meant::add);
        if (meant.isEmpty()) service(typed, bands).forEach(meant::add);
        if (meant.isEmpty()) nth(typed, bands, known).ifPresent(meant::add);
        return meant.size() == 1 ? Optional.of(meant.getFirst()) : Optional.empty();
    }

    private Set<String> hours(String typed, Set<String> bands, Collection<Integer> days) {
        Matcher hours = HOURS.matcher(typed);
        if (!hours.matches()) return Set.of();
        String from = two(hours.group(1)) + ":" + hours.group(2);
        String until = two(hours.group(3)) + ":" + hours.group(4);
        return slots.stream()
                .filter(s -> bands.contains(s.band()) && days.contains(s.weekday()) && s.from().toString().equals(from) && s.until().toString().equals(until))
                .map(SlotTime::code)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> service(String typed, Set<String> bands) {
        return SERVICES.entrySet().stream()
                .filter(service -> service.getValue().texts().contains(typed))
                .flatMap(service -> slots.stream().filter(s -> bands.contains(s.band()) && s.serviceClass().equals(service.getKey())))
                .map(SlotTime::code)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    // The code that ends in this number where codes do, else the so-many-th period of a day.
    private Optional<String> nth(String typed, Set<String> bands, Set<String> known) {
        Matcher nth = NTH.matcher(typed);
        if (!nth.matches()) return Optional.empty();
        String digit = nth.group(1);
        int n = Character.isDigit(digit.charAt(0)) ? Integer.parseInt(digit) : Objects.requireNonNull(NUMERALS.get(digit)).number();
        if (known.contains("S" + n)) return Optional.of("S" + n);
        List<SlotTime> day = slots.stream().filter(s -> bands.contains(s.band())).collect(Collectors.groupingBy(s -> s.band() + s.weekday())).values().stream()
                .max(Comparator.comparingInt(List::size))
                .orElse(List.of());
        return n >= 1 && n <= day.size() ? Optional.of(day.get(n - 1).code()) : Optional.empty();
    }

    private static String two(String hour) {
        return hour.length() == 1 ? "0" + hour : hour;
    }

    /** The slots that a canonical writing means for these bands on these weekdays. */
    List<SlotTime> slots(String canonical, Set<String> bands, Collection<Integer> days) {
        if (!CANONICAL.matcher(canonical).matches()) return List.of();
        Set<String> wanted = new LinkedHashSet<>();
        for (String part : canonical.split(",")) {
            int colon = part.indexOf(':');
            if (colon < 0) days.forEach(d -> wanted.add(d + ":" + part));
            else if (days.contains(Integer.parseInt(part.substring(0, colon)))) wanted.add(part);
        }
        return slots.stream().filter(s -> bands.contains(s.band()) && wanted.contains(s.weekday() + ":" + s.code())).toList();
    }

    /** The canonical writing of these slots: plain codes where every weekday has the same ones. */
    static String canonical(Collection<SlotTime> of) {
        SortedSet<Integer> days = of.stream().map(SlotTime::weekday).collect(Collectors.toCollection(TreeSet::new));
        SortedSet<String> codes = of.stream().map(SlotTime::code).collect(Collectors.toCollection(TreeSet::new));
        SortedSet<String> both = of.stream().map(s -> s.weekday() + ":" + s.code()).collect(Collectors.toCollection(TreeSet::new));
        return String.join(",", both.size() == days.size() * codes.size() ? codes : both);
    }

    /** As people read it: "the second slot", or "Tuesday's first, Thursday's second". */
    static String write(String canonical) {
        return Pattern.compile(",").splitAsStream(canonical).map(SlotWords::word).collect(Collectors.joining("\u3001"));
    }

    private static String word(String part) {
        int colon = part.indexOf(':');
        String day = colon < 0 ? "" : Cells.dayWord(DayOfWeek.of(Integer.parseInt(part.substring(0, colon))).name());
        Matcher code = CODE.matcher(part.substring(colon + 1));
        return day + (code.matches() ? String.format(WRITTEN, numeral(code.group(1))) : part.substring(colon + 1));
    }

    private static String numeral(String digit) {
        return NUMERALS.entrySet().stream().filter(n -> n.getValue().text().equals(digit)).map(Map.Entry::getKey).findFirst().orElse(digit);
    }
}
