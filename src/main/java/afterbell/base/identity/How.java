package afterbell.base.identity;

import java.util.Locale;

/** How a session was opened. The words on screen are {@code identity.how.CODE}. */
public enum How {
    PASSWORD,
    /** A one-time code sent to the phone. */
    CODE,
    /** A one-time link sent to the phone. */
    LINK,
    /** A printed slip, or an invitation of a guardian. */
    SLIP,
    /** The class's QR picture: the person asks and sees nothing yet. */
    JOIN,
    PASSKEY,
    /** The sign-in of another house, by OpenID Connect. */
    PARTNER,
    /** A guard's six digits on a known tablet. */
    PIN;

    /** As stored. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
