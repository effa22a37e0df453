package afterbell.day.custody.swipes;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.OpenToAll;
import afterbell.base.shared.access.SignInFirst;
import afterbell.base.shared.web.Api;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** What card gates send. A gate shows its own key, which the office made; personal tokens count for nothing here. */
@RestController
@Tag(name = "swipes")
final class SwipesApi {
    private static final String BEARER = "Bearer ";

    private final KeepSwipes keep;

    SwipesApi(KeepSwipes keep) {
        this.keep = keep;
    }

    /** @param sent the device's clock when it sends, in UTC; its difference from ours is taken from all times of the batch */
    record Batch(@Nullable String sent, @Nullable List<SwipeJson> swipes) {}

    /**
     * @param seq the device's running number; the same number again is the same swipe
     * @param card as the device reads it, 4 to 40 letters and digits
     * @param at the device's clock, in UTC
     * @param way {@code in} or {@code out}
     */
    record SwipeJson(@Nullable Long seq, @Nullable String card, @Nullable String at, @Nullable String way) {}

    /**
     * @param known sent before
     * @param clashes numbers under which something else was sent before: the first holds
     * @param bad places in the batch, from 0, that can't be read: don't send them again
     * @param clockOff seconds by which the device's clock is behind
     */
    record Answer(int accepted, int known, Set<Long> clashes, List<Integer> bad, long clockOff) {}

    @OpenToAll
    @Operation(
            summary = "Swipes of a card gate",
            description =
                    "1 to 500 swipes. Authorization: Bearer with the key of the device, made by the school's office. Repeat a batch until it is answered: device and seq make each swipe count once, whatever the order. "
                            + "401 without a living key, 422 for a batch that is empty or too large.")
    @PostMapping("/api/v1/swipes")
    Answer swipes(@RequestHeader(name = HttpHeaders.AUTHORIZATION, defaultValue = "") String authorization, @RequestBody Batch batch) {
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) throw new SignInFirst();
        Gate gate = keep.gate(authorization.substring(BEARER.length()).strip()).orElseThrow(SignInFirst::new);
        List<SwipeJson> swipes = batch.swipes();
        if (swipes == null || swipes.isEmpty() || swipes.size() > KeepSwipes.MOST) throw Api.refusal(new Refusal.Simple("custody.swipes.refused.size", "swipes", List.of(KeepSwipes.MOST)));
        KeepSwipes.Kept kept = keep.keep(gate, swipes.stream().map(s -> s == null ? new KeepSwipes.Said(null, null, null, null) : new KeepSwipes.Said(s.seq(), s.card(), s.at(), s.way())).toList(), sent(batch.sent()));
        return new Answer(kept.accepted(), kept.known(), kept.clashes(), kept.bad(), kept.clockOff());
    }

    private static @Nullable Instant sent(@Nullable String sent) {
        if (sent == null) return null;
        try {
            return Instant.parse(sent);
        } catch (DateTimeException e) {
            throw Api.refusal(new Refusal.Simple("custody.swipes.refused.sent", "sent", List.of()));
        }
    }
}
