package afterbell.term.placement.draws;

import afterbell.term.placement.engine.InstanceFiles;
import afterbell.term.placement.engine.Json;
import afterbell.term.placement.engine.ResultFiles;
import afterbell.term.placement.engine.StrategyAudit;
import afterbell.term.placement.engine.check.PublishedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what a worker found: all of it in one transaction, or nothing. */
@Component
class KeepResult {
    private final DrawStore store;
    private final FrozenInput input;
    private final Clock clock;

    KeepResult(DrawStore store, FrozenInput input, Clock clock) {
        this.store = store;
        this.input = input;
        this.clock = clock;
    }

    @Transactional
    public void run(UUID school, UUID run, Path in, Path out) {
        Map<String, UUID> idOf = input.sections(school, store.run(school, run).term()).idOf();
        try {
            for (String name : List.of(ResultFiles.RESULT, ResultFiles.CLOSED, ResultFiles.EXPLANATIONS, ResultFiles.CERTIFICATE)) {
                Path file = out.resolve(name);
                if (Files.exists(file)) store.putFile(school, run, name, Files.readAllBytes(file));
            }
            store.addClosings(school, run, closings(ResultRows.of(out.resolve(ResultFiles.CLOSED)), idOf));
            List<DrawStore.ExplanationRow> said = explanations(ResultRows.of(out.resolve(ResultFiles.EXPLANATIONS)), idOf);
            Path declined = in.resolve(DeclinedWishes.FILE);
            if (Files.exists(declined)) said.addAll(declined(DeclinedWishes.read(Files.readString(declined, StandardCharsets.UTF_8)), ResultRows.of(out.resolve(ResultFiles.RESULT)), idOf));
            store.addExplanations(school, run, said);
            store.solved(school, run, Files.readString(out.resolve(ResultFiles.CERTIFICATE), StandardCharsets.UTF_8), honesty(in, out), clock.instant());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often lists of each length got their first wish. */
    private static String honesty(Path in, Path out) {
        return switch (InstanceFiles.read(in)) {
            case InstanceFiles.Refused refused -> "[]";
            case InstanceFiles.Read read -> Json.line(StrategyAudit.chances(read.instance(), PublishedFiles.seats(out)).stream().map(c -> Json.object("length", c.length(), "lists", c.lists(), "firsts", c.firsts())).toList());
        };
    }

    /** What a family reads of a wish that its teacher declined, unless the child got what it ranked higher in that slot. */
    private static List<DrawStore.ExplanationRow> declined(List<DeclinedWishes.Row> rows, List<List<String>> result, Map<String, UUID> idOf) {
        Map<List<String>, Integer> got = new HashMap<>();
        for (List<String> r : result) got.merge(List.of(r.get(0), r.get(1)), Integer.parseInt(r.get(3)), Math::min);
        Map<List<String>, DrawStore.ExplanationRow> all = new LinkedHashMap<>();
        for (DeclinedWishes.Row row : rows)
            if (got.getOrDefault(List.of(row.pupil(), row.slot()), Integer.MAX_VALUE) > row.rank())
                all.putIfAbsent(
                        List.of(row.pupil(), row.course()),
                        new DrawStore.ExplanationRow(UUID.fromString(row.pupil()), Objects.requireNonNull(idOf.get(row.course())), "refused", Json.line(Json.object("why", row.why()))));
        return List.copyOf(all.values());
    }

    private static List<DrawStore.ClosingRow> closings(List<List<String>> rows, Map<String, UUID> idOf) {
        List<DrawStore.ClosingRow> all = new ArrayList<>();
        for (List<String> r : rows) {
            UUID section = Objects.requireNonNull(idOf.get(r.get(0)));
            all.add(new DrawStore.ClosingRow(section, r.get(0), "", Integer.parseInt(r.get(1)), Integer.parseInt(r.get(2)), false));
        }
        return all;
    }

    private static List<DrawStore.ExplanationRow> explanations(List<List<String>> rows, Map<String, UUID> idOf) {
        List<DrawStore.ExplanationRow> all = new ArrayList<>();
        for (List<String> r : rows) {
            all.add(new DrawStore.ExplanationRow(UUID.fromString(r.get(0)), Objects.requireNonNull(idOf.get(r.get(1))), r.get(2), r.get(3).isEmpty() ? "{}" : r.get(3)));
        }
        return all;
    }
}
