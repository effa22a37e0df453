package afterbell.base.roster.noting;

import afterbell.base.audit.Audit;
import afterbell.base.roster.ChildNotes;
import afterbell.base.roster.ChildNotes.Kind;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A guardian writes and reads the notes of the own child; a class teacher adds one to a child of the own class and reads it here never again. */
@Controller
final class NotesController {
    private static final String FAMILY = "roster/noting/family";
    private static final String TEACHER = "roster/noting/teacher";

    private final ChildNotes notes;
    private final Roster roster;
    private final Audit audit;
    private final TransactionTemplate transactions;

    NotesController(ChildNotes notes, Roster roster, Audit audit, TransactionTemplate transactions) {
        this.notes = notes;
        this.roster = roster;
        this.audit = audit;
        this.transactions = transactions;
    }

    @GetMapping("/children/{child}/notes")
    @Allowed(Role.GUARDIAN)
    ModelAndView ofFamily(Wearer me, @PathVariable UUID child) {
        UUID school = schoolOf(me, child);
        NotesPage page = Objects.requireNonNull(transactions.execute(t -> {
            List<ChildNotes.Note> all = notes.read(school, child);
            return family(roster.pupil(school, child), words(all, Kind.HEALTH), words(all, Kind.FAMILY), List.of());
        }));
        return Pages.show(FAMILY, page);
    }

    @PostMapping("/children/{child}/notes")
    @Allowed(Role.GUARDIAN)
    ModelAndView sayFamily(Wearer me, @PathVariable UUID child, @RequestParam(defaultValue = "") String health, @RequestParam(defaultValue = "") String family, RedirectAttributes redirect) {
        UUID school = schoolOf(me, child);
        List<Refusal> no = new ArrayList<>(tooLong(health, "health"));
        no.addAll(tooLong(family, "family"));
        if (!no.isEmpty()) return Pages.refused(FAMILY, Objects.requireNonNull(transactions.execute(t -> family(roster.pupil(school, child), health, family, no))));
        transactions.executeWithoutResult(t -> {
            notes.put(school, child, Kind.HEALTH, health, me.account());
            notes.put(school, child, Kind.FAMILY, family, me.account());
        });
        return Pages.done("/children/" + child + "/notes", redirect, "roster.notes.saved");
    }

    @GetMapping("/pupils/{pupil}/notes")
    @Allowed(Role.CLASS_TEACHER)
    ModelAndView ofTeacher(Wearer me, @PathVariable UUID pupil) {
        return Pages.show(TEACHER, teacher(me, pupil, "", List.of()));
    }

    @PostMapping("/pupils/{pupil}/notes")
    @Allowed(Role.CLASS_TEACHER)
    ModelAndView sayTeacher(Wearer me, @PathVariable UUID pupil, @RequestParam(defaultValue = "") String note, RedirectAttributes redirect) {
        List<Refusal> no = tooLong(note, "note");
        NotesPage.OfTeacher page = teacher(me, pupil, note, no);
        if (!no.isEmpty()) return Pages.refused(TEACHER, page);
        transactions.executeWithoutResult(t -> {
            notes.put(me.school(), pupil, Kind.TEACHER, note, me.account());
            audit.record(me.school(), "roster.note_written", "pupil", pupil, Map.of("kind", Kind.TEACHER.code(), "empty", note.isBlank()));
        });
        return Pages.done(page.back(), redirect, note.isBlank() ? "roster.notes.removed" : "roster.notes.saved");
    }

    private NotesPage.OfTeacher teacher(Wearer me, UUID pupil, String typed, List<Refusal> refusals) {
        return Objects.requireNonNull(transactions.execute(t -> {
            Pupil child = roster.pupil(me.school(), pupil);
            if (!me.classes().contains(child.schoolClass())) throw new NotFound();
            return new NotesPage.OfTeacher(
                    "/pupils/" + pupil + "/notes", "/classes/" + child.schoolClass() + "/morning", child.name(), typed, notes.saidAt(me.school(), pupil, Kind.TEACHER).stream().findFirst().orElse(null), refusals);
        }));
    }

    private static UUID schoolOf(Wearer me, UUID child) {
        if (!me.children(Role.GUARDIAN).contains(child)) throw new NotFound();
        return me.schoolOf(child);
    }

    private static NotesPage family(Pupil child, String health, String family, List<Refusal> refusals) {
        return new NotesPage("/children/" + child.id() + "/notes", "/children/" + child.id() + "/today", child.name(), health, family, refusals);
    }

    private static String words(List<ChildNotes.Note> all, Kind kind) {
        return all.stream().filter(n -> n.kind() == kind).map(ChildNotes.Note::words).findFirst().orElse("");
    }

    private static List<Refusal> tooLong(String typed, String field) {
        return typed.strip().length() > ChildNotes.LONGEST ? List.of(new Refusal.Simple("roster.notes.refused.long", field, List.of(ChildNotes.LONGEST))) : List.of();
    }
}
