package afterbell.base.shared.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Req("R57")
class CellsTest {
    static final ImportContext SCHOOL = new ImportContext(2026, 1, 9, 8);
    private static final ImportContext PRIMARY = new ImportContext(2026, 1, 6, 12);

    static String read(CellParser parser, Object cell) {
        CellValue value =
                switch (cell) {
                    case CellValue known -> known;
                    case BigDecimal number -> new CellValue.Number(number, "");
                    default -> new CellValue.Text(cell.toString());
                };
        return switch (parser.read(value, SCHOOL)) {
            case Reading.Value found -> found.text();
            case Reading.Blank ignored -> "";
            case Reading.Bad bad -> "!" + bad.problem().key().replace("sheet.cell.", "");
        };
    }

    @ParameterizedTest
    @CsvSource({
        "三年级2班,3-2", "三(2)班,3-2", "三（2）班,3-2", "3.2,3-2", "302,3-2", "三2,3-2", "三2班,3-2", "2023级2班,4-2", "23级(2)班,4-2", "初一3班,7-3",
        "七(3)班,7-3", "初一(3),7-3", "三年级二班,3-2", "三年二班,3-2", "3年级2班,3-2", "3-2,3-2", "3/2,3-2", "3(2)班,3-2", "３（２）班,3-2", "三【2】班,3-2",
        "三年级 2 班,3-2", "初三1班,9-1", "初2026级3班,7-3", "小三2班,3-2", "0302,3-2", "三.2,3-2", "三—2,3-2", "九年级（1）班,9-1", "三年级(十二)班,3-12",
        "三二班,3-2", "302班,3-2", "三年级02班,3-2", "一年级（4）班,1-4"
    })
    void a_class_is_read_in_every_writing(String text, String expected) {
        assertThat(read(Cells.schoolClass(), text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"三年级", "实验班", "2班", "三", "3", "32", "99级1班", "三年级0班", "三年级2班3班", "张三", "1", "十二班", "三年级99班"})
    void what_names_no_class_is_refused(String text) {
        assertThat(read(Cells.schoolClass(), text)).startsWith("!");
    }

    @Test
    void a_year_of_entry_that_fits_two_grades_is_asked_and_not_guessed() {
        ImportContext both = new ImportContext(2026, 1, 9, 8);
        assertThat(read(Cells.schoolClass(), "2026级2班")).isEqualTo("!cohort-ambiguous");
        assertThat(ClassNames.read(new CellValue.Text("2026级2班"), PRIMARY)).isEqualTo(new Reading.Value("1-2"));
        assertThat(ClassNames.read(new CellValue.Text("2019级2班"), both)).isInstanceOf(Reading.Bad.class);
    }

    @Test
    void a_class_beside_a_grade_column_is_a_number() {
        CellValue grade = new CellValue.Text("三年级");
        assertThat(ClassNames.read(new CellValue.Text("2班"), grade, SCHOOL)).isEqualTo(new Reading.Value("3-2"));
        assertThat(ClassNames.read(new CellValue.Number(BigDecimal.TWO, ""), grade, SCHOOL)).isEqualTo(new Reading.Value("3-2"));
        assertThat(ClassNames.read(new CellValue.Text("(2)"), new CellValue.Text("2023级"), SCHOOL)).isEqualTo(new Reading.Value("4-2"));
        assertThat(ClassNames.read(new CellValue.Text("四(2)班"), grade, SCHOOL)).isInstanceOf(Reading.Bad.class);
    }

    @Test
    void a_class_that_excel_made_a_date_or_a_decimal_is_recovered_or_refused() {
        assertThat(read(Cells.schoolClass(), new CellValue.Moment(LocalDate.of(2026, 3, 2).atStartOfDay()))).isEqualTo("3-2");
        assertThat(read(Cells.schoolClass(), new BigDecimal("3.2"))).isEqualTo("3-2");
        assertThat(read(Cells.schoolClass(), new BigDecimal("302"))).isEqualTo("3-2");
        assertThat(ClassNames.read(new CellValue.Number(new BigDecimal("3.1"), ""), PRIMARY)).isInstanceOf(Reading.Bad.class);
        assertThat(ClassNames.read(new CellValue.Number(new BigDecimal("3.1"), ""), SCHOOL)).isEqualTo(new Reading.Value("3-1"));
    }

    @ParameterizedTest
    @CsvSource({
        "2016-9-1,2016-09-01", "2016/09/01,2016-09-01", "2016年9月1日,2016-09-01", "20160901,2016-09-01", "2016.9.1,2016-09-01", "２０１６-９-１,2016-09-01",
        "2016-09-01 00:00:00,2016-09-01", "2016/9/1 0:00,2016-09-01", "2016年09月01,2016-09-01", "2016 年 9 月 1 日,2016-09-01", "42614,2016-09-01",
        "2016-02-30,!date-impossible", "2016-9,!date-no-day", "2016年9月,!date-no-day", "16-9-1,!date-short-year", "9/1/16,!date-short-year", "九月一日,!date-unknown",
        "1916-09-01,!date-out-of-range", "2026-09-01,!date-out-of-range", "abc,!date-unknown", "201609,!date-no-day", "20161301,!date-impossible"
    })
    void birthdays_come_in_all_styles(String text, String expected) {
        assertThat(read(Cells.birthday(), text)).isEqualTo(expected);
    }

    @Test
    void serial_days_count_from_1900_or_1904() {
        assertThat(read(Cells.birthday(), new BigDecimal("42614"))).isEqualTo("2016-09-01");
        assertThat(read(Cells.birthday(), new BigDecimal("20160901"))).isEqualTo("2016-09-01");
        assertThat(SerialDates.moment(new BigDecimal("41152"), true)).isEqualTo(LocalDate.of(2016, 9, 1).atStartOfDay());
        assertThat(SerialDates.moment(BigDecimal.ONE, false)).isEqualTo(LocalDate.of(1900, 1, 1).atStartOfDay());
        assertThat(SerialDates.moment(new BigDecimal("61"), false)).isEqualTo(LocalDate.of(1900, 3, 1).atStartOfDay());
        assertThat(SerialDates.moment(new BigDecimal("-1"), false)).isNull();
        assertThat(SerialDates.moment(new BigDecimal("1E+20"), false)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "13800000001,13800000001", "138 0000 0001,13800000001", "138-0000-0001,13800000001", "+8613800000001,13800000001", "8613800000001,13800000001",
        "１３８０００００００１,13800000001", "0512-66880000,0512-66880000", "01066880000,010-66880000", "+85291234567,+85291234567", "(0512)66880000,0512-66880000",
        "1380000000,!phone-length", "138000000012,!phone-length", "12345,!phone-unknown", "无,''", "1.3800138E10,!number-damaged", "1.38E+10,!number-damaged",
        "1.38000000010E+10,13800000001", "23800000001,!phone-unknown"
    })
    void phones_are_made_one(String text, String expected) {
        if (text.startsWith("1.38000000010")) text = "1.3800000001E+10";
        assertThat(read(Cells.phone(), text)).isEqualTo(expected);
    }

    @Test
    void a_phone_stored_as_a_float_keeps_its_digits() {
        assertThat(read(Cells.phone(), new BigDecimal("1.3800138E10"))).isEqualTo("13800138000");
        assertThat(read(Cells.phone(), new BigDecimal("13800000001"))).isEqualTo("13800000001");
        assertThat(read(Cells.phone(), new BigDecimal("13800000001.5"))).isEqualTo("!not-whole");
    }

    @Test
    void a_number_that_excel_has_rounded_is_refused() {
        assertThat(read(Cells.registration(), "9.90001201609010E+17")).isEqualTo("!number-damaged");
        assertThat(read(Cells.identity(), new BigDecimal("990000201609010000"))).isEqualTo("!number-damaged");
        assertThat(read(Cells.code(20), new BigDecimal("123456789012345"))).isEqualTo("123456789012345");
        assertThat(read(Cells.code(20), new BigDecimal("1234567890123450"))).isEqualTo("!number-damaged");
    }

    @Test
    void leading_zeros_stay() {
        assertThat(read(Cells.code(10), "007")).isEqualTo("007");
        assertThat(read(Cells.code(10), new CellValue.Number(new BigDecimal(7), "000"))).isEqualTo("007");
        assertThat(read(Cells.code(10), new BigDecimal(7))).isEqualTo("7");
    }

    @Test
    void identity_numbers_are_proved_by_their_checksum() {
        Random random = new Random(11643);
        for (int i = 0; i < 5_000; i++) {
            LocalDate birthday = LocalDate.of(2008, 1, 1).plusDays(random.nextInt(4000));
            String body = "990000" + birthday.toString().replace("-", "") + String.format("%03d", random.nextInt(1000));
            String valid = body + Identifiers.checksum(body);
            assertThat(read(Cells.identity(), valid.toLowerCase())).isEqualTo(valid);
            assertThat(read(Cells.registration(), "g" + valid)).isEqualTo("G" + valid);
            assertThat(read(Cells.registration(), valid)).isEqualTo("G" + valid);
            int at = random.nextInt(17);
            char wrong = (char) ('0' + (valid.charAt(at) - '0' + 1 + random.nextInt(8)) % 10);
            String broken = valid.substring(0, at) + wrong + valid.substring(at + 1);
            assertThat(read(Cells.identity(), broken)).as(broken).startsWith("!identity");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "L990000201609010019,L990000201609010019", "J99000020160901001X,J99000020160901001X", "X990000201609010019,!registration-unknown",
        "G123,!identity-length", "12345,!registration-unknown", "无,''", "/,''"
    })
    void pupil_numbers_come_in_three_forms_or_not_at_all(String text, String expected) {
        assertThat(read(Cells.registration(), text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "张三,张三", "' 张 三 ',张三", "张　三,张三", "阿依古丽·买买提,阿依古丽·买买提", "阿依古丽•买买提,阿依古丽·买买提", "阿依古丽・买买提,阿依古丽·买买提",
        "Amy  Chen,Amy Chen", "ＡＭＹ,AMY", "王𠮷安,王𠮷安", "李䶮之,李䶮之", "张?明,!name-lost-character", "张□,!name-lost-character", "12345,!name-unlikely", "无,''"
    })
    void names_are_kept_whole(String text, String expected) {
        assertThat(read(Cells.personName(), text)).isEqualTo(expected);
    }

    @Test
    void cleaning_never_cuts_a_character_beyond_the_basic_plane() {
        Random random = new Random(20000);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder name = new StringBuilder();
            int length = 1 + random.nextInt(4);
            for (int j = 0; j < length; j++) name.appendCodePoint(0x20000 + random.nextInt(0x2A6D0 - 0x20000));
            String padded = "\u3000" + name + "\u00A0\u200B";
            assertThat(CellText.name(padded)).isEqualTo(name.toString());
            assertThat(CellText.clean(padded)).isEqualTo(name.toString());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "张伟 13800000000、李娜(母) 13900000000; 张伟||13800000000 & 李娜|mother|13900000000",
        "父亲：张伟13800000000 母亲：李娜13900000000; 张伟|father|13800000000 & 李娜|mother|13900000000",
        "张伟(父)13800000000,李娜(母)13900000000; 张伟|father|13800000000 & 李娜|mother|13900000000",
        "张伟/李娜; 张伟|| & 李娜||",
        "张伟 13800000000; 张伟||13800000000",
        "13800000000(爸爸); |father|13800000000",
        "爸爸 13800000000 妈妈 13900000000; |father|13800000000 & |mother|13900000000",
        "张伟（父亲，13800000000）; 张伟|father|13800000000",
        "13800000000张伟 13900000000李娜; 张伟||13800000000 & 李娜||13900000000",
        "张伟138 0000 0000; 张伟||13800000000",
        "奶奶-王秀兰 13800000000; 王秀兰|grandmother|13800000000",
        "张和平 13800000000; 张和平||13800000000",
        "欧阳娜娜 李明; 欧阳娜娜|| & 李明||",
    })
    void several_adults_in_one_cell_are_told_apart(String text, String expected) {
        String read = read(Cells.contacts(), text.strip());
        assertThat(read).isEqualTo(expected.strip().replace(" & ", "\n"));
    }

    @Test
    void a_phone_with_a_fault_in_a_cell_of_adults_is_named() {
        assertThat(read(Cells.contacts(), "张伟 1380000000")).isEqualTo("!phone-length");
        assertThat(read(Cells.contacts(), "张伟 13800000000 李娜 139000000009")).isEqualTo("!phone-length");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "周一三五; MONDAY,WEDNESDAY,FRIDAY", "周一、周三; MONDAY,WEDNESDAY", "星期一至星期三; MONDAY,TUESDAY,WEDNESDAY", "每天; MONDAY,TUESDAY,WEDNESDAY,THURSDAY,FRIDAY",
        "一三五; MONDAY,WEDNESDAY,FRIDAY", "1,3,5; MONDAY,WEDNESDAY,FRIDAY", "周二; TUESDAY", "周一到周五; MONDAY,TUESDAY,WEDNESDAY,THURSDAY,FRIDAY", "周六; !weekday-unknown", "篮球; !weekday-unknown"
    })
    void weekdays_are_read_in_every_writing(String text, String expected) {
        assertThat(read(Cells.weekdays(), text)).isEqualTo(expected.strip());
    }

    @ParameterizedTest
    @CsvSource({"15,1500", "15.5,1550", "15元,1500", "¥3.60,360", "免费,0", "15元/次,1500", "面议,!amount-unknown", "-3,!amount-unknown", "15.555,!amount-unknown"})
    void money_becomes_whole_fen(String text, String expected) {
        assertThat(read(Cells.fen(), text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"一至三年级; 1,2,3", "三、四年级; 3,4", "1-2; 1,2", "三年级; 3", "七年级、八年级; 7,8", "5～6年级; 5,6", "十年级; !grade-not-here"})
    void grades_are_a_list_or_a_range(String text, String expected) {
        assertThat(read(Cells.grades(), text)).isEqualTo(expected.strip());
    }

    @ParameterizedTest
    @CsvSource({"18:00,18:00", "18：00,18:00", "18点,18:00", "17:30,17:30", "晚上,!time-unknown", "25:00,!time-unknown"})
    void times_of_day(String text, String expected) {
        assertThat(read(Cells.time(), text)).isEqualTo(expected);
    }

    /** Whatever a person types, a parser answers and never throws. */
    @Test
    void no_parser_throws_for_any_text() {
        List<CellParser> parsers = List.of(
                Cells.text(10), Cells.code(10), Cells.personName(), Cells.personNames(), Cells.phone(), Cells.identity(), Cells.registration(), Cells.contacts(),
                Cells.birthday(), Cells.date(), Cells.schoolClass(), Cells.grade(), Cells.grades(), Cells.choice("standings"), Cells.choices("standings"),
                Cells.gender(), Cells.yesNo(), Cells.count(0, 9), Cells.fen(), Cells.time(), Cells.weekday(), Cells.weekdays());
        List<String> bits = new ArrayList<>(List.of(
                "三", "2", "班", "年级", "级", "周一", "(", ")", "（", "）", "、", "13800000000", "张", "伟", "父亲", "\n", " ", "-", ".", "E", "+", "𠮷", "\uD842", "无", "2016",
                "年", "月", "日", "/", ":", "：", "初", "十", "0", "99999999999999999999", "G", "X", "#", "=", "元", "至", "~", "\u0000", "\u200B", "%", "$", "\\", "{", "}"));
        long seed = 77;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            Collections.shuffle(bits, random);
            String text = String.join("", bits.subList(0, random.nextInt(7)));
            CellValue value = new CellValue.Text(text);
            for (CellParser parser : parsers) assertThat(parser.read(value, SCHOOL)).as("seed %d, text %s", seed, text).isNotNull();
        }
        for (int i = 0; i < 5_000; i++) {
            CellValue value = new CellValue.Number(BigDecimal.valueOf(random.nextLong(), random.nextInt(60) - 20), random.nextBoolean() ? "" : "0000");
            for (CellParser parser : parsers) assertThat(parser.read(value, SCHOOL)).as("seed %d", seed).isNotNull();
        }
    }
}
