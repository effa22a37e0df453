package afterbell.reach.documents;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.reach.documents.LetterText.Block;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LetterTextTest {

    @Test
    void the_markup_becomes_headings_paragraphs_items_and_tables() {
        LetterText text = new LetterText("题", "您好：\n第二行\n\n## 一、方式\n- 甲\n- 乙\n| 年级 | 时间 |\n| 一 | 17:00 |\n完");
        assertThat(text.blocks())
                .containsExactly(
                        new Block.Paragraph("您好：第二行"),
                        new Block.Heading("一、方式"),
                        new Block.Items(List.of("甲", "乙")),
                        new Block.Table(List.of(List.of("年级", "时间"), List.of("一", "17:00"))),
                        new Block.Paragraph("完"));
    }

    @Test
    void a_field_is_filled_or_says_otherwise_or_stands_open() {
        LetterText text = new LetterText("{{school.name}}", "{{fees.lines|不收费}} {{nobody.knows}} {{child.name}} [[监督电话]]").filled(Map.of("school.name", "晓阳", "fees.lines", ""));
        assertThat(text.title()).isEqualTo("晓阳");
        assertThat(text.body()).isEqualTo("不收费 {{nobody.knows}} {{child.name}} [[监督电话]]");
        assertThat(text.open()).containsExactlyInAnyOrder("nobody.knows", "监督电话");
        assertThat(text.filled(Map.of("child.name", "𠮷安")).body()).contains("𠮷安");
    }

    @Test
    void a_value_with_dollars_and_braces_is_taken_as_it_is() {
        assertThat(new LetterText("t", "{{a}}").filled(Map.of("a", "$1 \\ {{b}}")).body()).isEqualTo("$1 \\ {{b}}");
    }

    @Test
    void the_same_words_have_one_hash_whatever_line_ends_they_came_with() {
        assertThat(new LetterText("题", "一\r\n二").hashText()).isEqualTo(new LetterText("题 ", "一\n二\n").hashText());
        assertThat(new LetterText("题", "一\n二").hashText()).isNotEqualTo(new LetterText("题", "一 二").hashText());
        LetterText text = new LetterText("题", "一\n二");
        assertThat(LetterText.ofWhole(text.whole())).isEqualTo(text);
    }

    @Test
    @Req("R49")
    void the_letter_tells_everything_a_letter_must_tell() {
        String body = Templates.of(LetterKind.LETTER).body();
        assertThat(body).contains("服务方式", "内容和课程安排", "服务时间", "安全措施", "学校和家庭的责任", "政策依据", "收费项目", "投诉", "自愿");
        assertThat(body).as("free where no standard is issued").contains("收费标准正式公布之前，课后服务不收取任何费用");
        assertThat(body).as("without a phone one can apply as well").contains("不用手机", "效力完全一样");
    }

    @ParameterizedTest
    @EnumSource(LetterKind.class)
    @Req("R53")
    void each_template_can_be_read_and_leaves_open_only_what_the_house_or_the_office_fills(LetterKind kind) {
        LetterText text = Templates.of(kind);
        assertThat(text.title()).isNotBlank();
        assertThat(text.blocks()).hasSizeGreaterThan(3);
        assertThat(text.open()).allSatisfy(o -> assertThat(o).matches("(school|term|rules|menu|fees|policy)\\.[a-z_]+|answer_by|教育行政部门监督电话|怎样少收或退费|收费项目、标准和计算办法，写明依据的文件|用途，例如参与教师的补助、材料"));
    }

    @Test
    void an_address_in_a_line_can_be_tapped_and_the_words_around_it_stay_words() {
        String line = "\u83DC\u5355\u5728 https://school.example/schools/XY001/menu?day=1\uFF0C\u8BF7\u770B\u3002";
        assertThat(LetterText.words(line).stream().map(LetterText.Words::text).reduce("", String::concat)).isEqualTo(line);
        assertThat(LetterText.words(line).stream().filter(LetterText.Words::link).map(LetterText.Words::text)).containsExactly("https://school.example/schools/XY001/menu?day=1");
        assertThat(LetterText.words("javascript:alert(1) http:// x")).noneMatch(LetterText.Words::link);
        assertThat(LetterText.words("http://a.example/b.").getFirst().text()).isEqualTo("http://a.example/b");
    }
}
