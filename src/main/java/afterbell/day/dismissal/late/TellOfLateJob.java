package afterbell.day.dismissal.late;

import afterbell.base.rules.Choices.Hearer;
import afterbell.base.schools.EverySchool;
import afterbell.base.shared.Rounds;
import afterbell.base.shared.web.Screen;
import afterbell.day.custody.Alerting;
import afterbell.day.custody.Trial;
import afterbell.day.dismissal.GoingHomeLimits;
import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import afterbell.reach.messaging.Words;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Raises a wait that gets long to whom the rules say at the minutes that they say. Every node may look; the row of a step makes it one telling. The minutes count
 * from the end of the last session, or from when the family said to come. In a school's trial days the steps are written and nobody is told.
 */
@Component
class TellOfLateJob {
    private static final Duration EVERY = Duration.ofSeconds(30);

    private final GoingHomeLimits limits;
    private final Alerting alerting;
    private final Trial trial;
    private final Notices notices;
    private final TransactionTemplate transactions;
    private final JdbcClient sql;
    private final Clock clock;

    TellOfLateJob(GoingHomeLimits limits, Alerting alerting, Trial trial, Notices notices, EverySchool schools, Rounds rounds, TransactionTemplate transactions, JdbcClient sql, Clock clock) {
        this.limits = limits;
        this.alerting = alerting;
        this.trial = trial;
        this.notices = notices;
        this.transactions = transactions;
        this.sql = sql;
        this.clock = clock;
        rounds.every("dismissal.late", EVERY, () -> schools.run("dismissal.late", this::run));
    }

    /** Under the school's scope. Answers how many steps were told now. */
    int run(UUID school) {
        Integer told = transactions.execute(t -> tell(school, clock.instant()));
        return told == null ? 0 : told;
    }

    private int tell(UUID school, Instant now) {
        LocalDate day = LocalDate.ofInstant(now, Screen.ZONE);
        List<Duration> steps = limits.late(school, day);
        if (steps.isEmpty()) return 0;
        // Which step of which child is due and told to nobody yet: looked for and written in one statement.
        Map<Integer, List<Step>> fresh = new TreeMap<>(sql.sql("""
                with fresh as (
                insert into dismissal.late_step (school_id, day, pupil_id, level, told_at)
                select :s, :d, s.pupil_id, m.level, :now
                from custody.pub_standing s
                join custody.pub_leaving l on l.school_id = s.school_id and l.day = s.day and l.pupil_id = s.pupil_id
                left join custody.pub_late_pickup p on p.school_id = s.school_id and p.day = s.day and p.pupil_id = s.pupil_id
                left join lateral (select max(c.expected_at) as at from dismissal.late_call c where c.school_id = s.school_id and c.day = s.day and c.pupil_id = s.pupil_id) c on true
                cross join unnest(:minutes::int[]) with ordinality m(minutes, level)
                where s.school_id = :s and s.day = :d and s.state in ('present', 'called_out', 'between', 'waiting_late')
                  and greatest(l.leaves, p.expected_at, c.at) + make_interval(mins => m.minutes) <= :now
                order by s.pupil_id, m.level
                on conflict do nothing returning school_id, pupil_id, level)
                select f.level, f.pupil_id as pupil, p.class_id as school_class from fresh f join roster.pub_pupil p on p.school_id = f.school_id and p.pupil_id = f.pupil_id
                """)
                .param("s", school)
                .param("d", day)
                .param("now", Timestamp.from(now))
                .param("minutes", steps.stream().map(m -> Long.toString(m.toMinutes())).collect(Collectors.joining(",", "{", "}")))
                .query(Step.class)
                .list()
                .stream()
                .collect(Collectors.groupingBy(Step::level)));
        if (fresh.isEmpty() || trial.on(school, day)) return 0;
        fresh.forEach((level, children) -> tell(school, day, level, steps.get(level - 1), children, now));
        return fresh.values().stream().mapToInt(List::size).sum();
    }

    private record Step(int level, UUID pupil, UUID schoolClass) {}

    private void tell(UUID school, LocalDate day, int level, Duration after, List<Step> children, Instant now) {
        Set<Hearer> who = alerting.ofWait(school, day, level);
        String once = "late/" + day + "/" + level + "/" + now.toEpochMilli();
        for (Audience audience : alerting.staff(school, day, who, children.stream().map(Step::schoolClass).collect(Collectors.toSet())))
            notices.tell(new NewNotice(school, "dismissal.late", Words.of("dismissal.notice.late", children.size(), after.toMinutes()), "/late", audience).urgently().once(once + (audience instanceof Audience.People ? "/people" : "/roles")));
        if (who.contains(Hearer.GUARDIANS))
            for (Step child : children)
                notices.tell(new NewNotice(school, "dismissal.late", Words.of("dismissal.notice.late_family"), "/children/" + child.pupil() + "/today", new Audience.Children(Set.of(child.pupil()))).urgently().about(child.pupil()).once(once + "/" + child.pupil()));
    }
}
