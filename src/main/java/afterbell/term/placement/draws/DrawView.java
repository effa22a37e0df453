package afterbell.term.placement.draws;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.term.placement.Marks;
import afterbell.term.placement.engine.ResultFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Puts the console together. Reads only. */
@Component
class DrawView {
    private static final Map<String, Integer> STAGES = Map.of("A", 1, "B", 2, "C", 3, "D", 8, "K", 9);
    private static final int STEPS = 10;

    private final DrawStore store;
    private final FrozenInput input;
    private final Marks marks;
    private final JsonMapper json;

    DrawView(DrawStore store, FrozenInput input, Marks marks, JsonMapper json) {
        this.store = store;
        this.input = input;
        this.marks = marks;
        this.json = json;
    }

    @Transactional(readOnly = true)
    public RoundsPage rounds(Wearer me) {
        return new RoundsPage(store.rounds(me.school()).stream().map(r -> new RoundsPage.Line(r.id(), r.name(), state(me.school(), r), r.closesAt())).toList());
    }

    private String state(UUID school, DrawStore.RoundRow round) {
        if (!round.state().equals("closed")) return round.state();
        List<String> states = store.runs(school, round.id()).stream().map(DrawStore.RunRow::state).toList();
        for (String s : List.of("published", "solved", "running")) if (states.contains(s)) return s;
        return round.unwished() ? "unwished" : round.past() ? "past" : "closed";
    }

    @Transactional(readOnly = true)
    public DrawPage console(Wearer me, UUID roundId, @Nullable UUID wanted, String typed, List<Refusal> refusals) {
        UUID school = me.school();
        DrawStore.RoundRow round = store.round(school, roundId);
        List<DrawStore.RunRow> runs = store.runs(school, roundId);
        Optional<DrawStore.RunRow> shown = runs.stream().filter(r -> wanted == null || r.id().equals(wanted)).findFirst();
        DrawPage.@Nullable Lottery lottery = store.lottery(school, roundId)
                .map(l -> new DrawPage.Lottery(
                        l.seedHash(), l.publicName(), l.publicValue(), store.commitments(school, roundId).stream().map(c -> new DrawPage.Commitment(c.cause(), c.inputHash(), c.publicName(), c.committedAt())).toList()))
                .orElse(null);
        boolean closed = round.state().equals("closed");
        List<DrawStore.RunPrice> prices = store.prices(school, roundId);
        int step = runs.stream().anyMatch(r -> r.state().equals("published"))
                ? 4
                : runs.stream().anyMatch(r -> r.state().equals("solved") && !r.preview()) ? 3 : lottery != null && lottery.publicValue() != null ? 2 : closed ? 1 : 0;
        return new DrawPage(
                roundId,
                round.name(),
                closed,
                round.closesAt(),
                step,
                round.reviewing() ? round.reviewUntil() : null,
                round.unwished() && runs.isEmpty(),
                lottery,
                typed,
                round.drawOrder(),
                runs.stream()
                        .map(r -> new DrawPage.RunLine(r.id(), r.drawOrder(), r.preview(), r.variation(), r.state(), r.createdAt(), figures(r), price(prices, r.id()).exchange(), price(prices, r.id()).closings(), shown.map(s -> s.id().equals(r.id())).orElse(false)))
                        .toList(),
                shown.map(r -> run(school, r)).orElse(null),
                step == 1 ? marks.asked(school, null).stream().filter(a -> a.round().equals(roundId) && a.open()).toList() : List.of(),
                me.is(Role.OFFICE, Role.PRINCIPAL),
                me.is(Role.SUPERVISOR),
                refusals);
    }

    private DrawPage.RunView run(UUID school, DrawStore.RunRow run) {
        List<DrawStore.ClosingRow> closings = store.closings(school, run.id());
        Set<UUID> closed = new HashSet<>();
        closings.forEach(c -> closed.add(c.section()));
        return new DrawPage.RunView(
                run.id(),
                run.drawOrder(),
                run.preview(),
                run.asFrozen(),
                run.state(),
                progress(run),
                figures(run),
                closings.stream().map(c -> new DrawPage.Closing(c.code(), c.name(), c.placeable(), c.minSize(), c.confirmed())).toList(),
                store.reasonCounts(school, run.id()).stream().map(c -> new DrawPage.ReasonLine(c.reason(), c.families(), c.sentences())).toList(),
                run.certificate() == null ? List.of() : sections(school, run, closed),
                chances(run),
                tricks(run),
                store.familiesTold(school, run.round()),
                run.failure(),
                run.publishedAt());
    }

    private List<DrawPage.SectionLine> sections(UUID school, DrawStore.RunRow run, Set<UUID> closed) {
        Map<String, UUID> idOf = input.sections(school, run.term()).idOf();
        Map<List<String>, Integer> best = new HashMap<>();
        for (List<String> r : ResultRows.of(store.text(school, run.id(), ResultFiles.RESULT))) best.merge(List.of(r.get(0), r.get(2)), Integer.parseInt(r.get(3)), Math::min);
        List<UUID> sections = new ArrayList<>();
        List<Integer> ranks = new ArrayList<>();
        best.forEach((key, rank) -> {
            @Nullable UUID id = idOf.get(key.get(1));
            if (id != null) {
                sections.add(id);
                ranks.add(rank);
            }
        });
        return store.figures(school, run.round(), run.term(), sections.toArray(UUID[]::new), ranks.stream().mapToInt(Integer::intValue).toArray()).stream()
                .map(f -> new DrawPage.SectionLine(
                        f.section(), f.code(), f.name(), f.capacity(), f.minSize(), f.fixed(), f.firsts(), f.wishes(), f.placed(), or0(f.rank1()), or0(f.rank2()), or0(f.rank3()), closed.contains(f.section())))
                .toList();
    }

    private static DrawStore.RunPrice price(List<DrawStore.RunPrice> prices, UUID run) {
        return prices.stream().filter(p -> p.run().equals(run)).findFirst().orElse(new DrawStore.RunPrice(run, 0, 0));
    }

    private List<DrawPage.Chance> chances(DrawStore.RunRow run) {
        if (run.honesty() == null) return List.of();
        List<DrawPage.Chance> all = new ArrayList<>();
        json.readTree(run.honesty()).forEach(c -> all.add(new DrawPage.Chance(c.path("length").asInt(0), c.path("lists").asInt(0), c.path("firsts").asInt(0))));
        return all;
    }

    private List<DrawPage.Trick> tricks(DrawStore.RunRow run) {
        if (run.tricks() == null) return List.of();
        List<DrawPage.Trick> all = new ArrayList<>();
        json.readTree(run.tricks()).forEach(t -> {
            long gain = t.path("mean_gain").asLong(0);
            String key = switch (t.path("name").asString("")) {
                case "only the first choice" -> "one";
                case "only two choices" -> "two";
                default -> "swapped";
            };
            // A trick that changes nobody's list was tried for nobody: there is nothing to say of it.
            if (t.path("tried").asInt(0) > 0) all.add(new DrawPage.Trick(key, t.path("tried").asInt(0), t.path("better").asInt(0), t.path("worse").asInt(0), Math.abs(gain) / 100.0, gain < 0));
        });
        return all;
    }

    private static int or0(@Nullable Integer n) {
        return n == null ? 0 : n;
    }

    private DrawPage.Progress progress(DrawStore.RunRow run) {
        JsonNode said = json.readTree(run.progress());
        String stage = said.path("stage").asString("");
        int level = said.path("level").asInt(0);
        int done = STAGES.getOrDefault(stage, 0) + (stage.equals("C") ? level : 0);
        return new DrawPage.Progress(stage, level, Math.min(done, STEPS), STEPS);
    }

    private DrawPage.@Nullable Figures figures(DrawStore.RunRow run) {
        if (run.certificate() == null) return null;
        JsonNode c = json.readTree(run.certificate());
        JsonNode m = c.path("counts");
        return new DrawPage.Figures(
                m.path("first").asLong(0),
                m.path("second").asLong(0),
                m.path("third").asLong(0),
                m.path("later").asLong(0),
                m.path("none").asLong(0),
                c.path("nothing").asLong(0),
                m.path("wanted").asLong(0),
                m.path("pupils").asLong(0),
                c.path("cost").asLong(0),
                c.path("proved").asBoolean(false),
                numbers(c.path("levels")),
                numbers(c.path("bound")));
    }

    private static Map<String, Long> numbers(JsonNode node) {
        Map<String, Long> all = new LinkedHashMap<>();
        node.propertyStream().forEach(e -> all.put(e.getKey(), e.getValue().asLong(0)));
        return all;
    }
}
