package afterbell.term.placement.draws;

import java.util.List;
import java.util.UUID;

/**
 * What a recomputation found.
 *
 * @param lies statements of the stored files that are not so, in the checker's own words
 * @param lottery whether the numbers are those of seed and public value
 * @param committed whether seed and input are those that were published at the close
 */
public record VerifyPage(UUID round, UUID run, String roundName, List<String> lies, boolean lottery, boolean committed, int pupils, int seats) {
    public boolean sound() {
        return lies.isEmpty() && lottery && committed;
    }
}
