package afterbell.base.roster.importing;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.sheet.ImportTarget;
import afterbell.base.shared.sheet.SheetRefused;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
@Req("R57")
class ImportsIT {
    @Autowired
    GivenSchool given;

    @Autowired
    Imports imports;

    @Autowired
    Roster roster;

    @Autowired
    JdbcClient sql;

    private UUID school;
    private Wearer office;

    @BeforeEach
    void aSchool() {
        school = given.school();
        office = new Wearer(UUID.randomUUID(), "office", Hat.STAFF, List.of(new Wearer.Grant(Role.OFFICE, school, null, null, null, null)), false);
    }

    private <T> T as(Callable<T> work) {
        try {
            return Scopes.callWithin(Scope.school(school, office.account()), work);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private UUID take(String kind, String name, byte[] content) {
        return as(() -> switch (imports.take(office, kind, name, content)) {
            case Outcome.Done<UUID> done -> done.value();
            case Outcome.Refused<UUID> refused -> throw new AssertionError(refused.refusals().toString());
        });
    }

    private UUID take(String kind, String csv) {
        return take(kind, "a.csv", csv.getBytes(StandardCharsets.UTF_8));
    }

    private ImportTarget.Applied apply(UUID draft) {
        return as(() -> ((Outcome.Done<ImportTarget.Applied>) imports.apply(office, draft, "")).value());
    }

    private Imports.Looked look(UUID draft) {
        return as(() -> imports.look(office, draft));
    }

    private List<Pupil> pupils() {
        return as(() -> roster.pupils(school));
    }

    @Test
    void the_roll_of_the_demo_school_becomes_its_children_and_again_changes_nothing() throws Exception {
        byte[] file = Files.readAllBytes(Path.of("demo/pupils-corrected.xlsx"));
        UUID draft = take("pupils", "pupils.xlsx", file);
        assertThat(look(draft).preview().countNew()).isEqualTo(1200);
        assertThat(pupils()).isEmpty();
        assertThat(apply(draft)).isEqualTo(new ImportTarget.Applied(1200, 0, 0));
        assertThat(pupils()).hasSize(1200);
        assertThat(as(() -> roster.classes(school))).hasSize(28);
        assertThat(apply(draft)).as("applied twice").isEqualTo(new ImportTarget.Applied(1200, 0, 0));
        assertThat(pupils()).hasSize(1200);
        assertThat(given.in(school, () -> sql.sql("select reltuples::bigint from pg_class where oid = 'roster.pupil'::regclass").query(Long.class).single())).as("the planner knows them at once").isGreaterThanOrEqualTo(1200);

        UUID again = take("pupils", "pupils.xlsx", file);
        assertThat(look(again).preview().countSame()).isEqualTo(1200);
        assertThat(apply(again)).isEqualTo(new ImportTarget.Applied(0, 0, 0));
        assertThat(given.in(school, () -> sql.sql("select count(*) from roster.pupil where school_id = :s and name like '%张%' and number_sealed is not null and person_key is null").param("s", school).query(Long.class).single()))
                .isZero();
    }

    @Test
    void a_fault_is_mended_in_place_and_a_question_answered() {
        UUID draft = take("pupils", "姓名,班级,出生日期,家长电话\n张三,三2,2017-2-30,13800000001\n李四,三2,2017-9-1,13800000002\n");
        assertThat(look(draft).preview().bad()).hasSize(1);
        as(() -> {
            imports.mend(office, draft, new Draft.Mended.Cell("a", 2, "C", "2017-2-28"));
            return true;
        });
        assertThat(look(draft).preview().countNew()).isEqualTo(2);
        assertThat(apply(draft)).isEqualTo(new ImportTarget.Applied(2, 0, 0));

        UUID moved = take("pupils", "姓名,班级,出生日期\n张三,三3,2017-2-28\n");
        assertThat(look(moved).preview().countAsked()).isEqualTo(1);
        assertThat(as(() -> imports.acceptSuggestions(office, moved))).isEqualTo(1);
        assertThat(apply(moved)).isEqualTo(new ImportTarget.Applied(0, 1, 0));
        assertThat(pupils()).extracting(Pupil::className).containsExactly("三(2)班", "三(3)班");
    }

    @Test
    void who_is_gone_leaves_only_when_a_person_says_so_and_may_come_back() {
        apply(take("pupils", "姓名,班级,出生日期,学籍号\n张三,三2,2017-2-28,L990000201702280011\n李四,三2,2017-9-1,\n"));
        UUID less = take("pupils", "姓名,班级,出生日期\n李四,三2,2017-9-1\n");
        String gone = look(less).preview().gone().getFirst().key();
        as(() -> {
            imports.gone(office, less, Set.of(gone));
            return true;
        });
        assertThat(apply(less)).isEqualTo(new ImportTarget.Applied(0, 0, 1));
        assertThat(pupils()).extracting(Pupil::name).containsExactly("李四");
        assertThat(apply(take("pupils", "姓名,班级,出生日期,学籍号\n张三,三2,2017-2-28,L990000201702280011\n"))).isEqualTo(new ImportTarget.Applied(1, 0, 0));
    }

    @Test
    void a_list_of_a_whole_class_is_no_first_day_of_school_but_one_more_child_has_one() {
        String two = "姓名,班级,出生日期\n张三,三2,2017-2-28\n李四,三2,2017-9-1\n";
        apply(take("pupils", two));
        assertThat(joined()).isZero();
        apply(take("pupils", two + "王五,三2,2017-5-5\n赵六,三3,2017-6-6\n"));
        assertThat(pupils()).hasSize(4);
        assertThat(joined()).as("the one that came into a class").isOne();
    }

    private long joined() {
        return given.in(school, () -> sql.sql("select count(joined_on) from roster.pupil where school_id = :s").param("s", school).query(Long.class).single());
    }

    @Test
    void adults_are_shared_between_sisters_and_brothers_and_never_lost() {
        apply(take("pupils", "姓名,班级,家长\n张三,三2,张伟(父)13800000001\n张小三,一1,张伟(父)13800000001、李娜(母)13800000002\n"));
        assertThat(given.in(school, () -> sql.sql("select count(*) from roster.adult where school_id = :s").param("s", school).query(Long.class).single())).isEqualTo(2);
        UUID newPhone = take("pupils", "姓名,班级,家长\n张小三,一1,李娜(母)13800000003\n");
        assertThat(look(newPhone).preview().countChanged()).isEqualTo(1);
        apply(newPhone);
        UUID same = take("pupils", "姓名,班级,家长\n张小三,一1,李娜(母)13800000003、张伟\n");
        assertThat(look(same).preview().countSame()).isEqualTo(1);
        assertThat(given.in(school, () -> sql.sql("select count(*) from roster.adult where school_id = :s").param("s", school).query(Long.class).single())).isEqualTo(2);
    }

    @Test
    void identity_numbers_are_not_even_read_unless_a_rule_asks() {
        UUID draft = take("pupils", "姓名,班级,身份证号\n张三,三2,12345\n");
        assertThat(look(draft).preview().bad()).isEmpty();
        assertThat(look(draft).read().tabs().getFirst().unknown()).containsValue("身份证号");
    }

    @Test
    void children_are_found_by_sound_class_and_part_of_the_name() {
        apply(take("pupils", "姓名,班级\n张晓明,三2\n单晓明,三3\n王𠮷安,三2\n欧阳娜,四1\n"));
        assertThat(found("zxm")).containsExactly("张晓明");
        assertThat(found("xm")).containsExactly("张晓明", "单晓明");
        assertThat(found("sxm")).containsExactly("单晓明");
        assertThat(found("三2 wja")).containsExactly("王𠮷安");
        assertThat(found("302")).hasSize(2);
        assertThat(found("32 晓")).containsExactly("张晓明");
        assertThat(found("𠮷")).containsExactly("王𠮷安");
        assertThat(found("%")).isEmpty();
        assertThat(found("_")).isEmpty();
        assertThat(found("' or 1=1 --")).isEmpty();
        assertThat(found("")).isEmpty();
    }

    private List<String> found(String typed) {
        return as(() -> roster.search(school, typed, 20)).stream().map(Pupil::name).toList();
    }

    @Test
    void a_draft_of_another_person_is_not_found() throws SheetRefused {
        UUID draft = take("pupils", "姓名,班级\n张三,三2\n");
        Wearer other = new Wearer(UUID.randomUUID(), "other", Hat.STAFF, office.grants(), false);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> as(() -> imports.look(other, draft)))).hasRootCauseInstanceOf(afterbell.base.shared.NotFound.class);
    }

    @Test
    void two_clerks_who_confirm_at_one_moment_double_nobody() throws Exception {
        String csv = "姓名,班级\n张三,三2\n李四,三2\n";
        UUID one = take("pupils", csv);
        UUID two = take("pupils", csv);
        try (var pool = java.util.concurrent.Executors.newFixedThreadPool(2)) {
            var a = pool.submit(() -> apply(one));
            var b = pool.submit(() -> apply(two));
            assertThat(a.get().added() + b.get().added()).isEqualTo(2);
        }
        assertThat(pupils()).hasSize(2);
    }
}
