package afterbell.day.custody;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What other rooms know of a day, child by child. */
@Component
class PlanStore {
    /**
     * @param until the last period for which the child stays; 0: it goes home
     * @param today not null where something was said for this day alone
     * @param special until when it stays on a special day (R26), midnight for one that goes home with the bell; null on a day like others
     */
    record Enrolled(UUID pupil, UUID schoolClass, int grade, int until, @Nullable Integer today, @Nullable LocalTime special) {}

    record Seated(UUID pupil, UUID section) {}

    record DatedSession(UUID id, @Nullable UUID section, @Nullable UUID schoolClass, UUID slot, @Nullable UUID room, LocalTime starts, LocalTime ends, boolean dropped) {}

    private final JdbcClient sql;

    PlanStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** @param pupils all of the school where null */
    List<Enrolled> children(UUID school, UUID term, int weekday, LocalDate day, @Nullable Collection<UUID> pupils) {
        Map<UUID, Integer> stays = new HashMap<>();
        sql.sql("select pupil_id, until_ordinal from timetable.pub_stay where school_id = :s and term_id = :t and weekday = :w" + some(pupils))
                .param("s", school)
                .param("t", term)
                .param("w", weekday)
                .param("p", ids(pupils))
                .query((r, n) -> stays.put(r.getObject(1, UUID.class), r.getInt(2)))
                .list();
        Map<UUID, Integer> today = new HashMap<>();
        sql.sql("select pupil_id, until_ordinal from custody.stay where school_id = :s and day = :d" + some(pupils))
                .param("s", school)
                .param("d", day)
                .param("p", ids(pupils))
                .query((r, n) -> today.put(r.getObject(1, UUID.class), r.getInt(2)))
                .list();
        Map<UUID, LocalTime> special = new HashMap<>();
        sql.sql("select pupil_id, coalesce(until, '00:00') from duty.pub_expected where school_id = :s and day = :d" + some(pupils))
                .param("s", school)
                .param("d", day)
                .param("p", ids(pupils))
                .query((r, n) -> special.put(r.getObject(1, UUID.class), r.getObject(2, LocalTime.class)))
                .list();
        return sql.sql("select pupil_id, class_id, grade from roster.pub_pupil where school_id = :s" + some(pupils))
                .param("s", school)
                .param("p", ids(pupils))
                .query((r, n) -> {
                    UUID pupil = r.getObject(1, UUID.class);
                    @Nullable Integer said = today.get(pupil);
                    return new Enrolled(pupil, r.getObject(2, UUID.class), r.getInt(3), said == null ? stays.getOrDefault(pupil, 0) : said, said, special.get(pupil));
                })
                .list();
    }

    List<DatedSession> sessions(UUID school, LocalDate day) {
        return sql.sql("""
                select session_id as id, section_id as section, class_id as school_class, slot_id as slot, room_id as room, starts, ends, state = 'dropped' as dropped
                from timetable.pub_session where school_id = :s and day = :d
                """)
                .param("s", school)
                .param("d", day)
                .query(DatedSession.class)
                .list();
    }

    List<Seated> seats(UUID school, UUID term, LocalDate day, @Nullable Collection<UUID> pupils) {
        return sql.sql("select pupil_id as pupil, section_id as section from placement.pub_seat_history where school_id = :s and term_id = :t and from_day <= :d and (until_day is null or until_day >= :d)" + some(pupils))
                .param("s", school)
                .param("t", term)
                .param("d", day)
                .param("p", ids(pupils))
                .query(Seated.class)
                .list();
    }

    /** Which period of the day each slot is. */
    Map<UUID, Integer> ordinals(UUID school, UUID term, int weekday) {
        return sql.sql("select slot_id, ordinal from calendar.pub_slot where school_id = :s and term_id = :t and weekday = :w")
                .param("s", school)
                .param("t", term)
                .param("w", weekday)
                .query((r, n) -> Map.entry(r.getObject(1, UUID.class), r.getInt(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Into which class a class goes, by class and slot. */
    Map<List<UUID>, UUID> merged(UUID school, UUID term) {
        return sql.sql("select class_id, slot_id, merged_into from programme.pub_own_class_duty where school_id = :s and term_id = :t and merged_into is not null")
                .param("s", school)
                .param("t", term)
                .query((r, n) -> Map.entry(List.of(r.getObject(1, UUID.class), r.getObject(2, UUID.class)), r.getObject(3, UUID.class)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String some(@Nullable Collection<UUID> pupils) {
        return pupils == null ? "" : " and pupil_id = any(:p::uuid[])";
    }

    private static String ids(@Nullable Collection<UUID> pupils) {
        return pupils == null ? "{}" : pupils.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
