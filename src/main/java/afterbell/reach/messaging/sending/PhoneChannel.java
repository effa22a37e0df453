package afterbell.reach.messaging.sending;

import afterbell.base.schools.Schools;
import afterbell.base.shared.web.Offscreen;
import afterbell.base.shared.web.PublicAddress;
import afterbell.reach.messaging.ShortMessages;
import java.util.Locale;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** A short message says what it is about and where to read it; whole texts cost money and rarely fit. */
@Component
class PhoneChannel implements Channel {
    private final ShortMessages phones;
    private final Offscreen offscreen;
    private final PublicAddress address;
    private final Schools schools;

    PhoneChannel(ShortMessages phones, Offscreen offscreen, PublicAddress address, Schools schools) {
        this.phones = phones;
        this.offscreen = offscreen;
        this.address = address;
        this.schools = schools;
    }

    @Override
    public String name() {
        return "SMS";
    }

    @Override
    public boolean ready() {
        return phones.ready();
    }

    @Override
    public Line open() {
        return parcel -> phones.send(parcel.id(), Objects.requireNonNull(parcel.to()), text(parcel));
    }

    private String text(Parcel parcel) {
        String school = schools.nameOf(parcel.school());
        return offscreen.screen(parcel.english() ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE, school).t("messaging.phone.notice", school, parcel.words().title(), address.of(parcel.path() + "?way=SMS"));
    }
}
