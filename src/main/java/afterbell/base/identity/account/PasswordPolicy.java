package afterbell.base.identity.account;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.sheet.Phones;
import afterbell.base.shared.sheet.Reading;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a password must be: long enough, and not what anybody would try first. No rules about kinds of characters and no forced changes (NIST SP
 * 800-63B, 3.1.1.2): they make people write it on the screen.
 */
final class PasswordPolicy {
    static final int SHORTEST = 8;
    /** Longer ones cost time and protect nobody more. */
    static final int LONGEST = 128;

    private static final Pattern USER = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@-]{2,39}");
    private static final Set<String> KNOWN = Set.of(
            "12345678", "123456789", "1234567890", "0123456789", "87654321", "987654321", "123123123", "12341234", "11223344", "password", "password1", "passw0rd", "qwertyui",
            "qwertyuiop", "1qaz2wsx", "1q2w3e4r", "asdfghjkl", "abcd1234", "abc12345", "abc123456", "a1234567", "a12345678", "a123456789", "aa123456", "q1234567", "qq123456",
            "woaini1314", "5201314520", "iloveyou", "admin123", "admin888", "afterbell");

    private PasswordPolicy() {}

    static List<Refusal> userName(String name, boolean phone) {
        if (name.isEmpty()) return phone ? List.of() : List.of(refusal("identity.account.user_missing", "user"));
        // A name that reads as a phone could stand in the way of the person whose phone it is.
        if (!USER.matcher(name).matches() || Phones.read(name) instanceof Reading.Value) return List.of(refusal("identity.account.user_bad", "user"));
        return List.of();
    }

    static List<Refusal> password(String password, String userName, String name, String phone) {
        String small = password.toLowerCase(Locale.ROOT);
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST || length > LONGEST) return List.of(refusal("identity.account.password_length", "password", SHORTEST, LONGEST));
        boolean own = !userName.isEmpty() && small.contains(userName) || small.equals(name.toLowerCase(Locale.ROOT)) || !phone.isEmpty() && small.contains(phone);
        if (own) return List.of(refusal("identity.account.password_own", "password"));
        if (KNOWN.contains(small) || small.codePoints().distinct().count() <= 2) return List.of(refusal("identity.account.password_known", "password"));
        return List.of();
    }

    private static Refusal refusal(String key, String field, Object... facts) {
        return new Refusal.Simple(key, field, List.of(facts));
    }
}
