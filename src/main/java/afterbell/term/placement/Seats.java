package afterbell.term.placement;

import afterbell.base.audit.Audit;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.shared.web.Screen;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The one way into and out of a seat (law 1). Every rule stands in PostgreSQL, in functions that see the whole school whoever calls; so any number of
 * nodes, a killed one or lost memory can't oversell. A seat that comes free goes down the waiting list in the same transaction.
 */
@Component
public class Seats {
    private final JdbcTemplate sql;
    private final Rules rules;
    private final Audit audit;
    private final ApplicationEventPublisher events;

    Seats(JdbcTemplate sql, Rules rules, Audit audit, ApplicationEventPublisher events) {
        this.sql = sql;
        this.rules = rules;
        this.audit = audit;
        this.events = events;
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
        /** The child had it already; nothing changed. */
        AGAIN,
        /** No seat is free, or those that are belong to the waiting list. */
        FULL,
        CLASH,
        ACTIVITY,
        LIMIT,
        NOT_ELIGIBLE,
        CLOSED,
        /** The section's teacher said no to the child when the places were given. */
        DECLINED,
        /** The seats to give up are not what they were. */
        CHANGED,
        /** The offer was answered before. */
        GONE,
        EXPIRED,
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
     * @param seat id of the seat to be; a command uses its key, so that a repetition is recognised (law 6)
     * @param band the child's grade band: it meets in the slots of its own band
     * @param rank the wish it meets, 0 where there was none
     */
    public record Wanted(UUID seat, UUID pupil, UUID section, int grade, String band, int rank) {}

    /** @param state waiting, again, full and so on, as the database function says */
    public record Place(UUID waiting, UUID pupil, UUID section) {}

    /** When and by whom something is done, and from which day it counts. */
    public record Act(@Nullable UUID by, Instant at, LocalDate until, LocalDate from) {
        public static Act of(@Nullable UUID by, Instant at, SeatDays days) {
            return new Act(by, at, days.until(), days.from());
        }
    }

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

    /**
     * Takes a seat and gives up others for it, or does nothing: a child keeps what it has until the new seat is given.
     *
     * @param giving seats to give up, each one open and the child's
     * @param offer the place on the waiting list whose offer is accepted, or null
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Answer move(UUID school, UUID term, List<UUID> giving, Wanted wanted, @Nullable UUID offer, Source source, Act act) {
        Collection<UUID> freed = sectionsOf(school, giving);
        Answer answer = Answer.of(one(
                """
                select placement.move_seat(?, ?::uuid[], row(1, ?, ?, ?, ?, ?, ?)::placement.seat_wish, ?, ?, ?, ?, ?, ?, ?)
                """,
                school, giving.toArray(UUID[]::new), wanted.seat(), wanted.pupil(), wanted.section(), wanted.grade(), wanted.band(), wanted.rank(), offer, source.code(), act.by(), Timestamp.from(act.at()), act.until(), act.from(), source.code()));
        if (answer != Answer.SEATED) return answer;
        audit.record(school, "placement.seat_taken", "pupil", wanted.pupil(), Map.of("section", wanted.section(), "seat", wanted.seat(), "source", source.code(), "given_up", giving));
        events.publishEvent(new PlacementEvent.SeatGiven(school, term, wanted.pupil(), wanted.section()));
        for (UUID section : freed) {
            events.publishEvent(new PlacementEvent.SeatLeft(school, term, wanted.pupil(), section));
            refill(school, section, act);
        }
        return answer;
    }

    /** Sections of open seats, in the order in which they are locked. */
    private List<UUID> sectionsOf(UUID school, List<UUID> seats) {
        if (seats.isEmpty()) return List.of();
        return sql.queryForList("select distinct section_id from placement.seat where school_id = ? and seat_id = any(?::uuid[]) and ended_at is null order by 1", UUID.class, school, seats.toArray(UUID[]::new));
    }

    private record Held(UUID term, UUID pupil, UUID section) {}

    /** Gives a seat back; the freed one goes to the next who waits. False where it is not there, not yours, or was given back before. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean leave(UUID school, UUID seat, Act act, String reason) {
        Optional<Held> held = sql.query(
                        "select term_id, pupil_id, section_id from placement.seat where school_id = ? and seat_id = ?", (r, n) -> new Held(r.getObject(1, UUID.class), r.getObject(2, UUID.class), r.getObject(3, UUID.class)), school, seat)
                .stream()
                .findFirst();
        if (held.isEmpty() || !one("select placement.leave_seat(?, ?, ?, ?, ?, ?)", school, seat, act.by(), Timestamp.from(act.at()), act.until(), reason).equals("left")) return false;
        Held h = held.get();
        audit.record(school, "placement.seat_left", "pupil", h.pupil(), Map.of("section", h.section(), "seat", seat, "reason", reason));
        events.publishEvent(new PlacementEvent.SeatLeft(school, h.term(), h.pupil(), h.section()));
        refill(school, h.section(), act);
        return true;
    }

    /** @param giving the seat that the child leaves @param wanted the one it gets */
    public record Move(UUID giving, Wanted wanted) {}

    /** Not every move could be made, so none was: the transaction is undone. */
    public static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Map<UUID, Answer> answers;

        Undone(Map<UUID, Answer> answers) {
            super("undone", null, false, false);
            this.answers = answers;
        }

        /** Why, by the seat that was wanted; CHANGED under the nil id where the sections are not what was seen. */
        public Map<UUID, Answer> answers() {
            return answers;
        }
    }

    /**
     * Several children change places at once, by the office's hand.
     *
     * @param seen versions of the sections as the person saw them
     * @throws Undone where a move can't be made, or the sections have changed since
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void rearrange(UUID school, UUID term, List<Move> moves, Map<UUID, Long> seen, Act act) {
        List<UUID> giving = moves.stream().map(Move::giving).toList();
        List<UUID> freed = sectionsOf(school, giving);
        List<UUID> sections = seen.keySet().stream().sorted().toList();
        Map<UUID, Answer> answers = new HashMap<>();
        Boolean undone = sql.execute((ConnectionCallback<Boolean>) c -> {
            boolean bad = false;
            try (PreparedStatement s = c.prepareStatement(
                    """
                    select number, code from placement.rearrange(?, ?, array(
                        select row(n, seat, pupil, section, grade, band, 0)::placement.seat_wish
                        from unnest(?::int[], ?::uuid[], ?::uuid[], ?::uuid[], ?::int[], ?::text[]) as u(n, seat, pupil, section, grade, band) order by n
                    ), ?, ?, ?, ?, ?, ?)
                    """)) {
                List<Wanted> w = moves.stream().map(Move::wanted).toList();
                s.setObject(1, school);
                s.setArray(2, c.createArrayOf("uuid", giving.toArray()));
                s.setArray(3, c.createArrayOf("int4", IntStream.range(0, w.size()).boxed().toArray()));
                s.setArray(4, c.createArrayOf("uuid", w.stream().map(Wanted::seat).toArray()));
                s.setArray(5, c.createArrayOf("uuid", w.stream().map(Wanted::pupil).toArray()));
                s.setArray(6, c.createArrayOf("uuid", w.stream().map(Wanted::section).toArray()));
                s.setArray(7, c.createArrayOf("int4", w.stream().map(Wanted::grade).toArray()));
                s.setArray(8, c.createArrayOf("text", w.stream().map(Wanted::band).toArray()));
                s.setArray(9, c.createArrayOf("uuid", sections.toArray()));
                s.setArray(10, c.createArrayOf("int8", sections.stream().map(seen::get).toArray()));
                s.setObject(11, act.by(), Types.OTHER);
                s.setTimestamp(12, Timestamp.from(act.at()));
                s.setObject(13, act.until());
                s.setObject(14, act.from());
                try (ResultSet r = s.executeQuery()) {
                    while (r.next()) {
                        int n = r.getInt(1);
                        if (n == -2) bad = true;
                        else if (n == -1) {
                            bad = true;
                            answers.put(new UUID(0, 0), Answer.CHANGED);
                        } else answers.put(w.get(n).seat(), Answer.of(r.getString(2)));
                    }
                }
            }
            return bad;
        });
        if (!Boolean.FALSE.equals(undone)) throw new Undone(answers);
        for (Move m : moves) {
            audit.record(school, "placement.seat_moved", "pupil", m.wanted().pupil(), Map.of("from_seat", m.giving(), "section", m.wanted().section(), "seat", m.wanted().seat()));
            events.publishEvent(new PlacementEvent.SeatGiven(school, term, m.wanted().pupil(), m.wanted().section()));
        }
        for (UUID section : freed) refill(school, section, act);
    }

    /** Makes room for one more where a section is full: only for an override whose reason is in the audit. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void makeRoom(UUID school, UUID section) {
        sql.query("select placement.make_room(?, ?)", r -> {}, school, section);
    }

    /** Free seats of a section go down its waiting list: given where the family said so beforehand and nothing is in the way, else held for an answer. */
    @Transactional(propagation = Propagation.MANDATORY)
    public int refill(UUID school, UUID section, Act act) {
        Instant until = holdUntil(school, act.at());
        List<Runnable> told = sql.query(
                "select waiting_id, pupil_id, term_id, outcome from placement.refill(?, ?, ?, ?, ?, ?)",
                (r, n) -> {
                    UUID waiting = r.getObject(1, UUID.class);
                    UUID pupil = r.getObject(2, UUID.class);
                    UUID term = r.getObject(3, UUID.class);
                    String outcome = r.getString(4);
                    return (Runnable) () -> tell(school, section, waiting, pupil, term, outcome, until);
                },
                school, section, act.by(), Timestamp.from(act.at()), Timestamp.from(until), act.from());
        told.forEach(Runnable::run);
        return told.size();
    }

    private void tell(UUID school, UUID section, UUID waiting, UUID pupil, UUID term, String outcome, Instant until) {
        switch (outcome) {
            case "offered" -> {
                audit.record(school, "placement.seat_offered", "pupil", pupil, Map.of("section", section, "waiting", waiting));
                events.publishEvent(new PlacementEvent.SeatOffered(school, term, pupil, section, waiting, until));
            }
            case "seated" -> {
                audit.record(school, "placement.seat_taken", "pupil", pupil, Map.of("section", section, "seat", waiting, "source", Source.WAITING.code()));
                events.publishEvent(new PlacementEvent.SeatGiven(school, term, pupil, section));
            }
            default -> audit.record(school, "placement.waiting_ended", "pupil", pupil, Map.of("section", section, "waiting", waiting));
        }
    }

    private Instant holdUntil(UUID school, Instant at) {
        LocalDate today = LocalDate.ofInstant(at, Screen.ZONE);
        return OfferHold.until(
                at,
                Screen.ZONE,
                rules.value(school, today, Rule.OFFER_HOLD_HOURS),
                rules.value(school, today, Rule.OFFER_SPANS_EVENING),
                rules.value(school, today, Rule.REGION_OFF_WORK_TIME),
                rules.value(school, today, Rule.QUIET_FROM),
                rules.value(school, today, Rule.QUIET_UNTIL));
    }

    /** Ends the offers whose time is over and hands their seats on. */
    @Transactional(propagation = Propagation.MANDATORY)
    public int expire(UUID school, Act act) {
        List<PlacementEvent.OfferExpired> over = sql.query(
                "select waiting_id, pupil_id, term_id, section_id from placement.expire_offers(?, ?)",
                (r, n) -> new PlacementEvent.OfferExpired(school, r.getObject(3, UUID.class), r.getObject(2, UUID.class), r.getObject(4, UUID.class), r.getObject(1, UUID.class)),
                school, Timestamp.from(act.at()));
        for (PlacementEvent.OfferExpired e : over) {
            audit.record(school, "placement.offer_expired", "pupil", e.pupil(), Map.of("section", e.section(), "waiting", e.waiting()));
            events.publishEvent(e);
        }
        over.stream().map(PlacementEvent.OfferExpired::section).distinct().sorted().forEach(section -> refill(school, section, act));
        return over.size();
    }

    /** Declines an offer or leaves a waiting list. False where it was answered before, is not there or not yours. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean leaveWaiting(UUID school, UUID term, Place place, Act act) {
        String said = one("select placement.leave_waiting(?, ?, ?)", school, place.waiting(), Timestamp.from(act.at()));
        if (!said.equals("declined") && !said.equals("left")) return false;
        audit.record(school, said.equals("left") ? "placement.waiting_ended" : "placement.offer_declined", "pupil", place.pupil(), Map.of("section", place.section(), "waiting", place.waiting()));
        if (said.equals("declined")) {
            events.publishEvent(new PlacementEvent.OfferDeclined(school, term, place.pupil(), place.section(), place.waiting()));
            refill(school, place.section(), act);
        }
        return true;
    }

    /** A late place on a waiting list, behind those of the round. Where a seat is free and nobody waits before, it is offered at once. */
    @Transactional(propagation = Propagation.MANDATORY)
    public String await(UUID school, UUID waiting, Wanted wanted, String mode, Act act) {
        String said = one(
                "select placement.wait_for(?, ?, row(1, ?, ?, ?, ?, ?, 0)::placement.seat_wish, ?, ?)",
                school, waiting, wanted.seat(), wanted.pupil(), wanted.section(), wanted.grade(), wanted.band(), mode, Timestamp.from(act.at()));
        if (said.equals("waiting")) {
            audit.record(school, "placement.waiting_begun", "pupil", wanted.pupil(), Map.of("section", wanted.section(), "waiting", waiting));
            refill(school, wanted.section(), act);
        }
        return said;
    }

    private String one(String query, @Nullable Object... values) {
        String said = sql.execute((ConnectionCallback<String>) c -> {
            try (PreparedStatement s = c.prepareStatement(query)) {
                for (int i = 0; i < values.length; i++) {
                    @Nullable Object v = values[i];
                    if (v instanceof UUID[] many) s.setArray(i + 1, c.createArrayOf("uuid", many));
                    else if (v == null) s.setObject(i + 1, null, Types.OTHER);
                    else s.setObject(i + 1, v);
                }
                try (ResultSet r = s.executeQuery()) {
                    r.next();
                    return r.getString(1);
                }
            }
        });
        return said == null ? "unknown" : said;
    }
}
