package afterbell.term.placement.engine.check;

import afterbell.term.placement.engine.Closing;
import afterbell.term.placement.engine.Complaint;
import afterbell.term.placement.engine.Csv;
import afterbell.term.placement.engine.Explanation;
import afterbell.term.placement.engine.FamilyTree;
import afterbell.term.placement.engine.Instance;
import afterbell.term.placement.engine.Json;
import afterbell.term.placement.engine.Order;
import afterbell.term.placement.engine.Reason;
import afterbell.term.placement.engine.Lottery;
import afterbell.term.placement.engine.ResultFiles;
import afterbell.term.placement.engine.Seat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads result files back, as anybody may have written them. */
public final class PublishedFiles {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final long MOST_JSON = 4L << 20;
    private static final int MOST_ROWS = Integer.MAX_VALUE;

    record Published(
            List<Seat> result,
            List<Closing> closings,
            List<Explanation> explanations,
            Map<String, Object> certificate) {}

    private PublishedFiles() {}

    /** Everything that is not so in a folder of result files; unreadable files are lies as well. */
    public static List<Lie> verify(Instance instance, Path folder) {
        List<Lie> lies = new ArrayList<>();
        List<Complaint> complaints = new ArrayList<>();
        List<Seat> seats = seats(folder, complaints);
        List<Closing> closings = new ArrayList<>();
        Csv closed = new Csv(ResultFiles.CLOSED, complaints);
        for (Csv.Row row : closed.read(folder.resolve(ResultFiles.CLOSED), ResultFiles.CLOSED_HEADER, List.of())) {
            closings.add(new Closing(row.get("course"), closed.number(row, "placeable", 0, MOST_ROWS),
                    closed.number(row, "min_size", 0, MOST_ROWS)));
        }
        List<Explanation> explanations = new ArrayList<>();
        Csv told = new Csv(ResultFiles.EXPLANATIONS, complaints);
        for (Csv.Row row :
                told.read(folder.resolve(ResultFiles.EXPLANATIONS), ResultFiles.EXPLANATIONS_HEADER, List.of())) {
            explanation(told, row).ifPresent(explanations::add);
        }
        complaints.forEach(c -> lies.add(new Lie(c.file(), c.line() > 0 ? "line " + c.line() : "",
                c.problem() + (c.value().isEmpty() ? "" : ": " + c.value()))));
        Map<String, Object> certificate = json(folder.resolve(ResultFiles.CERTIFICATE), lies);
        Optional<Order> order = order(certificate);
        if (order.isEmpty()) {
            lies.add(new Lie(ResultFiles.CERTIFICATE, "order", "is missing or not a published order"));
            return lies;
        }
        if (lies.isEmpty()) {
            bytesAreExact(folder, seats, closings, lies);
        }
        Published published = new Published(seats, closings, explanations, certificate);
        lies.addAll(Checker.check(instance, order.get(), published).lies());
        return lies;
    }

    /** The rows of a folder's result.csv. */
    public static List<Seat> seats(Path folder) {
        return seats(folder, new ArrayList<>());
    }

    private static List<Seat> seats(Path folder, List<Complaint> complaints) {
        List<Seat> seats = new ArrayList<>();
        Csv result = new Csv(ResultFiles.RESULT, complaints);
        for (Csv.Row row : result.read(folder.resolve(ResultFiles.RESULT), ResultFiles.RESULT_HEADER, List.of())) {
            seats.add(new Seat(row.get("pupil"), row.get("slot"), row.get("course"),
                    result.number(row, "rank", 0, MOST_ROWS)));
        }
        return seats;
    }

    private static Optional<Explanation> explanation(Csv csv, Csv.Row row) {
        Optional<Reason> reason = Arrays.stream(Reason.values())
                .filter(known -> known.code().equals(row.get("reason")))
                .findFirst();
        if (reason.isEmpty()) {
            csv.complain(row.line(), "reason", row.get("reason"), "is not a reason", "");
            return Optional.empty();
        }
        try {
            Map<String, Object> facts = JSON.readValue(row.get("facts"), new TypeReference<>() {});
            if (!Json.line(facts).equals(row.get("facts"))) {
                csv.complain(row.line(), "facts", row.get("facts"), "is not written in the fixed form", "");
            }
            return Optional.of(new Explanation(row.get("pupil"), row.get("course"), reason.get(), facts));
        } catch (JacksonException | IllegalArgumentException notJson) {
            csv.complain(row.line(), "facts", row.get("facts"), "is not a JSON object", "");
            return Optional.empty();
        }
    }

    private static Map<String, Object> json(Path path, List<Lie> lies) {
        String file = path.getFileName().toString();
        try {
            if (Files.isRegularFile(path) && Files.size(path) > MOST_JSON) {
                lies.add(new Lie(file, "", "has more than " + MOST_JSON + " bytes"));
                return Map.of();
            }
            return JSON.readValue(Files.readAllBytes(path), new TypeReference<LinkedHashMap<String, Object>>() {});
        } catch (IOException | JacksonException unreadable) {
            lies.add(new Lie(file, "", "is missing or not a JSON object"));
            return Map.of();
        }
    }

    private static Optional<Order> order(Map<String, Object> certificate) {
        return Arrays.stream(Order.values())
                .filter(order -> order.name().toLowerCase(Locale.ROOT).equals(certificate.get("order")))
                .findFirst();
    }

    /** Two files may say the same and still not be the same bytes: rows out of order, other line ends. */
    private static void bytesAreExact(Path folder, List<Seat> seats, List<Closing> closings, List<Lie> lies) {
        List<Seat> inOrder = seats.stream().sorted(ResultFiles.BY_PUPIL_AND_SLOT).toList();
        sameBytes(folder.resolve(ResultFiles.RESULT), ResultFiles.result(inOrder), lies);
        sameBytes(folder.resolve(ResultFiles.CLOSED), ResultFiles.closed(closings), lies);
    }

    private static void sameBytes(Path path, String text, List<Lie> lies) {
        try {
            if (!Arrays.equals(Files.readAllBytes(path), text.getBytes(StandardCharsets.UTF_8))) {
                lies.add(new Lie(path.getFileName().toString(), "",
                        "is not in its one form: rows sorted, LF, UTF-8 without a byte-order mark"));
            }
        } catch (IOException gone) {
            lies.add(new Lie(path.getFileName().toString(), "", "cannot be read"));
        }
    }

    /**
     * Checks one family's rows against a published root.
     *
     * @return what is not so; empty where the rows are under the root
     */
    public static List<Lie> verifyMine(Path mine, String publishedRoot) {
        List<Lie> lies = new ArrayList<>();
        String file = mine.getFileName().toString();
        Map<String, Object> json = json(mine, lies);
        if (!lies.isEmpty()) {
            return lies;
        }
        try {
            FamilyTree.Mine parsed = parse(json);
            if (!parsed.isUnder(publishedRoot)) {
                lies.add(new Lie(file, parsed.pupil(), "these rows are not under the published root " + publishedRoot));
            }
        } catch (RuntimeException malformed) {
            lies.add(new Lie(file, "", "does not have the form of a family's proof"));
        }
        return lies;
    }

    /**
     * Opens a lottery: a JSON file with what was published at the close ({@code input_sha256, seed_sha256, public_source}) and what was revealed
     * ({@code seed, public_value}).
     *
     * @param frozen what was committed to; another one than {@code instance} where children left or sections were changed after it
     * @return what is not so; empty where input, seed and numbers are those that were committed to and drawn
     */
    public static List<Lie> verifyLottery(Instance instance, Instance frozen, Path revealed) {
        List<Lie> lies = new ArrayList<>();
        String file = revealed.getFileName().toString();
        Map<String, Object> json = json(revealed, lies);
        if (!lies.isEmpty()) {
            return lies;
        }
        try {
            String seed = text(json, "seed");
            Lottery.Commitment said = new Lottery.Commitment(
                    text(json, "input_sha256"), text(json, "seed_sha256"), text(json, "public_source"));
            if (!Lottery.opens(said, frozen, seed)) {
                lies.add(new Lie(file, "seed_sha256", "seed and input are not the ones committed to"));
            }
            if (!Lottery.isDrawnBy(instance, seed, text(json, "public_value"))) {
                lies.add(new Lie(file, "public_value", "the lottery numbers do not follow from seed and public value"));
            }
        } catch (RuntimeException malformed) {
            lies.add(new Lie(file, "", "does not have the form of a revealed lottery"));
        }
        return lies;
    }

    /** The published root of a folder with a certificate, or of a certificate file; empty where there is none. */
    public static Optional<String> rootIn(Path path) {
        Path file = Files.isDirectory(path) ? path.resolve(ResultFiles.CERTIFICATE) : path;
        return json(file, new ArrayList<>()).get("families_root") instanceof String root
                ? Optional.of(root)
                : Optional.empty();
    }

    private static FamilyTree.Mine parse(Map<String, Object> json) {
        String pupil = text(json, "pupil");
        List<Seat> rows = new ArrayList<>();
        for (Map<?, ?> row : maps(json, "rows")) {
            rows.add(new Seat(pupil, text(row, "slot"), text(row, "course"),
                    (Integer) Objects.requireNonNull(row.get("rank"))));
        }
        List<FamilyTree.Step> path = new ArrayList<>();
        for (Map<?, ?> step : maps(json, "path")) {
            path.add(new FamilyTree.Step(text(step, "side").equals("left"), text(step, "hash")));
        }
        return new FamilyTree.Mine(pupil, rows, text(json, "salt"), path, text(json, "root"));
    }

    private static String text(Map<?, ?> json, String key) {
        return (String) Objects.requireNonNull(json.get(key));
    }

    private static List<Map<?, ?>> maps(Map<?, ?> json, String key) {
        List<Map<?, ?>> maps = new ArrayList<>();
        ((List<?>) Objects.requireNonNull(json.get(key))).forEach(item -> maps.add((Map<?, ?>) item));
        return maps;
    }

    static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
