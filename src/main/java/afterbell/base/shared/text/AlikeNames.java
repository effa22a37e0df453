package afterbell.base.shared.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Names that people take for one another when they are called across a yard (R86). Two names are alike that sound the same without tones, also to whoever does not
 * tell n from ng or z, c, s from zh, ch, sh; and two of one family name and of three signs or more, of which all are the same but one, whose sound is at most one letter off.
 */
public final class AlikeNames {
    private static final int SIGNS = 3;
    /** Looking a name's sounds up costs a tenth of a millisecond; a gate asks for the same thousand names all afternoon. */
    private static final int KEPT = 20_000;
    private static final Map<String, Heard> HEARD = new ConcurrentHashMap<>();

    private AlikeNames() {}

    /** @param family signs of the family name */
    private record Heard(List<String> signs, List<String> sounds, int family) {
        static Heard of(String name) {
            Heard known = HEARD.get(name);
            if (known != null) return known;
            if (HEARD.size() > KEPT) HEARD.clear();
            Heard heard = read(name);
            HEARD.put(name, heard);
            return heard;
        }

        private static Heard read(String name) {
            String clean = name.strip();
            List<String> signs = clean.codePoints().mapToObj(Character::toString).toList();
            return new Heard(signs, List.of(Pinyin.spelled(clean).split(" ")).stream().map(AlikeNames::folded).toList(), (int) Pinyin.familyName(clean).codePoints().count());
        }

        /** What names have in common that may be alike. */
        List<String> traces() {
            List<String> traces = new ArrayList<>();
            traces.add(String.join(" ", sounds));
            if (signs.size() >= SIGNS && sounds.size() == signs.size())
                for (int i = family; i < signs.size(); i++) {
                    List<String> open = new ArrayList<>(signs);
                    open.set(i, "*");
                    traces.add(i + String.join("", open));
                }
            return traces;
        }

        boolean like(Heard other) {
            if (sounds.equals(other.sounds)) return true;
            if (signs.size() < SIGNS || signs.size() != other.signs.size() || sounds.size() != signs.size() || other.sounds.size() != signs.size()) return false;
            int differs = -1;
            for (int i = 0; i < signs.size(); i++)
                if (!signs.get(i).equals(other.signs.get(i))) {
                    if (differs >= 0) return false;
                    differs = i;
                }
            return differs < 0 || differs >= family && near(sounds.get(differs), other.sounds.get(differs));
        }
    }

    public static boolean alike(String one, String other) {
        return Heard.of(one).like(Heard.of(other));
    }

    /** For each of these whose name is like another's, those others in the order given; whoever's is like nobody's is missing. */
    public static <T> Map<T, List<T>> among(List<T> all, Function<T, String> name) {
        Map<T, Heard> heard = new LinkedHashMap<>();
        Map<String, List<T>> byTrace = new HashMap<>();
        for (T one : all) {
            Heard own = Heard.of(name.apply(one));
            heard.put(one, own);
            for (String trace : own.traces()) byTrace.computeIfAbsent(trace, t -> new ArrayList<>()).add(one);
        }
        Map<T, List<T>> alike = new LinkedHashMap<>();
        heard.forEach((one, own) -> {
            Set<T> others = new LinkedHashSet<>();
            for (String trace : own.traces())
                for (T other : byTrace.getOrDefault(trace, List.of()))
                    if (!other.equals(one) && own.like(heard.getOrDefault(other, own))) others.add(other);
            if (!others.isEmpty()) alike.put(one, List.copyOf(others));
        });
        return alike;
    }

    private static String folded(String syllable) {
        String plain = syllable.startsWith("zh") || syllable.startsWith("ch") || syllable.startsWith("sh") ? syllable.charAt(0) + syllable.substring(2) : syllable;
        return plain.endsWith("ng") ? plain.substring(0, plain.length() - 1) : plain;
    }

    /** The same, or one letter changed, added or left out. */
    private static boolean near(String one, String other) {
        if (one.equals(other)) return true;
        String longer = one.length() >= other.length() ? one : other;
        String shorter = one.length() >= other.length() ? other : one;
        if (longer.length() - shorter.length() > 1) return false;
        int same = 0;
        while (same < shorter.length() && longer.charAt(same) == shorter.charAt(same)) same++;
        return longer.substring(same + 1).equals(shorter.substring(longer.length() == shorter.length() ? same + 1 : same));
    }
}
