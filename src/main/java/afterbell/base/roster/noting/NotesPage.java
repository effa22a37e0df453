package afterbell.base.roster.noting;

import afterbell.base.shared.Refusal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A family's two notes. */
public record NotesPage(String href, String back, String name, String health, String family, List<? extends Refusal> refusals) {

    /** The class teacher's note; what stood there before is not shown, opening is an act of its own. @param saidAt null where there is none */
    public record OfTeacher(String href, String back, String name, String typed, @Nullable Instant saidAt, List<? extends Refusal> refusals) {}
}
