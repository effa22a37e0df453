package afterbell.base.shared.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChainTextTest {

    @Test
    void a_chain_from_a_class_group_is_understood() throws SheetRefused {
        ChainText.Chain chain = ChainText.read("""
                #接龙
                三(2)班课后服务报名,请按“序号. 姓名 星期 几点走 社团”接龙

                1. 张晓明 周一三五 到18:00 篮球
                2、李子涵　每天　18：00
                3. 王𠮷安 不参加
                4. 刘雨桐 周二、周四 17:00 围棋 绘画
                5.陈浩然 参加 周一到周五
                1. 张晓明 周一三 到17:00 足球
                """);
        assertThat(chain.lines()).extracting(ChainText.Line::name).containsExactly("李子涵", "王𠮷安", "刘雨桐", "陈浩然", "张晓明");
        ChainText.Line corrected = chain.lines().getLast();
        assertThat(corrected.days()).containsExactlyInAnyOrder(DayOfWeek.MONDAY, DayOfWeek.WEDNESDAY);
        assertThat(corrected.until()).isEqualTo(LocalTime.of(17, 0));
        assertThat(corrected.wishes()).containsExactly("足球");
        assertThat(chain.lines().get(1).declined()).isTrue();
        assertThat(chain.lines().get(2).wishes()).containsExactly("围棋", "绘画");
        assertThat(chain.lines().get(0).days()).hasSize(5);
        assertThat(chain.other()).hasSize(2);
    }

    @Test
    void a_chain_goes_through_the_same_import_as_a_table() throws SheetRefused {
        ChainText.Chain chain = ChainText.read("12. 张晓明 周一三五 到18:00 篮球\n13. 李娜 不参加");
        SheetImport read = SheetImport.read(List.of(ChainText.tab("三(2)班接龙", chain)), SheetKinds.answers(), CellsTest.SCHOOL, Corrections.NONE);
        ImportKind kind = SheetKinds.answers();
        assertThat(read.bad()).isEmpty();
        assertThat(kind.record(read.rows().getFirst().values()))
                .containsEntry("name", "张晓明")
                .containsEntry("class", "3-2")
                .containsEntry("days", "MONDAY,WEDNESDAY,FRIDAY")
                .containsEntry("until", "18:00")
                .containsEntry("wish1", "篮球");
        assertThat(kind.record(read.rows().getLast().values())).containsEntry("days", "none");
    }

    @Test
    void no_pasted_text_makes_it_throw() throws SheetRefused {
        Random random = new Random(5);
        String[] bits = {"1. ", "张三", " ", "周一", "\n", "、", "18:00", "(", "𠮷", "不", "999", ".", "到", "\t", "：", "#接龙", "\u0000"};
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(12); j > 0; j--) text.append(bits[random.nextInt(bits.length)]);
            assertThat(ChainText.read(text.toString())).isNotNull();
        }
    }
}
