package afterbell.term.programme;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.term.programme.CellPolicy.Content;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CellPolicyTest {
    private static final UUID TERM = new UUID(1, 1);
    private final AtomicInteger next = new AtomicInteger();
    private final Supplier<UUID> ids = () -> new UUID(2, next.incrementAndGet());

    private static SlotTime slot(int day, int ordinal) {
        return new SlotTime(new UUID(3, day * 10 + ordinal), "junior", day, "S" + ordinal, LocalTime.of(16 + ordinal, 0), LocalTime.of(17 + ordinal, 0), "after-school", true);
    }

    @Test
    @Req("R22")
    void writing_for_some_grades_leaves_the_others_as_they_were() {
        Random random = new Random(7002);
        SlotTime slot = slot(1, 1);
        List<Integer> grades = List.of(5, 6, 7, 8, 9);
        for (int world = 0; world < 4000; world++) {
            List<Cell> cells = List.of();
            List<List<Content>> expected = new ArrayList<>(List.of(List.of(), List.of(), List.of(), List.of(), List.of()));
            for (int act = 0; act < 5; act++) {
                int from = 5 + random.nextInt(5);
                int until = from + random.nextInt(10 - from);
                List<Content> contents = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) contents.add(new Content(Cell.Form.values()[random.nextInt(4)], "c" + random.nextInt(2), Cell.Layer.BASIC));
                cells = CellPolicy.written(cells, slot, TERM, grades, from, until, contents, ids);
                for (int g = from; g <= until; g++) expected.set(g - 5, contents);
                for (int g = 5; g <= 9; g++) assertThat(CellPolicy.of(cells, slot.id(), g)).as("seed 7002, world %d, grade %d", world, g).isEqualTo(expected.get(g - 5));
                assertThat(cells.stream().map(c -> c.gradeLo() + "/" + c.ordinal()).distinct().count()).isEqualTo(cells.size());
            }
        }
    }

    @Test
    @Req("R22")
    void the_junior_plan_prints_one_table_for_each_grade_and_equal_grades_share_one() {
        SlotTime wednesday = slot(3, 1);
        SlotTime evening = slot(3, 2);
        List<Integer> grades = List.of(7, 8, 9);
        Content study = new Content(Cell.Form.OWN_CLASS, "自主作业", Cell.Layer.BASIC);
        List<Cell> cells = new ArrayList<>(CellPolicy.written(List.of(), evening, TERM, grades, 7, 9, List.of(study), ids));
        assertThat(cells).hasSize(1);
        assertThat(CellPolicy.groups(cells, List.of(wednesday, evening), grades)).containsExactly(List.of(7, 8, 9));
        cells.addAll(CellPolicy.written(
                List.of(), wednesday, TERM, grades, 8, 8, List.of(new Content(Cell.Form.CHOICE, "走班课程", Cell.Layer.EXTENSION), new Content(Cell.Form.CHOICE, "社团活动", Cell.Layer.EXTENSION)), ids));
        assertThat(CellPolicy.groups(cells, List.of(wednesday, evening), grades)).containsExactly(List.of(7), List.of(8), List.of(9));
        assertThat(CellPolicy.choosing(cells, wednesday.id())).containsExactly(8);
    }
}
