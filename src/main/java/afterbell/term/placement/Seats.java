package afterbell.term.placement;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The one way into and out of a seat (law 1). Every rule stands in PostgreSQL, in functions that see the whole school whoever calls; so any number of
 * nodes, a killed one or lost memory can't oversell.
 */
@Component
public class Seats {
    private final JdbcTemplate sql;

    Seats(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** How a seat came to be. */
    public enum Source {
        DRAW,
        FIXED,
        WAITING,
        JOIN,
        FIRST_COME,
        OVERRIDE,
        SWAP;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What became of one wanted seat. */
    public enum Answer {
        SEATED,
        AGAIN,
        FULL,
        CLASH,
        ACTIVITY,
        NOT_ELIGIBLE,
        CLOSED,
        UNKNOWN,
        NOT_YOURS;

        static Answer of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }

        public boolean has() {
            return this == SEATED || this == AGAIN;
        }
    }

    /**
     * One wanted seat.
     *
     * @param band the child's grade band: it meets in the slots of its own band
     * @param rank the wish it meets, 0 where there was none
     */
    public record Wanted(UUID seat, UUID pupil, UUID section, int grade, String band, int rank) {}

    /** Takes seats in the order of the list, all in one transaction; an answer per wanted seat. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Map<UUID, Answer> take(UUID school, List<Wanted> wanted, Source source, @Nullable UUID run, @Nullable UUID by, Instant at, LocalDate from) {
        if (wanted.isEmpty()) return Map.of();
        Map<UUID, Answer> answers = sql.execute((ConnectionCallback<Map<UUID, Answer>>) c -> takeBatch(c, school, wanted, source, run, by, at, from));
        return answers == null ? Map.of() : answers;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public Answer take(UUID school, Wanted wanted, Source source, @Nullable UUID by, Instant at, LocalDate from) {
        return take(school, List.of(wanted), source, null, by, at, from).getOrDefault(wanted.seat(), Answer.UNKNOWN);
    }

    private static Map<UUID, Answer> takeBatch(
            Connection c, UUID school, List<Wanted> wanted, Source source, @Nullable UUID run, @Nullable UUID by, Instant at, LocalDate from) throws SQLException {
        Map<UUID, Answer> answers = new HashMap<>();
        try (PreparedStatement s = c.prepareStatement(
                """
                select number, code from placement.take_batch(?, array(
                    select row(n, seat, pupil, section, grade, band, rank)::placement.seat_wish
                    from unnest(?::int[], ?::uuid[], ?::uuid[], ?::uuid[], ?::int[], ?::text[], ?::int[]) as u(n, seat, pupil, section, grade, band, rank) order by n
                ), ?, ?, ?, ?, ?)
                """)) {
            int n = wanted.size();
            Object[][] columns = new Object[7][n];
            for (int i = 0; i < n; i++) {
                Wanted w = wanted.get(i);
                Object[] row = {i, w.seat(), w.pupil(), w.section(), w.grade(), w.band(), w.rank()};
                for (int k = 0; k < 7; k++) columns[k][i] = row[k];
            }
            String[] types = {"int4", "uuid", "uuid", "uuid", "int4", "text", "int4"};
            s.setObject(1, school);
            for (int k = 0; k < 7; k++) s.setArray(2 + k, c.createArrayOf(types[k], columns[k]));
            s.setString(9, source.code());
            s.setObject(10, run, Types.OTHER);
            s.setObject(11, by, Types.OTHER);
            s.setTimestamp(12, Timestamp.from(at));
            s.setObject(13, from);
            try (ResultSet r = s.executeQuery()) {
                while (r.next()) answers.put(wanted.get(r.getInt(1)).seat(), Answer.of(r.getString(2)));
            }
        }
        return answers;
    }

    /** Gives a seat back. False where it is not there, not yours, or was given back before. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean leave(UUID school, UUID seat, @Nullable UUID by, Instant at, LocalDate until, String reason) {
        return "left".equals(sql.execute((ConnectionCallback<String>) c -> {
            try (PreparedStatement s = c.prepareStatement("select placement.leave_seat(?, ?, ?, ?, ?, ?)")) {
                s.setObject(1, school);
                s.setObject(2, seat);
                s.setObject(3, by, Types.OTHER);
                s.setTimestamp(4, Timestamp.from(at));
                s.setObject(5, until);
                s.setString(6, reason);
                try (ResultSet r = s.executeQuery()) {
                    r.next();
                    return r.getString(1);
                }
            }
        }));
    }

    /** Makes room for one more where a section is full: only for an override whose reason is in the audit. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void makeRoom(UUID school, UUID section) {
        sql.query("select placement.make_room(?, ?)", r -> {}, school, section);
    }
}
