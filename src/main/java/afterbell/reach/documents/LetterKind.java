package afterbell.reach.documents;

import java.util.Locale;

/** What a document is. The letter comes first; the others are asked of families that take part. */
public enum LetterKind {
    /** The letter to parents with its receipt: taking part or not (R48, R49). */
    LETTER,
    /** The written application (R52). */
    APPLICATION,
    /** Safety agreement (R53). */
    SAFETY,
    /** Service agreement, signed each term (R53). */
    SERVICE,
    /** Agreement on who collects the child, when and where (R53). */
    PICKUP;

    public String labelKey() {
        return "documents.kind." + name();
    }

    /** Name of its default template file. */
    String file() {
        return name().toLowerCase(Locale.ROOT);
    }
}
