package afterbell.term.placement.engine;

import static java.util.Comparator.comparing;

import java.util.List;

/**
 * Everything a draw may know: the frozen input. The lists are kept in one canonical order, so two inputs that say the
 * same are equal, hash the same and are solved the same.
 */
public record Instance(
        List<Section> sections,
        List<Pupil> pupils,
        List<Wish> wishes,
        List<Band> bands,
        List<FixedSeat> fixed) {
    public Instance {
        sections = sections.stream().sorted(comparing(Section::course, Text.ORDER)).toList();
        pupils = pupils.stream().sorted(comparing(Pupil::pupil, Text.ORDER)).toList();
        wishes = wishes.stream()
                .sorted(comparing(Wish::pupil, Text.ORDER).thenComparing(Wish::slot, Text.ORDER))
                .toList();
        bands = bands.stream()
                .filter(band -> band.band() != 0)
                .sorted(comparing(Band::course, Text.ORDER).thenComparing(Band::pupil, Text.ORDER))
                .toList();
        fixed = fixed.stream()
                .sorted(comparing(FixedSeat::course, Text.ORDER).thenComparing(FixedSeat::pupil, Text.ORDER))
                .toList();
    }

    /**
     * An instance built by a program rather than read from files.
     *
     * @throws IllegalArgumentException with the first complaint where the parts contradict each other
     */
    public static Instance of(
            List<Section> sections, List<Pupil> pupils, List<Wish> wishes, List<Band> bands, List<FixedSeat> fixed) {
        List<Complaint> complaints = new InstanceRules((file, row) -> row + 1)
                .complaints(sections, pupils, wishes, bands, fixed);
        if (!complaints.isEmpty()) {
            throw new IllegalArgumentException(complaints.getFirst().sentence());
        }
        return new Instance(sections, pupils, wishes, bands, fixed);
    }
}
