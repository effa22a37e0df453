package afterbell.reach.messaging;

import afterbell.base.shared.crypto.MasterKey;
import java.util.Arrays;
import java.util.HexFormat;
import org.springframework.stereotype.Component;

/** The secret by which the holder of a mail stops further mails. It follows from the key of the address, so that a new address makes the old one's void. */
@Component
public final class StopSecret {
    private final byte[] key;

    StopSecret(MasterKey master) {
        this.key = master.derive("messaging/stop");
    }

    /** @param wayKey the wrapped key under which the address is sealed */
    public Secret of(byte[] wayKey) {
        return Secret.of(Arrays.copyOf(MasterKey.mac(key, HexFormat.of().formatHex(wayKey)), 24));
    }
}
