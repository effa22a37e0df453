package afterbell.base.shared.sheet;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One adult of a child as a sheet tells: any part may be missing, not all.
 *
 * @param relation father, mother, grandfather, grandmother or other
 * @param phone canonical, see {@link Phones}
 */
public record Contact(@Nullable String name, @Nullable String relation, @Nullable String phone) {
    private static final String PART = "|";
    private static final String NEXT = "\n";

    /** The canonical writing of a list, for comparing and for {@link #decode}. */
    public static String encode(List<Contact> contacts) {
        StringBuilder text = new StringBuilder();
        for (Contact contact : contacts) {
            if (!text.isEmpty()) text.append(NEXT);
            text.append(orEmpty(contact.name())).append(PART).append(orEmpty(contact.relation())).append(PART).append(orEmpty(contact.phone()));
        }
        return text.toString();
    }

    public static List<Contact> decode(String text) {
        List<Contact> contacts = new ArrayList<>();
        if (text.isEmpty()) return contacts;
        for (String line : text.split(NEXT)) {
            String[] parts = line.split("\\|", -1);
            if (parts.length == 3) contacts.add(new Contact(orNull(parts[0]), orNull(parts[1]), orNull(parts[2])));
        }
        return contacts;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text.replace("|", "").replace("\n", " ");
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
