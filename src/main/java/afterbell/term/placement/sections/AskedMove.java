package afterbell.term.placement.sections;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A move as a form sends it: SEAT:SECTION. What is none is left out. */
record AskedMove(UUID seat, UUID section) {
    static List<AskedMove> all(List<String> texts) {
        return texts.stream().flatMap(t -> of(t).stream()).distinct().toList();
    }

    private static Optional<AskedMove> of(String text) {
        String[] parts = text.strip().split(":", -1);
        if (parts.length != 2) return Optional.empty();
        try {
            return Optional.of(new AskedMove(UUID.fromString(parts[0]), UUID.fromString(parts[1])));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** SECTION:VERSION of the sections as they were seen. */
    static Stream<Seen> seen(List<String> texts) {
        return texts.stream().flatMap(t -> {
            String[] parts = t.strip().split(":", -1);
            try {
                return parts.length == 2 ? Stream.of(new Seen(UUID.fromString(parts[0]), Long.parseLong(parts[1]))) : Stream.empty();
            } catch (IllegalArgumentException e) {
                return Stream.empty();
            }
        });
    }

    record Seen(UUID section, long version) {}
}
