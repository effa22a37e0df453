package afterbell.term.programme.grid;

import afterbell.base.audit.Audit;
import afterbell.base.calendar.Term;
import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Typed;
import afterbell.term.programme.Cell;
import afterbell.term.programme.CellPolicy;
import afterbell.term.programme.CellPolicy.Content;
import afterbell.term.programme.OwnClassDuty;
import afterbell.term.programme.Plans;
import afterbell.term.programme.Plans.Bells;
import afterbell.term.programme.ProgrammeStore;
import afterbell.term.programme.SlotTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes own-class care in every empty period of the term and a duty for every class, in one act. What stands already stays. */
@Component
class MakeOwnClass {
    private final Plans plans;
    private final ProgrammeStore store;
    private final Roster roster;
    private final CommandKeys commands;
    private final Audit audit;
    private final Ids ids;

    MakeOwnClass(Plans plans, ProgrammeStore store, Roster roster, CommandKeys commands, Audit audit, Ids ids) {
        this.plans = plans;
        this.store = store;
        this.roster = roster;
        this.commands = commands;
        this.audit = audit;
        this.ids = ids;
    }

    @Transactional(readOnly = true)
    public OwnClassPage page(UUID school, @Nullable UUID asked, String content, boolean classTeachers, List<Refusal> refusals) {
        Term term = plans.term(school, asked).orElseThrow(NotFound::new);
        Bells bells = plans.bells(school, term.id());
        List<Cell> cells = store.cells(school, term.id());
        List<SchoolClass> classes = classes(school, term);
        int empty = 0;
        for (SlotTime slot : bells.slots()) if (slot.period()) for (int grade : bells.grades(slot.band())) if (CellPolicy.of(cells, slot.id(), grade).isEmpty()) empty++;
        Set<String> known = known(school, term);
        int duties = 0;
        for (SchoolClass c : classes) for (SlotTime slot : bells.of(c.grade())) if (!known.contains(c.id() + "/" + slot.id())) duties++;
        return new OwnClassPage(term, classes.size(), empty, duties, content, classTeachers, refusals);
    }

    private List<SchoolClass> classes(UUID school, Term term) {
        return roster.classes(school).stream().filter(c -> c.schoolYear() == term.startYear()).toList();
    }

    private Set<String> known(UUID school, Term term) {
        Set<String> known = new HashSet<>();
        store.duties(school, term.id()).forEach(d -> known.add(d.klass() + "/" + d.slot()));
        return known;
    }

    /** The page as typed where refused, null where done. */
    @Transactional
    public @Nullable OwnClassPage make(UUID school, Typed form) {
        Term term = plans.term(school, form.id("term").orElse(null)).orElseThrow(NotFound::new);
        String content = form.text("content").replace('\n', ' ');
        boolean classTeachers = form.yes("classTeachers");
        if (content.isEmpty()) return page(school, term.id(), content, classTeachers, List.of(new Refusal.Simple("programme.own.refused.content", "content", List.of())));
        if (content.codePointCount(0, content.length()) > WriteCells.LONGEST)
            return page(school, term.id(), content, classTeachers, List.of(new Refusal.Simple("programme.cell.refused.long", "content", List.of(WriteCells.LONGEST))));
        commands.once(form.key(ids), term.id() + "/" + content + "/" + classTeachers, () -> {
            Bells bells = plans.bells(school, term.id());
            int cells = cells(school, term, bells, content);
            int duties = duties(school, term, bells, classTeachers);
            plans.changed(school, term.id());
            audit.record(school, "programme.own_class_made", "term", term.id(), Map.of("cells", cells, "duties", duties));
            return term.id().toString();
        });
        return null;
    }

    private int cells(UUID school, Term term, Bells bells, String content) {
        List<Cell> before = store.cells(school, term.id());
        Content own = new Content(Cell.Form.OWN_CLASS, content, Cell.Layer.BASIC);
        int made = 0;
        for (SlotTime slot : bells.slots()) {
            if (!slot.period()) continue;
            List<Integer> grades = bells.grades(slot.band());
            List<Cell> cells = new ArrayList<>(before.stream().filter(c -> c.slot().equals(slot.id())).toList());
            boolean changed = false;
            for (int grade : grades)
                if (CellPolicy.of(cells, slot.id(), grade).isEmpty()) {
                    cells = CellPolicy.written(cells, slot, term.id(), grades, grade, grade, List.of(own), ids::next);
                    changed = true;
                    made++;
                }
            if (changed) store.replaceCells(school, slot.id(), cells);
        }
        return made;
    }

    private int duties(UUID school, Term term, Bells bells, boolean classTeachers) {
        Map<UUID, UUID> teachers = new HashMap<>();
        if (classTeachers) store.classTeachers(school).forEach(t -> teachers.putIfAbsent(t.klass(), t.staff()));
        Set<String> known = known(school, term);
        List<OwnClassDuty> made = new ArrayList<>();
        for (SchoolClass c : classes(school, term))
            for (SlotTime slot : bells.of(c.grade())) if (!known.contains(c.id() + "/" + slot.id())) made.add(new OwnClassDuty(term.id(), c.id(), slot.id(), teachers.get(c.id()), null, null));
        store.putDuties(school, made);
        return made.size();
    }
}
