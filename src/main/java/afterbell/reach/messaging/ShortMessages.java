package afterbell.reach.messaging;

import java.util.UUID;

/** Brings a short text to a telephone. */
public interface ShortMessages {

    /** Whether anything leaves this house, or its stand-in shows it. */
    boolean ready();

    /**
     * @param id the same for the same message, so that the gateway may drop a repetition
     * @param phone canonical, as {@code Phones} reads it
     */
    Handed send(UUID id, String phone, String text);
}
