package afterbell.base.shared.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A list of addresses and networks, such as {@code 10.0.0.7, 10.1.0.0/16, fd00::/8}. Never asks a name server. */
public final class Networks {
    private final List<Network> all;

    private Networks(List<Network> all) {
        this.all = all;
    }

    private record Network(byte[] address, int bits) {

        boolean holds(byte[] other) {
            if (other.length != address.length) return false;
            int whole = bits / 8;
            if (!Arrays.equals(address, 0, whole, other, 0, whole)) return false;
            int rest = bits % 8;
            return rest == 0 || ((address[whole] ^ other[whole]) & 0xFF) >>> 8 - rest == 0;
        }
    }

    /** @throws IllegalArgumentException naming the entry that is neither an address nor a network */
    public static Networks of(String list) {
        return new Networks(Arrays.stream(list.split("[,\\s]+")).filter(s -> !s.isEmpty()).map(Networks::network).toList());
    }

    private static Network network(String text) {
        String[] parts = text.split("/", -1);
        byte @Nullable [] address = literal(parts[0]);
        int most = address == null ? 0 : address.length * 8;
        boolean plain = parts.length == 1;
        boolean ranged = parts.length == 2 && parts[1].matches("\\d{1,3}") && Integer.parseInt(parts[1]) <= most;
        if (address == null || !plain && !ranged) throw new IllegalArgumentException(text + " is neither an address nor a network");
        return new Network(address, plain ? most : Integer.parseInt(parts[1]));
    }

    private static byte @Nullable [] literal(String text) {
        if (!text.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*") || text.matches("[0-9.]+") && !text.matches("\\d{1,3}(\\.\\d{1,3}){3}")) return null;
        try {
            return InetAddress.getByName(text.toLowerCase(Locale.ROOT)).getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** Whether a numeric address lies in one of the networks; text that is no address lies in none. */
    public boolean hold(@Nullable String address) {
        byte @Nullable [] bytes = address == null ? null : literal(address.replaceFirst("%.*$", ""));
        return bytes != null && all.stream().anyMatch(n -> n.holds(bytes));
    }

    static boolean loopback(@Nullable String address) {
        return LOOPBACK.hold(address);
    }

    private static final Networks LOOPBACK = of("127.0.0.0/8 ::1");
}
