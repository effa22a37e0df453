package afterbell.term.placement.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The files of a result, written with exact bytes: LF, UTF-8 without a byte-order mark, rows in a fixed order. */
public final class ResultFiles {
    public static final String RESULT = "result.csv";
    public static final String CLOSED = "closed.csv";
    public static final String EXPLANATIONS = "explanations.csv";
    public static final String CERTIFICATE = "certificate.json";
    public static final List<String> RESULT_HEADER = List.of("pupil", "slot", "course", "rank");
    public static final List<String> CLOSED_HEADER = List.of("course", "placeable", "min_size");
    public static final List<String> EXPLANATIONS_HEADER = List.of("pupil", "course", "reason", "facts");

    /** Rows of result.csv: by pupil, then slot as text, then course (several courses share the slot {@code *}). */
    public static final Comparator<Seat> BY_PUPIL_AND_SLOT = Comparator.comparing(Seat::pupil, Text.ORDER)
            .thenComparing(Seat::slot, Text.ORDER)
            .thenComparing(Seat::course, Text.ORDER);

    private ResultFiles() {}

    public static String result(List<Seat> seats) {
        return Csv.text(RESULT_HEADER, seats.stream()
                .map(seat -> List.of(seat.pupil(), seat.slot(), seat.course(), "" + seat.rank()))
                .toList());
    }

    public static String closed(List<Closing> closings) {
        return Csv.text(CLOSED_HEADER, closings.stream()
                .map(closing -> List.of(closing.course(), "" + closing.placeable(), "" + closing.minSize()))
                .toList());
    }

    public static String explanations(List<Explanation> explanations) {
        return Csv.text(EXPLANATIONS_HEADER, explanations.stream()
                .map(e -> List.of(e.pupil(), e.course(), e.reason().code(), Json.line(e.facts())))
                .toList());
    }

    /** Writes all four files; the certificate last, so that a folder with a certificate is whole. */
    public static void write(Path folder, Outcome outcome, List<Explanation> explanations) {
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(folder.resolve(CERTIFICATE));
            put(folder.resolve(RESULT), result(outcome.result()));
            put(folder.resolve(CLOSED), closed(outcome.closings()));
            put(folder.resolve(EXPLANATIONS), explanations(explanations));
            put(folder.resolve(CERTIFICATE), Json.page(outcome.certificate().asJson()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void put(Path path, String text) throws IOException {
        Files.write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    static List<Seat> sorted(List<Seat> seats) {
        List<Seat> sorted = new ArrayList<>(seats);
        sorted.sort(BY_PUPIL_AND_SLOT);
        return sorted;
    }
}
