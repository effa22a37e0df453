package afterbell.day.duty;

import afterbell.day.duty.rotation.Hours;
import afterbell.term.staffing.Availability;
import afterbell.term.staffing.Staffing;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who could stand at a post of a day: the school's own people with what is in their way. */
@Component
@Transactional(readOnly = true)
public class FreePeople {
    private final JdbcClient sql;
    private final PostStore posts;
    private final Staffing staffing;
    private final Margins margins;

    FreePeople(JdbcClient sql, PostStore posts, Staffing staffing, Margins margins) {
        this.sql = sql;
        this.posts = posts;
        this.staffing = staffing;
        this.margins = margins;
    }

    /** Where a guard may stand; whoever has children in hand is a teacher or of the office (R8). */
    private static final Set<PostKind> GUARDED = EnumSet.of(PostKind.GATE, PostKind.PATROL);

    /** What is in somebody's way, the worst first. */
    public enum Way {
        ABSENT,
        BUSY,
        HOURS,
        FREE
    }

    /**
     * @param knows teaches that class
     * @param turns posts of that week
     * @param at where the person stands at that hour, or null
     */
    public record Candidate(UUID staff, @Nullable UUID account, String name, String subject, boolean knows, int turns, Way way, @Nullable Line at) {
        public boolean free() {
            return way == Way.FREE;
        }
    }

    record Person(UUID staff, @Nullable UUID account, String name, String initials, String subject, String kind, Set<UUID> classes, int turns, boolean away) {}

    /** A day with its people, read in four statements. */
    public record Book(LocalDate day, List<Line> lines, Span span, List<Person> people, Map<UUID, List<Availability>> times) {

        public Optional<Line> line(PostKey key) {
            return lines.stream().filter(l -> l.post().key().equals(key)).findFirst();
        }

        /** Everybody for a post, whoever can come first; never who stands there, nor anybody from outside, nor a guard for children in a room. */
        public List<Candidate> candidates(Line post) {
            Hours hours = span.hours(post.post());
            Map<UUID, Line> elsewhere = new HashMap<>();
            for (Line l : lines) {
                @Nullable UUID who = l.post().staff();
                if (who != null && !l.post().key().equals(post.post().key()) && span.hours(l.post()).meets(hours)) elsewhere.putIfAbsent(who, l);
            }
            return people.stream()
                    .filter(p -> !p.staff().equals(post.post().staff()))
                    .filter(p -> !p.kind().equals("guard") || GUARDED.contains(post.post().key().kind()))
                    .map(p -> new Candidate(p.staff(), p.account(), p.name(), p.subject(), post.schoolClass() != null && p.classes().contains(post.schoolClass()), p.turns(), way(p, hours, elsewhere), elsewhere.get(p.staff())))
                    .sorted(Comparator.comparing(Candidate::way, Comparator.reverseOrder())
                            .thenComparing(c -> c.account() == null)
                            .thenComparing(c -> !c.knows())
                            .thenComparing(Candidate::turns)
                            .thenComparing(Candidate::staff))
                    .toList();
        }

        private Way way(Person p, Hours hours, Map<UUID, Line> elsewhere) {
            if (p.away()) return Way.ABSENT;
            if (elsewhere.containsKey(p.staff())) return Way.BUSY;
            List<Availability> own = times.getOrDefault(p.staff(), List.of());
            boolean comes = own.isEmpty() || own.stream().anyMatch(a -> a.covers(day.getDayOfWeek().getValue(), hours.starts(), hours.ends()));
            return comes ? Way.FREE : Way.HOURS;
        }
    }

    public Book of(UUID school, LocalDate day) {
        List<Line> lines = posts.lines(school, day, day);
        Map<UUID, List<Availability>> times = staffing.availabilities(school).stream().collect(Collectors.groupingBy(Availability::staff));
        return new Book(day, lines, Span.of(lines.stream().map(Line::post).toList(), margins.of(school, day)), people(school, day), times);
    }

    private List<Person> people(UUID school, LocalDate day) {
        return sql.sql("""
                with post as materialized (
                    select p.staff_id, count(*)::int as turns from duty.answering p where p.school_id = :s and p.day between :first and :last and p.staff_id is not null group by p.staff_id)
                select f.staff_id, f.account_id, f.name, f.initials, f.subject, f.kind,
                       array(select t.class_id from roster.pub_class_teacher t where t.school_id = f.school_id and t.staff_id = f.staff_id) as classes,
                       coalesce(n.turns, 0) as turns,
                       exists (select 1 from duty.absence a where a.school_id = f.school_id and a.day = :day and a.staff_id = f.staff_id and a.withdrawn_at is null) as away
                from roster.pub_staff f
                left join post n on n.staff_id = f.staff_id
                where f.school_id = :s and f.kind <> 'outside'
                order by f.initials, f.staff_id
                """)
                .param("s", school)
                .param("day", day)
                .param("first", day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)))
                .param("last", day.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY)))
                .query((r, n) -> new Person(
                        r.getObject("staff_id", UUID.class),
                        r.getObject("account_id", UUID.class),
                        r.getString("name"),
                        r.getString("initials"),
                        r.getString("subject"),
                        r.getString("kind"),
                        Stream.of((UUID[]) r.getArray("classes").getArray()).collect(Collectors.toUnmodifiableSet()),
                        r.getInt("turns"),
                        r.getBoolean("away")))
                .list();
    }
}
