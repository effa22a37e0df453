package afterbell.day.dismissal.dated;

import afterbell.base.shared.crypto.MasterKey;
import afterbell.day.custody.DeviceRoom.Leader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.springframework.stereotype.Component;

/**
 * Six digits of the day that the duty leader reads out: with them a gate goes on by an old list. The device holds a slow trace only, so that who finds it
 * does not read the code there.
 */
@Component
class LeaderCode {
    private static final int DIGITS = 1_000_000;
    private static final int ROUNDS = 150_000;
    private static final int BITS = 256;
    private static final int MOST = 5000;

    private final byte[] key;
    private final Map<String, String> checks = new ConcurrentHashMap<>();

    LeaderCode(MasterKey master) {
        this.key = master.derive("gate/leader-code");
    }

    String of(UUID school, LocalDate day) {
        return String.format(Locale.ROOT, "%06d", new BigInteger(1, MasterKey.mac(key, school + " " + day)).mod(BigInteger.valueOf(DIGITS)));
    }

    boolean is(UUID school, LocalDate day, String typed) {
        return MessageDigest.isEqual(of(school, day).getBytes(StandardCharsets.UTF_8), typed.getBytes(StandardCharsets.UTF_8));
    }

    Leader check(UUID school, LocalDate day, int minutes) {
        byte[] salt = Arrays.copyOf(MasterKey.mac(key, "salt " + school + " " + day), 16);
        if (checks.size() > MOST) checks.clear();
        String check = checks.computeIfAbsent(school + " " + day, k -> slow(of(school, day), salt));
        return new Leader(minutes, HexFormat.of().formatHex(salt), ROUNDS, check);
    }

    private static String slow(String code, byte[] salt) {
        try {
            PBEKeySpec spec = new PBEKeySpec(code.toCharArray(), salt, ROUNDS, BITS);
            return HexFormat.of().formatHex(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
