package afterbell.term.placement;

import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Term;
import afterbell.base.roster.Pupil;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.web.Screen;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** One child's sections of a term: what it has, what it waits for, what is free. Reads inside the caller's scope. */
@Component
@Transactional(readOnly = true)
public class SeatBook {
    private final JdbcClient sql;
    private final Calendars calendars;

    SeatBook(JdbcClient sql, Calendars calendars) {
        this.sql = sql;
        this.calendars = calendars;
    }

    /** @param weekday 1 Monday to 7 Sunday */
    public record Meeting(int weekday, LocalTime starts, LocalTime ends) {}

    /**
     * A section of the child's grade.
     *
     * @param left seats that nobody has and no offer holds
     * @param fixed a team: no family takes its seats
     * @param slots those of the child's band
     * @param seat the child's open seat, or null
     * @param rank the wish that the seat met, 0 where there was none
     * @param waiting the child's place on the waiting list or its offer, or null
     * @param heldUntil until when an offer holds, null where there is none
     * @param place 1 is the next; 0 where the child does not wait
     * @param declined whether the section's teacher said no to the child, so that only the office can seat it there
     */
    public record Line(
            UUID section,
            String name,
            String activity,
            String teacher,
            String room,
            long priceFen,
            String priceUnit,
            boolean fixed,
            boolean running,
            int left,
            @Nullable Instant opensAt,
            @Nullable Instant closesAt,
            List<UUID> slots,
            List<Meeting> meetings,
            @Nullable UUID seat,
            @Nullable LocalDate from,
            int rank,
            @Nullable UUID waiting,
            @Nullable Instant heldUntil,
            int place,
            boolean declined) {

        public boolean offered() {
            return heldUntil != null;
        }

        /** Whether families take its seats through the queue at this instant (first come, first served). */
        public boolean rushAt(Instant at) {
            return opensAt != null && closesAt != null && !at.isBefore(opensAt) && at.isBefore(closesAt);
        }
    }

    /** @param band the child's grade band, empty where its grade stands in none */
    public record Child(UUID school, Pupil pupil, String band, Term term, SeatDays days, List<Line> lines) {
        public Child {
            lines = List.copyOf(lines);
        }

        public List<Line> seats() {
            return lines.stream().filter(l -> l.seat() != null).toList();
        }

        public List<Line> offers() {
            return lines.stream().filter(Line::offered).toList();
        }

        public List<Line> waiting() {
            return lines.stream().filter(l -> l.waiting() != null && !l.offered()).toList();
        }

        /** What the child could have and has not: free ones first are for the page to sort. */
        public List<Line> others() {
            return lines.stream().filter(l -> l.seat() == null && !l.fixed() && l.running() && !l.declined() && !l.slots().isEmpty()).toList();
        }

        public Optional<Line> line(UUID section) {
            return lines.stream().filter(l -> l.section().equals(section)).findFirst();
        }

        /** Places of the child that the new one can't stand beside: the same time, or the same activity. */
        public List<Line> inTheWay(Line wanted) {
            return seats().stream()
                    .filter(l -> !l.section().equals(wanted.section()))
                    .filter(l -> !Collections.disjoint(l.slots(), wanted.slots()) || l.activity().equals(wanted.activity()))
                    .toList();
        }
    }

    private record Published(UUID term, Instant at) {}

    private Optional<Published> published(UUID school) {
        return sql.sql("select term_id as term, published_at as at from placement.run where school_id = :s and state = 'published' order by published_at desc limit 1").param("s", school).query(Published.class).optional();
    }

    /** The term whose seats are spoken of: that of the last publication, else the one of the day. */
    public Optional<Term> term(UUID school, Instant at) {
        return term(school, at, published(school));
    }

    private Optional<Term> term(UUID school, Instant at, Optional<Published> published) {
        return published.isPresent() ? Optional.of(calendars.term(school, published.get().term())) : calendars.termAt(school, LocalDate.ofInstant(at, Screen.ZONE));
    }

    /** Empty where the school has no term with seats. */
    public Optional<Child> of(UUID school, Pupil pupil, Instant at) {
        LocalDate today = LocalDate.ofInstant(at, Screen.ZONE);
        Optional<Published> published = published(school);
        return term(school, at, published).map(t -> {
            String band = sql.sql("select band from calendar.pub_band where school_id = :s and term_id = :t and grade = :g").param("s", school).param("t", t.id()).param("g", pupil.grade()).query(String.class).optional().orElse("");
            return new Child(school, pupil, band, t, SeatDays.of(t, today, published.map(p -> LocalDate.ofInstant(p.at(), Screen.ZONE)).orElse(null)), lines(school, t.id(), pupil, band));
        });
    }

    /** The same, or not found. */
    public Child get(UUID school, Pupil pupil, Instant at) {
        return of(school, pupil, at).orElseThrow(NotFound::new);
    }

    private List<Line> lines(UUID school, UUID term, Pupil pupil, String band) {
        return sql.sql("""
                select c.section_id, x.name, x.activity, x.price_fen, x.price_unit, x.fixed, c.state = 'running' and x.state = 'published' as running,
                       greatest(0, c.capacity + c.over - c.taken - c.held) as free, c.opens_at, c.closes_at, coalesce(room.name, '') as room,
                       coalesce((select string_agg(f.name, ' ' order by t.main desc, f.name) from programme.pub_section_teacher t join roster.pub_staff f using (school_id, staff_id)
                        where t.school_id = c.school_id and t.section_id = c.section_id), '') as teacher,
                       m.slots, m.days, m.starts, m.ends, e.seat_id, e.from_day, coalesce(e.rank, 0) as rank, q.waiting_id, q.held_until,
                       case when q.waiting_id is null then 0 else placement.waiting_place(c.school_id, c.section_id, :p) end as place,
                       exists (select 1 from placement.explanation y join placement.run r on r.school_id = y.school_id and r.run_id = y.run_id
                               where y.school_id = c.school_id and y.pupil_id = :p and y.section_id = c.section_id and y.reason = 'refused' and r.state = 'published') as declined
                from placement.section_seats c
                join programme.pub_section x on x.school_id = c.school_id and x.section_id = c.section_id
                left join schools.pub_room room on room.school_id = x.school_id and room.room_id = x.room_id
                left join placement.seat e on e.school_id = c.school_id and e.section_id = c.section_id and e.pupil_id = :p and e.ended_at is null
                left join placement.waiting q on q.school_id = c.school_id and q.section_id = c.section_id and q.pupil_id = :p and q.state in ('waiting', 'offered')
                cross join lateral (
                    select array_agg(l.slot_id order by l.weekday, l.starts) as slots, array_agg(l.weekday order by l.weekday, l.starts) as days,
                           array_agg(l.starts::text order by l.weekday, l.starts) as starts, array_agg(l.ends::text order by l.weekday, l.starts) as ends
                    from placement.section_slot t join calendar.pub_slot l on l.school_id = t.school_id and l.slot_id = t.slot_id
                    where t.school_id = c.school_id and t.section_id = c.section_id and t.band = :band) m
                where c.school_id = :s and c.term_id = :t and (:grade between c.grade_lo and c.grade_hi or e.seat_id is not null)
                order by m.days, m.starts, x.name
                """)
                .param("s", school)
                .param("t", term)
                .param("p", pupil.id())
                .param("band", band)
                .param("grade", pupil.grade())
                .query((r, n) -> line(r))
                .list();
    }

    private static Line line(ResultSet r) throws SQLException {
        List<Meeting> meetings = new ArrayList<>();
        List<UUID> slots = new ArrayList<>();
        if (r.getArray("slots") != null) {
            slots.addAll(Arrays.asList((UUID[]) r.getArray("slots").getArray()));
            Integer[] days = (Integer[]) r.getArray("days").getArray();
            String[] starts = (String[]) r.getArray("starts").getArray();
            String[] ends = (String[]) r.getArray("ends").getArray();
            for (int i = 0; i < days.length; i++) meetings.add(new Meeting(days[i], LocalTime.parse(starts[i]), LocalTime.parse(ends[i])));
        }
        return new Line(
                r.getObject("section_id", UUID.class),
                r.getString("name"),
                r.getString("activity"),
                r.getString("teacher"),
                r.getString("room"),
                r.getLong("price_fen"),
                r.getString("price_unit"),
                r.getBoolean("fixed"),
                r.getBoolean("running"),
                r.getInt("free"),
                instant(r.getTimestamp("opens_at")),
                instant(r.getTimestamp("closes_at")),
                slots,
                meetings,
                r.getObject("seat_id", UUID.class),
                r.getObject("from_day", LocalDate.class),
                r.getInt("rank"),
                r.getObject("waiting_id", UUID.class),
                instant(r.getTimestamp("held_until")),
                r.getInt("place"),
                r.getBoolean("declined"));
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }
}
