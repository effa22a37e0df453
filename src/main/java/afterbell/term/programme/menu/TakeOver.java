package afterbell.term.programme.menu;

import afterbell.base.audit.Audit;
import afterbell.base.calendar.Term;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Typed;
import afterbell.term.programme.Cell;
import afterbell.term.programme.CellPolicy;
import afterbell.term.programme.Offering;
import afterbell.term.programme.Plans;
import afterbell.term.programme.Plans.Bells;
import afterbell.term.programme.ProgrammeStore;
import afterbell.term.programme.Section;
import afterbell.term.programme.SlotTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes the plan and menu of the term before over as drafts. What this term has already stays: cells that hold something, sections of the same code. */
@Component
class TakeOver {
    private final Plans plans;
    private final ProgrammeStore store;
    private final CommandKeys commands;
    private final Audit audit;
    private final Ids ids;

    TakeOver(Plans plans, ProgrammeStore store, CommandKeys commands, Audit audit, Ids ids) {
        this.plans = plans;
        this.store = store;
        this.commands = commands;
        this.audit = audit;
        this.ids = ids;
    }

    /** @return how many sections were taken over, or were when this command was done first */
    @Transactional
    public int take(UUID school, Typed form) {
        Term term = plans.term(school, form.id("term").orElse(null)).orElseThrow(NotFound::new);
        Term last = plans.before(school, term).orElseThrow(NotFound::new);
        String done = commands.once(form.key(ids), last.id() + "/" + term.id(), () -> {
            Bells before = plans.bells(school, last.id());
            Bells now = plans.bells(school, term.id());
            Map<UUID, SlotTime> same = same(before, now);
            int cells = cells(school, last, term, now, same);
            int sections = sections(school, last, term, same);
            audit.record(school, "programme.taken_over", "term", term.id(), Map.of("from", last.id(), "cells", cells, "sections", sections));
            return Integer.toString(sections);
        });
        return Integer.parseInt(done);
    }

    // A slot of last term is the one of the same band, weekday and row in this term.
    private static Map<UUID, SlotTime> same(Bells before, Bells now) {
        Map<String, SlotTime> byPlace = now.slots().stream().collect(Collectors.toMap(s -> s.band() + "/" + s.weekday() + "/" + s.code(), Function.identity()));
        Map<UUID, SlotTime> same = new HashMap<>();
        before.slots().forEach(s -> Optional.ofNullable(byPlace.get(s.band() + "/" + s.weekday() + "/" + s.code())).ifPresent(n -> same.put(s.id(), n)));
        return same;
    }

    private int cells(UUID school, Term last, Term term, Bells now, Map<UUID, SlotTime> same) {
        List<Cell> taken = store.cells(school, term.id());
        List<Cell> made = new ArrayList<>();
        for (Cell c : store.cells(school, last.id())) {
            @Nullable SlotTime slot = same.get(c.slot());
            if (slot == null) continue;
            List<Integer> grades = now.grades(slot.band()).stream().filter(g -> c.gradeLo() <= g && g <= c.gradeHi()).toList();
            boolean free = grades.stream().allMatch(g -> CellPolicy.of(taken, slot.id(), g).isEmpty());
            if (!grades.isEmpty() && free)
                made.add(new Cell(ids.next(), term.id(), slot.band(), grades.getFirst(), grades.getLast(), slot.weekday(), slot.id(), c.ordinal(), c.form(), c.content(), c.layer()));
        }
        store.putCells(school, made);
        return made.size();
    }

    private int sections(UUID school, Term last, Term term, Map<UUID, SlotTime> same) {
        Set<String> taken = store.sections(school, term.id()).stream().map(Section::code).collect(Collectors.toSet());
        Map<UUID, Offering> offerings = store.offerings(school, last.id()).stream().collect(Collectors.toMap(Offering::id, Function.identity()));
        Map<UUID, Offering> copied = new HashMap<>();
        List<Section> made = new ArrayList<>();
        for (Section s : store.sections(school, last.id())) {
            if (s.state() == Section.State.WITHDRAWN || taken.contains(s.code())) continue;
            Offering offering = copied.computeIfAbsent(s.offering(), id -> {
                Offering o = Objects.requireNonNull(offerings.get(id));
                return new Offering(
                        ids.next(), term.id(), o.activity(), o.name(), o.domain(), o.description(), o.layer(), o.provider(), o.picture(), o.materials(), o.insurance(), o.priceFen(), o.priceUnit(), o.auditioned());
            });
            made.add(new Section(
                    ids.next(),
                    offering.id(),
                    term.id(),
                    s.code(),
                    s.name(),
                    s.kind(),
                    s.gradeLo(),
                    s.gradeHi(),
                    s.minSize(),
                    s.capacity(),
                    s.capacityReason(),
                    s.perClassSeats(),
                    s.room(),
                    Section.State.DRAFT,
                    s.fixed(),
                    s.fixedReason(),
                    s.slots().stream().map(same::get).filter(Objects::nonNull).map(SlotTime::id).toList(),
                    s.teachers()));
        }
        store.putOfferings(school, List.copyOf(copied.values()));
        store.putSections(school, made);
        return made.size();
    }
}
