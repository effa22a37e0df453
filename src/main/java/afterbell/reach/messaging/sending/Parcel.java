package afterbell.reach.messaging.sending;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message ready to be handed over.
 *
 * @param id the delivery: the same at every try
 * @param to mail address, telephone or web address, opened; null where the person has taken it back meanwhile
 * @param key what seals the address (mail: makes the secret that stops), or the secret of a webhook
 * @param english the person reads English
 */
record Parcel(UUID id, UUID school, UUID notice, String kind, Words chinese, Words englishWords, Instant toldAt, int attempts, @Nullable String to, byte @Nullable [] key, @Nullable String secret, boolean english) {
    record Words(String title, String text) {}

    Words words() {
        return english ? englishWords : chinese;
    }

    /** The notice inside the application. */
    String path() {
        return "/inbox/" + notice;
    }

    @Override
    public String toString() {
        return "Parcel[" + id + "]";
    }
}
