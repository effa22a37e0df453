package afterbell.day.custody;

import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.web.Screen;
import afterbell.day.custody.childday.Decision;
import afterbell.day.custody.childday.Decision.Why;
import afterbell.day.custody.childday.Fact;
import afterbell.day.custody.childday.Teller;
import afterbell.day.custody.childday.Teller.Duty;
import afterbell.day.custody.childday.Telling;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;

/** Leave from the afternoon. What holds for today is told to the chain at once, what is to come when its day is opened. */
@Component
public class Leaves implements DayOpening.BeforeTheDay {
    private final JdbcClient sql;
    private final ChildDays days;
    private final TellTeachers tell;
    private final Ids ids;
    private final Clock clock;

    Leaves(JdbcClient sql, ChildDays days, TellTeachers tell, Ids ids, Clock clock) {
        this.sql = sql;
        this.days = days;
        this.tell = tell;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Leave of one child.
     *
     * @param from first day, inclusive
     * @param until last day, inclusive
     * @param weekdays 1-7 on which it holds; empty: each day
     * @param exceptions days on which it does not hold after all
     */
    public record Leave(UUID id, UUID pupil, LocalDate from, LocalDate until, Set<Integer> weekdays, Fact.Told told, UUID by, Instant at, Set<LocalDate> exceptions) {
        public boolean holdsOn(LocalDate day) {
            return !day.isBefore(from) && !day.isAfter(until) && (weekdays.isEmpty() || weekdays.contains(day.getDayOfWeek().getValue())) && !exceptions.contains(day);
        }

        public boolean oneDay() {
            return from.equals(until);
        }
    }

    /**
     * Writes leave for these children, for all or for none. What holds today is told to the chain and to their teachers at once. Runs under the school's scope.
     *
     * @param told {@code IN_APP}: a guardian says so, in whose name the chain keeps it; else class teacher or office
     * @return why the chain of today refused it, where it did: then nothing is written
     */
    @Transactional
    public Optional<Why> put(UUID school, Collection<UUID> pupils, LocalDate from, LocalDate until, Set<Integer> weekdays, Fact.Told told, UUID by, UUID key) {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, Screen.ZONE);
        List<Leave> all = pupils.stream()
                .distinct()
                .map(p -> new Leave(UUID.nameUUIDFromBytes((key + "/" + p).getBytes(StandardCharsets.UTF_8)), p, from, until, Set.copyOf(weekdays), told, by, now, Set.of()))
                .toList();
        List<Leave> ofToday = days.isOpen(school, today) ? all.stream().filter(l -> l.holdsOn(today)).toList() : List.of();
        for (Decision said : days.tell(school, today, ofToday.stream().map(l -> excused(l, today)).toList()))
            if (said instanceof Decision.Refused(Why why)) {
                TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
                return Optional.of(why);
            }
        for (Leave leave : all)
            sql.sql("""
                    insert into custody.leave (school_id, leave_id, pupil_id, from_day, until_day, weekdays, told, said_by, said_at)
                    values (:s, :id, :p, :from, :until, :days::int[], :told, :by, :at) on conflict do nothing
                    """)
                    .param("s", school)
                    .param("id", leave.id())
                    .param("p", leave.pupil())
                    .param("from", from)
                    .param("until", until)
                    .param("days", weekdays.stream().sorted().map(Object::toString).collect(Collectors.joining(",", "{", "}")))
                    .param("told", told.name())
                    .param("by", by)
                    .param("at", Timestamp.from(now))
                    .update();
        ofToday.forEach(l -> tell.ofLeave(school, today, l.pupil(), l.id(), by));
        return Optional.empty();
    }

    /** The leave holds no longer, from today on. @throws NotFound where the child has no such leave */
    @Transactional
    public void withdraw(UUID school, UUID pupil, UUID leave, UUID by, boolean family) {
        Leave old = of(school, List.of(pupil)).stream().filter(l -> l.id().equals(leave)).findFirst().orElseThrow(NotFound::new);
        Instant now = clock.instant();
        sql.sql("update custody.leave set withdrawn_at = :now, withdrawn_by = :by where school_id = :s and leave_id = :id and withdrawn_at is null")
                .param("now", Timestamp.from(now))
                .param("by", by)
                .param("s", school)
                .param("id", leave)
                .update();
        lift(school, old, by, family, now);
    }

    /** The child comes on one day of a repeating leave. */
    @Transactional
    public void except(UUID school, UUID pupil, UUID leave, LocalDate day, UUID by, boolean family) {
        Leave old = of(school, List.of(pupil)).stream().filter(l -> l.id().equals(leave) && l.holdsOn(day)).findFirst().orElseThrow(NotFound::new);
        Instant now = clock.instant();
        sql.sql("insert into custody.leave_exception (school_id, leave_id, day, pupil_id, said_by, said_at) values (:s, :id, :d, :p, :by, :at) on conflict do nothing")
                .param("s", school)
                .param("id", leave)
                .param("d", day)
                .param("p", pupil)
                .param("by", by)
                .param("at", Timestamp.from(now))
                .update();
        if (day.equals(LocalDate.ofInstant(now, Screen.ZONE))) lift(school, old, by, family, now);
    }

    private void lift(UUID school, Leave old, UUID by, boolean family, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, Screen.ZONE);
        if (!old.holdsOn(today) || !days.isOpen(school, today)) return;
        // Another leave that holds today keeps the child away all the same.
        if (of(school, List.of(old.pupil())).stream().anyMatch(l -> l.holdsOn(today))) return;
        days.tell(school, today, List.of(new ToldOf(old.pupil(), new Telling(ids.next(), now, teller(by, family), new Fact.ExcuseLifted(), true))));
    }

    /** Leaves of these children that hold or will. */
    @Transactional(readOnly = true)
    public List<Leave> of(UUID school, Collection<UUID> pupils) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        return sql.sql(LEAVE + " and l.until_day >= :d and l.pupil_id = any(:p::uuid[]) order by l.from_day, l.leave_id")
                .param("s", school)
                .param("d", today)
                .param("p", pupils.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")))
                .query(Leaves::leave)
                .list();
    }

    @Override
    public List<ToldOf> of(UUID school, LocalDate day) {
        return sql.sql(LEAVE + " and :d between l.from_day and l.until_day order by l.leave_id").param("s", school).param("d", day).query(Leaves::leave).list().stream()
                .filter(l -> l.holdsOn(day))
                .map(l -> excused(l, day))
                .toList();
    }

    private static final String LEAVE =
            """
            select l.leave_id, l.pupil_id, l.from_day, l.until_day, l.weekdays, l.told, l.said_by, l.said_at,
                   array(select x.day from custody.leave_exception x where x.school_id = l.school_id and x.leave_id = l.leave_id) as exceptions
            from custody.leave l where l.school_id = :s and l.withdrawn_at is null
            """;

    private static Leave leave(ResultSet r, int n) throws SQLException {
        return new Leave(
                r.getObject("leave_id", UUID.class),
                r.getObject("pupil_id", UUID.class),
                r.getObject("from_day", LocalDate.class),
                r.getObject("until_day", LocalDate.class),
                Set.of((Integer[]) r.getArray("weekdays").getArray()),
                Fact.Told.valueOf(r.getString("told")),
                r.getObject("said_by", UUID.class),
                r.getTimestamp("said_at").toInstant(),
                Arrays.stream((java.sql.Date[]) r.getArray("exceptions").getArray()).map(java.sql.Date::toLocalDate).collect(Collectors.toUnmodifiableSet()));
    }

    /** The entry of a day: its key is made of leave and day, so that a day that is opened twice hears it once. */
    private static ToldOf excused(Leave leave, LocalDate day) {
        Instant begin = at(day, LocalTime.of(6, 0));
        UUID key = UUID.nameUUIDFromBytes((leave.id() + "/" + day).getBytes(StandardCharsets.UTF_8));
        Instant said = leave.at().isAfter(begin) ? leave.at() : begin;
        return new ToldOf(leave.pupil(), new Telling(key, said, teller(leave.by(), leave.told() == Fact.Told.IN_APP), new Fact.Excused(at(day, LocalTime.MIN), at(day, LocalTime.of(23, 59)), leave.told()), true));
    }

    private static Teller teller(UUID by, boolean family) {
        return new Teller(by, Set.of(family ? Duty.GUARDIAN : Duty.CLASS_TEACHER));
    }

    private static Instant at(LocalDate day, LocalTime time) {
        return day.atTime(time).atZone(Screen.ZONE).toInstant();
    }
}
