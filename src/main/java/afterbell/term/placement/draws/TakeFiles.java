package afterbell.term.placement.draws;

import afterbell.base.audit.Audit;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import afterbell.term.placement.engine.Json;
import afterbell.term.placement.engine.ResultFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * All that {@code place verify} needs of a run, for those who are to check it: the supervision group of the school and its bureau. Children stand in it by id alone;
 * that somebody took it stands in the school's record before anything leaves the house.
 */
@Component
class TakeFiles {
    private static final List<String> RESULT = List.of(ResultFiles.RESULT, ResultFiles.CLOSED, ResultFiles.EXPLANATIONS, ResultFiles.CERTIFICATE);

    private final DrawStore store;
    private final Audit audit;
    private final TransactionTemplate transactions;

    TakeFiles(DrawStore store, Audit audit, TransactionTemplate transactions) {
        this.store = store;
        this.audit = audit;
        this.transactions = transactions;
    }

    /** For the supervision group: any run that has a result. */
    byte[] forSupervisors(Wearer me, UUID round, UUID run, String readme) {
        return in(() -> {
            if (!store.run(me.school(), run).round().equals(round)) throw new NotFound();
            audit.record(me.school(), "placement.files_taken", "run", run, Map.of());
            return zip(me.school(), run, readme);
        });
    }

    /** Results of a school that the bureau has been asked about before. */
    List<DrawStore.PublishedRow> published(Wearer me, UUID school) {
        return asSchool(me, school, () -> store.published(school));
    }

    /** For the bureau: a published run of such a school; the school's record says which node took it, and the bureau's own says so too. */
    byte[] forBureau(Wearer me, UUID school, UUID run, String readme) {
        byte[] zip = asSchool(me, school, () -> {
            if (store.run(school, run).publishedAt() == null) throw new NotFound();
            audit.record(school, "placement.files_taken", "run", run, Map.of("bureau", Objects.requireNonNull(me.scope().bureau())));
            return zip(school, run, readme);
        });
        in(() -> {
            audit.recordBureau("placement.files_taken", "run", run, Map.of());
            return true;
        });
        return zip;
    }

    private <T> T asSchool(Wearer me, UUID school, Supplier<T> work) {
        return Scopes.within(Scope.school(school, me.account()), () -> in(work));
    }

    private <T> T in(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(t -> work.get()));
    }

    private byte[] zip(UUID school, UUID runId, String readme) {
        DrawStore.RunRow run = store.run(school, runId);
        DrawStore.LotteryRow lots = store.lottery(school, run.round()).orElseThrow(NotFound::new);
        if (run.certificate() == null || lots.publicValue() == null) throw new NotFound();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            put(zip, "README.txt", readme.getBytes(StandardCharsets.UTF_8));
            put(zip, "lottery.json", lottery(lots).getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, byte[]> f : store.files(school, runId).entrySet()) put(zip, (RESULT.contains(f.getKey()) ? "result/" : "input/") + f.getKey(), f.getValue());
            for (Map.Entry<String, byte[]> f : store.frozen(school, run.round()).entrySet()) put(zip, "frozen/" + f.getKey(), f.getValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    /** In the form of {@code place verify --lottery}. */
    private static String lottery(DrawStore.LotteryRow lots) {
        return Json.page(Json.object(
                "input_sha256", lots.inputHash(),
                "seed_sha256", lots.seedHash(),
                "public_source", lots.publicName(),
                "seed", HexFormat.of().formatHex(lots.seed()),
                "public_value", lots.publicValue()));
    }
}
