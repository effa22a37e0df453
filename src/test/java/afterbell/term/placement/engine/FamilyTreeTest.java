package afterbell.term.placement.engine;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

@Req("P2")
class FamilyTreeTest {
    @Test
    void every_family_finds_its_rows_under_the_root_and_no_other_rows() {
        for (int pupils : new int[] {2, 3, 7, 8, 33}) {
            Instance school = Generator.tight(pupils, pupils).instance();
            List<Seat> result = Placement.solve(school, Order.DA, Options.STANDARD, ProgressListener.SILENT).result();
            FamilyTree tree = FamilyTree.over(school, result);
            Set<String> salts = new HashSet<>();
            for (Pupil pupil : school.pupils()) {
                FamilyTree.Mine mine = tree.of(pupil.pupil());
                assertThat(mine.isUnder(tree.root())).as(pupil.pupil()).isTrue();
                salts.add(mine.salt());
                List<Seat> more = new ArrayList<>(mine.rows());
                more.add(new Seat(pupil.pupil(), "9", "c0", 1));
                assertThat(new FamilyTree.Mine(mine.pupil(), more, mine.salt(), mine.path(), mine.root())
                        .isUnder(tree.root())).isFalse();
            }
            assertThat(salts).hasSize(pupils);
        }
    }

    @Test
    void one_changed_row_changes_the_root() {
        Instance school = Generator.tight(5, 40).instance();
        List<Seat> result = Placement.solve(school, Order.DA, Options.STANDARD, ProgressListener.SILENT).result();
        List<Seat> other = new ArrayList<>(result);
        Seat last = other.removeLast();
        assertThat(FamilyTree.over(school, other).root()).isNotEqualTo(FamilyTree.over(school, result).root());
        other.add(new Seat(last.pupil(), last.slot(), last.course(), last.rank() + 1));
        assertThat(FamilyTree.over(school, other).root()).isNotEqualTo(FamilyTree.over(school, result).root());
    }
}
