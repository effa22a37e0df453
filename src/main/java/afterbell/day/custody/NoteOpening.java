package afterbell.day.custody;

import afterbell.base.audit.Audit;
import afterbell.base.roster.ChildNotes;
import afterbell.base.shared.access.Wearer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Opens the notes of a child for whoever answers for it now; each opening is recorded with what it was for (law 9). */
@Component
public class NoteOpening {
    /** On which act the words were needed. */
    public enum Purpose {
        ROLL,
        HAND_OVER
    }

    /** The opened notes. @param back the page it was opened from */
    public record Opened(String back, String name, String className, List<ChildNotes.Note> notes) {}

    private final ChildNotes notes;
    private final Audit audit;

    NoteOpening(ChildNotes notes, Audit audit) {
        this.notes = notes;
        this.audit = audit;
    }

    /** Whoever calls has asked whether the person answers for the child. @param of session or class on whose page it was opened */
    @Transactional
    public List<ChildNotes.Note> open(Wearer me, UUID pupil, Purpose purpose, UUID of) {
        List<ChildNotes.Note> all = notes.read(me.school(), pupil);
        audit.record(me.school(), "custody.note_opened", "pupil", pupil, Map.of("purpose", purpose.name(), "of", of));
        return all;
    }
}
