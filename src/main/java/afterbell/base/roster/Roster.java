package afterbell.base.roster;

import afterbell.base.identity.Invitations;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import afterbell.base.shared.sheet.CellText;
import afterbell.base.shared.sheet.ClassNames;
import afterbell.base.shared.sheet.ImportContext;
import afterbell.base.shared.text.Pinyin;
import java.sql.Date;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The people of a school. Every read stays inside the caller's scope; adds take many rows at once. */
@Component
@Transactional(readOnly = true)
public class Roster {
    private static final String PUPIL = "select pupil_id as id, class_id as school_class, grade, class_name, name, gender, birthday, initials, boarding from roster.pub_pupil ";
    private static final String CLASS = "select class_id as id, school_year, grade, number, name, room_id as room from roster.pub_class ";
    private static final String STAFF = "select staff_id as id, account_id as account, code, name, initials, kind, subject from roster.pub_staff ";

    private final JdbcClient sql;
    private final NamedParameterJdbcTemplate batch;
    private final Questions questions;
    private final Invitations invitations;

    Roster(JdbcClient sql, NamedParameterJdbcTemplate batch, Questions questions, Invitations invitations) {
        this.questions = questions;
        this.sql = sql;
        this.batch = batch;
        this.invitations = invitations;
    }

    public static Question<SchoolClass> classesOf(UUID school) {
        return new Question<>(SchoolClass.class, CLASS + "where school_id = :s order by grade, number", Map.of("s", school));
    }

    public List<SchoolClass> classes(UUID school) {
        return questions.ask(classesOf(school));
    }

    public SchoolClass schoolClass(UUID school, UUID id) {
        return sql.sql(CLASS + "where school_id = :s and class_id = :c").param("s", school).param("c", id).query(SchoolClass.class).optional().orElseThrow(NotFound::new);
    }

    public List<Pupil> pupils(UUID school, UUID schoolClass) {
        return sql.sql(PUPIL + "where school_id = :s and class_id = :c order by initials, pupil_id")
                .param("s", school)
                .param("c", schoolClass)
                .query(Pupil.class)
                .list();
    }

    public List<Pupil> pupils(UUID school) {
        return sql.sql(PUPIL + "where school_id = :s order by grade, class_number, initials, pupil_id").param("s", school).query(Pupil.class).list();
    }

    public static Question<Pupil> pupilOf(UUID school, UUID id) {
        return new Question<>(Pupil.class, PUPIL + "where school_id = :s and pupil_id = :p", Map.of("s", school, "p", id));
    }

    /** A child who is or was of the school, in the class it was last in; for papers about the past alone. */
    public static Question<Pupil> pupilEverOf(UUID school, UUID id) {
        return new Question<>(
                Pupil.class,
                """
                select e.pupil_id as id, e.class_id as school_class, c.grade, c.name as class_name, e.name, p.gender, p.birthday, e.initials, e.boarding
                from roster.pub_pupil_ever e join roster.pub_class_ever c using (school_id, class_id) join roster.pupil p using (school_id, pupil_id) where e.school_id = :s and e.pupil_id = :p
                """,
                Map.of("s", school, "p", id));
    }

    public Pupil pupil(UUID school, UUID id) {
        return questions.ask(pupilOf(school, id)).stream().findFirst().orElseThrow(NotFound::new);
    }

    /** The children that the scope shows: under a family hat one's own. */
    public List<Pupil> children(List<UUID> ids) {
        return ids.isEmpty()
                ? List.of()
                : sql.sql(PUPIL + "where pupil_id in (:ids) order by grade desc, pupil_id").param("ids", ids).query(Pupil.class).list();
    }

    /**
     * Finds children as people look for them: by any part of the name, by its sound (zxm), by class shorthand (302), or several of these
     * at once. At most {@code most}, in the order of classes.
     */
    public List<Pupil> search(UUID school, String typed, int most) {
        StringBuilder where = new StringBuilder("where school_id = :s");
        Map<String, Object> values = new HashMap<>(Map.of("s", school, "most", most));
        int n = 0;
        for (String word : CellText.clean(typed).split("[ \\n,]+")) {
            if (word.isEmpty() || ++n > 5) continue;
            String schoolClass = ClassNames.shorthand(word);
            String letters = Pinyin.query(word);
            if (!schoolClass.isEmpty()) {
                where.append(" and grade = :g").append(n).append(" and class_number = :n").append(n);
                values.put("g" + n, Integer.parseInt(schoolClass.substring(0, schoolClass.indexOf('-'))));
                values.put("n" + n, Integer.parseInt(schoolClass.substring(schoolClass.indexOf('-') + 1)));
            } else if (!letters.isEmpty()) {
                where.append(" and (search like :w").append(n).append(" or lower(name) like :w").append(n).append("_)");
                values.put("w" + n, "% " + letters + "%");
                values.put("w" + n + "_", "%" + letters + "%");
            } else {
                where.append(" and position(:w").append(n).append(" in name) > 0");
                values.put("w" + n, word);
            }
        }
        if (n == 0) return List.of();
        return sql.sql(PUPIL + where + " order by grade, class_number, initials, pupil_id limit :most").params(values).query(Pupil.class).list();
    }

    /** What reading of the school's files needs: its grades, its year and its classes. */
    public ImportContext importContext(UUID school, LocalDate today) {
        return sql.sql("""
                select coalesce((select max(school_year) from roster.pub_class where school_id = :s), :year) as start_year,
                       coalesce(min(grade), 1) as lowest_grade, coalesce(max(grade), 9) as highest_grade,
                       coalesce((select max(number) from roster.pub_class where school_id = :s), 8) as most_classes
                from schools.pub_grade where school_id = :s
                """)
                .param("s", school)
                .param("year", schoolYear(today))
                .query(ImportContext.class)
                .single();
    }

    /** The calendar year in which the school year of a day began; the new year begins in August. */
    public static int schoolYear(LocalDate day) {
        return day.getMonthValue() >= 8 ? day.getYear() : day.getYear() - 1;
    }

    /** A move of a child as the register keeps it. @param from and to: name of the class, or null for in or out of the school */
    public record Move(LocalDate day, @Nullable String from, @Nullable String to) {}

    /** Where a child has been, newest first. */
    public static Question<Move> movesOf(UUID school, UUID pupil) {
        return new Question<>(
                Move.class,
                """
                select t.on_day as day, f.name as "from", o.name as "to" from roster.transfer t
                left join roster.class f on f.school_id = t.school_id and f.class_id = t.from_class
                left join roster.class o on o.school_id = t.school_id and o.class_id = t.to_class
                where t.school_id = :s and t.pupil_id = :p order by t.on_day desc, t.done_at desc, t.transfer_id limit 30
                """,
                Map.of("s", school, "p", pupil));
    }

    /** How many children a class has. */
    public record ClassSize(UUID id, int children) {}

    /** Classes without a child are left out. */
    public static Question<ClassSize> classSizesOf(UUID school) {
        return new Question<>(ClassSize.class, "select class_id as id, count(*)::int as children from roster.pub_pupil where school_id = :s group by class_id", Map.of("s", school));
    }

    public static Question<StaffMember> staffOf(UUID school) {
        return new Question<>(StaffMember.class, STAFF + "where school_id = :s order by initials, staff_id", Map.of("s", school));
    }

    public List<StaffMember> staff(UUID school) {
        return questions.ask(staffOf(school));
    }

    public static Question<StaffMember> memberOf(UUID school, UUID account) {
        return new Question<>(StaffMember.class, STAFF + "where school_id = :s and account_id = :a", Map.of("s", school, "a", account));
    }

    public Optional<StaffMember> staffOf(UUID school, UUID account) {
        return questions.ask(memberOf(school, account)).stream().findFirst();
    }

    /** A pupil to be added; numbers and health notes are sealed by the import before. */
    public record NewPupil(UUID id, UUID schoolClass, String name, @Nullable String gender, @Nullable LocalDate birthday, String initials, @Nullable String code) {}

    public record NewAdult(UUID id, @Nullable UUID account, String name) {}

    public record NewRelation(UUID pupil, UUID adult, String kind, String label) {}

    @Transactional
    public void addClasses(UUID school, List<SchoolClass> classes) {
        batch.batchUpdate(
                "insert into roster.class (school_id, class_id, school_year, grade, number, name, room_id) values (:s, :id, :year, :grade, :number, :name, :room)",
                classes.stream()
                        .map(c -> of(school).addValue("id", c.id()).addValue("year", c.schoolYear()).addValue("grade", c.grade()).addValue("number", c.number()).addValue("name", c.name()).addValue("room", c.room(), Types.OTHER))
                        .toArray(MapSqlParameterSource[]::new));
        invitations.openClasses(school, classes.stream().map(SchoolClass::id).toList());
    }

    @Transactional
    public void addPupils(UUID school, List<NewPupil> pupils) {
        batch.batchUpdate(
                "insert into roster.pupil (school_id, pupil_id, class_id, name, gender, birthday, initials, search, code) values (:s, :id, :class, :name, :gender, :birthday, :initials, :search, :code)",
                pupils.stream()
                        .map(p -> of(school)
                                .addValue("id", p.id())
                                .addValue("class", p.schoolClass())
                                .addValue("name", p.name())
                                .addValue("gender", p.gender(), Types.VARCHAR)
                                .addValue("birthday", p.birthday() == null ? null : Date.valueOf(p.birthday()), Types.DATE)
                                .addValue("initials", p.initials())
                                .addValue("search", Pinyin.searchColumn(p.name()))
                                .addValue("code", p.code(), Types.VARCHAR))
                        .toArray(MapSqlParameterSource[]::new));
    }

    @Transactional
    public void addAdults(UUID school, List<NewAdult> adults) {
        batch.batchUpdate(
                "insert into roster.adult (school_id, adult_id, account_id, name) values (:s, :id, :account, :name)",
                adults.stream().map(a -> of(school).addValue("id", a.id()).addValue("account", a.account(), Types.OTHER).addValue("name", a.name())).toArray(MapSqlParameterSource[]::new));
    }

    @Transactional
    public void addRelations(UUID school, List<NewRelation> relations) {
        batch.batchUpdate(
                "insert into roster.relation (school_id, pupil_id, adult_id, kind, label) values (:s, :pupil, :adult, :kind, :label)",
                relations.stream()
                        .map(r -> of(school).addValue("pupil", r.pupil()).addValue("adult", r.adult()).addValue("kind", r.kind()).addValue("label", r.label()))
                        .toArray(MapSqlParameterSource[]::new));
    }

    /** Children of one family; a child already in another family moves to this one. */
    @Transactional
    public void confirmSiblings(UUID school, UUID family, List<UUID> pupils) {
        batch.batchUpdate(
                "insert into roster.sibling (school_id, pupil_id, family_id) values (:s, :p, :f) on conflict (school_id, pupil_id) do update set family_id = excluded.family_id",
                pupils.stream().map(p -> of(school).addValue("p", p).addValue("f", family)).toArray(MapSqlParameterSource[]::new));
    }

    /** @param by who entered it, waiting for a second person; null where the school's own list is the proof */
    public record NewStanding(UUID id, UUID pupil, String category, LocalDate from, @Nullable LocalDate until, @Nullable UUID by) {}

    @Transactional
    public void addStandings(UUID school, List<NewStanding> standings) {
        batch.batchUpdate(
                "insert into roster.standing (school_id, standing_id, pupil_id, category, valid_from, valid_to, entered_by) values (:s, :id, :pupil, :category, :from, :until, :by)",
                standings.stream()
                        .map(t -> of(school)
                                .addValue("id", t.id())
                                .addValue("pupil", t.pupil())
                                .addValue("category", t.category())
                                .addValue("from", t.from())
                                .addValue("until", t.until(), Types.DATE)
                                .addValue("by", t.by(), Types.OTHER))
                        .toArray(MapSqlParameterSource[]::new));
    }

    /** @param kind walk-home or class-line @param weekdays 1-7 */
    public record NewConsent(UUID id, UUID pupil, String kind, List<Integer> weekdays, LocalDate from, UUID by, Instant at) {}

    @Transactional
    public void addConsents(UUID school, List<NewConsent> consents) {
        batch.batchUpdate(
                "insert into roster.consent (school_id, consent_id, pupil_id, kind, weekdays, valid_from, given_by, given_at) values (:s, :id, :pupil, :kind, :days::int[], :from, :by, :at)",
                consents.stream()
                        .map(c -> of(school)
                                .addValue("id", c.id())
                                .addValue("pupil", c.pupil())
                                .addValue("kind", c.kind())
                                .addValue("days", "{" + c.weekdays().stream().map(Object::toString).collect(Collectors.joining(",")) + "}")
                                .addValue("from", c.from())
                                .addValue("by", c.by())
                                .addValue("at", Timestamp.from(c.at())))
                        .toArray(MapSqlParameterSource[]::new));
    }

    @Transactional
    public void addStaff(UUID school, List<StaffMember> staff) {
        batch.batchUpdate(
                "insert into roster.staff (school_id, staff_id, account_id, code, name, initials, search, kind, subject) values (:s, :id, :account, :code, :name, :initials, :search, :kind, :subject)",
                staff.stream()
                        .map(m -> of(school)
                                .addValue("id", m.id())
                                .addValue("account", m.account(), Types.OTHER)
                                .addValue("code", m.code())
                                .addValue("name", m.name())
                                .addValue("initials", m.initials())
                                .addValue("search", Pinyin.searchColumn(m.name()))
                                .addValue("kind", m.kind())
                                .addValue("subject", m.subject()))
                        .toArray(MapSqlParameterSource[]::new));
    }

    @Transactional
    public void putClassTeacher(UUID school, UUID schoolClass, UUID staff, boolean deputy) {
        sql.sql("""
                insert into roster.class_teacher (school_id, class_id, staff_id, deputy) values (:s, :c, :t, :d)
                on conflict (school_id, class_id, staff_id) do update set deputy = excluded.deputy
                """)
                .param("s", school)
                .param("c", schoolClass)
                .param("t", staff)
                .param("d", deputy)
                .update();
    }

    private static MapSqlParameterSource of(UUID school) {
        return new MapSqlParameterSource("s", school);
    }
}
