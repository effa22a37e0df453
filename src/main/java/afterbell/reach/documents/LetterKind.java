package afterbell.reach.documents;

import java.util.Locale;

/** What a document is. The letter comes first; letter and opinion are asked of everybody, the others of families that take part. */
public enum LetterKind {
    /** The letter to parents with its receipt: taking part or not (R48, R49). */
    LETTER,
    /** A letter that asks for an opinion, with room for words: on charging, for example (R48). A yes and a no take the same effort. */
    OPINION,
    /** The service guide, whose receipt says that it was read (R48). */
    GUIDE,
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

    /** Ending of the message keys that differ between a letter, an opinion, a guide and an agreement. */
    public String suffix() {
        return switch (this) {
            case LETTER -> ".letter";
            case OPINION -> ".opinion";
            case GUIDE -> ".guide";
            case APPLICATION, SAFETY, SERVICE, PICKUP -> ".agreement";
        };
    }

    /** Whether a yes is worth something only with a signature. An opinion and a receipt are no promise: one tap is enough. */
    public boolean signed() {
        return switch (this) {
            case OPINION, GUIDE -> false;
            case LETTER, APPLICATION, SAFETY, SERVICE, PICKUP -> true;
        };
    }

    /** Name of its default template file. */
    String file() {
        return name().toLowerCase(Locale.ROOT);
    }
}
