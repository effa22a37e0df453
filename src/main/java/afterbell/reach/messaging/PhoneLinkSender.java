package afterbell.reach.messaging;

import afterbell.base.identity.LinkSender;
import afterbell.base.shared.Ids;
import afterbell.base.shared.web.Offscreen;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Brings sign-in codes and links to telephones, at once and past the outbox: a code that comes late is of no use. */
@Component
class PhoneLinkSender implements LinkSender {
    private final ShortMessages phones;
    private final Offscreen offscreen;
    private final Ids ids;

    PhoneLinkSender(ShortMessages phones, Offscreen offscreen, Ids ids) {
        this.phones = phones;
        this.offscreen = offscreen;
        this.ids = ids;
    }

    @Override
    public boolean ready() {
        return phones.ready();
    }

    @Override
    public void send(Kind kind, String phone, String text) {
        String key = switch (kind) {
            case CODE -> "messaging.phone.code";
            case LINK -> "messaging.phone.link";
        };
        Handed handed = phones.send(ids.next(), phone, offscreen.screen(Locale.SIMPLIFIED_CHINESE, "").t(key, text));
        if (!(handed instanceof Handed.Sent)) throw new IllegalStateException("the short message was not taken");
    }
}
