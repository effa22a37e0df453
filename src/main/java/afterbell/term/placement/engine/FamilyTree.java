package afterbell.term.placement.engine;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The hash tree over families' rows: one salted leaf per pupil in the order of ids. The published root commits the
 * school to every family's result, and each family can check its own line against it without seeing another.
 */
public final class FamilyTree {
    /** A step from a leaf to the root. */
    public record Step(boolean onTheLeft, String hash) {}

    /** What a family keeps: its rows, and the way from them to the root. */
    public record Mine(String pupil, List<Seat> rows, String salt, List<Step> path, String root) {
        public Mine {
            rows = List.copyOf(rows);
            path = List.copyOf(path);
        }

        /** Whether these rows are under the given published root. */
        public boolean isUnder(String publishedRoot) {
            byte[] hash = leaf(HexFormat.of().parseHex(salt), pupil, rows);
            for (Step step : path) {
                byte[] other = HexFormat.of().parseHex(step.hash());
                hash = step.onTheLeft() ? node(other, hash) : node(hash, other);
            }
            return Digests.hex(hash).equals(publishedRoot);
        }

        public Map<String, Object> asJson() {
            return Json.object(
                    "pupil", pupil,
                    "rows", rows.stream().map(seat -> Json.object(
                            "slot", seat.slot(), "course", seat.course(), "rank", seat.rank())).toList(),
                    "salt", salt,
                    "path", path.stream().map(step -> Json.object(
                            "side", step.onTheLeft() ? "left" : "right", "hash", step.hash())).toList(),
                    "root", root);
        }
    }

    private final List<String> pupils;
    private final Map<String, List<Seat>> rows = new TreeMap<>(Text.ORDER);
    private final byte[] saltKey;
    private final List<List<byte[]>> layers = new ArrayList<>();

    private FamilyTree(Instance instance, List<Seat> result) {
        pupils = instance.pupils().stream().map(Pupil::pupil).toList();
        saltKey = Digests.saltKey(instance);
        for (Seat seat : result) {
            rows.computeIfAbsent(seat.pupil(), p -> new ArrayList<>()).add(seat);
        }
        List<byte[]> layer = new ArrayList<>();
        for (String pupil : pupils) {
            layer.add(leaf(salt(pupil), pupil, rows.getOrDefault(pupil, List.of())));
        }
        layers.add(layer);
        while (layer.size() > 1) {
            List<byte[]> above = new ArrayList<>();
            for (int i = 0; i < layer.size(); i += 2) {
                above.add(i + 1 < layer.size() ? node(layer.get(i), layer.get(i + 1)) : layer.get(i));
            }
            layers.add(above);
            layer = above;
        }
    }

    public static FamilyTree over(Instance instance, List<Seat> result) {
        return new FamilyTree(instance, result);
    }

    public String root() {
        List<byte[]> top = layers.getLast();
        return Digests.hex(top.isEmpty() ? Digests.of("no pupils") : top.getFirst());
    }

    /** The proof of one pupil's rows; throws where the pupil is unknown. */
    public Mine of(String pupil) {
        int at = pupils.indexOf(pupil);
        if (at < 0) {
            throw new IllegalArgumentException("no such pupil: " + pupil);
        }
        List<Step> path = new ArrayList<>();
        int index = at;
        for (List<byte[]> layer : layers) {
            int other = index ^ 1;
            if (other < layer.size()) {
                path.add(new Step(other < index, Digests.hex(layer.get(other))));
            }
            index /= 2;
        }
        return new Mine(pupil, rows.getOrDefault(pupil, List.of()), Digests.hex(salt(pupil)), path, root());
    }

    private byte[] salt(String pupil) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(saltKey, "HmacSHA256"));
            return mac.doFinal(pupil.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (java.security.GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] leaf(byte[] salt, String pupil, List<Seat> rows) {
        List<String> parts = new ArrayList<>(List.of("leaf", HexFormat.of().formatHex(salt), pupil));
        rows.stream().sorted(Comparator.comparing(Seat::slot, Text.ORDER)).forEach(seat -> {
            parts.add(seat.slot());
            parts.add(seat.course());
            parts.add("" + seat.rank());
        });
        return Digests.of(parts.toArray(String[]::new));
    }

    private static byte[] node(byte[] left, byte[] right) {
        MessageDigest digest = Digests.sha256();
        digest.update(new byte[] {1});
        digest.update(left);
        digest.update(right);
        return digest.digest();
    }
}
