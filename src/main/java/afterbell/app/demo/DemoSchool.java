package afterbell.app.demo;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The demo school as plain facts: 1,200 pupils in 28 classes of grades 1 to 9, 90 people on the staff, 60 club sections. Equal
 * seed and year give equal facts on every machine. Codes (P0001, T01, C3-2, S07) are stable keys within one school; names, phones
 * and numbers are invented, identity numbers carry a region that does not exist.
 *
 * @param startYear the calendar year in which the school year begins
 */
public record DemoSchool(
        long seed,
        int startYear,
        String name,
        String code,
        String bureau,
        String campus,
        List<Band> bands,
        List<Slot> slots,
        List<Cell> grid,
        List<Room> rooms,
        List<SchoolClass> classes,
        List<Staff> staff,
        List<Family> families,
        List<Pupil> pupils,
        List<Section> sections,
        List<Duty> duties) {

    /** The seed of the files committed under demo/ and of the world that `run` shows. */
    public static final long SEED = 20_260_901L;

    public static final int START_YEAR = 2026;

    public static DemoSchool standard() {
        return of(SEED, START_YEAR);
    }

    public static DemoSchool of(long seed, int startYear) {
        return new DemoSchoolMaker(seed, startYear).make();
    }

    public enum Stage {
        PRIMARY,
        JUNIOR;

        public static Stage of(int grade) {
            return grade <= 6 ? PRIMARY : JUNIOR;
        }
    }

    public enum Gender {
        FEMALE,
        MALE
    }

    public enum RoomKind {
        CLASSROOM,
        SPECIAL,
        AREA
    }

    public enum Relation {
        FATHER,
        MOTHER,
        GRANDFATHER,
        GRANDMOTHER,
        OTHER
    }

    /** What a person may do for a child: a guardian signs and chooses, a carer tells and sees, a collector only collects. */
    public enum Part {
        GUARDIAN,
        CARER,
        COLLECTOR
    }

    public enum Role {
        HEAD,
        DUTY_LEADER,
        OFFICE,
        FINANCE,
        GUARD,
        GRADE_HEAD,
        CLASS_TEACHER,
        TEACHER,
        INSTRUCTOR
    }

    public enum Standing {
        POOR,
        LOW_INCOME,
        LEFT_BEHIND,
        MIGRANT,
        DISABLED
    }

    public enum CellForm {
        OWN_CLASS,
        WHOLE_CLASS,
        CHOICE
    }

    public enum SectionForm {
        CHOICE,
        FIXED_MEMBERS
    }

    public record Band(String key, String name, int fromGrade, int untilGrade) {}

    public record Slot(Stage stage, int index, String name, LocalTime from, LocalTime until) {}

    /** What happens in one grade at one weekday and slot. Where the form is a choice, own class stands beside the clubs. */
    public record Cell(int grade, DayOfWeek day, int slot, CellForm form, String name) {}

    public record Room(String code, String name, RoomKind kind, String building, int seats) {}

    public record SchoolClass(String code, int grade, int number, String name, String room, String classTeacher, String deputy) {}

    /** @param grades the grades a grade head answers for, or a teacher mainly teaches; empty for the whole school */
    public record Staff(
            String code,
            String name,
            Gender gender,
            String phone,
            String title,
            Set<Role> roles,
            String subject,
            Set<Integer> grades,
            @Nullable String provider) {}

    public record Adult(String code, String name, Relation relation, Part part, String phone) {}

    /** Adults of one household, the first of them always a guardian. Two families may share nobody. */
    public record Family(String code, List<Adult> adults) {}

    /**
     * @param registrationNumber the national pupil number where the school has it; a third of the files lack it
     * @param birthday between 1 September and 31 August of the grade's age
     */
    public record Pupil(
            String code,
            String name,
            Gender gender,
            LocalDate birthday,
            int grade,
            int classNumber,
            String classCode,
            String family,
            @Nullable String registrationNumber,
            Set<Standing> standings) {}

    /**
     * One club group or team.
     *
     * @param fen price for the term's material and outside lessons, in fen per session; 0 is free
     * @param members codes of the pupils named for a team; empty where families choose
     */
    public record Section(
            String code,
            String name,
            String domain,
            SectionForm form,
            Set<Integer> grades,
            Stage stage,
            DayOfWeek day,
            int slot,
            int minimum,
            int maximum,
            List<String> teachers,
            String room,
            int fen,
            boolean insurance,
            @Nullable String materials,
            @Nullable String provider,
            String description,
            @Nullable String reason,
            List<String> members) {}

    /** Who stands in a class's room at a weekday and slot. */
    public record Duty(String classCode, DayOfWeek day, int slot, String teacher) {}

    public List<Pupil> pupilsOf(String classCode) {
        return pupils.stream().filter(pupil -> pupil.classCode().equals(classCode)).toList();
    }

    public Family familyOf(Pupil pupil) {
        return families.get(Integer.parseInt(pupil.family().substring(1)) - 1);
    }

    public Staff staff(String code) {
        return staff.stream().filter(person -> person.code().equals(code)).findFirst().orElseThrow();
    }

    public SchoolClass schoolClass(String code) {
        return classes.stream().filter(each -> each.code().equals(code)).findFirst().orElseThrow();
    }

    public Room room(String code) {
        return rooms.stream().filter(room -> room.code().equals(code)).findFirst().orElseThrow();
    }

    public Slot slot(Stage stage, int index) {
        return slots.stream().filter(slot -> slot.stage() == stage && slot.index() == index).findFirst().orElseThrow();
    }
}
