package afterbell.base.shared.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.sheet.ImportPreview.Answer;
import afterbell.base.shared.sheet.ImportPreview.Ask;
import afterbell.base.shared.sheet.ImportPreview.By;
import afterbell.base.shared.sheet.ImportPreview.Changed;
import afterbell.base.shared.sheet.ImportPreview.Doubt;
import afterbell.base.shared.sheet.ImportPreview.Entry;
import afterbell.base.shared.sheet.ImportPreview.Known;
import afterbell.base.shared.sheet.ImportPreview.New;
import afterbell.base.shared.sheet.ImportPreview.RowAt;
import afterbell.base.shared.sheet.ImportPreview.Same;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@Req("R57")
class ImportPreviewTest {
    private static final ImportKind PUPILS = SheetKinds.pupils(true);
    private static final String HEADER = "姓名|班级|出生日期|学籍号|家长";

    private static Known known(String key, String name, String schoolClass, String birthday, String... phone) {
        Map<String, String> record = new HashMap<>(Map.of("name", name, "class", schoolClass, "birthday", birthday));
        if (phone.length > 0) record.put("adults", "||" + phone[0]);
        return new Known(key, PUPILS.values(record));
    }

    private static ImportPreview preview(List<Known> known, String... rows) throws SheetRefused {
        return preview(known, Map.of(), rows);
    }

    private static ImportPreview preview(List<Known> known, Map<RowAt, Answer> answers, String... rows) throws SheetRefused {
        List<String> all = new ArrayList<>(List.of(HEADER));
        all.addAll(List.of(rows));
        return ImportPreview.of(PUPILS, known, Sheets.read(PUPILS, all.toArray(String[]::new)), answers);
    }

    @Test
    void a_child_is_found_by_name_class_and_birthday_and_only_differences_are_shown() throws SheetRefused {
        ImportPreview preview = preview(List.of(known("a", "张三", "3-2", "2017-09-01", "13800000001")), "张三|三2|2017-9-1||张伟 13800000001");
        assertThat(preview.entries().getFirst()).isInstanceOfSatisfying(Changed.class, changed -> {
            assertThat(changed.by()).isEqualTo(By.PERSON);
            assertThat(changed.changes()).containsExactly(new ImportPreview.Change("adults", "||13800000001", "张伟||13800000001"));
        });
        assertThat(preview.gone()).isEmpty();
    }

    @Test
    void a_blank_cell_erases_nothing() throws SheetRefused {
        assertThat(preview(List.of(known("a", "张三", "3-2", "2017-09-01", "13800000001")), "张三|三2|||").entries().getFirst()).isInstanceOf(Same.class);
    }

    @Test
    void who_is_missing_is_gone_only_from_classes_that_the_file_speaks_of() throws SheetRefused {
        ImportPreview preview = preview(
                List.of(known("a", "张三", "3-2", ""), known("b", "李四", "3-2", ""), known("c", "王五", "3-3", "")), "张三|三2|||");
        assertThat(preview.gone()).extracting(Known::key).containsExactly("b");
    }

    @Test
    void nobody_is_gone_whom_a_faulty_row_may_mean() throws SheetRefused {
        ImportPreview preview = preview(List.of(known("a", "张三", "3-2", ""), known("b", "李四", "3-2", "")), "张三|三2|||", "李四|三2|2017-2-30||");
        assertThat(preview.gone()).isEmpty();
        assertThat(preview.bad()).hasSize(1);
    }

    @Test
    void twins_are_two_children_and_never_one_renamed() throws SheetRefused {
        List<Known> twins = List.of(known("a", "张晓明", "3-2", "2017-09-01", "13800000001"), known("b", "张晓亮", "3-2", "2017-09-01", "13800000001"));
        ImportPreview preview = preview(twins, "张晓亮|三2|2017-9-1||13800000001", "张晓明|三2|2017-9-1||13800000001");
        assertThat(preview.countSame()).isEqualTo(2);
        ImportPreview third = preview(twins, "张晓亮|三2|2017-9-1||13800000001", "张晓明|三2|2017-9-1||13800000001", "张晓光|三2|2017-9-1||13800000001");
        assertThat(third.countNew()).isEqualTo(1);
        assertThat(third.countAsked()).isZero();
    }

    @Test
    void a_corrected_name_is_asked_for_it_may_be_a_twin() throws SheetRefused {
        ImportPreview preview = preview(List.of(known("a", "张小明", "3-2", "2017-09-01", "13800000001")), "张晓明|三2|2017-9-1||13800000001");
        assertThat(preview.entries().getFirst()).isInstanceOfSatisfying(Ask.class, ask -> assertThat(ask.doubt()).isEqualTo(Doubt.OTHER_NAME));
        assertThat(preview.gone()).isEmpty();
        ImportPreview answered = preview(
                List.of(known("a", "张小明", "3-2", "2017-09-01", "13800000001")), Map.of(new RowAt("Sheet1", 2), new ImportPreview.Is("a")), "张晓明|三2|2017-9-1||13800000001");
        assertThat(answered.entries().getFirst()).isInstanceOf(Changed.class);
        ImportPreview twin = preview(
                List.of(known("a", "张小明", "3-2", "2017-09-01", "13800000001")), Map.of(new RowAt("Sheet1", 2), new ImportPreview.IsNew()), "张晓明|三2|2017-9-1||13800000001");
        assertThat(twin.entries().getFirst()).isInstanceOf(New.class);
        assertThat(twin.gone()).hasSize(1);
    }

    @Test
    void homonyms_in_one_class_need_birthday_or_number() throws SheetRefused {
        ImportPreview blind = preview(List.of(), "王芳|三2|||", "王芳|三2|2017-9-1||");
        assertThat(blind.countNew()).isEqualTo(1);
        assertThat(blind.bad()).extracting(bad -> bad.reason().key()).containsExactly("sheet.row.homonym");
        ImportPreview told = preview(List.of(), "王芳|三2|2017-9-1||", "王芳|三2|2017-9-2||");
        assertThat(told.countNew()).isEqualTo(2);
        ImportPreview asked = preview(List.of(known("a", "王芳", "3-2", "2017-09-01"), known("b", "王芳", "3-2", "2017-09-02")), "王芳|三2|||13800000009");
        assertThat(asked.entries().getFirst()).isInstanceOfSatisfying(Ask.class, ask -> {
            assertThat(ask.doubt()).isEqualTo(Doubt.HOMONYM);
            assertThat(ask.candidates()).hasSize(2);
            assertThat(ask.suggested()).isNull();
        });
        ImportPreview found = preview(
                List.of(known("a", "王芳", "3-2", "2017-09-01"), known("b", "王芳", "3-2", "2017-09-02")), "王芳|三2|2017-9-2||", "王芳|三2|2017-9-1||");
        assertThat(found.countSame()).isEqualTo(2);
    }

    @Test
    void the_same_row_twice_is_taken_once() throws SheetRefused {
        ImportPreview preview = preview(List.of(), "王芳|三2|2017-9-1||", "王芳|三2|2017-9-1||");
        assertThat(preview.countNew()).isEqualTo(1);
        assertThat(preview.bad()).extracting(bad -> bad.reason().key()).containsExactly("sheet.row.double");
    }

    @Test
    void a_child_in_another_class_is_suggested_and_confirmed_by_a_person() throws SheetRefused {
        ImportPreview preview = preview(List.of(known("a", "张三", "3-2", "2017-09-01")), "张三|三3|2017-9-1||");
        assertThat(preview.entries().getFirst()).isInstanceOfSatisfying(Ask.class, ask -> {
            assertThat(ask.doubt()).isEqualTo(Doubt.OTHER_CLASS);
            assertThat(ask.suggested()).isNotNull();
        });
    }

    @Test
    void another_birthday_in_the_same_class_is_asked() throws SheetRefused {
        ImportPreview preview = preview(List.of(known("a", "张三", "3-2", "2017-09-01", "13800000001")), "张三|三2|2017-9-11||13800000001");
        assertThat(preview.entries().getFirst()).isInstanceOfSatisfying(Ask.class, ask -> {
            assertThat(ask.doubt()).isEqualTo(Doubt.OTHER_BIRTHDAY);
            assertThat(ask.suggested()).isNotNull();
        });
    }

    @Test
    void a_number_finds_a_child_whatever_else_changed_but_not_another_child() throws SheetRefused {
        Known numbered = new Known("a", PUPILS.values(Map.of("name", "张三", "class", "3-2", "birthday", "2017-09-01", "registration", "L990000201709010011")));
        ImportPreview renamed = preview(List.of(numbered), "张叁|四1|2017-9-1|L990000201709010011|");
        assertThat(renamed.entries().getFirst()).isInstanceOfSatisfying(Changed.class, changed -> assertThat(changed.by()).isEqualTo(By.NUMBER));
        ImportPreview other = preview(List.of(numbered), "李四|三2|2017-5-5|L990000201709010011|");
        assertThat(other.entries().getFirst()).isInstanceOfSatisfying(Ask.class, ask -> assertThat(ask.doubt()).isEqualTo(Doubt.NUMBER_OF_ANOTHER));
        ImportPreview twice = preview(List.of(), "张三|三2|2017-9-1|L990000201709010011|", "李四|三2|2017-5-5|L990000201709010011|");
        assertThat(twice.bad()).as("nobody knows which of the two is right").extracting(bad -> bad.reason().key()).containsExactly("sheet.row.number-twice", "sheet.row.number-twice");
        assertThat(twice.bad()).extracting(BadCell::row).containsExactly(2, 3);
        assertThat(twice.entries()).isEmpty();
        ImportPreview same = preview(List.of(), "张三|三2|2017-9-1|L990000201709010011|", "张三|三2|2017-9-1|L990000201709010011|");
        assertThat(same.bad()).extracting(bad -> bad.reason().key()).containsExactly("sheet.row.double");
        assertThat(same.countNew()).isOne();
        ImportPreview corrected = preview(List.of(numbered), "张三|三2|2017-9-1|L990000201709010022|");
        assertThat(corrected.entries().getFirst()).isInstanceOfSatisfying(Ask.class, ask -> assertThat(ask.doubt()).isEqualTo(Doubt.OTHER_NUMBER));
    }

    /** Applies what needs no answer, as a room would. */
    private static List<Known> apply(List<Known> known, ImportPreview preview) {
        Map<String, Known> after = new HashMap<>();
        for (Known record : known) after.put(record.key(), record);
        for (Entry entry : preview.entries()) {
            switch (entry) {
                case New added -> after.put("n" + after.size(), new Known("n" + after.size(), added.row().values().clone()));
                case Changed changed -> {
                    String[] values = changed.known().values().clone();
                    for (int i = 0; i < values.length; i++) if (!changed.row().values()[i].isEmpty()) values[i] = changed.row().values()[i];
                    after.put(changed.known().key(), new Known(changed.known().key(), values));
                }
                case Same ignored -> {}
                case Ask ignored -> {}
                case ImportPreview.Skipped ignored -> {}
            }
        }
        return new ArrayList<>(after.values());
    }

    /** Worlds with twins, homonyms, missing birthdays and numbers: importing again, in any order, changes nothing and doubles nobody. */
    @Test
    void importing_the_same_file_again_doubles_nothing() throws SheetRefused {
        String[] names = {"张三", "李四", "王芳", "张晓明", "张晓亮", "王𠮷安"};
        long seed = 31;
        Random random = new Random(seed);
        for (int turn = 0; turn < 800; turn++) {
            List<String> rows = new ArrayList<>();
            for (int i = random.nextInt(14); i >= 0; i--) {
                String birthday = random.nextInt(4) == 0 ? "" : LocalDate.of(2017, 9, 1 + random.nextInt(3)).toString();
                String number = random.nextInt(3) == 0 ? "L99000020170901%04d".formatted(random.nextInt(40)) : "";
                rows.add(String.join("|", names[random.nextInt(names.length)], "三" + (1 + random.nextInt(2)), birthday, number,
                        random.nextBoolean() ? "1380000000" + random.nextInt(3) : ""));
            }
            ImportPreview first = preview(List.of(), rows.toArray(String[]::new));
            List<Known> world = apply(List.of(), first);
            Collections.shuffle(rows, random);
            ImportPreview again = preview(world, rows.toArray(String[]::new));
            String where = "seed " + seed + " turn " + turn + " " + rows;
            Set<String> claimed = new HashSet<>();
            for (Entry entry : again.entries()) {
                if (entry instanceof Same same) assertThat(claimed.add(same.known().key())).as(where).isTrue();
                if (entry instanceof Changed changed) assertThat(claimed.add(changed.known().key())).as(where).isTrue();
            }
            long strictlyNew = again.countNew();
            assertThat(strictlyNew).as(where).isLessThanOrEqualTo(firstRefusals(first));
        }
    }

    /** A row refused as somebody's double the first time may be the one that is read the second time, in another order. */
    private static long firstRefusals(ImportPreview first) {
        return first.bad().size();
    }

    @Test
    void importing_a_clean_file_again_changes_nothing_at_all() throws SheetRefused {
        Random random = new Random(99);
        for (int turn = 0; turn < 300; turn++) {
            List<String> rows = new ArrayList<>();
            Set<String> used = new HashSet<>();
            for (int i = 0; i < 30; i++) {
                String name = "张" + (char) ('一' + random.nextInt(12));
                String schoolClass = "三" + (1 + random.nextInt(3));
                String birthday = LocalDate.of(2017, 9, 1).plusDays(random.nextInt(40)).toString();
                if (used.add(name + schoolClass + birthday)) rows.add(String.join("|", name, schoolClass, birthday, "", "1380000%04d".formatted(i)));
            }
            List<Known> world = apply(List.of(), preview(List.of(), rows.toArray(String[]::new)));
            assertThat(world).hasSize(rows.size());
            Collections.shuffle(rows, random);
            ImportPreview again = preview(world, rows.toArray(String[]::new));
            assertThat(again.countSame()).as("turn " + turn).isEqualTo(rows.size());
            assertThat(again.gone()).isEmpty();
        }
    }

    @Test
    void the_order_of_rows_decides_nothing() throws SheetRefused {
        Random random = new Random(12);
        for (int turn = 0; turn < 300; turn++) {
            List<Known> world = new ArrayList<>();
            for (int i = 0; i < 8; i++)
                world.add(known("k" + i, List.of("张三", "李四", "王芳").get(random.nextInt(3)), "3-" + (1 + random.nextInt(2)), random.nextInt(3) == 0 ? "" : "2017-09-0" + (1 + random.nextInt(3))));
            Set<String> rows = new HashSet<>();
            for (int i = 0; i < 8; i++)
                rows.add(List.of("张三", "李四", "王芳").get(random.nextInt(3)) + "|三" + (1 + random.nextInt(2)) + "|2017-9-" + (1 + random.nextInt(3)) + "||");
            List<String> one = new ArrayList<>(rows);
            List<String> two = new ArrayList<>(rows);
            Collections.shuffle(two, random);
            assertThat(outcome(preview(world, one.toArray(String[]::new)))).as("turn " + turn).isEqualTo(outcome(preview(world, two.toArray(String[]::new))));
        }
    }

    private static Set<String> outcome(ImportPreview preview) {
        return preview.entries().stream()
                .map(entry -> String.join(",", entry.row().values()) + switch (entry) {
                    case New ignored -> "new";
                    case Changed changed -> "changed" + changed.known().key();
                    case Same same -> "same" + same.known().key();
                    case Ask ask -> "ask" + ask.doubt();
                    case ImportPreview.Skipped ignored -> "skipped";
                })
                .collect(Collectors.toSet());
    }
}
