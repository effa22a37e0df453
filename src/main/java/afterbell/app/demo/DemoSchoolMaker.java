package afterbell.app.demo;

import static java.util.stream.Collectors.toCollection;

import afterbell.app.demo.DemoSchool.Adult;
import afterbell.app.demo.DemoSchool.Band;
import afterbell.app.demo.DemoSchool.Cell;
import afterbell.app.demo.DemoSchool.CellForm;
import afterbell.app.demo.DemoSchool.Duty;
import afterbell.app.demo.DemoSchool.Family;
import afterbell.app.demo.DemoSchool.Gender;
import afterbell.app.demo.DemoSchool.Part;
import afterbell.app.demo.DemoSchool.Pupil;
import afterbell.app.demo.DemoSchool.Relation;
import afterbell.app.demo.DemoSchool.Role;
import afterbell.app.demo.DemoSchool.Room;
import afterbell.app.demo.DemoSchool.RoomKind;
import afterbell.app.demo.DemoSchool.SchoolClass;
import afterbell.app.demo.DemoSchool.Section;
import afterbell.app.demo.DemoSchool.SectionForm;
import afterbell.app.demo.DemoSchool.Slot;
import afterbell.app.demo.DemoSchool.Staff;
import afterbell.app.demo.DemoSchool.Stage;
import afterbell.app.demo.DemoSchool.Standing;
import afterbell.base.shared.text.DataFile;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Draws a {@link DemoSchool}. Each part has its own stream of random numbers, so that widening one leaves the others as they were. */
final class DemoSchoolMaker {
    private static final List<DayOfWeek> WEEK =
            List.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY);
    private static final int SIBLINGS_PER_MILLE = 140;
    private static final int TWIN_PAIRS = 5;
    private static final int HOMONYM_PAIRS = 3;

    private final long seed;
    private final int startYear;
    private final DataFile file = DataFile.load("demo/school.yaml");
    private final DemoNames names = new DemoNames();

    private final List<Slot> slots = new ArrayList<>();
    private final List<Cell> grid = new ArrayList<>();
    private final List<Room> rooms = new ArrayList<>();
    private final List<SchoolClass> classes = new ArrayList<>();
    private final List<Staff> staff = new ArrayList<>();
    private final List<Family> families = new ArrayList<>();
    private final List<Pupil> pupils = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();
    private final List<Duty> duties = new ArrayList<>();

    private final Set<String> namesInUse = new HashSet<>();
    private final List<Integer> phoneTails;
    /** Staff code, then weekday and clock hour in which that person is taken. */
    private final Map<String, Set<String>> taken = new HashMap<>();

    DemoSchoolMaker(long seed, int startYear) {
        this.seed = seed;
        this.startYear = startYear;
        phoneTails = IntStream.range(0, 10_000).boxed().collect(toCollection(ArrayList::new));
        Collections.shuffle(phoneTails, stream("phones"));
    }

    DemoSchool make() {
        makeSlotsAndGrid();
        makeClassesRoomsAndStaff();
        makePupils();
        makeSections();
        makeDuties();
        List<Band> bands = file.at("bands").list().stream()
                .map(band -> new Band(band.text("key"), band.text("name"), band.number("from"), band.number("until")))
                .toList();
        return new DemoSchool(
                seed,
                startYear,
                file.text("name"),
                file.text("code"),
                file.text("bureau"),
                file.text("campus"),
                bands,
                List.copyOf(slots),
                List.copyOf(grid),
                List.copyOf(rooms),
                List.copyOf(classes),
                List.copyOf(staff),
                List.copyOf(families),
                List.copyOf(pupils),
                List.copyOf(sections),
                List.copyOf(duties));
    }

    private void makeSlotsAndGrid() {
        for (DataFile slot : file.at("slots").list())
            slots.add(new Slot(
                    Stage.valueOf(slot.text("stage").toUpperCase(Locale.ROOT)),
                    slot.number("index"),
                    slot.text("name"),
                    LocalTime.parse(slot.text("from")),
                    LocalTime.parse(slot.text("until"))));
        for (DataFile line : file.at("grid").list())
            for (DataFile grade : line.at("grades").list())
                for (int day = 0; day < WEEK.size(); day++) grid.add(cell(grade.number(), WEEK.get(day), line, day));
    }

    private Cell cell(int grade, DayOfWeek day, DataFile line, int index) {
        CellForm form =
                switch (line.at("days").texts().get(index)) {
                    case "own" -> CellForm.OWN_CLASS;
                    case "whole" -> CellForm.WHOLE_CLASS;
                    case "choice" -> CellForm.CHOICE;
                    case String other -> throw new IllegalStateException("no such cell form: " + other);
                };
        String word =
                switch (form) {
                    case OWN_CLASS -> "own";
                    case WHOLE_CLASS -> Stage.of(grade) == Stage.JUNIOR ? "wholeJunior" : "whole";
                    case CHOICE -> "choice";
                };
        return new Cell(grade, day, line.number("slot"), form, file.at("cellNames").text(word));
    }

    private void makeClassesRoomsAndStaff() {
        Random random = stream("staff");
        List<String> mainSubjects = file.at("subjectsOfClassTeachers").texts();
        DataFile titles = file.at("staffTitles");
        for (DataFile leader : file.at("leaders").list())
            hire(leader.text("title"), roles(leader.text("role")), leader.text("subject"), Set.of(), null, random);
        Map<String, DataFile> perGrade = file.at("classesPerGrade").entries();
        int drawn = 0;
        for (int grade = 1; grade <= 9; grade++) {
            int count = Objects.requireNonNull(perGrade.get(String.valueOf(grade))).number();
            for (int number = 1; number <= count; number++) {
                Set<Role> roles = number == 1
                        ? EnumSet.of(Role.CLASS_TEACHER, Role.TEACHER, Role.GRADE_HEAD)
                        : EnumSet.of(Role.CLASS_TEACHER, Role.TEACHER);
                String title = titles.text(number == 1 ? "gradeHead" : "classTeacher");
                String teacher = hire(title, roles, mainSubjects.get(drawn++ % 3), Set.of(grade), null, random);
                addClass(grade, number, teacher);
            }
        }
        int turn = 0;
        for (Map.Entry<String, DataFile> subject : file.at("subjects").entries().entrySet())
            for (int i = 0; i < subject.getValue().number(); i++)
                hire(titles.text("teacher"), EnumSet.of(Role.TEACHER), subject.getKey(), Set.of(1 + turn++ % 9), null, random);
        for (String skill : file.at("instructors").texts())
            hire(titles.text("instructor"), EnumSet.of(Role.INSTRUCTOR), skill, Set.of(), file.text("provider"), random);
        nameDeputies();
        for (DataFile room : file.at("rooms").list())
            rooms.add(new Room(
                    room.text("code"),
                    room.text("name"),
                    RoomKind.valueOf(room.text("kind").toUpperCase(Locale.ROOT)),
                    room.text("building"),
                    room.number("seats")));
    }

    private Set<Role> roles(String word) {
        return switch (word) {
            case "head" -> EnumSet.of(Role.HEAD, Role.DUTY_LEADER);
            case "dutyLeader" -> EnumSet.of(Role.DUTY_LEADER);
            case "office" -> EnumSet.of(Role.OFFICE);
            case "finance" -> EnumSet.of(Role.FINANCE);
            case "guard" -> EnumSet.of(Role.GUARD);
            case String other -> throw new IllegalStateException("no such role: " + other);
        };
    }

    private String hire(
            String title, Set<Role> roles, String subject, Set<Integer> grades, @Nullable String provider, Random random) {
        String code = String.format(Locale.ROOT, "T%02d", staff.size() + 1);
        Gender gender = random.nextInt(10) < (roles.contains(Role.GUARD) ? 0 : 7) ? Gender.FEMALE : Gender.MALE;
        String name = unused(() -> names.surname(random) + names.adult(gender, random));
        staff.add(new Staff(code, name, gender, phone(), title, roles, subject, grades, provider));
        return code;
    }

    private void addClass(int grade, int number, String teacher) {
        String code = "C" + grade + "-" + number;
        String name = String.format(Locale.ROOT, file.text("className"), file.at("gradeWords").text(String.valueOf(grade)), number);
        String room = String.format(Locale.ROOT, "%d%02d", grade, number);
        String building = file.at("buildings").text(Stage.of(grade) == Stage.PRIMARY ? "primary" : "junior");
        rooms.add(new Room(room, String.format(Locale.ROOT, file.text("classRoom"), name), RoomKind.CLASSROOM, building, 50));
        classes.add(new SchoolClass(code, grade, number, name, room, teacher, teacher));
    }

    private void nameDeputies() {
        List<Staff> mains = staff.stream()
                .filter(person -> person.roles().equals(EnumSet.of(Role.TEACHER)))
                .toList();
        for (int i = 0; i < classes.size(); i++) {
            SchoolClass each = classes.get(i);
            String deputy = mains.get(i % mains.size()).code();
            classes.set(i, new SchoolClass(
                    each.code(), each.grade(), each.number(), each.name(), each.room(), each.classTeacher(), deputy));
        }
    }

    private void makePupils() {
        Random random = stream("pupils");
        int total = file.number("pupils");
        int families = 0;
        for (int i = 0; i < total; i++) {
            SchoolClass home = classes.get(i * classes.size() / total);
            boolean sibling = i > 200 && random.nextInt(1000) < SIBLINGS_PER_MILLE;
            Pupil elder = sibling ? pupils.get(random.nextInt(pupils.size() - 100)) : null;
            if (elder == null || elder.grade() == home.grade()) {
                families++;
                pupils.add(firstChild(i, home, families, random));
            } else {
                pupils.add(child(i, home, elder.family(), surnameOf(elder.name()), random));
            }
        }
        plantTwins(random);
        plantHomonyms();
        plantRareNames();
    }

    private Pupil firstChild(int index, SchoolClass home, int number, Random random) {
        String surname = names.surname(random);
        String code = String.format(Locale.ROOT, "F%04d", number);
        families.add(new Family(code, adults(code, surname, random)));
        return child(index, home, code, surname, random);
    }

    private Pupil child(int index, SchoolClass home, String family, String surname, Random random) {
        Gender gender = random.nextInt(100) < 48 ? Gender.FEMALE : Gender.MALE;
        String name = unused(() -> surname + names.child(gender, random));
        LocalDate birthday = LocalDate.of(startYear - 6 - home.grade(), 9, 1).plusDays(random.nextInt(365));
        String number = random.nextInt(3) == 0 ? null : "G" + identityNumber(birthday, gender, index);
        return new Pupil(
                String.format(Locale.ROOT, "P%04d", index + 1),
                name,
                gender,
                birthday,
                home.grade(),
                home.number(),
                home.code(),
                family,
                number,
                standings(random));
    }

    private List<Adult> adults(String family, String surname, Random random) {
        List<Adult> adults = new ArrayList<>();
        int shape = random.nextInt(100);
        if (shape < 92) add(adults, family, surname + names.adult(Gender.MALE, random), Relation.FATHER, Part.GUARDIAN);
        if (shape < 88 || shape >= 92)
            add(adults, family, names.surname(random) + names.adult(Gender.FEMALE, random), Relation.MOTHER, Part.GUARDIAN);
        int elders = random.nextInt(100);
        if (elders < 35) {
            Part part = elders < 15 ? Part.CARER : Part.COLLECTOR;
            Gender gender = random.nextBoolean() ? Gender.FEMALE : Gender.MALE;
            String elder = (gender == Gender.MALE ? surname : names.surname(random)) + names.elder(gender, random);
            add(adults, family, elder, gender == Gender.MALE ? Relation.GRANDFATHER : Relation.GRANDMOTHER, part);
        }
        return List.copyOf(adults);
    }

    private void add(List<Adult> adults, String family, String name, Relation relation, Part part) {
        adults.add(new Adult(family + "-" + (adults.size() + 1), name, relation, part, phone()));
    }

    private Set<Standing> standings(Random random) {
        Set<Standing> drawn = EnumSet.noneOf(Standing.class);
        DataFile table = file.at("standings");
        if (random.nextInt(1000) < table.number("poor")) drawn.add(Standing.POOR);
        if (random.nextInt(1000) < table.number("lowIncome")) drawn.add(Standing.LOW_INCOME);
        if (random.nextInt(1000) < table.number("leftBehind")) drawn.add(Standing.LEFT_BEHIND);
        if (random.nextInt(1000) < table.number("migrant")) drawn.add(Standing.MIGRANT);
        if (random.nextInt(1000) < table.number("disabled")) drawn.add(Standing.DISABLED);
        return drawn;
    }

    /** Two children in a row of one class become twins: one family, one birthday, different names. */
    private void plantTwins(Random random) {
        for (int i = 0; i < TWIN_PAIRS; i++) {
            int at = 30 + i * 230;
            Pupil first = pupils.get(at);
            int other = at + 1;
            while (!pupils.get(other).classCode().equals(first.classCode())) other--;
            Pupil second = pupils.get(other);
            String name = unused(() -> surnameOf(first.name()) + names.child(second.gender(), random));
            String number = second.registrationNumber() == null
                    ? null
                    : "G" + identityNumber(first.birthday(), second.gender(), other + 300);
            pupils.set(other, copy(second, name, first.birthday(), first.family(), number));
        }
    }

    /** Two children of one class and one name, of different families and birthdays. */
    private void plantHomonyms() {
        for (int i = 0; i < HOMONYM_PAIRS; i++) {
            int at = 110 + i * 390;
            Pupil first = pupils.get(at);
            Pupil second = pupils.get(at + 5);
            if (!first.classCode().equals(second.classCode())) second = pupils.get(at - 5);
            int index = pupils.indexOf(second);
            LocalDate birthday = second.birthday().equals(first.birthday()) ? second.birthday().plusDays(3) : second.birthday();
            pupils.set(index, copy(second, first.name(), birthday, second.family(), null));
        }
    }

    private void plantRareNames() {
        List<String> rare = names.rare();
        for (int i = 0; i < rare.size(); i++) {
            Pupil pupil = pupils.get(17 + i * 113);
            rename(pupil, surnameOf(pupil.name()) + rare.get(i));
        }
        List<String> longNames = names.longNames();
        for (int i = 0; i < longNames.size(); i++) rename(pupils.get(63 + i * 301), longNames.get(i));
    }

    private void rename(Pupil pupil, String name) {
        pupils.set(pupils.indexOf(pupil), copy(pupil, name, pupil.birthday(), pupil.family(), pupil.registrationNumber()));
    }

    private static Pupil copy(Pupil from, String name, LocalDate birthday, String family, @Nullable String number) {
        return new Pupil(
                from.code(),
                name,
                from.gender(),
                birthday,
                from.grade(),
                from.classNumber(),
                from.classCode(),
                family,
                number,
                from.standings());
    }

    private void makeSections() {
        Random random = stream("sections");
        Map<String, DataFile> byBand = file.at("sections").entries();
        byBand.forEach((band, days) -> days.entries().forEach((day, list) -> {
            for (DataFile section : list.list())
                addSection(section, gradesOf(band), DayOfWeek.valueOf(day.toUpperCase(Locale.ROOT)), slotOf(band), random);
        }));
        for (DataFile team : file.at("fixed").list()) {
            Set<Integer> grades = new TreeSet<>();
            team.at("grades").list().forEach(grade -> grades.add(grade.number()));
            DayOfWeek day = DayOfWeek.valueOf(team.text("day").toUpperCase(Locale.ROOT));
            addSection(team, grades, day, team.number("slot"), random);
        }
    }

    private static Set<Integer> gradesOf(String band) {
        return switch (band) {
            case "low" -> new TreeSet<>(List.of(1, 2));
            case "middle" -> new TreeSet<>(List.of(3, 4));
            case "high" -> new TreeSet<>(List.of(5, 6));
            case "junior7" -> new TreeSet<>(List.of(7));
            case "junior8" -> new TreeSet<>(List.of(8));
            default -> throw new IllegalStateException("no such band: " + band);
        };
    }

    private static int slotOf(String band) {
        return band.startsWith("junior") ? 1 : 2;
    }

    private void addSection(DataFile section, Set<Integer> grades, DayOfWeek day, int slot, Random random) {
        Stage stage = Stage.of(grades.iterator().next());
        String subject = section.text("subject");
        String hour = hour(day, stage, slot);
        Staff teacher = staff.stream()
                .filter(person -> person.subject().equals(subject) && mayTeach(person) && !isTaken(person, hour))
                .min((a, b) -> Integer.compare(load(a), load(b)))
                .orElseThrow(() -> new IllegalStateException("nobody free for " + section.text("name")));
        take(teacher, hour);
        boolean fixed = section.has("members");
        Set<String> members = new LinkedHashSet<>();
        if (fixed) drawMembers(section.number("members"), grades, members, random);
        String gradeWords = String.join("\u3001", grades.stream().map(g -> file.at("gradeWords").text(String.valueOf(g))).toList());
        sections.add(new Section(
                String.format(Locale.ROOT, "S%02d", sections.size() + 1),
                section.text("name"),
                section.text("domain"),
                fixed ? SectionForm.FIXED_MEMBERS : SectionForm.CHOICE,
                grades,
                stage,
                day,
                slot,
                fixed ? 0 : file.number("minimum"),
                section.number("max"),
                List.of(teacher.code()),
                section.text("room"),
                section.number("fen", 0),
                section.flag("insurance"),
                section.has("materials") ? section.text("materials") : null,
                teacher.provider(),
                String.format(Locale.ROOT, file.text("description"), section.text("name"), teacher.name(), gradeWords),
                fixed ? section.text("reason") : null,
                List.copyOf(members)));
    }

    private static boolean mayTeach(Staff person) {
        return person.roles().contains(Role.INSTRUCTOR) || person.roles().equals(EnumSet.of(Role.TEACHER));
    }

    /** A child is on one team only, so that two teams at one hour never share a member. */
    private void drawMembers(int count, Set<Integer> grades, Set<String> members, Random random) {
        List<Pupil> candidates = pupils.stream().filter(pupil -> grades.contains(pupil.grade())).toList();
        while (members.size() < count) {
            String code = candidates.get(random.nextInt(candidates.size())).code();
            if (sections.stream().noneMatch(other -> other.members().contains(code))) members.add(code);
        }
    }

    /** The class teacher takes two afternoons, colleagues the rest; nobody stands in two rooms at one hour. */
    private void makeDuties() {
        for (DayOfWeek day : WEEK)
            for (Slot slot : slots)
                for (SchoolClass each : classes)
                    if (Stage.of(each.grade()) == slot.stage())
                        duties.add(new Duty(each.code(), day, slot.index(), free(each, day, slot)));
    }

    private String free(SchoolClass each, DayOfWeek day, Slot slot) {
        String hour = hour(day, slot.stage(), slot.index());
        Staff own = staff.get(Integer.parseInt(each.classTeacher().substring(1)) - 1);
        boolean ownTurn = (day.getValue() + slot.index() + each.number()) % 3 == 0;
        if (ownTurn && !isTaken(own, hour)) return take(own, hour);
        return staff.stream()
                .filter(person -> person.roles().contains(Role.TEACHER) && !isTaken(person, hour))
                .min((a, b) -> Integer.compare(cost(a, each), cost(b, each)))
                .map(person -> take(person, hour))
                .orElseThrow(() -> new IllegalStateException("nobody free for " + each.name() + " on " + day));
    }

    private int cost(Staff person, SchoolClass each) {
        int far = person.grades().stream().mapToInt(grade -> Math.abs(grade - each.grade())).min().orElse(9);
        return 3 * load(person) + 2 * far;
    }

    private int load(Staff person) {
        return taken.getOrDefault(person.code(), Set.of()).size();
    }

    private boolean isTaken(Staff person, String hour) {
        return taken.getOrDefault(person.code(), Set.of()).contains(hour);
    }

    private String take(Staff person, String hour) {
        taken.computeIfAbsent(person.code(), ignored -> new HashSet<>()).add(hour);
        return person.code();
    }

    /** The second primary slot and the first junior slot are the same hour of the clock. */
    private static String hour(DayOfWeek day, Stage stage, int slot) {
        return day + "-" + (stage == Stage.PRIMARY ? slot : slot + 1);
    }

    private String surnameOf(String name) {
        for (int length = 2; length >= 1; length--) {
            String head = name.substring(0, Math.min(length, name.length()));
            if (length == 1 || names.isSurname(head)) return head;
        }
        return name;
    }

    private String unused(Supplier<String> draw) {
        String name = draw.get();
        for (int tries = 0; !namesInUse.add(name) && tries < 200; tries++) name = draw.get();
        return name;
    }

    private String phone() {
        return String.format(Locale.ROOT, "1380000%04d", phoneTails.removeLast());
    }

    /** Region 990000 does not exist; the last character is the checksum of GB 11643. */
    private static String identityNumber(LocalDate birthday, Gender gender, int index) {
        int order = (index * 2 + (gender == Gender.MALE ? 1 : 0)) % 1000;
        String body = String.format(
                Locale.ROOT,
                "990000%04d%02d%02d%03d",
                birthday.getYear(),
                birthday.getMonthValue(),
                birthday.getDayOfMonth(),
                order);
        int[] weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
        int sum = 0;
        for (int i = 0; i < 17; i++) sum += (body.charAt(i) - '0') * weights[i];
        return body + "10X98765432".charAt(sum % 11);
    }

    private Random stream(String part) {
        return new Random(seed * 31 + part.hashCode());
    }
}
