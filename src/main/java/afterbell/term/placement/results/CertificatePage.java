package afterbell.term.placement.results;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The public certificate of a draw.
 *
 * @param committedInput hash published before the lottery numbers stood; the last of the commitments
 * @param input hash of what was solved
 * @param orderVersion of the published orders
 * @param families root of the hash tree by which a family checks its own line
 */
public record CertificatePage(
        String school,
        String order,
        int orderVersion,
        boolean proved,
        Instant publishedAt,
        String seedHash,
        String seed,
        String committedInput,
        String publicValue,
        String input,
        String result,
        String families,
        String engine,
        Map<String, Long> levels,
        Map<String, Long> counts,
        List<Commitment> commitments) {

    /** @param cause closed, reviewed or again */
    public record Commitment(String cause, String inputHash, String publicName, Instant at) {}
}
