package afterbell.day.safety;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The chain of custody of single children on a day, as an incident names it and its evidence holds it: ids, words of closed lists and moments, no names (law 8). */
@Component
public class CustodyFacts {
    private final JdbcClient sql;

    CustodyFacts(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * One thing that was said of a child.
     *
     * @param seq its place among all that was said in the house: of one child a later one has a greater
     * @param doubts why a release should not have been, joined by blanks
     */
    public record Said(
            long seq,
            UUID pupil,
            UUID entry,
            Instant at,
            Instant recorded,
            UUID by,
            String kind,
            @Nullable UUID custodian,
            @Nullable UUID session,
            @Nullable UUID other,
            @Nullable Instant starts,
            @Nullable Instant ends,
            @Nullable String word,
            @Nullable Boolean flag,
            String doubts) {

        /** The line that is hashed. */
        private String line() {
            return String.join("|", List.of(Long.toString(seq), pupil.toString(), entry.toString(), at.toString(), recorded.toString(), by.toString(), kind, text(custodian), text(session), text(other), text(starts), text(ends), text(word), text(flag), doubts));
        }

        private static String text(@Nullable Object value) {
            return Objects.toString(value, "");
        }
    }

    /** What was said of these children, each in the order in which it was recorded. */
    public List<Said> of(UUID school, LocalDate day, Collection<UUID> pupils) {
        if (pupils.isEmpty()) return List.of();
        return sql.sql("""
                select seq, pupil_id, entry_id, at, recorded, by, kind, custodian, session_id, other_id, starts, ends, word, flag, array_to_string(doubts, ' ') as doubts
                from custody.pub_fact where school_id = :s and day = :d and pupil_id = any(:p::uuid[]) order by seq
                """)
                .param("s", school)
                .param("d", day)
                .param("p", pupils.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")))
                .query((r, n) -> said(r))
                .list();
    }

    private static Said said(ResultSet r) throws SQLException {
        boolean flag = r.getBoolean("flag");
        @Nullable Boolean said = r.wasNull() ? null : flag;
        return new Said(
                r.getLong("seq"),
                r.getObject("pupil_id", UUID.class),
                r.getObject("entry_id", UUID.class),
                r.getTimestamp("at").toInstant(),
                r.getTimestamp("recorded").toInstant(),
                r.getObject("by", UUID.class),
                r.getString("kind"),
                r.getObject("custodian", UUID.class),
                r.getObject("session_id", UUID.class),
                r.getObject("other_id", UUID.class),
                maybe(r.getTimestamp("starts")),
                maybe(r.getTimestamp("ends")),
                r.getString("word"),
                said,
                r.getString("doubts"));
    }

    private static @Nullable Instant maybe(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }

    /** What an entry of an incident holds of each child's chain as it stood: how much had been said, and the SHA-256 of it. */
    public Map<String, String> marks(UUID school, LocalDate day, Collection<UUID> pupils) {
        List<Said> all = of(school, day, pupils);
        Map<String, String> marks = new LinkedHashMap<>();
        for (UUID pupil : pupils) marks.put(key(pupil), mark(all.stream().filter(s -> s.pupil().equals(pupil)).toList()));
        return marks;
    }

    public static String key(UUID pupil) {
        return "custody." + pupil;
    }

    /** Number and digest of what was said of one child. Pure, so that a bundle is verified without a database. */
    public static String mark(List<Said> said) {
        return said.size() + " " + Chain.digest(said.stream().map(Said::line).toList());
    }
}
