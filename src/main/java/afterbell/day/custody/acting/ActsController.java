package afterbell.day.custody.acting;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.day.custody.Act;
import afterbell.day.custody.Afternoon;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes what a device did while it had no network: a form with {@code acts} (JSON, at most 200) and {@code sent} (the device's clock as it sent them, by which
 * its other times are corrected). Each act stands in a transaction of its own and is answered by itself, so that one that is refused holds up no other.
 */
@Controller
@Allowed({Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.OFFICE, Role.DUTY_LEADER})
final class ActsController {
    private static final int MOST = 200;

    private final Afternoon afternoon;
    private final JsonMapper json;
    private final Clock clock;

    ActsController(Afternoon afternoon, JsonMapper json, Clock clock) {
        this.afternoon = afternoon;
        this.json = json;
        this.clock = clock;
    }

    /**
     * @param answer {@code done}, {@code not-found} where nothing of the kind is this person's, {@code refused} where a child was
     * @param refused reasons by child
     */
    record ActAnswer(UUID key, String answer, int recorded, int known, Map<UUID, String> refused) {}

    record Answers(Instant now, List<ActAnswer> acts) {}

    record Unreadable(String error) {}

    @PostMapping("/afternoon/acts")
    ResponseEntity<?> acts(Wearer me, @RequestParam(defaultValue = "") String acts, @RequestParam(defaultValue = "") String sent) {
        ActJson[] all;
        try {
            all = json.readValue(acts, ActJson[].class);
        } catch (JacksonException e) {
            return ResponseEntity.badRequest().body(new Unreadable("acts"));
        }
        if (all == null || all.length > MOST) return ResponseEntity.badRequest().body(new Unreadable("acts"));
        Instant now = clock.instant();
        Duration ahead = ahead(sent, now);
        List<ActAnswer> answers = new ArrayList<>();
        for (@Nullable ActJson one : all) {
            if (one == null || one.key() == null) return ResponseEntity.badRequest().body(new Unreadable("key"));
            answers.add(answer(me, one, one.key(), ahead));
        }
        return ResponseEntity.ok(new Answers(now, answers));
    }

    private ActAnswer answer(Wearer me, ActJson one, UUID key, Duration ahead) {
        try {
            Act act = one.act(ahead);
            Afternoon.Answer answer = afternoon.act(me, act);
            Map<UUID, String> refused = answer.refused().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().name().toLowerCase(Locale.ROOT)));
            return new ActAnswer(key, refused.isEmpty() ? "done" : "refused", answer.recorded(), answer.known(), refused);
        } catch (NotFound e) {
            return new ActAnswer(key, "not-found", 0, 0, Map.of());
        }
    }

    private static Duration ahead(String sent, Instant now) {
        try {
            return Duration.between(now, Instant.parse(sent));
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
