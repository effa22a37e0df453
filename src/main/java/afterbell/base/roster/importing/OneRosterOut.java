package afterbell.base.roster.importing;

import afterbell.base.audit.Audit;
import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Term;
import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.schools.School;
import afterbell.base.schools.Schools;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.sheet.CsvOut;
import afterbell.base.shared.text.Pinyin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The school's people as a OneRoster 1.2 CSV bundle. Ids are our own, so that the bundle read again finds everybody. Phones, numbers of pupils and whatever
 * else is sealed stay here: another program gets what a class list on a wall would show, and birthdays. The same state gives the same bytes.
 */
@Component
class OneRosterOut {
    private static final List<String> SESSIONS = columns("title,type,startDate,endDate,parentSourcedId,schoolYear");
    private static final List<String> CLASSES = columns("title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods");
    private static final List<String> COURSES = columns("schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes");
    private static final List<String> DEMOGRAPHICS = columns(
            "birthDate,sex,americanIndianOrAlaskaNative,asian,blackOrAfricanAmerican,nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus");
    private static final List<String> ENROLLMENTS = columns("classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate");
    private static final List<String> ORGS = columns("name,type,identifier,parentSourcedId");
    private static final List<String> ROLES = columns("userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId");
    private static final List<String> USERS = columns(
            "enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,resourceSourcedIds,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns");
    /** Files of the specification that we don't write. */
    private static final List<String> ABSENT = List.of("categories", "classResources", "courseResources", "lineItemLearningObjectiveIds", "lineItems", "lineItemScoreScales", "resources", "resultLearningObjectiveIds", "results", "resultScoreScales", "scoreScales", "userProfiles", "userResources");

    private final JdbcClient sql;
    private final Schools schools;
    private final Roster roster;
    private final Calendars calendars;
    private final Audit audit;

    OneRosterOut(JdbcClient sql, Schools schools, Roster roster, Calendars calendars, Audit audit) {
        this.sql = sql;
        this.schools = schools;
        this.roster = roster;
        this.calendars = calendars;
        this.audit = audit;
    }

    private static List<String> columns(String own) {
        return List.of(("sourcedId,status,dateLastModified," + own).split(","));
    }

    private record Child(UUID id, UUID klass, int grade, String name, @Nullable String gender, @Nullable LocalDate birthday) {}

    private record Grown(UUID pupil, UUID adult, String name) {}

    private record Worker(UUID id, String code, String name, String kind) {}

    private record Leads(UUID klass, UUID staff, boolean deputy) {}

    @Transactional
    public byte[] bundle(Wearer me) {
        UUID school = me.school();
        School own = schools.get(school);
        String org = school.toString();
        List<SchoolClass> classes = roster.classes(school);
        int year = classes.stream().mapToInt(SchoolClass::schoolYear).max().orElse(Roster.schoolYear(LocalDate.EPOCH));
        Map<String, byte[]> files = new LinkedHashMap<>();
        List<Term> terms = calendars.terms(school).stream().filter(t -> t.startYear() == year).toList();
        String session = id("year", school, Integer.toString(year));
        files.put("academicSessions", sessions(year, session, terms));
        files.put("classes", classes(org, classes, session, terms, school));
        files.put("courses", file(COURSES, classes.stream().map(SchoolClass::grade).distinct().map(g -> List.of(id("course", school, Integer.toString(g)), "", "", session, "Grade " + g, "grade-" + g, grade(g), org, "", "")).toList()));
        List<Child> children = children(school);
        files.put("demographics", file(DEMOGRAPHICS, children.stream().map(OneRosterOut::demographics).toList()));
        List<Leads> leads = leads(school);
        files.put("enrollments", enrollments(org, school, children, leads));
        files.put("orgs", file(ORGS, List.of(List.of(org, "", "", own.name(), "school", own.code(), ""))));
        List<Grown> adults = adults(school);
        List<Worker> staff = staff(school);
        files.put("roles", roles(org, school, children, adults, staff));
        files.put("users", users(org, children, adults, staff));
        files.put("manifest", manifest(own, files.keySet().stream().sorted().toList()));
        audit.record(school, "roster.oneroster_exported", "school", school, Map.of("pupils", children.size(), "staff", staff.size()));
        return zip(files);
    }

    private static String id(String what, UUID school, String of) {
        return UUID.nameUUIDFromBytes((what + "/" + school + "/" + of).getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** CEDS code of a grade. */
    private static String grade(int grade) {
        return grade < 10 ? "0" + grade : Integer.toString(grade);
    }

    private static byte[] sessions(int year, String session, List<Term> terms) {
        String ends = Integer.toString(year + 1);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(session, "", "", year + "-" + (year + 1), "schoolYear", year + "-08-01", (year + 1) + "-07-31", "", ends));
        for (Term t : terms) rows.add(List.of(t.id().toString(), "", "", year + "-" + (year + 1) + "-" + t.half(), "semester", t.dates().first().toString(), t.dates().last().toString(), session, ends));
        return file(SESSIONS, rows);
    }

    private static byte[] classes(String org, List<SchoolClass> classes, String session, List<Term> terms, UUID school) {
        String when = terms.isEmpty() ? session : terms.stream().map(t -> t.id().toString()).collect(Collectors.joining(","));
        return file(
                CLASSES,
                classes.stream()
                        .map(c -> List.of(c.id().toString(), "", "", c.name(), grade(c.grade()), id("course", school, Integer.toString(c.grade())), c.grade() + "-" + c.number(), "homeroom", "", org, when, "", "", ""))
                        .toList());
    }

    private List<Child> children(UUID school) {
        return sql.sql("select pupil_id as id, class_id as klass, grade, name, gender, birthday from roster.pub_pupil where school_id = :s order by pupil_id").param("s", school).query(Child.class).list();
    }

    private List<Grown> adults(UUID school) {
        return sql.sql("""
                select r.pupil_id as pupil, r.adult_id as adult, r.name from roster.pub_relation r join roster.pub_pupil p using (school_id, pupil_id)
                where r.school_id = :s and r.kind = 'guardian' and r.name not like '*%' and r.name <> '?' order by r.pupil_id, r.adult_id
                """)
                .param("s", school)
                .query(Grown.class)
                .list();
    }

    private List<Worker> staff(UUID school) {
        return sql.sql("select staff_id as id, code, name, kind from roster.pub_staff where school_id = :s order by staff_id").param("s", school).query(Worker.class).list();
    }

    private List<Leads> leads(UUID school) {
        return sql.sql("select class_id as klass, staff_id as staff, deputy from roster.class_teacher join roster.pub_class using (school_id, class_id) where school_id = :s order by class_id, deputy, staff_id").param("s", school).query(Leads.class).list();
    }

    private static List<String> demographics(Child c) {
        List<String> row = new ArrayList<>(List.of(c.id().toString(), "", "", c.birthday() == null ? "" : c.birthday().toString(), c.gender() == null ? "" : c.gender().equals("F") ? "female" : "male"));
        while (row.size() < DEMOGRAPHICS.size()) row.add("");
        return row;
    }

    private static byte[] enrollments(String org, UUID school, List<Child> children, List<Leads> leads) {
        List<List<String>> rows = new ArrayList<>();
        for (Child c : children) rows.add(List.of(id("enrolment", school, c.klass() + "/" + c.id()), "", "", c.klass().toString(), org, c.id().toString(), "student", "false", "", ""));
        for (Leads l : leads) rows.add(List.of(id("enrolment", school, l.klass() + "/" + l.staff()), "", "", l.klass().toString(), org, l.staff().toString(), "teacher", l.deputy() ? "false" : "true", "", ""));
        return file(ENROLLMENTS, rows);
    }

    private static byte[] roles(String org, UUID school, List<Child> children, List<Grown> adults, List<Worker> staff) {
        List<List<String>> rows = new ArrayList<>();
        for (Child c : children) rows.add(role(school, c.id(), "student", org));
        for (UUID adult : adults.stream().map(Grown::adult).distinct().toList()) rows.add(role(school, adult, "guardian", org));
        for (Worker w : staff) rows.add(role(school, w.id(), w.kind().equals("office") || w.kind().equals("guard") ? "aide" : "teacher", org));
        return file(ROLES, rows);
    }

    private static List<String> role(UUID school, UUID user, String role, String org) {
        return List.of(id("role", school, user.toString()), "", "", user.toString(), "primary", role, "", "", org, "");
    }

    private static byte[] users(String org, List<Child> children, List<Grown> adults, List<Worker> staff) {
        Map<UUID, String> agents = adults.stream().collect(Collectors.groupingBy(Grown::pupil, Collectors.mapping(a -> a.adult().toString(), Collectors.joining(","))));
        Map<UUID, String> grown = new LinkedHashMap<>();
        for (Grown a : adults) grown.putIfAbsent(a.adult(), a.name());
        List<List<String>> rows = new ArrayList<>();
        for (Child c : children) rows.add(user(c.id(), c.name(), "", agents.getOrDefault(c.id(), ""), grade(c.grade()), org));
        grown.forEach((adult, name) -> rows.add(user(adult, name, "", "", "", org)));
        for (Worker w : staff) rows.add(user(w.id(), w.name(), w.code(), "", "", org));
        return file(USERS, rows);
    }

    private static List<String> user(UUID id, String name, String identifier, String agents, String grades, String org) {
        String family = familyName(name);
        String given = name.startsWith(family) && !family.isEmpty() && hasHan(name) ? name.substring(family.length()) : name.substring(0, name.length() - family.length()).strip();
        return List.of(id.toString(), "", "", "true", "", "", given, family, "", identifier, "", "", "", agents, grades, "", "", "", "", "", "", org, "");
    }

    private static boolean hasHan(String name) {
        return name.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
    }

    /** A Chinese family name stands first and has one character, or two that are known to belong together; of another name the last word. */
    private static String familyName(String name) {
        if (name.isEmpty()) return "";
        if (hasHan(name)) return Pinyin.familyName(name);
        return name.substring(name.lastIndexOf(' ') + 1);
    }

    private static byte[] manifest(School school, List<String> present) {
        List<List<String>> rows = new ArrayList<>(List.of(List.of("manifest.version", "1.0"), List.of("oneroster.version", "1.2")));
        List<String> all = new ArrayList<>(present);
        all.addAll(ABSENT);
        all.sort(String::compareTo);
        for (String file : all) rows.add(List.of("file." + file, present.contains(file) ? "bulk" : "absent"));
        rows.add(List.of("source.systemName", "Afterbell"));
        rows.add(List.of("source.systemCode", school.code()));
        return file(List.of("propertyName", "value"), rows);
    }

    private static byte[] file(List<String> header, List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        try {
            CsvOut out = CsvOut.forPrograms(text);
            out.row(header);
            for (List<String> row : rows) out.row(row);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] zip(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey() + ".csv");
                // One moment for all, so that the same people give the same bytes.
                entry.setTimeLocal(LocalDate.of(2000, 1, 1).atStartOfDay());
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
