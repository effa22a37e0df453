package afterbell.day.custody.swipes;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.OpenToAll;
import afterbell.base.shared.access.SignInFirst;
import afterbell.base.shared.web.Api;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** What a school's own attendance system says of the morning: who is not at school, and who came after all. It shows a device's key. */
@RestController
@Tag(name = "mornings")
final class MorningsApi {
    private static final String BEARER = "Bearer ";
    private static final int MOST = 500;

    private final KeepSwipes keep;
    private final TellMornings mornings;

    MorningsApi(KeepSwipes keep, TellMornings mornings) {
        this.keep = keep;
        this.mornings = mornings;
    }

    /** Card numbers, as the school's cards carry them. @param away not at school today @param arrived came after all */
    record Morning(@Nullable List<String> away, @Nullable List<String> arrived) {}

    /**
     * @param known was known already
     * @param unknown places in {@code away} followed by {@code arrived}, from 0, of cards that nobody has or that have no service today
     * @param refused places of children who are in somebody's hands or have left: a word of the morning comes too late for them
     */
    record Answer(int recorded, int known, List<Integer> unknown, List<Integer> refused) {}

    @OpenToAll
    @Operation(
            summary = "Who is not at school today",
            description =
                    "Differences only, at most 500 cards. Authorization: Bearer with the key of a device, made by the school's office. Idempotency-Key: repeat until it is answered; the same key is the same word. "
                            + "Such children are expected nowhere in the afternoon and alarm nobody. 401 without a living key, 422 for none or too many cards.")
    @PostMapping("/api/v1/mornings")
    Answer mornings(@RequestHeader(name = HttpHeaders.AUTHORIZATION, defaultValue = "") String authorization, @RequestHeader(Api.KEY) UUID key, @RequestBody Morning morning) {
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) throw new SignInFirst();
        Gate gate = keep.gate(authorization.substring(BEARER.length()).strip()).orElseThrow(SignInFirst::new);
        List<String> away = morning.away() == null ? List.of() : morning.away();
        List<String> arrived = morning.arrived() == null ? List.of() : morning.arrived();
        int all = away.size() + arrived.size();
        if (all == 0 || all > MOST) throw Api.refusal(new Refusal.Simple("custody.swipes.refused.size", "away", List.of(MOST)));
        TellMornings.Told told = mornings.tell(gate, away, arrived, key);
        return new Answer(told.recorded(), told.known(), told.unknown(), told.refused());
    }
}
