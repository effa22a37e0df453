package afterbell.term.placement.draws;

import afterbell.base.rules.Rule;
import afterbell.base.rules.RuleTable;
import afterbell.base.rules.Rules;
import afterbell.term.placement.Marks;
import afterbell.term.placement.engine.Band;
import afterbell.term.placement.engine.FixedSeat;
import afterbell.term.placement.engine.Instance;
import afterbell.term.placement.engine.Pupil;
import afterbell.term.placement.engine.Section;
import afterbell.term.placement.engine.Wish;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads a closed round into the engine's input. Children stand in it by id alone, sections by their code. Equal rows give equal bytes, whatever the
 * order in which the database answers.
 */
@Component
class FrozenInput {
    private final JdbcClient sql;
    private final Rules rules;
    private final Marks marks;

    FrozenInput(JdbcClient sql, Rules rules, Marks marks) {
        this.sql = sql;
        this.rules = rules;
        this.marks = marks;
    }

    /** A section's key in the input, and back. */
    record Sections(Map<String, UUID> idOf, Map<UUID, String> codeOf) {}

    private record SectionRow(UUID id, String code, String activity, int gradeLo, int gradeHi, int minSize, int capacity, @Nullable Integer perClassSeats, boolean fixed, String kind) {}

    private record SlotRow(UUID id, String band, int weekday, int starts, int ends, boolean last) {}

    private record PupilRow(UUID id, UUID home, int grade, @Nullable UUID family) {}

    record WishRow(UUID pupil, UUID slot, int rank, UUID section, boolean tied) {}

    private record Pair(UUID left, UUID right) {}

    Sections sections(UUID school, UUID term) {
        Map<String, UUID> idOf = new TreeMap<>();
        Map<UUID, String> codeOf = new HashMap<>();
        for (SectionRow s : sectionRows(school, term)) {
            idOf.put(s.code(), s.id());
            codeOf.put(s.id(), s.code());
        }
        return new Sections(idOf, codeOf);
    }

    /**
     * @param lottery a child's place in the lottery, 0 best; before the public value is known the place in the order of ids
     */
    Instance read(UUID school, UUID round, UUID term, @Nullable Integer maxClubs, LocalDate on, ToIntFunction<UUID> lottery) {
        List<SectionRow> sections = sectionRows(school, term);
        Map<UUID, SlotRow> slots = slots(school, term);
        Map<UUID, List<UUID>> slotsOf = grouped("select section_id as left, slot_id as right from programme.pub_section_slot where school_id = :s and term_id = :t", school, term);
        Map<UUID, Integer> number = numbered(slots, slotsOf);
        Map<UUID, List<UUID>> members = grouped("select section_id as left, pupil_id as right from programme.pub_fixed_member where school_id = :s and term_id = :t", school, term);
        Map<UUID, List<String>> continuing = lastTerm(school, term);
        Map<UUID, PupilRow> pupils = pupils(school);
        Map<UUID, List<WishRow>> wishes = wishes(school, round);
        Map<UUID, Integer> priority = priorities(school, on);
        int shortList = rules.value(school, on, Rule.PLACEMENT_SHORT_LIST_COST);
        int unfilled = rules.value(school, on, Rule.PLACEMENT_UNFILLED_COST);

        Map<UUID, String> codeOf = new HashMap<>();
        sections.forEach(s -> codeOf.put(s.id(), s.code()));
        List<Section> frozenSections = new ArrayList<>();
        Set<UUID> known = new HashSet<>();
        Map<UUID, List<Integer>> meets = new HashMap<>();
        for (SectionRow s : sections) {
            List<Integer> taken = slotsOf.getOrDefault(s.id(), List.of()).stream().map(number::get).filter(Objects::nonNull).distinct().sorted().toList();
            if (taken.isEmpty()) continue;
            boolean late = slotsOf.getOrDefault(s.id(), List.of()).stream().map(slots::get).filter(Objects::nonNull).anyMatch(SlotRow::last);
            known.add(s.id());
            meets.put(s.id(), taken);
            frozenSections.add(new Section(s.code(), s.activity(), taken, s.capacity(), s.fixed() ? 0 : s.minSize(), s.gradeLo(), s.gradeHi(), late ? 1 : 0, s.perClassSeats()));
        }
        List<FixedSeat> fixed = new ArrayList<>();
        Map<UUID, Set<Integer>> busy = new HashMap<>();
        members.forEach((section, children) -> {
            if (!known.contains(section)) return;
            for (UUID child : children) {
                if (!pupils.containsKey(child)) continue;
                fixed.add(new FixedSeat(Objects.requireNonNull(codeOf.get(section)), child.toString()));
                Set<Integer> times = busy.computeIfAbsent(child, c -> new HashSet<>());
                slotsOf.getOrDefault(section, List.of()).forEach(slot -> times.add(number.getOrDefault(slot, -1)));
            }
        });
        List<Pupil> frozenPupils = new ArrayList<>();
        List<Wish> frozenWishes = new ArrayList<>();
        Set<UUID> taking = new HashSet<>(wishes.keySet());
        taking.addAll(busy.keySet());
        for (UUID id : taking.stream().sorted().toList()) {
            @Nullable PupilRow pupil = pupils.get(id);
            if (pupil == null) continue;
            Map<Integer, List<List<String>>> lists = ranked(wishes.getOrDefault(id, List.of()), number, meets, codeOf);
            // A slot that a team takes has no wish left to fill.
            lists.keySet().removeAll(busy.getOrDefault(id, Set.of()));
            int demand = maxClubs == null ? lists.size() : Math.min(lists.size(), maxClubs);
            // Short is what the family listed, not what is left after a section was withdrawn.
            Map<Integer, Integer> listed = listed(wishes.getOrDefault(id, List.of()), number);
            boolean shielded = lists.keySet().stream().anyMatch(slot -> listed.getOrDefault(slot, 0) > 1);
            frozenPupils.add(new Pupil(
                    id.toString(),
                    pupil.grade(),
                    priority.getOrDefault(id, 3),
                    pupil.family() == null ? null : pupil.family().toString(),
                    lottery.applyAsInt(id),
                    demand,
                    continuing.getOrDefault(id, List.of()),
                    pupil.home().toString(),
                    maxClubs,
                    shielded));
            // Where more days are listed than clubs can be had, no list is the one left empty: all cost the same.
            boolean alike = lists.size() > demand;
            lists.forEach((slot, ranks) -> frozenWishes.add(new Wish(id.toString(), slot.toString(), ranks, (alike ? shielded : listed.getOrDefault(slot, 0) > 1) ? unfilled : shortList)));
        }
        Set<String> placed = new HashSet<>();
        frozenPupils.forEach(p -> placed.add(p.pupil()));
        List<Band> bands = marks.given(school, round).stream()
                .filter(m -> known.contains(m.section()) && placed.contains(m.pupil().toString()))
                .map(m -> new Band(Objects.requireNonNull(codeOf.get(m.section())), m.pupil().toString(), m.band()))
                .toList();
        return Instance.of(frozenSections, frozenPupils, frozenWishes, bands, fixed);
    }

    private List<SectionRow> sectionRows(UUID school, UUID term) {
        return sql.sql("""
                select section_id as id, code, activity, grade_lo, grade_hi, min_size, capacity, per_class_seats, fixed, kind from programme.pub_section
                where school_id = :s and term_id = :t and state = 'published' order by code
                """)
                .param("s", school)
                .param("t", term)
                .query(SectionRow.class)
                .list();
    }

    private Map<UUID, SlotRow> slots(UUID school, UUID term) {
        Map<UUID, SlotRow> all = new HashMap<>();
        sql.sql("""
                select slot_id as id, band, weekday, (extract(epoch from starts) / 60)::int as starts, (extract(epoch from ends) / 60)::int as ends,
                       starts = max(starts) over (partition by band, weekday) as last
                from calendar.pub_slot where school_id = :s and term_id = :t
                """)
                .param("s", school)
                .param("t", term)
                .query(SlotRow.class)
                .list()
                .forEach(s -> all.put(s.id(), s));
        return all;
    }

    /**
     * The engine's slot numbers. Slots that one section takes in several bands at one weekday and time are one meeting and share a number; 0-4 stand for
     * the first meeting time of Monday to Friday, 5-9 for the second, and so on.
     */
    private static Map<UUID, Integer> numbered(Map<UUID, SlotRow> slots, Map<UUID, List<UUID>> slotsOf) {
        Map<UUID, UUID> root = new HashMap<>();
        slots.keySet().forEach(s -> root.put(s, s));
        for (List<UUID> together : slotsOf.values()) {
            Map<List<Integer>, UUID> first = new HashMap<>();
            for (UUID slot : together) {
                @Nullable SlotRow row = slots.get(slot);
                if (row == null) continue;
                @Nullable UUID other = first.putIfAbsent(List.of(row.weekday(), row.starts()), slot);
                if (other != null) root.put(find(root, slot), find(root, other));
            }
        }
        Map<UUID, SlotRow> leaders = new HashMap<>();
        for (SlotRow row : slots.values()) {
            leaders.merge(find(root, row.id()), row, (a, b) -> Comparator.comparingInt(SlotRow::starts).thenComparing(SlotRow::id).compare(a, b) <= 0 ? a : b);
        }
        Map<Integer, Integer> next = new HashMap<>();
        Map<UUID, Integer> numberOfRoot = new HashMap<>();
        leaders.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<UUID, SlotRow> e) -> e.getValue().starts()).thenComparing(e -> e.getValue().band()).thenComparing(e -> e.getValue().id()))
                .forEach(e -> {
                    int day = e.getValue().weekday() - 1;
                    int nth = next.merge(day, 1, Integer::sum) - 1;
                    numberOfRoot.put(e.getKey(), day < 5 ? nth * 5 + day : 1000 + nth * 2 + day - 5);
                });
        // Weekend meetings follow after the last weekday number, so that all stay small.
        int most = numberOfRoot.values().stream().filter(n -> n < 1000).max(Integer::compare).orElse(-1) + 1;
        Map<UUID, Integer> number = new HashMap<>();
        for (UUID slot : slots.keySet()) {
            int n = Objects.requireNonNull(numberOfRoot.get(find(root, slot)));
            number.put(slot, n < 1000 ? n : most + n - 1000);
        }
        return number;
    }

    private static UUID find(Map<UUID, UUID> root, UUID of) {
        UUID at = of;
        while (true) {
            UUID up = Objects.requireNonNull(root.get(at));
            if (up.equals(at)) return at;
            at = up;
        }
    }

    private Map<UUID, PupilRow> pupils(UUID school) {
        Map<UUID, PupilRow> all = new HashMap<>();
        sql.sql("""
                select p.pupil_id as id, p.class_id as home, p.grade, s.family_id as family
                from roster.pub_pupil p left join roster.pub_sibling s using (school_id, pupil_id) where p.school_id = :s
                """)
                .param("s", school)
                .query(PupilRow.class)
                .list()
                .forEach(p -> all.put(p.id(), p));
        return all;
    }

    private Map<UUID, List<WishRow>> wishes(UUID school, UUID round) {
        Map<UUID, List<WishRow>> all = new LinkedHashMap<>();
        sql.sql("""
                select w.pupil_id as pupil, w.slot_id as slot, w.rank, w.section_id as section, w.tied
                from enrolment.pub_wish w join enrolment.pub_sheet s using (school_id, round_id, pupil_id)
                where w.school_id = :s and w.round_id = :r and s.takes_part order by w.pupil_id, w.slot_id, w.rank
                """)
                .param("s", school)
                .param("r", round)
                .query(WishRow.class)
                .list()
                .forEach(w -> all.computeIfAbsent(w.pupil(), p -> new ArrayList<>()).add(w));
        return all;
    }

    private static Map<Integer, List<List<String>>> ranked(List<WishRow> wishes, Map<UUID, Integer> number, Map<UUID, List<Integer>> meets, Map<UUID, String> codeOf) {
        Map<Integer, List<List<String>>> lists = new TreeMap<>();
        Map<Integer, Set<String>> named = new HashMap<>();
        for (WishRow w : wishes) {
            @Nullable Integer slot = number.get(w.slot());
            @Nullable String code = codeOf.get(w.section());
            if (slot == null || code == null || !meets.getOrDefault(w.section(), List.of()).contains(slot) || !named.computeIfAbsent(slot, s -> new HashSet<>()).add(code)) continue;
            List<List<String>> ranks = lists.computeIfAbsent(slot, s -> new ArrayList<>());
            if (w.tied() && !ranks.isEmpty()) ranks.getLast().add(code);
            else ranks.add(new ArrayList<>(List.of(code)));
        }
        return lists;
    }

    /** How many ranks a family gave in each slot, sections that no longer run included. */
    static Map<Integer, Integer> listed(List<WishRow> wishes, Map<UUID, Integer> number) {
        Map<Integer, Set<UUID>> named = new HashMap<>();
        Map<Integer, Integer> ranks = new HashMap<>();
        for (WishRow w : wishes) {
            @Nullable Integer slot = number.get(w.slot());
            if (slot == null || !named.computeIfAbsent(slot, s -> new HashSet<>()).add(w.section())) continue;
            if (!w.tied() || !ranks.containsKey(slot)) ranks.merge(slot, 1, Integer::sum);
        }
        return ranks;
    }

    private Map<UUID, Integer> priorities(UUID school, LocalDate on) {
        Map<String, Integer> classOf = new HashMap<>();
        for (RuleTable.Row row : rules.value(school, on, Rule.PRIORITY_CLASSES).rows()) classOf.put(row.text("group"), row.number("class"));
        Map<UUID, Integer> all = new HashMap<>();
        sql.sql("select pupil_id, category from roster.pub_standing where school_id = :s and valid_from <= :d and (valid_to is null or valid_to >= :d)")
                .param("s", school)
                .param("d", Date.valueOf(on))
                .query((r, n) -> all.merge(r.getObject(1, UUID.class), classOf.getOrDefault(r.getString(2), 3), Math::min))
                .list();
        return all;
    }

    /** Activities of the term before, for the level of continuity. */
    private Map<UUID, List<String>> lastTerm(UUID school, UUID term) {
        Map<UUID, List<String>> all = new HashMap<>();
        sql.sql("""
                select distinct pupil_id, activity from placement.seat
                where school_id = :s and term_id = (select e.term_id from placement.seat e where e.school_id = :s and e.term_id <> :t order by e.from_day desc limit 1)
                order by 1, 2
                """)
                .param("s", school)
                .param("t", term)
                .query((r, n) -> all.computeIfAbsent(r.getObject(1, UUID.class), k -> new ArrayList<>()).add(r.getString(2)))
                .list();
        return all;
    }

    private Map<UUID, List<UUID>> grouped(String query, UUID school, UUID term) {
        Map<UUID, List<UUID>> all = new HashMap<>();
        sql.sql(query).param("s", school).param("t", term).query(Pair.class).list().forEach(p -> all.computeIfAbsent(p.left(), k -> new ArrayList<>()).add(p.right()));
        all.values().forEach(list -> list.sort(null));
        return all;
    }
}
