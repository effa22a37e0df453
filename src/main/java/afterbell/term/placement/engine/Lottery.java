package afterbell.term.placement.engine;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The lottery of a term, by commit and reveal. When the round closes, the school publishes the hash of the input and of a
 * secret seed, with the name of a public value that nobody knows yet; when that value is out, the order of pupils is the
 * order of SHA-256(seed, public value, pupil id). Nobody, the school included, can choose it.
 *
 * <p>Each hashed part is preceded by its length in bytes (decimal, then LF); the seed counts as its lower-case hex text.
 */
public final class Lottery {
    private static final int SEED_BYTES = 32;

    /**
     * What is published at the close.
     *
     * @param inputSha256 hash of the input with the pupils' places in the order of ids instead of lottery numbers, and
     *     without teachers' bands, which are given between the close and the reveal
     * @param seedSha256 hash of the secret seed
     * @param publicSource names the public value to come, so that it can't be chosen afterwards
     */
    public record Commitment(String inputSha256, String seedSha256, String publicSource) {
        public Map<String, Object> asJson() {
            return Json.object("input_sha256", inputSha256, "seed_sha256", seedSha256, "public_source", publicSource);
        }
    }

    private Lottery() {}

    /** A fresh seed, 64 hex digits. */
    public static String newSeed(SecureRandom random) {
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        return HexFormat.of().formatHex(seed);
    }

    public static Commitment commit(Instance instance, String seed, String publicSource) {
        return new Commitment(inputHash(instance), hashOfSeed(seed), publicSource);
    }

    /** Whether the revealed seed and the input are the ones committed to. */
    public static boolean opens(Commitment commitment, Instance instance, String seed) {
        return commitment.seedSha256().equals(hashOfSeed(seed))
                && commitment.inputSha256().equals(inputHash(instance));
    }

    /** Pupils by lottery number, number 0 first. */
    public static List<String> order(String seed, String publicValue, List<String> pupils) {
        Map<String, String> ticket = new HashMap<>();
        pupils.forEach(pupil -> ticket.put(pupil, Digests.hex(Digests.of(seed, publicValue, pupil))));
        return pupils.stream()
                .sorted(Comparator.comparing((String pupil) -> ticket.getOrDefault(pupil, ""))
                        .thenComparing(Text.ORDER))
                .toList();
    }

    /** The same input with the lottery numbers drawn. */
    public static Instance draw(Instance instance, String seed, String publicValue) {
        List<String> order = order(seed, publicValue, instance.pupils().stream().map(Pupil::pupil).toList());
        Map<String, Integer> numbers = new HashMap<>();
        for (int number = 0; number < order.size(); number++) {
            numbers.put(order.get(number), number);
        }
        return renumbered(instance, numbers);
    }

    /** Whether the instance's numbers are those that seed and public value give. */
    public static boolean isDrawnBy(Instance instance, String seed, String publicValue) {
        return draw(instance, seed, publicValue).equals(instance);
    }

    private static String hashOfSeed(String seed) {
        return Digests.hex(Digests.of("afterbell lottery seed 1", seed));
    }

    private static String inputHash(Instance instance) {
        return Digests.ofInput(committed(instance));
    }

    /** What a commitment is taken of: no lottery numbers yet, no teachers' bands. */
    public static Instance committed(Instance instance) {
        Map<String, Integer> places = new HashMap<>();
        for (Pupil pupil : instance.pupils()) {
            places.put(pupil.pupil(), places.size());
        }
        Instance closed = renumbered(instance, places);
        return new Instance(closed.sections(), closed.pupils(), closed.wishes(), List.of(), closed.fixed());
    }

    private static Instance renumbered(Instance instance, Map<String, Integer> numbers) {
        List<Pupil> pupils = new ArrayList<>();
        for (Pupil p : instance.pupils()) {
            pupils.add(new Pupil(p.pupil(), p.grade(), p.priorityClass(), p.siblingGroup(),
                    numbers.getOrDefault(p.pupil(), 0), p.demand(), p.previous(), p.home(), p.limit(), p.shielded()));
        }
        return new Instance(instance.sections(), pupils, instance.wishes(), instance.bands(), instance.fixed());
    }
}
