package afterbell.base.identity.entering;

/** @param reason used, voided, expired or unknown: the words are {@code identity.slip.REASON} */
public record SlipClosedPage(String reason) {}
