package afterbell.reach.messaging.ways;

/**
 * What somebody sees who opened an address out of a mail.
 *
 * @param act CONFIRM or STOP: one button; DONE_CONFIRM, DONE_STOP: it is done; OVER: the address is good for nothing any more
 */
public record SecretPage(String act, String href) {}
