package afterbell.term.enrolment.choosing;

import afterbell.base.schools.Schools;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.term.enrolment.Enrolments;
import afterbell.term.enrolment.FamilySheet;
import afterbell.term.enrolment.Menu;
import afterbell.term.enrolment.Sheet;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Gathers what the sheet shows, in at most six statements. */
@Component
@Transactional(readOnly = true)
class ShowSheet {
    private final Enrolments enrolments;
    private final Schools schools;
    private final Clock clock;

    ShowSheet(Enrolments enrolments, Schools schools, Clock clock) {
        this.enrolments = enrolments;
        this.schools = schools;
        this.clock = clock;
    }

    SheetPage saved(Wearer me, UUID school, UUID round, UUID child) {
        FamilySheet stored = enrolments.sheet(school, round, child);
        return page(me, school, stored, form(school, stored), null, List.of());
    }

    /** The sheet of a child of a class, for the school to fill in; a child of another class is not found. */
    SheetPage forFamily(Wearer me, UUID schoolClass, UUID round, UUID child, @Nullable SheetForm typed, List<Refusal> refusals) {
        FamilySheet stored = enrolments.sheet(me.school(), round, child);
        if (!stored.child().schoolClass().equals(schoolClass)) throw new NotFound();
        return page(me, me.school(), stored, typed == null ? form(me.school(), stored) : typed, schoolClass, refusals);
    }

    private SheetForm form(UUID school, FamilySheet stored) {
        if (stored.sheet() != null) return SheetForm.of(stored.sheet(), stored.version());
        return SheetForm.proposed(enrolments.proposed(school, stored).orElse(Sheet.NO), stored.version());
    }

    SheetPage typed(Wearer me, UUID school, UUID round, UUID child, SheetForm typed, List<Refusal> refusals) {
        return page(me, school, enrolments.sheet(school, round, child), typed, null, refusals);
    }

    SheetForm moved(SheetForm typed, String move, UUID school, UUID round, UUID child) {
        return typed.moved(move, menu(school, enrolments.sheet(school, round, child)));
    }

    /** The other child's answers, as a form of this one. */
    SheetForm copied(UUID school, UUID round, UUID from, UUID to) {
        FamilySheet model = enrolments.sheet(school, round, from);
        FamilySheet own = enrolments.sheet(school, round, to);
        if (model.sheet() == null) return form(school, own);
        List<Menu.Fixed> fixed = enrolments.fixed(school, own.round().term(), to);
        return SheetForm.of(enrolments.copied(menu(school, model), model.sheet(), menu(school, own), fixed), own.version());
    }

    private Menu menu(UUID school, FamilySheet sheet) {
        return enrolments.menu(school, sheet.round().term(), sheet.child().grade());
    }

    private SheetPage page(Wearer me, UUID school, FamilySheet stored, SheetForm form, @Nullable UUID forFamily, List<Refusal> refusals) {
        UUID child = stored.child().id();
        return new SheetPage(
                me.account(),
                stored,
                stored.editableAt(clock.instant()),
                menu(school, stored),
                enrolments.fixed(school, stored.round().term(), child),
                form.part(),
                new Sheet(form.part() == null || form.part(), form.until(), form.wishes(), form.noon(), form.waiting()),
                form.version(),
                siblings(me, stored),
                stored.version() == 0 || forFamily != null ? List.of() : enrolments.changes(school, stored.round().id(), child),
                SheetController.conflict(refusals),
                forFamily,
                "/schools/" + schools.get(school).code() + "/draws/" + stored.round().id(),
                refusals);
    }

    private List<SheetPage.Sibling> siblings(Wearer me, FamilySheet stored) {
        List<UUID> children = me.children(Role.GUARDIAN);
        if (children.size() < 2) return List.of();
        return enrolments.of(children).stream()
                .filter(c -> c.round().id().equals(stored.round().id()))
                .map(c -> new SheetPage.Sibling(
                        c.child().id(), c.child().name(), c.child().className(), SheetPage.href(c.child().id(), c.round().id()), c.child().id().equals(stored.child().id()), c.answered()))
                .toList();
    }
}
