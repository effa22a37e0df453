package afterbell.base.shared.sheet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Splits a cell in which a school has written several adults, with or without relation and phone, in whatever order. */
public final class Contacts {
    private static final Map<String, String> RELATIONS = Words.longestFirst("relations");
    private static final String RELATION = Words.oneOf(RELATIONS.keySet());
    private static final String JOINER = Words.oneOf(Words.list("joiners"));
    private static final Pattern NOISE = Pattern.compile(Words.oneOf(Words.list("contactNoise")) + "[:\uFF1A]?");
    private static final Pattern PHONE = Pattern.compile("\\+?(?:\\d[\\d\\- ]{5,18}\\d)");
    private static final Pattern IN_BRACKETS = Pattern.compile("[(\uFF08]\\s*(" + RELATION + ")\\s*[)\uFF09]?");
    private static final Pattern BEFORE = Pattern.compile("^(" + RELATION + ")\\s*[:\uFF1A\\-]?\\s*(?=\\S)");
    private static final Pattern AFTER = Pattern.compile("(?<=\\S)\\s*[\\-:\uFF1A ]\\s*(" + RELATION + ")$");
    private static final Pattern ALONE = Pattern.compile("^(" + RELATION + ")[:\uFF1A]?$");
    private static final int MOST = 8;

    private Contacts() {}

    /** Reads a cell into the canonical writing of {@link Contact#encode}. */
    public static Reading read(CellValue value) {
        if (value instanceof CellValue.Fault) return Reading.bad("sheet.cell.fault", value.text());
        if (value instanceof CellValue.Number) return Phones.read(value).then(phone -> encode(List.of(new Contact(null, null, phone))));
        String text = CellText.clean(value.text());
        List<Contact> contacts = new ArrayList<>();
        for (String piece : pieces(text)) {
            Matcher phone = PHONE.matcher(piece);
            String number = null;
            String rest = piece;
            if (phone.find()) {
                Reading reading = Phones.read(phone.group());
                if (!(reading instanceof Reading.Value known)) return reading;
                number = known.text();
                rest = (piece.substring(0, phone.start()) + " " + piece.substring(phone.end())).strip();
            }
            Contact contact = person(rest, number);
            if (contact == null) continue;
            if (!joins(contacts, contact)) contacts.add(contact);
            if (contacts.size() > MOST) return Reading.bad("sheet.cell.contacts-too-many", MOST);
        }
        for (Contact contact : contacts)
            if (contact.name() != null && !PersonNames.plausible(contact.name())) return Reading.bad("sheet.cell.contact-unclear", contact.name());
        return contacts.isEmpty() ? Reading.BLANK : encode(contacts);
    }

    private static Reading encode(List<Contact> contacts) {
        return new Reading.Value(Contact.encode(contacts));
    }

    /** Cuts at separators, and where a second phone, or a relation word after a phone, begins another person. */
    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        for (String part : text.split(JOINER)) {
            Matcher phone = PHONE.matcher(part);
            List<int[]> phones = new ArrayList<>();
            while (phone.find()) phones.add(new int[] {phone.start(), phone.end()});
            if (phones.size() < 2) {
                pieces.addAll(bySpacedNames(part));
                continue;
            }
            boolean leads = phones.getFirst()[0] == 0;
            int from = 0;
            for (int i = 0; i < phones.size(); i++) {
                int until = i == phones.size() - 1 ? part.length() : leads ? phones.get(i + 1)[0] : endOfPerson(part, phones.get(i)[1]);
                pieces.add(part.substring(from, until));
                from = until;
            }
        }
        return pieces;
    }

    /** After a phone a relation in brackets still belongs to the same person. */
    private static int endOfPerson(String part, int afterPhone) {
        Matcher bracket = IN_BRACKETS.matcher(part).region(afterPhone, part.length());
        String between = part.substring(afterPhone);
        if (bracket.find() && part.substring(afterPhone, bracket.start()).isBlank() && !between.isBlank()) return bracket.end();
        return afterPhone;
    }

    /** Two names with a blank between and no phone. */
    private static List<String> bySpacedNames(String part) {
        String[] words = part.strip().split("[ \\n]+");
        boolean names = words.length == 2
                && !PHONE.matcher(part).find()
                && !ALONE.matcher(words[0]).matches()
                && !RELATIONS.containsKey(words[1])
                && words[0].codePointCount(0, words[0].length()) >= 2
                && words[1].codePointCount(0, words[1].length()) >= 2;
        return names ? List.of(words) : List.of(part);
    }

    private static @Nullable Contact person(String rest, @Nullable String phone) {
        String relation = null;
        String text = NOISE.matcher(rest).replaceAll(" ").strip();
        Matcher bracket = IN_BRACKETS.matcher(text);
        if (bracket.find()) {
            relation = bracket.group(1);
            text = (text.substring(0, bracket.start()) + " " + text.substring(bracket.end())).strip();
        }
        Matcher alone = ALONE.matcher(text);
        if (relation == null && alone.matches()) {
            relation = alone.group(1);
            text = "";
        }
        Matcher before = BEFORE.matcher(text);
        if (relation == null && before.find() && (text.charAt(before.end(1)) <= ':' || before.group(1).length() > 1)) {
            relation = before.group(1);
            text = text.substring(before.end());
        }
        Matcher after = AFTER.matcher(text);
        if (relation == null && after.find()) {
            relation = after.group(1);
            text = text.substring(0, after.start());
        }
        String name = PersonNames.clean(text.replaceAll("^[:\uFF1A\\s.]+|[:\uFF1A\\s.]+$", "").replaceAll("[()\uFF08\uFF09]", " "));
        if (name.isEmpty() && phone == null) return null;
        return new Contact(name.isEmpty() ? null : name, relation == null ? null : RELATIONS.get(relation), phone);
    }

    /** A piece with only a phone completes the last person that lacks one. */
    private static boolean joins(List<Contact> contacts, Contact next) {
        if (next.name() != null || next.phone() == null) return false;
        for (int i = 0; i < contacts.size(); i++) {
            Contact earlier = contacts.get(i);
            if (earlier.phone() == null && (next.relation() == null || earlier.relation() == null)) {
                String relation = earlier.relation() == null ? next.relation() : earlier.relation();
                contacts.set(i, new Contact(earlier.name(), relation, next.phone()));
                return true;
            }
        }
        return false;
    }
}
