package afterbell.day.dismissal.pickup;

import afterbell.base.shared.Ids;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Buses as a family sees them, and what it agreed to. */
@Component
class BusStore {
    private final JdbcClient sql;
    private final Ids ids;

    BusStore(JdbcClient sql, Ids ids) {
        this.sql = sql;
        this.ids = ids;
    }

    record Bus(UUID id, String name, String keeper, List<String> stops, List<Integer> weekdays) {
        /** Value of a choice to the stop it means; a bus without stops is one choice. */
        Map<String, String> choices() {
            Map<String, String> choices = new LinkedHashMap<>();
            if (stops.isEmpty()) choices.put(id + "/", "");
            for (int i = 0; i < stops.size(); i++) choices.put(id + "/" + i, stops.get(i));
            return choices;
        }
    }

    record Ride(String name, String keeper, String stop, List<Integer> weekdays) {}

    List<Bus> all(UUID school) {
        return sql.sql("""
                select k.keeper_id, k.name, a.name as keeper, k.stops, k.weekdays from dismissal.keeper k join roster.pub_adult a on a.school_id = k.school_id and a.adult_id = k.adult_id
                where k.school_id = :s and k.kind = 'bus' and k.retired_at is null order by k.name, k.keeper_id
                """)
                .param("s", school)
                .query((r, n) -> new Bus(
                        r.getObject("keeper_id", UUID.class), r.getString("name"), r.getString("keeper"), List.of((String[]) r.getArray("stops").getArray()), List.of((Integer[]) r.getArray("weekdays").getArray())))
                .list();
    }

    /** What stands against the line on a day. @param ride the bus that the family agreed to, whatever the weekday @param late when the family comes, where it said that it comes late */
    record Instead(@Nullable Ride ride, @Nullable Instant late) {}

    Instead instead(UUID school, UUID pupil, LocalDate day) {
        return sql.sql("""
                select k.name, k.keeper, k.stop, k.weekdays, l.expected_at from (select cast(:s as uuid) as school_id, cast(:p as uuid) as pupil_id) c
                left join (
                    select r.school_id, r.pupil_id, k.name, a.name as keeper, r.stop, r.weekdays from dismissal.rider r
                    join dismissal.keeper k on k.school_id = r.school_id and k.keeper_id = r.keeper_id
                    join roster.pub_adult a on a.school_id = k.school_id and a.adult_id = k.adult_id where r.ended_at is null) k on k.school_id = c.school_id and k.pupil_id = c.pupil_id
                left join custody.pub_late_pickup l on l.school_id = c.school_id and l.pupil_id = c.pupil_id and l.day = :d
                """)
                .param("s", school)
                .param("p", pupil)
                .param("d", day)
                .query((r, n) -> {
                    @Nullable Timestamp late = r.getTimestamp("expected_at");
                    @Nullable String name = r.getString("name");
                    @Nullable Ride ride = name == null ? null : new Ride(name, r.getString("keeper"), r.getString("stop"), List.of((Integer[]) r.getArray("weekdays").getArray()));
                    return new Instead(ride, late == null ? null : late.toInstant());
                })
                .single();
    }

    void agree(UUID school, UUID pupil, UUID bus, String stop, List<Integer> weekdays, UUID by, Instant at) {
        end(school, pupil, by, at);
        sql.sql("insert into dismissal.rider (school_id, rider_id, keeper_id, pupil_id, stop, weekdays, agreed_by, agreed_at) values (:s, :id, :k, :p, :stop, :days::int[], :by, :at)")
                .param("s", school)
                .param("id", ids.next())
                .param("k", bus)
                .param("p", pupil)
                .param("stop", stop)
                .param("days", weekdays.stream().map(Object::toString).collect(Collectors.joining(",", "{", "}")))
                .param("by", by)
                .param("at", Timestamp.from(at))
                .update();
    }

    boolean end(UUID school, UUID pupil, UUID by, Instant at) {
        return sql.sql("update dismissal.rider set ended_by = :by, ended_at = :at where school_id = :s and pupil_id = :p and ended_at is null")
                        .param("by", by)
                        .param("at", Timestamp.from(at))
                        .param("s", school)
                        .param("p", pupil)
                        .update()
                > 0;
    }
}
