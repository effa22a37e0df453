package afterbell.reach.documents.signing;

/** The page behind a link after its use. @param signed true right after signing; false where the link is used up, withdrawn, too old or unknown: nobody learns which */
public record LinkOver(boolean signed) {}
