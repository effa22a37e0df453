package afterbell.term.placement.draws;

import afterbell.term.placement.Marks;
import afterbell.term.placement.engine.Instance;
import afterbell.term.placement.engine.Wish;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Wishes for sections whose teacher declined the child. They keep their rank and are passed over, so that no other wish of the list changes its price; kept
 * beside the run's files they give back the lists as the families made them, which is what the lottery's commitment was taken of.
 *
 * @param input what the engine decides on
 * @param rows what was passed over
 */
record DeclinedWishes(Instance input, List<Row> rows) {
    static final String FILE = "refused.csv";
    private static final String HEAD = "course,pupil,slot,rank,why";

    /** @param rank from 1 */
    record Row(String course, String pupil, String slot, int rank, String why) {}

    static DeclinedWishes of(Instance asked, List<Marks.Declined> declined, Map<UUID, String> codeOf) {
        Map<List<String>, String> why = new HashMap<>();
        for (Marks.Declined d : declined) {
            @Nullable String code = codeOf.get(d.section());
            if (code != null) why.put(List.of(code, d.pupil().toString()), d.reason());
        }
        List<Row> rows = new ArrayList<>();
        List<Wish> wishes = new ArrayList<>();
        for (Wish wish : asked.wishes()) {
            List<List<String>> ranks = new ArrayList<>();
            for (int r = 0; r < wish.ranks().size(); r++) {
                List<String> left = new ArrayList<>();
                for (String course : wish.ranks().get(r)) {
                    @Nullable String reason = why.get(List.of(course, wish.pupil()));
                    if (reason == null) left.add(course);
                    else rows.add(new Row(course, wish.pupil(), wish.slot(), r + 1, reason));
                }
                ranks.add(left);
            }
            wishes.add(new Wish(wish.pupil(), wish.slot(), ranks, wish.unfilled()));
        }
        return rows.isEmpty() ? new DeclinedWishes(asked, List.of()) : new DeclinedWishes(new Instance(asked.sections(), asked.pupils(), wishes, asked.bands(), asked.fixed()), List.copyOf(rows));
    }

    /** The lists as the families made them. */
    static Instance restored(Instance input, List<Row> rows) {
        if (rows.isEmpty()) return input;
        Map<List<String>, List<Row>> of = new HashMap<>();
        rows.forEach(row -> of.computeIfAbsent(List.of(row.pupil(), row.slot()), k -> new ArrayList<>()).add(row));
        List<Wish> wishes = input.wishes().stream()
                .map(w -> {
                    List<List<String>> ranks = new ArrayList<>();
                    w.ranks().forEach(tied -> ranks.add(new ArrayList<>(tied)));
                    of.getOrDefault(List.of(w.pupil(), w.slot()), List.of()).forEach(row -> ranks.get(row.rank() - 1).add(row.course()));
                    return new Wish(w.pupil(), w.slot(), ranks, w.unfilled());
                })
                .toList();
        return new Instance(input.sections(), input.pupils(), wishes, input.bands(), input.fixed());
    }

    String csv() {
        StringBuilder text = new StringBuilder(HEAD).append('\n');
        rows.forEach(r -> text.append(quoted(r.course())).append(',').append(r.pupil()).append(',').append(r.slot()).append(',').append(r.rank()).append(',').append(r.why()).append('\n'));
        return text.toString();
    }

    private static String quoted(String code) {
        return code.contains(",") || code.contains("\"") ? '"' + code.replace("\"", "\"\"") + '"' : code;
    }

    static List<Row> read(String text) {
        return ResultRows.of(text).stream().map(r -> new Row(r.get(0), r.get(1), r.get(2), Integer.parseInt(r.get(3)), r.get(4))).toList();
    }
}
