package afterbell.base.identity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a grown-up is to a child, in the few words that a slip offers. The words on screen are {@code identity.relation.CODE}. */
public enum Relation {
    FATHER,
    MOTHER,
    GRANDFATHER,
    GRANDMOTHER,
    /** Another relative. */
    RELATIVE,
    /** A guardian who is no relative: a relief body, a foster home. */
    GUARDIAN,
    OTHER;

    /** As stored. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Relation> of(String code) {
        return Arrays.stream(values()).filter(r -> r.code().equals(code)).findFirst();
    }
}
