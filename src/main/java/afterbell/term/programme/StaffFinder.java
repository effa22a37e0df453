package afterbell.term.programme;

import afterbell.base.roster.StaffMember;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds the person that somebody typed: by name, by the school's code, by both, or by initials, where exactly one fits. */
public final class StaffFinder {
    private final Map<String, List<StaffMember>> words = new HashMap<>();
    private final Map<String, Integer> names = new HashMap<>();

    public StaffFinder(Collection<StaffMember> staff) {
        for (StaffMember s : staff) {
            names.merge(s.name(), 1, Integer::sum);
            for (String word : List.of(s.name(), s.code(), s.name() + s.code(), s.initials())) {
                List<StaffMember> same = words.computeIfAbsent(key(word), k -> new ArrayList<>());
                if (!same.contains(s)) same.add(s);
            }
        }
    }

    public Optional<StaffMember> find(String typed) {
        List<StaffMember> found = words.getOrDefault(key(typed), List.of());
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /** The word that finds this person again: the name alone where nobody else bears it. */
    public String word(StaffMember s) {
        return names.getOrDefault(s.name(), 0) > 1 ? s.name() + " " + s.code() : s.name();
    }

    private static String key(String word) {
        return word.replaceAll("[\\s\u3000]", "").toLowerCase(Locale.ROOT);
    }
}
