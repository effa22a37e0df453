package afterbell.term.programme.grid;

import afterbell.base.audit.Audit;
import afterbell.base.calendar.Term;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Typed;
import afterbell.term.programme.Cell;
import afterbell.term.programme.CellPolicy;
import afterbell.term.programme.CellPolicy.Content;
import afterbell.term.programme.Plans;
import afterbell.term.programme.Plans.Bells;
import afterbell.term.programme.ProgrammeStore;
import afterbell.term.programme.Section;
import afterbell.term.programme.SlotTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Writes the contents of a slot, for some grades and on some weekdays of its row. */
@Component
class WriteCells {
    static final int MOST_CONTENTS = 8;
    static final int LONGEST = 40;

    private final Plans plans;
    private final ProgrammeStore store;
    private final CommandKeys commands;
    private final Audit audit;
    private final Ids ids;

    WriteCells(Plans plans, ProgrammeStore store, CommandKeys commands, Audit audit, Ids ids) {
        this.plans = plans;
        this.store = store;
        this.commands = commands;
        this.audit = audit;
        this.ids = ids;
    }

    @Transactional(readOnly = true)
    public CellPage page(UUID school, UUID term, UUID slot, int grade, List<Integer> picked) {
        Term of = plans.term(school, term).orElseThrow(NotFound::new);
        Bells bells = plans.bells(school, of.id());
        SlotTime at = bells.slot(slot);
        List<Integer> grades = bells.grades(at.band());
        List<Cell> cells = store.cells(school, of.id());
        int first = grades.contains(grade) ? grade : grades.getFirst();
        List<Integer> group = CellPolicy.groups(cells, bells.of(first), grades).stream().filter(g -> g.contains(first)).findFirst().orElse(grades);
        List<CellPage.Typed> rows = new ArrayList<>(
                CellPolicy.of(cells, slot, first).stream().map(c -> new CellPage.Typed(c.text(), c.form().code(), c.layer().code())).toList());
        return page(of, bells, at, group.getFirst(), group.getLast(), picked.isEmpty() ? List.of(at.weekday()) : picked, rows, List.of());
    }

    private CellPage page(Term term, Bells bells, SlotTime at, int from, int until, List<Integer> picked, List<CellPage.Typed> typed, List<Refusal> refusals) {
        List<CellPage.Typed> rows = new ArrayList<>(typed);
        int spare = rows.isEmpty() ? 3 : 2;
        while (rows.size() < MOST_CONTENTS && spare-- > 0) rows.add(new CellPage.Typed("", "own_class", "basic"));
        List<Integer> days = row(bells, at).stream().map(SlotTime::weekday).toList();
        return new CellPage(term.id(), at.id(), at.from(), at.until(), bells.grades(at.band()), from, until, days, picked, rows, refusals);
    }

    private static List<SlotTime> row(Bells bells, SlotTime at) {
        return bells.slots().stream().filter(s -> s.band().equals(at.band()) && s.code().equals(at.code())).toList();
    }

    /** Done answers with the term; refused with the page as typed. */
    sealed interface Answer {
        record Done(UUID term) implements Answer {}

        record Refused(CellPage page) implements Answer {}
    }

    @Transactional
    public Answer write(UUID school, UUID slot, Typed form) {
        Term term = plans.term(school, form.id("term").orElse(null)).orElseThrow(NotFound::new);
        Bells bells = plans.bells(school, term.id());
        SlotTime at = bells.slot(slot);
        List<Integer> grades = bells.grades(at.band());
        int from = form.number("gradeFrom").orElse(grades.getFirst());
        int until = form.number("gradeUntil").orElse(grades.getLast());
        List<SlotTime> row = row(bells, at);
        List<Integer> days = form.numbers("days").stream().filter(d -> row.stream().anyMatch(s -> s.weekday() == d)).toList();
        List<CellPage.Typed> typed = typed(form);
        List<Cell> before = store.cells(school, term.id());
        List<Refusal> no = new ArrayList<>();
        if (!grades.contains(from) || !grades.contains(until) || from > until) no.add(new Refusal.Simple("programme.cell.refused.grades", "gradeUntil", List.of()));
        if (days.isEmpty()) no.add(new Refusal.Simple("programme.cell.refused.days", "days", List.of()));
        if (typed.size() > MOST_CONTENTS) no.add(new Refusal.Simple("programme.cell.refused.many", "text", List.of(MOST_CONTENTS)));
        if (typed.stream().anyMatch(t -> t.text().codePointCount(0, t.text().length()) > LONGEST)) no.add(new Refusal.Simple("programme.cell.refused.long", "text", List.of(LONGEST)));
        if (no.isEmpty()) {
            List<Content> contents = typed.stream().map(t -> new Content(Cell.Form.of(t.form()), t.text(), Cell.Layer.of(t.layer()))).toList();
            List<SlotTime> slots = row.stream().filter(s -> days.contains(s.weekday())).toList();
            no.addAll(published(school, term, before, slots, grades, from, until, contents));
            if (no.isEmpty()) {
                commands.once(form.key(ids), slot + "/" + from + "/" + until + "/" + days + "/" + contents, () -> {
                    for (SlotTime each : slots) store.replaceCells(school, each.id(), CellPolicy.written(before, each, term.id(), grades, from, until, contents, ids::next));
                    audit.record(school, "programme.cell_written", "slot", slot, Map.of("weekdays", days, "gradeFrom", from, "gradeUntil", until, "contents", contents.size()));
                    return slot.toString();
                });
                return new Answer.Done(term.id());
            }
        }
        return new Answer.Refused(page(term, bells, at, from, until, days, typed, no));
    }

    // A published section must keep a slot in which its children may choose.
    private List<Refusal> published(UUID school, Term term, List<Cell> before, List<SlotTime> slots, List<Integer> grades, int from, int until, List<Content> contents) {
        if (contents.stream().anyMatch(c -> c.form() == Cell.Form.CHOICE)) return List.of();
        List<Section> sections = store.sections(school, term.id());
        List<Refusal> no = new ArrayList<>();
        for (SlotTime slot : slots) {
            sections.stream()
                    .filter(s -> s.state() == Section.State.PUBLISHED && !s.fixed() && s.slots().contains(slot.id()))
                    .filter(s -> grades.stream().anyMatch(g -> g >= from && g <= until && g >= s.gradeLo() && g <= s.gradeHi() && CellPolicy.choosing(before, slot.id()).contains(g)))
                    .forEach(s -> no.add(new Refusal.Simple("programme.cell.refused.published", "form", List.of(s.name()))));
        }
        return no.stream().distinct().toList();
    }

    private static List<CellPage.Typed> typed(Typed form) {
        List<String> texts = form.texts("text");
        List<String> forms = form.texts("form");
        List<String> layers = form.texts("layer");
        List<CellPage.Typed> typed = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).isEmpty()) continue;
            String text = texts.get(i).replace('\n', ' ');
            String kind = i < forms.size() && Arrays.stream(Cell.Form.values()).map(Cell.Form::code).toList().contains(forms.get(i)) ? forms.get(i) : "own_class";
            String layer = i < layers.size() && layers.get(i).equals("extension") ? "extension" : "basic";
            typed.add(new CellPage.Typed(text, kind, layer));
        }
        return typed;
    }
}
