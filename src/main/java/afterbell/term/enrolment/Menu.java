package afterbell.term.enrolment;

import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a child of one grade can be asked about in a term: the slots of its band, and where a slot offers a choice, its sections (R33, R42).
 *
 * @param slots of the afternoon, the evening and the weekend
 * @param noon slots of noon care, asked for one by one (R23)
 */
public record Menu(int grade, List<Slot> slots, List<Slot> noon, List<Section> sections) {
    /** Without noon care. */
    public Menu(int grade, List<Slot> slots, List<Section> sections) {
        this(grade, slots, List.of(), sections);
    }


    /**
     * @param weekday 1 Monday to 7 Sunday
     * @param ordinal 1 is the first slot of the day after lessons
     */
    public record Slot(UUID id, int weekday, int ordinal, String name, LocalTime starts, LocalTime ends) {

        /** Minutes that both cover; slots of different weekdays never do. */
        public int overlap(Slot other) {
            if (weekday != other.weekday) return 0;
            int from = Math.max(starts.toSecondOfDay(), other.starts.toSecondOfDay());
            int to = Math.min(ends.toSecondOfDay(), other.ends.toSecondOfDay());
            return Math.max(0, (to - from) / 60);
        }
    }

    /**
     * @param slots those of this grade's band, all taken together
     * @param place empty where no room is named yet
     * @param priceUnit {@code session} or {@code term}
     * @param lastWishes how many children wished this activity in the last closed round; null where it is new
     * @param lastPlaces how many places it had then
     */
    public record Section(
            UUID id,
            String code,
            String name,
            String activity,
            String description,
            List<String> teachers,
            String place,
            int minSize,
            int capacity,
            @Nullable Integer perClassSeats,
            long priceFen,
            String priceUnit,
            String materials,
            boolean insurance,
            boolean auditioned,
            List<UUID> slots,
            @Nullable Integer lastWishes,
            @Nullable Integer lastPlaces) {
        public Section {
            teachers = List.copyOf(teachers);
            slots = List.copyOf(slots);
        }
    }

    /** A place the child has already: a team that named it as a member. */
    public record Fixed(UUID section, String name, UUID slot) {}

    public Menu {
        slots = List.copyOf(slots);
        noon = List.copyOf(noon);
        sections = List.copyOf(sections);
    }

    public List<Integer> weekdays() {
        return slots.stream().map(Slot::weekday).distinct().sorted().toList();
    }

    public List<Slot> on(int weekday) {
        return slots.stream().filter(s -> s.weekday() == weekday).toList();
    }

    public Optional<Slot> slot(UUID id) {
        return slots.stream().filter(s -> s.id().equals(id)).findFirst();
    }

    public Optional<Section> section(UUID id) {
        return sections.stream().filter(s -> s.id().equals(id)).findFirst();
    }

    public List<Section> in(UUID slot) {
        return sections.stream().filter(s -> s.slots().contains(slot)).toList();
    }

    /** Slots that offer a choice. */
    public List<Slot> choices() {
        Map<UUID, Slot> byId = slots.stream().collect(Collectors.toMap(Slot::id, Function.identity()));
        return sections.stream().flatMap(s -> s.slots().stream()).distinct().filter(byId::containsKey).map(byId::get).sorted(java.util.Comparator.comparing(Slot::weekday).thenComparing(Slot::ordinal)).toList();
    }
}
