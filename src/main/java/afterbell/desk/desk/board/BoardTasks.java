package afterbell.desk.desk.board;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.TaskSource;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The first page of whoever leads the day opens on the board while something is red. */
@Component
final class BoardTasks implements TaskSource {
    private final Clock clock;

    BoardTasks(Clock clock) {
        this.clock = clock;
    }

    record Reds(int children, boolean leads) {}

    @Override
    public List<Asked<?>> asked(Wearer me) {
        if (!me.is(Role.DUTY_LEADER, Role.SERVICE_TEACHER, Role.PRINCIPAL)) return List.of();
        Question<Reds> reds = new Question<>(
                Reds.class,
                """
                select (select count(*)::int from custody.pub_standing where school_id = :s and day = :d and red) as children,
                       :always or exists (select 1 from duty.pub_post p where p.school_id = :s and p.day = :d and p.kind = 'leader' and p.account_id = :a) as leads
                """,
                Map.of("s", me.school(), "d", LocalDate.ofInstant(clock.instant(), Screen.ZONE), "a", me.account(), "always", me.is(Role.DUTY_LEADER, Role.PRINCIPAL)));
        return List.of(new Asked<>(reds, rows -> rows.stream().filter(r -> r.leads() && r.children() > 0).map(BoardTasks::task).toList()));
    }

    private static Task task(Reds reds) {
        return new Task("desk.board.task", List.of(reds.children()), "desk.board.task.note", "/board", "desk.board.task.go", null, State.DANGER, "");
    }
}
