package afterbell.term.enrolment.answering;

import afterbell.base.roster.Roster;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.sheet.ImportKind;
import afterbell.base.shared.sheet.ImportPreview;
import afterbell.base.shared.sheet.ImportTarget;
import afterbell.base.shared.sheet.SheetKinds;
import afterbell.term.enrolment.Enrolments;
import afterbell.term.enrolment.Menu;
import afterbell.term.enrolment.Round;
import afterbell.term.enrolment.Sheet;
import afterbell.term.enrolment.SheetCommand;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What families answered in a questionnaire, a chain of the class group or on paper, as a table. Everything read here is entered for the family: each
 * family hears of it and may object. What a family answered itself stays as it is, whatever the table says.
 */
@Component
class AnswerImport implements ImportTarget {
    private static final int WISHES = SheetKinds.MOST_WISHES;

    private final Enrolments enrolments;
    private final ClassStore store;
    private final Roster roster;
    private final Ids ids;
    private final Clock clock;

    AnswerImport(Enrolments enrolments, ClassStore store, Roster roster, Ids ids, Clock clock) {
        this.enrolments = enrolments;
        this.store = store;
        this.roster = roster;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public String key() {
        return "answers";
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.OFFICE, Role.CLASS_TEACHER);
    }

    /** The office reaches every child, a class teacher the own class. */
    @Override
    public Predicate<ImportPreview.Known> reach(UUID school, Wearer me) {
        if (me.is(Role.OFFICE)) return known -> true;
        Set<String> own = me.classes().stream().map(c -> roster.schoolClass(school, c)).map(c -> c.grade() + "-" + c.number()).collect(Collectors.toSet());
        int field = kind(school).index("class");
        return known -> own.contains(known.values()[field]);
    }

    @Override
    public ImportKind kind(UUID school) {
        Optional<Round> round = running(school);
        Map<String, String> titles = new HashMap<>();
        Collection<Menu.Section> sections = round.map(r -> sections(school, r)).orElse(List.of());
        for (Function<Menu.Section, String> writing : List.<Function<Menu.Section, String>>of(Menu.Section::name, Menu.Section::code, AnswerImport::title))
            sections.forEach(s -> titles.put(comparable(writing.apply(s)), title(s)));
        return SheetKinds.answers(new SheetKinds.AnswerFacts() {
            @Override
            public String section(String written) {
                return titles.getOrDefault(comparable(written), "");
            }

            @Override
            public boolean open() {
                return round.isPresent();
            }
        });
    }

    private static String title(Menu.Section s) {
        return s.code() + " " + s.name();
    }

    private static String comparable(String written) {
        return written.replaceAll("\\s+", "").toLowerCase(Locale.ROOT);
    }

    private Optional<Round> running(UUID school) {
        Instant now = clock.instant();
        return enrolments.current(school, now).filter(r -> r.takesAnswersAt(now));
    }

    private Collection<Menu.Section> sections(UUID school, Round round) {
        Map<UUID, Menu.Section> all = new LinkedHashMap<>();
        for (int grade = 1; grade <= 12; grade++) enrolments.menu(school, round.term(), grade).sections().forEach(s -> all.put(s.id(), s));
        return all.values();
    }

    @Override
    @Transactional(readOnly = true)
    public List<ImportPreview.Known> known(UUID school) {
        ImportKind kind = kind(school);
        Optional<Round> round = running(school);
        return store.school(school, round.map(Round::id).orElse(new UUID(0, 0))).stream()
                .map(a -> new ImportPreview.Known(a.pupil().toString(), kind.values(record(a, round.filter(r -> a.forFamily()).map(r -> enrolments.menu(school, r.term(), a.grade())).orElse(null)))))
                .toList();
    }

    /** @param menu null where staff knows nothing of the answer */
    private static Map<String, String> record(ClassStore.Answered a, @Nullable Menu menu) {
        Map<String, String> record = new HashMap<>();
        record.put("name", a.name());
        record.put("class", a.grade() + "-" + a.number());
        if (a.birthday() != null) record.put("birthday", a.birthday().toString());
        if (menu == null) return record;
        String days = Arrays.stream(a.days().split(" ")).filter(d -> d.indexOf(':') == 1).map(d -> DayOfWeek.of(d.charAt(0) - '0').name()).collect(Collectors.joining(","));
        record.put("days", days.isEmpty() ? "none" : days);
        List<LocalTime> ends = Arrays.stream(a.days().split(" "))
                .filter(d -> d.indexOf(':') == 1)
                .flatMap(d -> menu.on(d.charAt(0) - '0').stream().filter(s -> s.ordinal() == Integer.parseInt(d.substring(2))).map(Menu.Slot::ends))
                .distinct()
                .toList();
        if (ends.size() == 1) record.put("until", ends.getFirst().toString());
        List<String> wishes = Arrays.stream(a.wishes().split("\\|")).filter(w -> w.indexOf('#') > 0).sorted().map(w -> w.substring(w.indexOf('#') + 1)).distinct().toList();
        for (int i = 0; i < Math.min(WISHES, wishes.size()); i++) record.put("wish" + (i + 1), wishes.get(i));
        return record;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Applied apply(UUID school, ImportPreview preview, Set<String> gone) {
        Round round = running(school).orElse(null);
        @Nullable UUID by = Scopes.current().map(Scope::account).orElse(null);
        if (round == null || by == null) return new Applied(0, 0, 0);
        Instant now = clock.instant();
        Map<String, ClassStore.Answered> children = store.school(school, round.id()).stream().collect(Collectors.toMap(a -> a.pupil().toString(), a -> a));
        List<Enrolments.Entry> fresh = new ArrayList<>();
        List<SheetCommand> corrected = new ArrayList<>();
        for (ImportPreview.Entry entry : preview.entries()) {
            if (!(entry instanceof ImportPreview.Changed changed)) continue;
            ClassStore.Answered child = children.get(changed.known().key());
            if (child == null || child.answered() && !child.forFamily()) continue;
            Sheet asked = sheet(preview.kind().record(changed.row().values()), enrolments.menu(school, round.term(), child.grade()));
            if (asked == null) continue;
            if (child.version() == 0) fresh.add(new Enrolments.Entry(child.pupil(), child.grade(), asked, by, now));
            else corrected.add(new SheetCommand(school, child.pupil(), round.id(), asked, child.version(), by, true, true, ids.next(), now));
        }
        int added = enrolments.enterAll(school, round.id(), fresh, true);
        int mended = 0;
        for (SheetCommand command : corrected) if (enrolments.save(command) instanceof Outcome.Done<Integer>) mended++;
        return new Applied(added, mended, 0);
    }

    /** What a row means; null where it says neither yes nor no. */
    private static @Nullable Sheet sheet(Map<String, String> row, Menu menu) {
        String days = row.getOrDefault("days", "");
        if (days.isEmpty()) return null;
        if (days.equals("none")) return Sheet.NO;
        @Nullable LocalTime leaves = row.containsKey("until") ? LocalTime.parse(row.get("until")) : null;
        Map<Integer, Integer> until = new LinkedHashMap<>();
        for (String day : days.split(",")) {
            int weekday = DayOfWeek.valueOf(day).getValue();
            List<Menu.Slot> slots = menu.on(weekday);
            if (slots.isEmpty()) continue;
            until.put(weekday, slots.stream().filter(s -> leaves != null && !s.ends().isBefore(leaves)).findFirst().orElse(slots.getLast()).ordinal());
        }
        Map<UUID, List<UUID>> wishes = new LinkedHashMap<>();
        for (int i = 1; i <= WISHES; i++) {
            String wanted = row.getOrDefault("wish" + i, "");
            menu.sections().stream().filter(s -> title(s).equals(wanted)).findFirst().ifPresent(s -> s.slots().forEach(slot -> wishes.computeIfAbsent(slot, x -> new ArrayList<>()).add(s.id())));
        }
        return until.isEmpty() ? Sheet.NO : new Sheet(true, until, wishes, Sheet.Waiting.ASK);
    }
}
