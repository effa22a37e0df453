package afterbell.app.demo;

import afterbell.app.demo.DemoSchool.Adult;
import afterbell.app.demo.DemoSchool.Gender;
import afterbell.app.demo.DemoSchool.Part;
import afterbell.app.demo.DemoSchool.Pupil;
import afterbell.app.demo.DemoSchool.Relation;
import afterbell.app.demo.DemoSchool.RoomKind;
import afterbell.app.demo.DemoSchool.SchoolClass;
import afterbell.app.demo.DemoSchool.Section;
import afterbell.app.demo.DemoSchool.SectionForm;
import afterbell.app.demo.DemoSchool.Slot;
import afterbell.app.demo.DemoSchool.Stage;
import afterbell.app.demo.DemoSchool.Standing;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Writes the demo school as the spreadsheets its office would have, with the mess of real ones. {@code demo/make-files} runs it and has
 * LibreOffice save each file anew, so that the committed files come from a real office program.
 */
public final class MakeDemoFiles {
    static final String[] DAYS = {"周一", "周二", "周三", "周四", "周五"};
    static final Map<Standing, String> STANDINGS = Map.of(
            Standing.POOR, "建档立卡", Standing.LOW_INCOME, "低保", Standing.LEFT_BEHIND, "留守儿童", Standing.MIGRANT, "随迁子女", Standing.DISABLED, "残疾");
    private static final String[] NUMERALS = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

    private final DemoSchool school = DemoSchool.standard();
    private final Random random = new Random(school.seed());
    private final Pupil rounded = school.pupils().stream().filter(pupil -> pupil.grade() == 4 && pupil.registrationNumber() != null).findFirst().orElseThrow();
    private final Path folder;

    private MakeDemoFiles(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] folder) throws IOException {
        MakeDemoFiles files = new MakeDemoFiles(Path.of(folder[0]));
        files.pupils("pupils.xlsx", false);
        files.pupils("pupils-corrected.xlsx", true);
        files.junior();
        files.staff();
        files.rooms();
        files.menu();
        files.menuChanged();
        files.duties();
        files.members();
        files.standings();
        files.answers();
    }

    private interface Fill {
        void fill(Workbook book) throws IOException;
    }

    private void write(String name, Fill fill) throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve(name));
                Workbook book = new Workbook(out, "demo", "1.0")) {
            fill.fill(book);
        }
    }

    private static void title(Worksheet sheet, int row, String text, int columns) {
        sheet.value(row, 0, text);
        sheet.range(row, 0, row, columns - 1).merge();
        sheet.style(row, 0).bold().fontSize(16).horizontalAlignment("center").set();
    }

    private static void line(Worksheet sheet, int row, Object... values) {
        for (int i = 0; i < values.length; i++) {
            switch (values[i]) {
                case null -> {}
                case LocalDate date -> {
                    sheet.value(row, i, date);
                    sheet.style(row, i).format("yyyy/m/d").set();
                }
                case Number number -> sheet.value(row, i, number);
                default -> sheet.value(row, i, values[i].toString());
            }
        }
    }

    private static void header(Worksheet sheet, int row, String... words) {
        line(sheet, row, (Object[]) words);
        sheet.range(row, 0, row, words.length - 1).style().bold().fillColor("D9E1F2").wrapText(true).set();
    }

    /** The roll: one tab per grade of the primary part, each in its own style, and one tab for the junior part. */
    private void pupils(String name, boolean corrected) throws IOException {
        write(name, book -> {
            for (int grade = 1; grade <= 6; grade++) primaryTab(book.newWorksheet(NUMERALS[grade] + "年级"), grade, corrected);
            juniorTab(book.newWorksheet("初中部"));
            Worksheet notes = book.newWorksheet("填表说明");
            line(notes, 0, "一、请勿改动表头;二、出生日期以户口簿为准;三、家长电话请填常用手机号。");
        });
    }

    private void primaryTab(Worksheet sheet, int grade, boolean corrected) {
        title(sheet, 0, school.name() + "2026—2027学年第一学期学生花名册(" + NUMERALS[grade] + "年级)", 8);
        title(sheet, 1, "填表日期:2026年8月28日        填表人:教务处", 8);
        header(sheet, 3, "序号", grade % 2 == 0 ? "班级" : "所在班级", grade % 3 == 0 ? "学生姓名" : "姓名", "性别", "出生日期", "学籍号", "家长及电话", "备注");
        for (int i = 0; i < 8; i++) sheet.width(i, new double[] {6, 12, 16, 6, 14, 24, 44, 12}[i]);
        int row = 4;
        for (SchoolClass each : school.classes()) {
            if (each.grade() != grade) continue;
            int first = row;
            int number = 0;
            for (Pupil pupil : school.pupilsOf(each.code())) {
                if (number == 20 && grade == 3) row++;
                line(sheet, row, ++number, row == first || grade % 2 == 1 ? writing(each, grade) : null, spaced(pupil), gender(pupil), birthday(pupil, grade, corrected), registration(pupil, corrected), adults(pupil, corrected), null);
                row++;
            }
            // Every second grade writes the class once, in a cell merged over its children.
            if (grade % 2 == 0) {
                sheet.range(first, 1, row - 1, 1).merge();
                sheet.style(first, 1).verticalAlignment("center").set();
            }
        }
        line(sheet, row, "合计", null, (row - 4) + "人");
        line(sheet, row + 1, "注:转入学生请在备注栏注明。");
    }

    private static String writing(SchoolClass each, int grade) {
        return switch (grade) {
            case 1 -> each.name();
            case 2 -> NUMERALS[grade] + "(" + each.number() + ")班";
            case 3 -> NUMERALS[grade] + "（" + each.number() + "）班";
            case 4 -> grade + "." + each.number();
            case 5 -> grade + "0" + each.number();
            default -> "2021级" + each.number() + "班";
        };
    }

    private static String spaced(Pupil pupil) {
        boolean twoCharacters = pupil.name().codePointCount(0, pupil.name().length()) == 2;
        return twoCharacters ? pupil.name().substring(0, pupil.name().offsetByCodePoints(0, 1)) + "  " + pupil.name().substring(pupil.name().offsetByCodePoints(0, 1)) : pupil.name();
    }

    private static String gender(Pupil pupil) {
        return pupil.gender() == Gender.FEMALE ? "女" : "男";
    }

    private static Object birthday(Pupil pupil, int grade, boolean corrected) {
        LocalDate day = pupil.birthday();
        if (pupil.code().equals("P0333") && !corrected) return "2016-2-30";
        return switch (grade) {
            case 1 -> day;
            case 2 -> day.getYear() + "年" + day.getMonthValue() + "月" + day.getDayOfMonth() + "日";
            case 3 -> day.getYear() + "-" + day.getMonthValue() + "-" + day.getDayOfMonth();
            case 4 -> Integer.valueOf(day.toString().replace("-", ""));
            case 5 -> day.toString().replace("-", "/");
            default -> day.getDayOfMonth() % 2 == 0 ? day : wide(day.toString());
        };
    }

    private static String wide(String text) {
        return text.chars().mapToObj(c -> c >= '0' && c <= '9' ? Character.toString(c - '0' + '０') : Character.toString(c)).collect(Collectors.joining());
    }

    /** One number was typed into a general cell and lost its end. */
    private Object registration(Pupil pupil, boolean corrected) {
        String number = pupil.registrationNumber();
        if (number == null) return null;
        if (pupil.equals(rounded) && !corrected) return Double.valueOf(number.substring(1, 18) + "0");
        return number;
    }

    private Object adults(Pupil pupil, boolean corrected) {
        List<Adult> guardians = school.familyOf(pupil).adults().stream().filter(adult -> adult.part() == Part.GUARDIAN).toList();
        if (pupil.code().equals("P0777") && !corrected) return guardians.getFirst().name() + " " + guardians.getFirst().phone().substring(0, 10);
        if (guardians.size() == 1) return guardians.getFirst().name() + guardians.getFirst().phone();
        return switch (pupil.grade() % 3) {
            case 0 -> guardians.stream().map(adult -> relation(adult) + ":" + adult.name() + adult.phone()).collect(Collectors.joining(" "));
            case 1 -> guardians.stream().map(adult -> adult.name() + "(" + relation(adult).charAt(0) + ") " + adult.phone()).collect(Collectors.joining("、"));
            default -> guardians.stream().map(adult -> adult.name() + " " + wide(adult.phone())).collect(Collectors.joining("；"));
        };
    }

    private static String relation(Adult adult) {
        return adult.relation() == Relation.FATHER ? "父亲" : "母亲";
    }

    private void junior() throws IOException {
        StringBuilder csv = new StringBuilder("班级,姓名,性别,出生日期,父亲姓名,联系电话,母亲姓名,联系电话\r\n");
        for (Pupil pupil : school.pupils()) {
            if (pupil.grade() != 7) continue;
            csv.append("七(").append(pupil.classNumber()).append(")班,").append(pupil.name()).append(',').append(gender(pupil)).append(',').append(pupil.birthday());
            for (Relation relation : List.of(Relation.FATHER, Relation.MOTHER)) {
                Adult adult = adult(pupil, relation);
                csv.append(',').append(adult == null ? "" : adult.name()).append(',').append(adult == null ? "" : adult.phone());
            }
            csv.append("\r\n");
        }
        Files.writeString(folder.resolve("grade-7.csv"), csv, Charset.forName("GB18030"));
    }

    private Adult adult(Pupil pupil, Relation relation) {
        return school.familyOf(pupil).adults().stream().filter(adult -> adult.relation() == relation).findFirst().orElse(null);
    }

    private void juniorTab(Worksheet sheet) {
        title(sheet, 0, school.name() + "初中部学生信息登记表", 11);
        String[] upper = {"学生姓名", "年级", "班", "性别", "生日", "全国学籍号", "父亲", "父亲", "母亲", "母亲", "备注"};
        String[] lower = {null, null, null, null, null, null, "姓名", "联系电话", "姓名", "联系电话", null};
        header(sheet, 1, upper);
        line(sheet, 2, (Object[]) lower);
        for (int i = 0; i < 11; i++) if (lower[i] == null) sheet.range(1, i, 2, i).merge();
        sheet.range(1, 6, 1, 7).merge();
        sheet.range(1, 8, 1, 9).merge();
        int row = 3;
        for (Pupil pupil : school.pupils()) {
            if (pupil.grade() < 7) continue;
            if (row > 3 && row % 60 == 0) header(sheet, row++, "学生姓名", "年级", "班", "性别", "生日", "全国学籍号", "父亲姓名", "联系电话", "母亲姓名", "联系电话", "备注");
            Adult father = adult(pupil, Relation.FATHER);
            Adult mother = adult(pupil, Relation.MOTHER);
            line(sheet, row++, pupil.name(), new String[] {"初一", "初二", "初三"}[pupil.grade() - 7], pupil.classNumber(), gender(pupil), pupil.birthday(), pupil.registrationNumber() == null ? "无" : pupil.registrationNumber(),
                    father == null ? null : father.name(), father == null ? null : random.nextBoolean() ? Long.valueOf(father.phone()) : father.phone(), mother == null ? "/" : mother.name(), mother == null ? null : mother.phone(), null);
        }
    }

    private void staff() throws IOException {
        write("staff.xlsx", book -> {
            Worksheet sheet = book.newWorksheet("教职工名册");
            title(sheet, 0, school.name() + "教职工名册", 8);
            header(sheet, 1, "工号", "姓名", "性别", "职务", "任教学科", "班主任班级", "手机号码", "所属单位");
            int row = 2;
            for (DemoSchool.Staff person : school.staff()) {
                SchoolClass own = school.classes().stream().filter(each -> each.classTeacher().equals(person.code())).findFirst().orElse(null);
                line(sheet, row++, person.code(), person.name(), person.gender() == Gender.FEMALE ? "女" : "男", person.title(), person.subject().isEmpty() ? "无" : person.subject(), own == null ? null : own.name(), row % 4 == 0 ? Long.valueOf(person.phone()) : person.phone(), person.provider());
            }
        });
    }

    private void rooms() throws IOException {
        write("rooms.xlsx", book -> {
            Worksheet sheet = book.newWorksheet("教室与场地");
            header(sheet, 0, "编号", "教室名称", "类型", "楼栋", "可容纳人数", "使用班级");
            int row = 1;
            for (DemoSchool.Room room : school.rooms()) {
                String kind = room.kind() == RoomKind.CLASSROOM ? "教室" : room.kind() == RoomKind.SPECIAL ? "专用教室" : "场地";
                SchoolClass own = school.classes().stream().filter(each -> each.room().equals(room.code())).findFirst().orElse(null);
                line(sheet, row++, room.kind() == RoomKind.CLASSROOM ? Integer.valueOf(room.code()) : room.code(), room.name(), kind, room.building(), room.seats(), own == null ? null : own.name());
            }
        });
    }

    private void menu() throws IOException {
        write("menu.xlsx", book -> {
            Worksheet sheet = book.newWorksheet("课程菜单");
            title(sheet, 0, school.name() + "课后服务课程菜单(2026年秋)", 15);
            header(sheet, 2, "编号", "课程名称", "领域", "形式", "招收年级", "星期", "时段", "任课教师", "上课地点", "开班人数", "名额", "费用(元/次)", "保险", "自备材料", "合作机构", "课程简介", "直录理由");
            int row = 3;
            for (Section section : school.sections()) {
                List<String> grades = section.grades().stream().map(grade -> NUMERALS[grade]).toList();
                line(sheet, row++, section.code(), section.name(), section.domain(), section.form() == SectionForm.CHOICE ? section.maximum() > 20 ? "走班" : "社团" : "直录", String.join("、", grades) + "年级", DAYS[section.day().getValue() - 1],
                        school.slot(section.stage(), section.slot()).name(), section.teachers().stream().map(code -> school.staff(code).name()).collect(Collectors.joining("、")), school.room(section.room()).name(),
                        section.minimum(), row % 3 == 0 ? section.maximum() + "人" : section.maximum(), section.fen() == 0 ? "免费" : section.fen() / 100, section.insurance() ? "是" : null, section.materials(), section.provider(), section.description(), section.reason());
            }
        });
    }

    /** The menu as a colleague sends it back: other order and words of columns, a group header, days merged, three changes, a new course, one course gone. */
    private void menuChanged() throws IOException {
        write("menu-changed.xlsx", book -> {
            Worksheet sheet = book.newWorksheet("调整后");
            title(sheet, 0, "课程菜单调整稿", 12);
            line(sheet, 1, "教导处 9月3日 请各组核对");
            line(sheet, 3, "上课", null, null, "课程", null, null, "人数", null, "谁来上", null);
            header(sheet, 4, "星期", "时段", "上课地点", "编号", "课程名称", "招收年级", "开班人数", "名额", "指导教师", "费用");
            int row = 5;
            List<Section> sections = school.sections().stream().sorted(java.util.Comparator.comparing(Section::day).thenComparing(Section::code)).toList();
            for (DayOfWeek day : DayOfWeek.values()) {
                int first = row;
                for (Section section : sections) {
                    if (section.day() != day || section.code().equals("S60")) continue;
                    List<String> grades = section.grades().stream().map(grade -> NUMERALS[grade]).toList();
                    line(sheet, row, row == first ? DAYS[day.getValue() - 1] : null, "第" + section.slot() + "时段", school.room(section.room()).name(), section.code(), section.code().equals("S02") ? section.name() + "(提高)" : section.name(),
                            grades.size() == 1 ? grades.getFirst() + "年级" : grades.getFirst() + "至" + grades.getLast() + "年级", section.minimum(), section.code().equals("S03") ? section.maximum() - 2 : section.maximum(),
                            section.teachers().stream().map(code -> school.staff(code).name()).collect(Collectors.joining("、")), section.fen() == 0 ? "免费" : section.fen() / 100 + "元/次");
                    row++;
                }
                if (row - 1 > first) sheet.range(first, 0, row - 1, 0).merge();
            }
            line(sheet, row, "合计", null, null, null, (row - 5) + "门");
        });
    }

    private void duties() throws IOException {
        write("duties.xlsx", book -> {
            Worksheet sheet = book.newWorksheet("看班安排");
            title(sheet, 0, "各班课后服务看班教师安排表", 7);
            header(sheet, 1, "班级", "时段", "周一", "周二", "周三", "周四", "周五");
            int row = 2;
            for (SchoolClass each : school.classes()) {
                int first = row;
                for (Slot slot : school.slots()) {
                    if (slot.stage() != Stage.of(each.grade())) continue;
                    List<Object> cells = new ArrayList<>();
                    cells.add(row == first ? each.name() : null);
                    cells.add(slot.name());
                    for (DayOfWeek day : DayOfWeek.values())
                        school.duties().stream()
                                .filter(duty -> duty.classCode().equals(each.code()) && duty.day() == day && duty.slot() == slot.index())
                                .forEach(duty -> cells.add(school.staff(duty.teacher()).name()));
                    line(sheet, row++, cells.toArray());
                }
                sheet.range(first, 0, row - 1, 0).merge();
            }
        });
    }

    private void members() throws IOException {
        write("members.xlsx", book -> {
            Worksheet sheet = book.newWorksheet("直录名单");
            title(sheet, 0, "各队伍直录名单", 4);
            header(sheet, 1, "队伍", "序号", "队员", "班级");
            int row = 2;
            for (Section team : school.sections()) {
                if (team.form() != SectionForm.FIXED_MEMBERS) continue;
                int first = row;
                for (String code : team.members()) {
                    Pupil pupil = school.pupils().stream().filter(each -> each.code().equals(code)).findFirst().orElseThrow();
                    line(sheet, row, row == first ? team.name() : null, row - first + 1, pupil.name(), school.schoolClass(pupil.classCode()).name());
                    row++;
                }
                sheet.range(first, 0, row - 1, 0).merge();
            }
        });
    }

    private void standings() throws IOException {
        write("standings.xlsx", book -> {
            Worksheet sheet = book.newWorksheet("优先保障名单");
            title(sheet, 0, "优先保障与减免学生名单(内部资料)", 7);
            header(sheet, 1, "序号", "学生姓名", "班级", "出生日期", "认定类别", "有效期至", "证明材料");
            int row = 2;
            for (Pupil pupil : school.pupils()) {
                if (pupil.standings().isEmpty()) continue;
                String words = pupil.standings().stream().map(STANDINGS::get).collect(Collectors.joining("、"));
                line(sheet, row, row - 1, pupil.name(), school.schoolClass(pupil.classCode()).name(), pupil.birthday(), words, LocalDate.of(2027, 8, 31), "证明" + String.format(Locale.ROOT, "%03d", row));
                row++;
            }
        });
    }

    /** The answers of one class as a questionnaire site exports them. */
    private void answers() throws IOException {
        write("answers-3-2.xlsx", book -> {
            Worksheet sheet = book.newWorksheet("Sheet1");
            header(sheet, 0, "序号", "提交答卷时间", "1、您孩子的姓名：", "2、所在班级：", "3、是否参加课后服务？", "4、哪几天参加？【多选题】", "5、孩子到几点离校？", "6、第一志愿：", "7、第二志愿：");
            int row = 1;
            List<Section> clubs = school.sections().stream().filter(section -> section.form() == SectionForm.CHOICE && section.grades().contains(3)).toList();
            for (Pupil pupil : school.pupilsOf("C3-2")) {
                boolean takes = random.nextInt(10) > 0;
                String days = random.nextInt(3) == 0 ? "周一┋周三┋周五" : "周一┋周二┋周三┋周四┋周五";
                line(sheet, row, row, "2026/9/1 8:" + String.format(Locale.ROOT, "%02d", row % 60), pupil.name(), row % 3 == 0 ? "三2" : "三(2)班", takes ? "参加" : "不参加", takes ? days : "(跳过)",
                        takes ? "18:00" : "(跳过)", takes ? clubs.get(random.nextInt(clubs.size())).name() : "(跳过)", takes ? clubs.get(random.nextInt(clubs.size())).name() : "(跳过)");
                row++;
            }
        });
    }
}
