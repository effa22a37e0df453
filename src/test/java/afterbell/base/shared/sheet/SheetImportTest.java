package afterbell.base.shared.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import afterbell.Req;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@Req("R57")
class SheetImportTest {
    private static final SheetKinds.ListFacts ANY_LIST = new SheetKinds.ListFacts() {
        @Override
        public String section(String written) {
            return written;
        }

        @Override
        public int children(String name, String schoolClass) {
            return 1;
        }
    };

    private static final ImportKind PUPILS = SheetKinds.pupils(true);

    private static Map<String, String> only(SheetImport read) {
        assertThat(read.bad()).isEmpty();
        assertThat(read.rows()).hasSize(1);
        return PUPILS.record(read.rows().getFirst().values());
    }

    @Test
    void the_header_is_found_below_titles_in_any_order_and_wording() throws SheetRefused {
        SheetImport read = Sheets.read(PUPILS,
                "晓阳实验学校2026学年学生花名册|||||", "填表日期：2026年9月1日|||||", "|||||",
                "序号|出生年月日|学生姓名|所在班级|监护人电话|备注", "1|2017/9/1|张三|三(2)班|13800000001|无");
        assertThat(only(read)).containsEntry("name", "张三").containsEntry("class", "3-2").containsEntry("birthday", "2017-09-01").containsEntry("adults", "||13800000001");
        assertThat(read.tabs().getFirst().headerRow()).isEqualTo(4);
        assertThat(read.tabs().getFirst().unknown()).containsEntry("A", "序号");
    }

    @Test
    void a_header_of_two_rows_is_read_as_one() throws SheetRefused {
        SheetImport read = Sheets.read(PUPILS,
                "姓名|班级|家长1|家长1|家长2|家长2", "姓名|班级|姓名|电话|姓名|电话", "张三|3.2|张伟|13800000001|李娜|13800000002");
        assertThat(only(read)).containsEntry("adults", "张伟||13800000001\n李娜||13800000002");
    }

    @Test
    void a_bare_phone_belongs_to_the_person_before_it() throws SheetRefused {
        SheetImport read = Sheets.read(PUPILS, "姓名|班级|父亲姓名|联系电话|母亲姓名|联系电话", "张三|3.2|张伟|13800000001|李娜|13800000002");
        assertThat(only(read)).containsEntry("adults", "张伟|father|13800000001\n李娜|mother|13800000002");
        SheetImport one = Sheets.read(PUPILS, "姓名|班级|家长姓名|与学生关系|电话", "张三|3.2|李娜|母子|13800000002", "李四|3.2|王芳|母亲|13800000003");
        assertThat(one.rows()).hasSize(1);
        assertThat(one.bad()).extracting(BadCell::column).containsExactly("D");
    }

    @Test
    void the_class_may_stand_on_the_tab_or_in_the_title_alone() throws SheetRefused {
        SheetImport tab = SheetImport.read(
                List.of(Sheets.tab("三(2)班", "姓名|性别", "张三|男"), Sheets.tab("三(3)班", "姓名|性别", "李四|女"), Sheets.tab("说明", "请勿修改|表头")),
                PUPILS, CellsTest.SCHOOL, Corrections.NONE);
        assertThat(Sheets.records(PUPILS, tab)).extracting(record -> record.get("class")).containsExactly("3-2", "3-3");
        assertThat(tab.tabs().getLast().skipped()).isTrue();
        SheetImport title = Sheets.read(PUPILS, "晓阳实验学校四年级1班学生名单|", "姓名|性别", "张三|男");
        assertThat(only(title)).containsEntry("class", "4-1");
    }

    @Test
    void a_grade_column_completes_the_class_column() throws SheetRefused {
        assertThat(only(Sheets.read(PUPILS, "年级|班级|姓名", "三年级|2|张三"))).containsEntry("class", "3-2");
    }

    @Test
    void blank_rows_footers_and_repeated_headers_are_no_children() throws SheetRefused {
        SheetImport read = Sheets.read(PUPILS, "姓名|班级", "张三|3.2", "|", "姓名|班级", "李四|3.2", "合计：2人|", "制表人：王老师|", "注：以上名单已核对|");
        assertThat(read.rows()).hasSize(2);
        assertThat(read.bad()).isEmpty();
    }

    @Test
    void each_fault_names_sheet_row_column_value_and_reason() throws SheetRefused {
        SheetImport read = Sheets.read(PUPILS, "班级|姓名|出生日期|学籍号", "3.2|张三|2016-2-30|G99", "|李四||", "3.2||2016-9-1|");
        assertThat(read.bad())
                .extracting(BadCell::row, BadCell::column, BadCell::value, bad -> bad.reason().key())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2, "C", "2016-2-30", "sheet.cell.date-impossible"),
                        org.assertj.core.groups.Tuple.tuple(2, "D", "G99", "sheet.cell.identity-length"),
                        org.assertj.core.groups.Tuple.tuple(3, "A", "", "sheet.cell.missing"),
                        org.assertj.core.groups.Tuple.tuple(4, "B", "", "sheet.cell.missing"));
        assertThat(read.rows()).isEmpty();
        assertThat(read.faulty()).hasSize(3);
    }

    @Test
    void a_missing_column_is_said_once_and_not_on_every_row() throws SheetRefused {
        SheetImport read = Sheets.read(PUPILS, "班级|性别|生日", "3.2|男|2016-9-1", "3.2|女|2016-9-2");
        assertThat(read.bad()).hasSize(1);
        assertThat(read.bad().getFirst().reason().key()).isEqualTo("sheet.column-missing");
    }

    @Test
    void a_table_of_something_else_is_refused_with_the_words_looked_for() {
        assertThatThrownBy(() -> Sheets.read(PUPILS, "商品|单价", "铅笔|1"))
                .isInstanceOfSatisfying(SheetRefused.class, refused -> assertThat(refused.problem().facts().getFirst()).contains("姓名", "班级"));
    }

    @Test
    void a_person_may_mend_cells_and_the_meaning_of_columns() throws SheetRefused {
        SheetTab tab = Sheets.tab("S", "小朋友|班级|生日", "张三|3.2|2016-2-30");
        Corrections corrections = new Corrections(Map.of("S", Map.of("A", "name")), Map.of(new Corrections.At("S", 2, "C"), "2016-2-29"));
        SheetImport read = SheetImport.read(List.of(tab), PUPILS, CellsTest.SCHOOL, corrections);
        assertThat(only(read)).containsEntry("name", "张三").containsEntry("birthday", "2016-02-29");
    }

    @Test
    void every_kind_of_the_house_reads_its_own_headers() throws SheetRefused {
        assertThat(Sheets.read(SheetKinds.menu(), "课程名称|面向年级|星期|时段|名额|任课教师|地点|费用", "围棋|三、四年级|周一|第二时段|20人|张伟、李娜|棋艺教室|6元").bad()).isEmpty();
        assertThat(Sheets.read(SheetKinds.duties(), "班级|时段|周一|周二|周三|周四|周五", "三2|第一时段|张伟|李娜|张伟|李娜、王芳|").rows()).hasSize(1);
        assertThat(Sheets.read(SheetKinds.rooms(), "编号|教室名称|类型|容量", "301|三(1)班教室|教室|50").bad()).isEmpty();
        assertThat(Sheets.read(SheetKinds.staff(), "工号|姓名|手机号|任教学科", "T01|张伟|13800000001|语文").bad()).isEmpty();
        assertThat(Sheets.read(SheetKinds.members(), "队伍|姓名|班级", "校合唱团|张三|三2").bad()).isEmpty();
        assertThat(Sheets.read(SheetKinds.standings(), "姓名|班级|认定类别|有效期至", "张三|三2|低保、留守|2027-08-31").bad()).isEmpty();
        assertThat(Sheets.read(SheetKinds.classLists(ANY_LIST), "课程|姓名|班级", "围棋|张三|三2").bad()).isEmpty();
    }

    @Test
    void answers_of_a_questionnaire_site_are_read_with_their_long_questions() throws SheetRefused {
        SheetImport read = Sheets.read(SheetKinds.answers(),
                "序号|提交答卷时间|1、您孩子的姓名|2、所在班级：|3、是否参加课后服务？|4、哪几天参加？(多选)|5、到几点？|6、第一志愿|7、第二志愿",
                "1|2026/9/1 8:00|张三|三2|参加|周一,周三|18:00|围棋|足球", "2|2026/9/1 8:01|李四|三2|不参加||||");
        assertThat(read.bad()).isEmpty();
        List<Map<String, String>> records = Sheets.records(SheetKinds.answers(), read);
        assertThat(records.get(0)).containsEntry("days", "MONDAY,WEDNESDAY").containsEntry("wish2", "足球").containsEntry("until", "18:00");
        assertThat(records.get(1)).containsEntry("days", "none");
    }

    @Test
    void answers_with_a_column_per_weekday_are_ticks() throws SheetRefused {
        SheetImport read = Sheets.read(SheetKinds.answers(), "姓名|班级|周一|周二|周三|周四|周五", "张三|三2|√||√|否|", "李四|三2|否|否|否|否|否");
        assertThat(Sheets.records(SheetKinds.answers(), read)).extracting(record -> record.get("days")).containsExactly("MONDAY,WEDNESDAY", "none");
    }
}
