package afterbell.day.duty.workload;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How much each person did, by the posts answered for (R76). */
@Component
class WorkloadStore {
    private static final int DAYS = 7;

    private final JdbcClient sql;

    WorkloadStore(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * A person's month.
     *
     * @param minutes of sessions, by the clock
     * @param stood posts taken over from somebody who couldn't come
     * @param given posts that somebody else took over
     */
    record Load(
            UUID staff, String name, String subject, int turns, int minutes, int leader, int admin, int classes, int sessions, int late, int gate, int patrol, int stood, int given) {

        int of(String kind) {
            return switch (kind) {
                case "leader" -> leader;
                case "admin" -> admin;
                case "class" -> classes;
                case "session" -> sessions;
                case "late" -> late;
                case "gate" -> gate;
                default -> patrol;
            };
        }
    }

    private record Part(UUID staff, String kind, boolean stood, int turns, int minutes) {}

    private record Person(UUID staff, String name, String subject, int given) {}

    /**
     * Read week by week: the posts of a day are found from that day's sessions, and a month at once made the database compare each day with every other.
     *
     * @param until inclusive
     */
    List<Load> month(UUID school, LocalDate from, LocalDate until) {
        Map<UUID, List<Part>> parts = new HashMap<>();
        for (LocalDate week = from; !week.isAfter(until); week = week.plusDays(DAYS)) {
            LocalDate last = week.plusDays(DAYS - 1).isAfter(until) ? until : week.plusDays(DAYS - 1);
            part(school, week, last).forEach(p -> parts.computeIfAbsent(p.staff(), k -> new ArrayList<>()).add(p));
        }
        return people(school, from, until).stream()
                .filter(p -> p.given() > 0 || parts.containsKey(p.staff()))
                .map(p -> load(p, parts.getOrDefault(p.staff(), List.of())))
                .sorted(Comparator.comparing(Load::minutes).thenComparing(Load::turns).reversed())
                .toList();
    }

    private static Load load(Person p, List<Part> parts) {
        return new Load(
                p.staff(),
                p.name(),
                p.subject(),
                parts.stream().mapToInt(Part::turns).sum(),
                parts.stream().mapToInt(Part::minutes).sum(),
                of(parts, "leader"),
                of(parts, "admin"),
                of(parts, "class"),
                of(parts, "session"),
                of(parts, "late"),
                of(parts, "gate"),
                of(parts, "patrol"),
                parts.stream().filter(Part::stood).mapToInt(Part::turns).sum(),
                p.given());
    }

    private static int of(List<Part> parts, String kind) {
        return parts.stream().filter(x -> x.kind().equals(kind)).mapToInt(Part::turns).sum();
    }

    private List<Part> part(UUID school, LocalDate from, LocalDate until) {
        return sql.sql("""
                with post as materialized (select staff_id, kind, source, starts, ends from duty.answering where school_id = :s and day between :from and :until)
                select staff_id as staff, kind, source = 'substitute' as stood, count(*)::int as turns, coalesce(sum(extract(epoch from ends - starts) / 60), 0)::int as minutes
                from post where staff_id is not null group by staff_id, kind, source = 'substitute'
                """)
                .param("s", school)
                .param("from", from)
                .param("until", until)
                .query(Part.class)
                .list();
    }

    private List<Person> people(UUID school, LocalDate from, LocalDate until) {
        return sql.sql("""
                select f.staff_id as staff, f.name, f.subject, count(a.absence_id)::int as given
                from roster.pub_staff f
                left join duty.absence a on a.school_id = f.school_id and a.staff_id = f.staff_id and a.day between :from and :until and a.withdrawn_at is null and a.kind is not null
                where f.school_id = :s and f.kind <> 'outside' group by f.staff_id, f.name, f.subject, f.initials order by f.initials, f.staff_id
                """)
                .param("s", school)
                .param("from", from)
                .param("until", until)
                .query(Person.class)
                .list();
    }
}
