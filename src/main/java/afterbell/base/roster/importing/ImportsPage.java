package afterbell.base.roster.importing;

import afterbell.base.shared.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The door of the imports: which kind of file, and what was uploaded before.
 *
 * @param kinds keys of the kinds that the person may import
 * @param exports kinds whose present content may be taken home as a table
 * @param kind what was chosen, or the first
 * @param pasted a table that was pasted and refused, as it was; else empty
 */
public record ImportsPage(List<String> kinds, List<String> exports, String kind, String pasted, List<Waiting> waiting, List<Past> past, List<Refusal> refusals) {

    /** A file whose preview waits for a decision. */
    public record Waiting(String href, String kind, String fileName, Instant at) {}

    /** A file that was taken. */
    public record Past(String kind, String fileName, Instant at, int added, int changed, int removed) {}

    static ImportsPage of(List<String> kinds, List<String> exports, String kind, List<Draft> drafts, List<Refusal> refusals) {
        List<Waiting> waiting = drafts.stream().filter(draft -> draft.applied() == null).map(draft -> new Waiting("/imports/" + draft.id(), draft.kind(), draft.fileName(), draft.madeAt())).toList();
        List<Past> past = drafts.stream()
                .filter(draft -> draft.applied() != null)
                .map(draft -> {
                    var applied = Objects.requireNonNull(draft.applied());
                    return new Past(draft.kind(), draft.fileName(), draft.madeAt(), applied.added(), applied.changed(), applied.removed());
                })
                .toList();
        return new ImportsPage(kinds, exports, kinds.contains(kind) ? kind : kinds.isEmpty() ? "" : kinds.getFirst(), "", waiting, past, refusals);
    }

    ImportsPage with(String typed) {
        return new ImportsPage(kinds, exports, kind, typed, waiting, past, refusals);
    }

    /** The kinds that are tables, for which there is an empty one to fill in. */
    public List<String> tables() {
        return kinds.stream().filter(k -> !k.equals(OneRosterIn.KIND)).toList();
    }
}
