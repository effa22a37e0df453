package afterbell.term.placement.draws;

import java.util.List;
import java.util.UUID;

/**
 * What a recomputation found.
 *
 * @param lies statements of the stored files that are not so, in the checker's own words
 * @param lottery whether the numbers are those of seed and public value
 * @param committed whether seed and frozen input are those whose hashes were published before the reveal
 * @param left children who left after the freeze and are not in the draw
 * @param sections codes of sections that were changed after it
 * @param others sheets that differ from the freeze for no such reason
 */
public record VerifyPage(UUID round, UUID run, String roundName, List<String> lies, boolean lottery, boolean committed, int left, List<String> sections, int others, int pupils, int seats) {
    public VerifyPage {
        lies = List.copyOf(lies);
        sections = List.copyOf(sections);
    }

    public boolean sound() {
        return lies.isEmpty() && lottery && committed && others == 0;
    }

    public boolean changed() {
        return left > 0 || !sections.isEmpty() || others > 0;
    }
}
