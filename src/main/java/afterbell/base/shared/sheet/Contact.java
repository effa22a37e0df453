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

    /**
     * The adults known with what a list says of them: the same phone, or the same name where one side has no phone, is the same person;
     * a name with another phone has a new phone; who is not in the list stays.
     */
    public static String merge(String known, String said) {
        List<Contact> merged = new ArrayList<>(decode(known));
        for (Contact contact : decode(said)) {
            int at = indexOf(merged, contact);
            if (at < 0) merged.add(contact);
            else merged.set(at, merged.get(at).with(contact));
        }
        return encode(merged);
    }

    /** Which of the known adults somebody is; -1 for nobody. */
    public static int indexOf(List<Contact> known, Contact wanted) {
        for (int i = 0; i < known.size(); i++) if (wanted.phone() != null && wanted.phone().equals(known.get(i).phone()) && !otherName(known.get(i), wanted)) return i;
        for (int i = 0; i < known.size(); i++) if (wanted.name() != null && wanted.name().equals(known.get(i).name())) return i;
        for (int i = 0; i < known.size(); i++) {
            Contact other = known.get(i);
            boolean sameRelation = wanted.relation() != null && wanted.relation().equals(other.relation());
            boolean oneNameless = wanted.name() == null || other.name() == null;
            if (sameRelation && oneNameless && (wanted.phone() == null || other.phone() == null)) return i;
        }
        return -1;
    }

    private static boolean otherName(Contact one, Contact other) {
        return one.name() != null && other.name() != null && !one.name().equals(other.name());
    }

    private Contact with(Contact said) {
        return new Contact(said.name() == null ? name : said.name(), said.relation() == null ? relation : said.relation(), said.phone() == null ? phone : said.phone());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text.replace("|", "").replace("\n", " ");
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
