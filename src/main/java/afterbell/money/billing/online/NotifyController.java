package afterbell.money.billing.online;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.OpenToAll;
import afterbell.money.billing.Channel;
import afterbell.money.billing.PayWay;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * The door by which channels tell of payments. The secret in the address says which school; the signature says that it is the channel; its time says that it
 * is not an old one; the transaction's number says whether it was told before.
 */
@Controller
final class NotifyController {
    private static final int MOST_BYTES = 64 * 1024;
    private static final Pattern REFERENCE = Pattern.compile("[!-~]{1,64}");

    private final Map<PayWay, Channel> channels;
    private final Merchants merchants;
    private final Inbox inbox;
    private final Clock clock;

    NotifyController(List<Channel> channels, Merchants merchants, Inbox inbox, Clock clock) {
        this.channels = channels.stream().collect(Collectors.toMap(Channel::way, Function.identity()));
        this.merchants = merchants;
        this.inbox = inbox;
        this.clock = clock;
    }

    @OpenToAll
    @PostMapping("/pay/notify/{channel}/{token}")
    ResponseEntity<String> told(@PathVariable String channel, @PathVariable String token, HttpServletRequest request) throws IOException {
        Channel speaks = channels.values().stream().filter(c -> c.way().name().toLowerCase(Locale.ROOT).equals(channel)).findFirst().orElseThrow(NotFound::new);
        Merchants.Door door = merchants.behind(speaks.way(), token).orElseThrow(NotFound::new);
        Map<String, String> headers = new HashMap<>();
        Collections.list(request.getHeaderNames()).forEach(name -> headers.put(name.toLowerCase(Locale.ROOT), request.getHeader(name)));
        boolean form = headers.getOrDefault("content-type", "").startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE);
        Map<String, String> fields = new HashMap<>();
        if (form) request.getParameterMap().forEach((name, values) -> fields.put(name, values[0]));
        byte[] body = form ? new byte[0] : request.getInputStream().readNBytes(MOST_BYTES);
        try {
            inbox.keep(door.school(), speaks.way(), speaks.read(door.merchant(), headers, fields, new String(body, StandardCharsets.UTF_8), clock.instant()).stream().filter(NotifyController::possible).toList());
            return ResponseEntity.ok().contentType(form ? MediaType.TEXT_PLAIN : MediaType.APPLICATION_JSON).body(speaks.thanks());
        } catch (Channel.Unverified e) {
            return no(HttpStatus.UNAUTHORIZED);
        } catch (Inbox.NotKept e) {
            // Without our thanks the channel tells again.
            return no(HttpStatus.SERVICE_UNAVAILABLE);
        }
    }

    private static ResponseEntity<String> no(HttpStatus status) {
        return ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON).body("{\"code\":\"FAIL\"}");
    }

    // Signed, but nothing that a payment can be: kept out of the books, and of no use to be told again.
    private static boolean possible(Channel.Told told) {
        return REFERENCE.matcher(told.reference()).matches() && told.number().length() <= 64 && told.number().chars().noneMatch(Character::isISOControl) && told.fen() >= 1 && told.fen() <= 100_000_000;
    }
}
