package afterbell.term.placement.draws;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The order of SHA-256(seed, public value, pupil id): fixed by two things of which nobody knew both before the round had closed. */
final class LotteryOrder {
    private LotteryOrder() {}

    static String hash(byte[] seed) {
        return HexFormat.of().formatHex(sha256(seed));
    }

    /** Each child's place, 0 best. */
    static Map<UUID, Integer> of(byte[] seed, String publicValue, List<UUID> pupils) {
        Map<UUID, byte[]> draw = new HashMap<>();
        for (UUID p : pupils) draw.put(p, sha256(seed, publicValue.getBytes(StandardCharsets.UTF_8), p.toString().getBytes(StandardCharsets.US_ASCII)));
        List<UUID> order = pupils.stream().sorted(Comparator.comparing(draw::get, Arrays::compareUnsigned)).toList();
        Map<UUID, Integer> place = new HashMap<>();
        for (int i = 0; i < order.size(); i++) place.put(order.get(i), i);
        return place;
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update((part.length + "\n").getBytes(StandardCharsets.US_ASCII));
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
