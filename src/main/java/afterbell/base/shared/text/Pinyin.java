package afterbell.base.shared.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds people by the first letters of their names as spoken: zxm, zhangxm or zhangxiaoming for one and the same child. Knows how
 * surnames are read ({@code text/surnames.yaml}) and characters beyond the basic plane; where a character has several readings every
 * likely one finds, for nobody knows how a stranger reads it.
 */
public final class Pinyin {
    private static final int READINGS = 3;
    private static final int MOST_KEYS = 16;

    private static final DataFile NAMES = DataFile.load("text/surnames.yaml");
    private static final Map<String, DataFile> SURNAMES = NAMES.at("surnames").entries();
    private static final Map<String, DataFile> COMPOUND = NAMES.at("compound").entries();
    private static final Map<String, DataFile> RARE = NAMES.at("rare").entries();
    private static final Map<String, DataFile> GIVEN = NAMES.at("given").entries();

    private Pinyin() {}

    /** Loaded at first use: 41,000 characters. */
    private static final class Dictionary {
        static final Map<Integer, String> READINGS = load();

        private static Map<Integer, String> load() {
            Map<Integer, String> readings = new HashMap<>(60_000);
            try (InputStream in = Pinyin.class.getClassLoader().getResourceAsStream("pinyin_dict_char.txt")) {
                if (in == null) throw new IllegalStateException("the pinyin library lacks its dictionary");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
                for (String line; (line = lines.readLine()) != null; ) {
                    int colon = line.indexOf(':');
                    if (colon > 0) readings.put(line.codePointAt(0), line.substring(colon + 1));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return readings;
        }
    }

    /** The likeliest reading of a name, syllables joined by blanks, without tones: "zhang xiao ming". */
    public static String spelled(String name) {
        return String.join(" ", syllables(name).stream().map(List::getFirst).toList());
    }

    /** The likeliest first letters of a name; empty when none of its characters has a sound. */
    public static String initials(String name) {
        return initialsOf(syllables(name));
    }

    /**
     * Every key that finds the name, likeliest first: initials of the whole and of the given name, and the spelled-out forms. Small
     * letters and digits only.
     */
    public static Set<String> keys(String name) {
        List<List<String>> syllables = syllables(name);
        Set<String> keys = new LinkedHashSet<>();
        if (syllables.isEmpty()) return keys;
        int surname = surnameLength(name, syllables.size());
        List<String> initials = combine(syllables, true);
        keys.addAll(initials);
        for (String key : initials) if (key.length() > surname + 1) keys.add(key.substring(surname));
        for (String full : combine(syllables, false)) keys.add(full);
        if (syllables.size() > surname) {
            String given = initialsOf(syllables.subList(surname, syllables.size()));
            keys.add(String.join("", syllables.subList(0, surname).stream().map(List::getFirst).toList()) + given);
            keys.add(String.join("", syllables.subList(surname, syllables.size()).stream().map(List::getFirst).toList()));
        }
        return keys;
    }

    /** The keys as one column for searching: each begins after a blank, so that {@code like '% zx%'} finds by prefix. */
    public static String searchColumn(String name) {
        return " " + String.join(" ", keys(name));
    }

    /** The family name of a Chinese name: its first character, or two that belong together. Empty for an empty name. */
    public static String familyName(String name) {
        if (name.length() >= 3 && COMPOUND.containsKey(name.substring(0, 2))) return name.substring(0, 2);
        return name.isEmpty() ? "" : name.substring(0, name.offsetByCodePoints(0, 1));
    }

    /** What was typed, as the keys are written; empty when there is no letter in it. */
    public static String query(String typed) {
        String plain = plain(typed);
        return plain.chars().allMatch(c -> c < 0x80) ? plain.replaceAll("[^a-z0-9]", "") : "";
    }

    /** Whether the typed letters find the name. */
    public static boolean finds(String typed, String name) {
        String query = query(typed);
        return !query.isEmpty() && keys(name).stream().anyMatch(key -> key.startsWith(query));
    }

    private static List<List<String>> syllables(String name) {
        List<List<String>> syllables = new ArrayList<>();
        int from = 0;
        if (name.length() >= 3 && COMPOUND.containsKey(name.substring(0, 2))) {
            for (String syllable : COMPOUND.get(name.substring(0, 2)).text().split(" ")) syllables.add(List.of(syllable));
            from = 2;
        }
        for (int i = from; i < name.length(); ) {
            int point = name.codePointAt(i);
            String character = Character.toString(point);
            List<String> readings = readings(point, i == 0 ? SURNAMES.get(character) : GIVEN.get(character));
            if (!readings.isEmpty()) syllables.add(readings);
            i += character.length();
        }
        return syllables;
    }

    private static List<String> readings(int point, @Nullable DataFile preferred) {
        Set<String> readings = new LinkedHashSet<>();
        if (preferred != null) readings.add(preferred.text());
        DataFile rare = RARE.get(Character.toString(point));
        if (rare != null) readings.add(rare.text());
        String known = Dictionary.READINGS.get(point);
        if (known != null) for (String reading : known.split(",")) readings.add(plain(reading.strip()));
        else if (Character.isLetterOrDigit(point) && Character.UnicodeScript.of(point) != Character.UnicodeScript.HAN)
            readings.add(plain(Character.toString(point)));
        readings.remove("");
        return readings.stream().limit(READINGS).toList();
    }

    /** All combinations, the likeliest first and never more than a handful. */
    private static List<String> combine(List<List<String>> syllables, boolean initialsOnly) {
        List<String> combined = List.of("");
        for (List<String> readings : syllables) {
            Set<String> parts = new LinkedHashSet<>();
            for (String reading : readings) parts.add(initialsOnly ? reading.substring(0, 1) : reading);
            Set<String> longer = new LinkedHashSet<>();
    for (String part : parts) for (String head : combined) if (longer.size() < MOST_KEYS) longer.add(head + part);
            combined = List.copyOf(longer.isEmpty() ? combined : new ArrayList<>(longer));
        }
        return combined;
    }

    private static String initialsOf(List<List<String>> syllables) {
        StringBuilder initials = new StringBuilder();
        for (List<String> readings : syllables) initials.append(readings.getFirst().charAt(0));
        return initials.toString();
    }

    private static int surnameLength(String name, int syllables) {
        return name.length() >= 3 && syllables >= 3 && COMPOUND.containsKey(name.substring(0, 2)) ? 2 : 1;
    }

    private static String plain(String reading) {
        String small = reading.toLowerCase(Locale.ROOT).replace('\u00FC', 'v').replaceAll("[\u01D6\u01D8\u01DA\u01DC]", "v");
        return Normalizer.normalize(small, Normalizer.Form.NFD).replaceAll("\\p{M}+", "").replaceAll("\\s+", "");
    }
}
