package afterbell.base.shared.sheet;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of file that a school's office keeps. Each is a short description; the room that owns the facts compares them with what it
 * knows and applies what a person confirms.
 */
public final class SheetKinds {
    static final List<DayOfWeek> WEEK =
            List.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY);

    /** As many wishes as a family may give on a phone. */
    public static final int MOST_WISHES = 9;

    private SheetKinds() {}

    /**
     * Children with class and adults. Found by pupil number, identity number, or name, class and birthday.
     *
     * @param withIdentity whether a column of identity numbers is read at all; else it is left out like any unknown column
     */
    public static ImportKind pupils(boolean withIdentity) {
        ImportKind.Builder pupils = ImportKind.named("pupils")
                .required("name", Cells.personName())
                .raw("grade")
                .raw("class")
                .requiredDerived("class")
                .field("birthday", Cells.birthday())
                .field("gender", Cells.gender())
                .field("seat", Cells.code(12))
                .field("registration", Cells.registration())
                .derived("adults")
                .column("guardians", Cells.contacts())
                .column("guardian1", Cells.contacts())
                .column("guardian1Relation", Cells.choice("relations"))
                .column("guardian1Phone", Cells.phone())
                .column("guardian2", Cells.contacts())
                .column("guardian2Relation", Cells.choice("relations"))
                .column("guardian2Phone", Cells.phone())
                .column("father", Cells.personName())
                .column("fatherPhone", Cells.phone())
                .column("mother", Cells.personName())
                .column("motherPhone", Cells.phone())
                .number("registration")
                .person("name", "class", "birthday", "adults")
                .scope("class")
                .merge("adults", Contact::merge)
                .finish((row, context) -> {
                    readClass(row, context);
                    readAdults(row);
                });
        return (withIdentity ? pupils.field("identity", Cells.identity()).number("identity") : pupils).build();
    }

    /** People who work at the school. Found by their code, else by telephone. */
    public static ImportKind staff() {
        return ImportKind.named("staff")
                .field("code", Cells.code(20))
                .required("name", Cells.personName())
                .field("gender", Cells.gender())
                .field("phone", Cells.phone())
                .field("title", Cells.text(40))
                .field("subject", Cells.text(20))
                .field("class", Cells.schoolClass())
                .field("provider", Cells.text(60))
                .number("code")
                .number("phone")
                .finish((row, context) -> {
                    if (row.get("code").isEmpty() && row.get("phone").isEmpty() && row.bad().isEmpty()) row.refuse("code", SheetProblem.of("sheet.row.no-key"));
                })
                .build();
    }

    /** Rooms and areas, found by their code. */
    public static ImportKind rooms() {
        return ImportKind.named("rooms")
                .required("code", Cells.code(20))
                .required("name", Cells.text(40))
                .field("kind", Cells.choice("roomKinds"))
                .field("seats", Cells.count(1, 5000))
                .field("class", Cells.schoolClass())
                .number("code")
                .build();
    }

    /** Club sections and courses. Found by code, else by name, weekday and slot. */
    public static ImportKind menu() {
        return ImportKind.named("menu")
                .field("code", Cells.code(20))
                .required("name", Cells.text(40))
                .field("domain", Cells.text(20))
                .field("form", Cells.choice("forms"))
                .required("grades", Cells.grades())
                .required("day", Cells.weekday())
                .field("slot", Cells.text(20))
                .field("minimum", Cells.count(0, 2000))
                .field("maximum", Cells.count(1, 2000))
                .field("teachers", Cells.personNames())
                .field("room", Cells.text(40))
                .field("price", Cells.fen())
                .field("materials", Cells.text(200))
                .field("insurance", Cells.yesNo())
                .field("provider", Cells.text(60))
                .field("description", Cells.text(1000))
                .field("reason", Cells.text(200))
                .number("code")
                .fallback("name", "day", "slot")
                .build();
    }

    /** Who stands with which class at each weekday and slot: a row per class and slot, a column per weekday. */
    public static ImportKind duties() {
        ImportKind.Builder duties =
                ImportKind.named("duties").raw("class").requiredDerived("class").field("slot", Cells.text(20));
        for (DayOfWeek day : WEEK) duties.field(day.name(), Cells.personNames());
        return duties.number("class", "slot").finish(SheetKinds::readClass).build();
    }

    /** Children named for a team. */
    public static ImportKind members() {
        return ImportKind.named("members")
                .required("section", Cells.text(40))
                .required("name", Cells.personName())
                .raw("grade")
                .raw("class")
                .requiredDerived("class")
                .field("birthday", Cells.birthday())
                .field("registration", Cells.registration())
                .number("section", "name", "class")
                .scope("section")
                .finish(SheetKinds::readClass)
                .build();
    }

    /** What families answered in a questionnaire or on paper: a row per child. {@link ChainText} makes the same rows of a pasted chain. */
    public static ImportKind answers() {
        return answers(AnswerFacts.ANY);
    }

    /** What answers are checked against while they are read. */
    public interface AnswerFacts {
        AnswerFacts ANY = written -> written;

        /** The wished section as our own lists write it; empty where there is none of that code or name. */
        String section(String written);

        /** Whether families can answer at the moment. */
        default boolean open() {
            return true;
        }
    }

    /** The same, with wishes that exist and only while a round is open. */
    public static ImportKind answers(AnswerFacts facts) {
        ImportKind.Builder answers = ImportKind.named("answers")
                .required("name", Cells.personName())
                .raw("grade")
                .raw("class")
                .derived("class")
                .field("birthday", Cells.birthday())
                .column("takes", Cells.yesNo())
                .column("days", Cells.weekdays())
                .derived("days")
                .field("until", Cells.time())
                .column("phone", Cells.phone())
                .column("remark", Cells.text(200));
        for (DayOfWeek day : WEEK) answers.column(day.name(), Cells.text(40));
        for (int i = 1; i <= MOST_WISHES; i++) answers.field("wish" + i, Cells.text(40));
        return answers.person("name", "class", "birthday", null)
                .scope("class")
                .onlyKnown()
                .finish((row, context) -> {
                    if (row.cell("class") != null || row.classOfTab() != null) readClass(row, context);
                    readDays(row);
                    if (row.get("takes").equals("yes") && row.get("days").isEmpty()) row.set("days", WEEK.stream().map(DayOfWeek::name).collect(Collectors.joining(",")));
                    for (int i = 1; i <= MOST_WISHES; i++) readWish(row, "wish" + i, facts);
                    if (!facts.open()) row.refuse("name", SheetProblem.of("sheet.row.no-round"));
                })
                .build();
    }

    private static void readWish(RowDraft row, String field, AnswerFacts facts) {
        String written = row.get(field);
        if (written.isEmpty()) return;
        String known = facts.section(written);
        row.set(field, known);
        if (known.isEmpty()) row.refuse(field, SheetProblem.of("sheet.row.no-section", written));
    }

    /** Priority and exemption categories from the school's own lists. */
    public static ImportKind standings() {
        return ImportKind.named("standings")
                .required("name", Cells.personName())
                .raw("grade")
                .raw("class")
                .derived("class")
                .field("birthday", Cells.birthday())
                .field("registration", Cells.registration())
                .column("standing", Cells.choices("standings"))
                .requiredDerived("standing")
                .column("proof", Cells.text(100))
                .column("from", Cells.date())
                .column("until", Cells.date())
                .number("registration")
                .person("name", "class", "birthday", null)
                .merge("standing", Standing::merge)
                .onlyKnown("standing")
                .finish((row, context) -> {
                    if (row.cell("class") != null || row.classOfTab() != null) readClass(row, context);
                    readStandings(row);
                })
                .build();
    }

    /** What a list of sections is checked against while it is read. */
    public interface ListFacts {
        /** The section as our own lists write it; empty where there is none of that code or name. */
        String section(String written);

        /** How many children of the class bear the name. */
        int children(String name, String schoolClass);
    }

    /** An edited list of who sits in which section. */
    public static ImportKind classLists(ListFacts facts) {
        return ImportKind.named("classlist")
                .column("section", Cells.text(60))
                .requiredDerived("section")
                .required("name", Cells.personName())
                .raw("grade")
                .raw("class")
                .requiredDerived("class")
                .field("registration", Cells.registration())
                .number("section", "name", "class")
                .scope("section")
                .finish((row, context) -> {
                    readClass(row, context);
                    String written = row.get("section").isEmpty() ? row.tab() : row.get("section");
                    String known = facts.section(written);
                    row.set("section", known);
                    if (known.isEmpty()) row.refuse("section", SheetProblem.of("sheet.row.no-section", written));
                    else if (row.bad().isEmpty() && !row.get("class").isEmpty() && facts.children(row.get("name"), row.get("class")) != 1)
                        row.refuse("name", SheetProblem.of(facts.children(row.get("name"), row.get("class")) == 0 ? "sheet.row.no-child" : "sheet.row.two-children", row.get("name")));
                })
                .build();
    }

    /** Whether a post is that of a guard. */
    public static boolean isGuard(String title) {
        return "GUARD".equals(Words.codes("roles").get(Words.comparable(title)));
    }

    /** Days and proof of a row are those of each category that it names, and of no other. */
    private static void readStandings(RowDraft row) {
        String from = row.get("from");
        String until = row.get("until");
        if (!from.isEmpty() && !until.isEmpty() && until.compareTo(from) < 0) row.refuse("until", SheetProblem.of("sheet.row.ends-early", from));
        List<Standing> named = new ArrayList<>();
        for (String category : row.get("standing").split(",")) if (!category.isEmpty()) named.add(new Standing(category, from, until, row.get("proof")));
        row.set("standing", Standing.encode(named));
    }

    private static void readClass(RowDraft row, ImportContext context) {
        CellValue cell = row.cell("class");
        if (cell != null) row.take("class", "class", ClassNames.read(cell, row.cell("grade"), context));
        else if (row.classOfTab() != null) row.set("class", row.classOfTab());
    }

    /** One list of adults from whichever columns the school keeps. */
    private static void readAdults(RowDraft row) {
        List<Contact> adults = new ArrayList<>(Contact.decode(row.get("guardians")));
        addNumbered(adults, row, "guardian1");
        addNumbered(adults, row, "guardian2");
        addNamed(adults, row, "father");
        addNamed(adults, row, "mother");
        List<Contact> once = new ArrayList<>();
        for (Contact adult : adults) if (once.stream().noneMatch(other -> isSame(other, adult))) once.add(adult);
        row.set("adults", Contact.encode(once));
    }

    private static void addNumbered(List<Contact> adults, RowDraft row, String column) {
        List<Contact> named = Contact.decode(row.get(column));
        String relation = orNull(row.get(column + "Relation"));
        String phone = orNull(row.get(column + "Phone"));
        if (named.isEmpty() && phone != null && adults.stream().noneMatch(adult -> phone.equals(adult.phone()))) {
            adults.add(new Contact(null, relation, phone));
        } else if (named.size() == 1) {
            Contact only = named.getFirst();
            adults.add(new Contact(only.name(), relation == null ? only.relation() : relation, phone == null ? only.phone() : phone));
        } else {
            adults.addAll(named);
        }
    }

    private static void addNamed(List<Contact> adults, RowDraft row, String relation) {
        String name = orNull(row.get(relation));
        String phone = orNull(row.get(relation + "Phone"));
        if (name != null || phone != null) adults.add(new Contact(name, relation, phone));
    }

    private static boolean isSame(Contact one, Contact other) {
        if (one.phone() != null && one.phone().equals(other.phone())) return true;
        return one.name() != null && one.name().equals(other.name()) && (one.phone() == null || other.phone() == null);
    }

    /** Days from one cell or from a column per weekday; a plain no is an answer of no days. */
    private static void readDays(RowDraft row) {
        List<String> ticked = new ArrayList<>();
        boolean perDay = false;
        for (DayOfWeek day : WEEK) {
            String cell = row.get(day.name());
            perDay |= row.cell(day.name()) != null;
            if (!cell.isEmpty() && !Cells.isNo(cell)) ticked.add(day.name());
        }
        if (perDay && row.get("days").isEmpty()) row.set("days", ticked.isEmpty() ? "none" : String.join(",", ticked));
        if (row.get("takes").equals("no")) row.set("days", "none");
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
