package afterbell.base.identity;

/**
 * Brings a one-time code or link to a phone. The room {@code messaging} answers; without one, signing in by phone is not offered. It is called outside
 * any transaction, scope and request, so that the time it takes tells nobody whether a phone is known; what it throws is logged without its words.
 */
public interface LinkSender {

    enum Kind {
        /** Six digits to type. */
        CODE,
        /** An address to open. */
        LINK
    }

    /** Whether anything leaves this house at all. */
    boolean ready();

    /**
     * @param phone canonical, as {@code Phones} reads it
     * @param text the code or the address alone; the sender adds the words
     */
    void send(Kind kind, String phone, String text);
}
