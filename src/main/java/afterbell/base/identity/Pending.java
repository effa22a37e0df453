package afterbell.base.identity;

import afterbell.base.shared.crypto.PersonalData;
import afterbell.base.shared.web.Cookies;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * What one page of a sign-in hands to the next: sealed in a cookie of this browser, so that no phone stands in an address and no row waits for people
 * who never come back. Nobody but this house can read or make it.
 */
@Component
public class Pending {
    private final PersonalData personal;
    private final Clock clock;

    Pending(PersonalData personal, Clock clock) {
        this.personal = personal;
        this.clock = clock;
    }

    public enum Step {
        /** A code or link went to this phone. */
        PHONE,
        /** This phone, by its HMAC, was proved; several people share it. */
        PROVED,
        /** A code went to the phone that is to become the account's. */
        NEW_PHONE,
        /** A passkey is to sign this challenge. */
        PASSKEY,
        /** Another house is asked who this is. */
        PARTNER,
        /** Another house has said who this is. */
        LOGIN,
        /** This secret waits in the person's app for its first code. */
        FACTOR;

        private String cookie() {
            return "ab_" + name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param parts without line breaks */
    public void put(HttpServletRequest request, HttpServletResponse response, Step step, Duration life, String... parts) {
        String text = step.name() + "\n" + clock.instant().plus(life).toEpochMilli() + "\n" + String.join("\n", parts);
        byte[] key = personal.newKey();
        Base64.Encoder letters = Base64.getUrlEncoder().withoutPadding();
        Cookies.set(request, response, step.cookie(), letters.encodeToString(key) + "." + letters.encodeToString(personal.seal(key, text)), life);
    }

    /** The parts, unless they are missing, too old, of another step or not ours. */
    public Optional<List<String>> get(HttpServletRequest request, Step step) {
        String[] halves = Cookies.value(request, step.cookie()).split("\\.", -1);
        if (halves.length != 2) return Optional.empty();
        try {
            String[] text = personal.open(Base64.getUrlDecoder().decode(halves[0]), Base64.getUrlDecoder().decode(halves[1])).split("\n", -1);
            if (text.length < 2 || !text[0].equals(step.name()) || Long.parseLong(text[1]) <= clock.millis()) return Optional.empty();
            return Optional.of(List.of(Arrays.copyOfRange(text, 2, text.length)));
        } catch (RuntimeException forged) {
            // Whatever it was, we have not made it: wrong letters, cut short, sealed elsewhere.
            return Optional.empty();
        }
    }

    public void clear(HttpServletRequest request, HttpServletResponse response, Step step) {
        Cookies.clear(request, response, step.cookie());
    }
}
