package afterbell.term.programme.importing;

import afterbell.base.shared.sheet.CellParser;
import afterbell.base.shared.sheet.CellText;
import afterbell.base.shared.sheet.Reading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Things of a school that a file speaks of by name, by code or by both: found where exactly one fits, written by the shortest word that finds them again. */
final class Named<T> {
    private final Map<String, List<T>> words = new HashMap<>();
    private final Map<UUID, T> byId = new HashMap<>();
    private final Function<T, UUID> id;
    private final Function<T, String> name;
    private final Function<T, String> code;

    Named(Collection<T> all, Function<T, UUID> id, Function<T, String> name, Function<T, String> code) {
        this.id = id;
        this.name = name;
        this.code = code;
        for (T each : all) {
            byId.put(id.apply(each), each);
            for (String word : List.of(name.apply(each), code.apply(each), name.apply(each) + code.apply(each))) {
                List<T> same = words.computeIfAbsent(key(word), k -> new ArrayList<>(1));
                if (!word.isEmpty() && !same.contains(each)) same.add(each);
            }
        }
    }

    Optional<T> find(String typed) {
        List<T> found = words.getOrDefault(key(typed), List.of());
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /** Empty for nothing and for what is no longer there. */
    String word(@Nullable UUID of) {
        @Nullable T thing = of == null ? null : byId.get(of);
        if (thing == null) return "";
        return words.getOrDefault(key(name.apply(thing)), List.of()).size() == 1 ? name.apply(thing) : name.apply(thing) + " " + code.apply(thing);
    }

    @Nullable UUID idOf(@Nullable String word) {
        return word == null ? null : find(word).map(id).orElse(null);
    }

    /** Reads a cell that names one of them. @param unknown message key for a word that names none, or several */
    CellParser parser(String unknown) {
        return (value, context) -> {
            String text = CellText.clean(value.text());
            return find(text).<Reading>map(thing -> new Reading.Value(word(id.apply(thing)))).orElseGet(() -> Reading.bad(unknown, text));
        };
    }

    private static String key(String word) {
        return word.replaceAll("[\\s\u3000()\uFF08\uFF09]", "").toLowerCase(Locale.ROOT);
    }
}
