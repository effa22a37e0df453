package afterbell.base.roster.importing;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** OneRoster 1.2 CSV: out and in again doubles nothing, and a bundle of somebody else's making is read as it comes. */
@HouseTest
@Req("R57")
class OneRosterIT {
    /** A bundle by another program: columns in another order, a mark of the encoding, columns of its own, others left out, CRLF and quotes. */
    private static final Map<String, String> BY_HAND = Map.of(
            "OneRoster/users.csv",
            "\uFEFFfamilyName,givenName,sourcedId,vendorColumn,identifier,agentSourcedIds,sms\r\n\u6b27\u9633,\u83f2\u83f2,s1,x,,\"g1,g2\",\r\n\u5f20,\u660e,s2,,,,\r\nSmith,Anna Maria,s3,,,,\r\n\u6b27\u9633,\u950b,g1,,,,13800000001\r\n\u738b,\u79c0,g2,,,,\r\n\u5218,\u8001\u5e08,t1,,T77,,\r\n\u65e7,\u4eba,s9,,,,\r\n",
            "OneRoster/roles.csv",
            "role,userSourcedId,sourcedId,roleType\nstudent,s1,r1,primary\nstudent,s2,r2,primary\nstudent,s3,r3,primary\nguardian,g1,r4,primary\nparent,g2,r5,primary\nteacher,t1,r6,primary\naide,t1,r7,secondary\n",
            "OneRoster/classes.csv",
            "title,sourcedId,classType,grades\n\u4e09\u5e74\u7ea72\u73ed,c1,homeroom,03\n\u5408\u5531,c2,scheduled,\"03,04\"\n",
            "OneRoster/enrollments.csv",
            "userSourcedId,classSourcedId,role,primary,status\ns1,c2,student,,\ns1,c1,student,,\ns2,c1,student,,\ns3,c1,student,,\nt1,c1,teacher,true,\ns9,c1,student,,tobedeleted\n",
            "OneRoster/demographics.csv",
            "sourcedId,sex,birthDate\ns1,female,2017-05-06\ns2,male,2017-01-02\n",
            "OneRoster/manifest.csv",
            "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.users,bulk\n");

    @Autowired
    GivenSchool given;

    @Autowired
    FileImport imports;

    @Autowired
    OneRosterOut out;

    @Autowired
    TakeOneRoster take;

    @Autowired
    Imports drafts;

    @Autowired
    Roster roster;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    JdbcClient sql;

    private UUID school;
    private Wearer office;

    @BeforeEach
    void aSchool() {
        school = given.school();
        office = new Wearer(UUID.randomUUID(), "office", Hat.STAFF, List.of(new Wearer.Grant(Role.OFFICE, school, null, null, null, null)), false);
    }

    @Test
    void a_bundle_by_hand_is_read_whatever_the_order_of_its_columns() {
        FileImport.Report report = run(zip(BY_HAND), true);
        assertThat(report.bad()).isEmpty();
        assertThat(report.applied()).isTrue();
        assertThat(report.added()).isEqualTo(4);
        List<Pupil> pupils = in(() -> roster.pupils(school));
        assertThat(pupils).extracting(Pupil::name).containsExactlyInAnyOrder("\u6b27\u9633\u83f2\u83f2", "\u5f20\u660e", "Anna Maria Smith");
        assertThat(pupils).allMatch(p -> p.grade() == 3);
        assertThat(pupils).filteredOn(p -> p.name().equals("\u6b27\u9633\u83f2\u83f2")).singleElement().satisfies(p -> assertThat(p.birthday()).hasToString("2017-05-06")).satisfies(p -> assertThat(p.gender()).isEqualTo("F"));
        assertThat(in(() -> sql.sql("select name from roster.pub_relation where school_id = :s order by name").param("s", school).query(String.class).list())).containsExactlyInAnyOrder("\u6b27\u9633\u950b", "\u738b\u79c0");
        assertThat(in(() -> sql.sql("select s.code from roster.pub_class_teacher t join roster.pub_staff s using (school_id, staff_id) where t.school_id = :s").param("s", school).query(String.class).list())).containsExactly("T77");
        FileImport.Report again = run(zip(BY_HAND), true);
        assertThat(again.added()).isZero();
        assertThat(again.changed()).isZero();
        assertThat(again.asked()).isZero();
        assertThat(again.same()).isEqualTo(4);
    }

    @Test
    void out_and_in_again_changes_nothing_even_for_homonyms_and_the_same_state_gives_the_same_bytes() throws IOException {
        run(zip(BY_HAND), true);
        UUID klass = in(() -> roster.classes(school)).getFirst().id();
        in(() -> {
            roster.addPupils(school, List.of(new Roster.NewPupil(UUID.randomUUID(), klass, "\u5f20\u660e", null, null, "zm", null), new Roster.NewPupil(UUID.randomUUID(), klass, "\u5f20\u660e", null, null, "zm", null)));
            return true;
        });
        byte[] bundle = in(() -> out.bundle(office));
        assertThat(in(() -> out.bundle(office))).isEqualTo(bundle);
        FileImport.Report report = run(bundle, true);
        assertThat(report.bad()).isEmpty();
        assertThat(report.added()).isZero();
        assertThat(report.changed()).isZero();
        assertThat(report.asked()).isZero();
        assertThat(report.gone()).isZero();
        assertThat(report.same()).isEqualTo(6);

        Map<String, String> files = unzip(bundle);
        assertThat(files.keySet()).containsExactlyInAnyOrder("academicSessions.csv", "classes.csv", "courses.csv", "demographics.csv", "enrollments.csv", "orgs.csv", "roles.csv", "users.csv", "manifest.csv");
        assertThat(files.get("manifest.csv")).contains("oneroster.version,1.2").contains("file.users,bulk").contains("file.results,absent");
        assertThat(files.get("users.csv")).contains(",\u83f2\u83f2,\u6b27\u9633,").contains("Anna Maria,Smith").doesNotContain("13800000001");
        // Another school doesn't know these ids: there two of one name without a birthday are refused, as in any file.
        FileImport.Report elsewhere = run(given.school(), bundle, true);
        assertThat(elsewhere.badCount()).isEqualTo(2);
        assertThat(elsewhere.applied()).isFalse();
    }

    @Test
    void on_the_screens_staff_and_children_wait_as_two_drafts_of_the_same_preview() {
        List<UUID> two = ((Outcome.Done<List<UUID>>) in(() -> take.take(office, "or.zip", zip(BY_HAND)))).value();
        assertThat(two).hasSize(2);
        assertThat(in(() -> drafts.drafts(office))).extracting(Draft::kind).containsExactlyInAnyOrder("staff", "pupils");
    }

    @Test
    void a_preview_keeps_nothing_and_odd_archives_are_refused_in_words() {
        run(zip(BY_HAND), false);
        assertThat(in(() -> roster.pupils(school))).isEmpty();
        assertThat(refused("PK not a zip".getBytes(StandardCharsets.UTF_8))).isEqualTo("roster.oneroster.refused.damaged");
        assertThat(refused(zip(Map.of("orgs.csv", "sourcedId,name\n1,x\n")))).isEqualTo("roster.oneroster.refused.missing");
        assertThat(refused(zip(Map.of("users.csv", "sourcedId,givenName\n1,x\n", "manifest.csv", "propertyName,value\nfile.users,delta\n")))).isEqualTo("roster.oneroster.refused.delta");
        assertThat(refused(zip(Map.of("users.csv", "sourcedId,givenName\n1,x\n")))).isEqualTo("roster.oneroster.refused.nobody");
        Map<String, String> many = new LinkedHashMap<>();
        for (int i = 0; i < 60; i++) many.put("f" + i + ".csv", "sourcedId\n");
        assertThat(refused(zip(many))).isEqualTo("roster.oneroster.refused.large");
    }

    private String refused(byte[] content) {
        return switch (in(() -> take.take(office, "or.zip", content))) {
            case Outcome.Refused<List<UUID>> refused -> refused.refusals().stream().map(Refusal::messageKey).findFirst().orElse("");
            case Outcome.Done<List<UUID>> done -> "done";
        };
    }

    private FileImport.Report run(byte[] zip, boolean apply) {
        return run(school, zip, apply);
    }

    private FileImport.Report run(UUID of, byte[] zip, boolean apply) {
        return Scopes.within(Scope.school(of, null), () -> switch (imports.run(of, "oneroster", "or.zip", zip, apply)) {
            case Outcome.Done<FileImport.Report> done -> done.value();
            case Outcome.Refused<FileImport.Report> refused -> throw new AssertionError(refused.refusals().toString());
        });
    }

    private <T> T in(Supplier<T> work) {
        return Scopes.within(Scope.school(school, office.account()), () -> transactions.execute(t -> work.get()));
    }

    private static byte[] zip(Map<String, String> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Map<String, String> unzip(byte[] bundle) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(bundle), StandardCharsets.UTF_8)) {
            for (ZipEntry entry; (entry = in.getNextEntry()) != null; ) files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        return files;
    }
}
