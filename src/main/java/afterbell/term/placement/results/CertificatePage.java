package afterbell.term.placement.results;

import java.time.Instant;
import java.util.Map;

/**
 * The public certificate of a draw.
 *
 * @param committedInput hash published at the close, before the lottery numbers stood
 * @param input hash of what was solved
 * @param families root of the hash tree by which a family checks its own line
 */
public record CertificatePage(
        String school,
        String order,
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
        Map<String, Long> counts) {}
