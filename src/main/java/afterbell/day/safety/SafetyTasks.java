package afterbell.day.safety;

import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.TaskSource;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What waits for a colleague: a visitor at the gate, a problem of a walk, a hazard to mend. One statement for the first page. */
@Component
class SafetyTasks implements TaskSource {
    private final JdbcClient sql;
    private final Ledger ledger;

    SafetyTasks(JdbcClient sql, Ledger ledger) {
        this.sql = sql;
        this.ledger = ledger;
    }

    private record Waiting(String book, UUID subject, Instant at, String rating, @Nullable String due, String place) {}

    @Override
    public List<Task> tasks(Wearer me) {
        if (me.hat() != Hat.STAFF) return List.of();
        LocalDate today = ledger.today();
        return sql.sql("""
                select e.book, e.subject_id as subject, e.at, coalesce(e.facts ->> 'rating', '') as rating, coalesce(l.facts ->> 'due', e.facts ->> 'due') as due, coalesce(a.name, r.name, '') as place
                from safety.event e
                join roster.pub_staff f on f.school_id = e.school_id and f.account_id = :a
                left join schools.pub_area a on a.school_id = e.school_id and a.area_id::text = e.facts ->> 'ref'
                left join schools.pub_room r on r.school_id = e.school_id and r.room_id::text = e.facts ->> 'ref'
                left join lateral (select o.kind, o.facts from safety.event o where o.school_id = e.school_id and o.subject_id = e.subject_id and o.kind in ('mended', 'reopened') order by o.seq desc limit 1) l on true
                where e.school_id = :s and e.seq = 1 and e.kind in ('asked', 'found', 'opened') and e.book in ('visit', 'patrol', 'hazard') and (e.book <> 'visit' or e.day = :d)
                  and f.staff_id::text = case e.book when 'visit' then e.facts ->> 'host' when 'patrol' then e.facts ->> 'contact' else e.facts ->> 'responsible' end
                  and l.kind is distinct from 'mended'
                  and not exists (select 1 from safety.event o where o.school_id = e.school_id and o.subject_id = e.subject_id and o.kind in ('entered', 'refused', 'left', 'withdrawn', 'settled', 'confirmed'))
                order by e.at, e.subject_id
                """)
                .param("s", me.school())
                .param("a", me.account())
                .param("d", Date.valueOf(today))
                .query(Waiting.class)
                .list()
                .stream()
                .map(w -> task(w, today))
                .toList();
    }

    private static Task task(Waiting w, LocalDate today) {
        return switch (w.book()) {
            case "visit" -> new Task("safety.task.visitor", List.of(), "safety.task.visitor.note", "/visits/" + w.subject(), "safety.task.visitor.go", w.at(), State.DANGER, "");
            case "patrol" ->
                new Task("safety.task.found", List.of(w.place()), "safety.task.found.note", "/patrol/problems/" + w.subject(), "safety.task.found.go", w.at(), w.rating().equals("danger") ? State.DANGER : State.ATTENTION, "");
            default -> {
                LocalDate due = w.due() == null ? today : LocalDate.parse(w.due());
                yield new Task(
                        "safety.task.hazard",
                        List.of(),
                        "safety.task.hazard.note",
                        "/hazards/" + w.subject(),
                        "safety.task.hazard.go",
                        due.plusDays(1).atStartOfDay(Screen.ZONE).toInstant().minusSeconds(60),
                        today.isAfter(due) ? State.DANGER : State.ATTENTION,
                        "");
            }
        };
    }
}
