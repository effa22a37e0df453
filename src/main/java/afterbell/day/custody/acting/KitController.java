package afterbell.day.custody.acting;

import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.crypto.MasterKey;
import afterbell.base.shared.web.DeviceMark;
import afterbell.base.shared.web.Screen;
import afterbell.day.custody.DeviceRoom;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a device needs to go through the afternoon without a network: which pages, and the key under which it keeps them. */
@RestController
@Allowed({Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.OFFICE, Role.DUTY_LEADER, Role.GUARD})
class KitController {
    private final KitStore store;
    private final Unclear unclear;
    private final List<DeviceRoom> rooms;
    private final byte[] keys;
    private final Clock clock;

    KitController(KitStore store, Unclear unclear, List<DeviceRoom> rooms, MasterKey master, Clock clock) {
        this.store = store;
        this.unclear = unclear;
        this.rooms = List.copyOf(rooms);
        this.keys = master.derive("device/day");
        this.clock = clock;
    }

    /**
     * @param who whose it is: a device never uses one person's kit for another
     * @param now the server's time, by which the device's clock is corrected
     * @param csrf goes with the acts that are sent next
     * @param key 32 bytes for this person on this day, base64; null once the day is over
     * @param pages addresses that the device keeps, sealed
     * @param unclear how many children stand on {@code /afternoon/unclear}
     */
    record Kit(String who, LocalDate day, Instant now, String csrf, @Nullable String key, List<String> pages, DeviceRoom.@Nullable Leader leader, int unclear) {}

    @GetMapping("/afternoon/kit")
    @Transactional(readOnly = true)
    ResponseEntity<Kit> kit(Wearer me, HttpServletRequest request) {
        Instant now = clock.instant();
        LocalDate day = LocalDate.ofInstant(now, Screen.ZONE);
        boolean over = rooms.stream().anyMatch(r -> r.over(me.school(), day));
        List<String> pages = new ArrayList<>();
        if (!over) {
            if (me.is(Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.DUTY_LEADER)) pages.addAll(store.pages(me, day));
            rooms.forEach(r -> pages.addAll(r.pages(me, day)));
        }
        Kit kit = new Kit(
                DeviceMark.of(me.account()),
                day,
                now,
                csrf(request),
                over ? null : Base64.getEncoder().encodeToString(MasterKey.mac(keys, me.account() + " " + me.school() + " " + day)),
                pages,
                over ? null : rooms.stream().map(r -> r.leader(me, day)).filter(Objects::nonNull).findFirst().orElse(null),
                unclear.count(me));
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(kit);
    }

    private static String csrf(HttpServletRequest request) {
        return request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token ? token.getToken() : "";
    }
}
