package afterbell.reach.messaging.sending;

import afterbell.base.shared.web.PublicAddress;
import afterbell.reach.messaging.SignedCall;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Tells another system what a chat group would hear: no names, no children, the text in both languages. */
@Component
class HookChannel implements Channel {
    private final SignedCall call;
    private final PublicAddress address;
    private final JsonMapper json;

    HookChannel(SignedCall call, PublicAddress address, JsonMapper json) {
        this.call = call;
        this.address = address;
        this.json = json;
    }

    record Said(String title, String text) {}

    record Body(UUID delivery, UUID notice, String kind, Instant toldAt, Said zh, Said en, String link) {}

    @Override
    public String name() {
        return "WEBHOOK";
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public Line open() {
        return parcel -> call.post(Objects.requireNonNull(parcel.to()), Objects.requireNonNullElse(parcel.secret(), ""), parcel.id(), json.writeValueAsString(body(parcel)));
    }

    private Body body(Parcel p) {
        return new Body(
                p.id(),
                p.notice(),
                p.kind(),
                p.toldAt(),
                new Said(p.chinese().title(), p.chinese().text()),
                new Said(p.englishWords().title(), p.englishWords().text()),
                address.of(p.path()).toString());
    }
}
