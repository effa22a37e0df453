package afterbell.day.custody.acting;

import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Screen;
import afterbell.day.custody.acting.UnclearPage.Child;
import afterbell.day.custody.acting.UnclearPage.Version;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Children of whom a person said something today that does not go with what others said, or that should not have happened. */
@Component
class Unclear {
    private static final int MOST = 50;

    private static final String MINE =
            """
            from custody.standing s
            where s.school_id = :s and s.day = :d and s.red and (s.state = 'disputed' or 'RELEASE_DOUBTED' = any(s.alarms))
              and exists (select 1 from custody.event e where e.school_id = s.school_id and e.day = s.day and e.pupil_id = s.pupil_id and e.by = :a)
            """;

    private final JdbcClient sql;
    private final Clock clock;

    Unclear(JdbcClient sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    int count(Wearer me) {
        return sql.sql("select count(*) " + MINE).param("s", me.school()).param("d", today()).param("a", me.account()).query(Integer.class).single();
    }

    private record Said(UUID pupil, String name, String className, boolean disputed, Version version) {}

    @Transactional(readOnly = true)
    UnclearPage page(Wearer me) {
        LocalDate day = today();
        List<Said> all = sql.sql("with mine as (select s.pupil_id, s.state = 'disputed' as disputed " + MINE + """
                 order by s.since limit :n)
                select m.pupil_id, p.name, p.class_name, m.disputed, e.at, e.recorded, e.kind, e.by = :a as own, coalesce(f.name, '') as by,
                       coalesce(x.name, c.name, '') as session,
                       coalesce((select r.name from roster.pub_relation r where r.school_id = e.school_id and r.adult_id = e.other_id limit 1), '') as adult
                from mine m
                join roster.pub_pupil p on p.school_id = :s and p.pupil_id = m.pupil_id
                join custody.event e on e.school_id = :s and e.day = :d and e.pupil_id = m.pupil_id
                  and e.kind in ('sent', 'counted', 'missed', 'called_out', 'came_back', 'kept_late', 'collected', 'with_line', 'walked_home')
                left join roster.pub_staff f on f.school_id = e.school_id and f.account_id = e.by
                left join timetable.pub_session t on t.school_id = e.school_id and t.session_id = e.session_id
                left join programme.pub_section x on x.school_id = t.school_id and x.section_id = t.section_id
                left join roster.pub_class c on c.school_id = t.school_id and c.class_id = t.class_id
                order by p.initials, m.pupil_id, e.at, e.seq
                """)
                .param("s", me.school())
                .param("d", day)
                .param("a", me.account())
                .param("n", MOST)
                .query((r, n) -> new Said(
                        r.getObject("pupil_id", UUID.class),
                        r.getString("name"),
                        r.getString("class_name"),
                        r.getBoolean("disputed"),
                        new Version(instant(r.getTimestamp("at")), instant(r.getTimestamp("recorded")), r.getString("kind"), r.getString("by"), r.getBoolean("own"), r.getString("session"), r.getString("adult"))))
                .list();
        Map<UUID, List<Said>> byChild = all.stream().collect(Collectors.groupingBy(Said::pupil, LinkedHashMap::new, Collectors.toList()));
        return new UnclearPage(byChild.values().stream()
                .map(said -> new Child(said.getFirst().name(), said.getFirst().className(), said.getFirst().disputed(), said.stream().map(Said::version).toList()))
                .toList());
    }

    private static Instant instant(java.sql.Timestamp at) {
        return at.toInstant();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }
}
