package afterbell.day.custody.acting;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.day.custody.Afternoon;
import afterbell.day.custody.DeviceRoom;
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
@Allowed({Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.OFFICE, Role.DUTY_LEADER, Role.GUARD})
final class ActsController {
    private static final int MOST = 200;

    private final Afternoon afternoon;
    private final List<DeviceRoom> rooms;
    private final Unclear unclear;
    private final JsonMapper json;
    private final Clock clock;

    ActsController(Afternoon afternoon, List<DeviceRoom> rooms, Unclear unclear, JsonMapper json, Clock clock) {
        this.afternoon = afternoon;
        this.rooms = List.copyOf(rooms);
        this.unclear = unclear;
        this.json = json;
        this.clock = clock;
    }

    /**
     * @param answer {@code done}, {@code not-found} where nothing of the kind is this person's, {@code refused} where a child was
     * @param refused reasons by child
     */
    record ActAnswer(UUID key, String answer, int recorded, int known, Map<UUID, String> refused) {}

    /** @param unclear children of whom this person's word and another's contradict each other now: the page {@code /afternoon/unclear} shows both */
    record Answers(Instant now, List<ActAnswer> acts, int unclear) {}

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
        return ResponseEntity.ok(new Answers(now, answers, unclear.count(me)));
    }

    private ActAnswer answer(Wearer me, ActJson one, UUID key, Duration ahead) {
        try {
            Afternoon.Answer answer = take(me, one, ahead);
            Map<UUID, String> refused = answer.refused().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().name().toLowerCase(Locale.ROOT)));
            return new ActAnswer(key, refused.isEmpty() ? "done" : "refused", answer.recorded(), answer.known(), refused);
        } catch (NotFound e) {
            return new ActAnswer(key, "not-found", 0, 0, Map.of());
        }
    }

    private Afternoon.Answer take(Wearer me, ActJson one, Duration ahead) {
        for (DeviceRoom room : rooms)
            if (one.act() != null && room.acts().contains(one.act())) return room.take(me, one.other(ahead)).orElseThrow(NotFound::new);
        return afternoon.happened(me, one.act(ahead));
    }

    private static Duration ahead(String sent, Instant now) {
        try {
            return Duration.between(now, Instant.parse(sent));
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
