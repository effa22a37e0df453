package afterbell.day.custody;

import afterbell.base.shared.access.Wearer;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What another room of the day adds to a device that works without a network. */
public interface DeviceRoom {

    /** Pages that the device keeps for this person today. */
    List<String> pages(Wearer me, LocalDate day);

    /** Whether nothing is to be done with a child any more today: devices then forget them. */
    boolean over(UUID school, LocalDate day);

    /** How the device knows the duty leader's code of the day without being told it, and from which age of its list on it asks for it; null where it needs none. */
    @Nullable Leader leader(Wearer me, LocalDate day);

    /** Names of the acts that {@link #take} understands. */
    Set<String> acts();

    /** Takes an act that has happened, in one transaction; again it changes nothing. Empty where it is none of this person's. */
    Optional<Afternoon.Answer> take(Wearer me, DeviceAct act);

    /**
     * @param minutes age of the list in minutes after which the code is asked
     * @param salt hexadecimal
     * @param rounds of PBKDF2 with HMAC-SHA256
     * @param check hexadecimal, 32 bytes derived from the code
     */
    record Leader(int minutes, String salt, int rounds, String check) {}
}
