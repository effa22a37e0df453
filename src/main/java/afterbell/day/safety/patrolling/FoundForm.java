package afterbell.day.safety.patrolling;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Typed;
import java.util.ArrayList;
import java.util.List;

/** A problem as typed. */
public record FoundForm(String rating, String note, String contact) {
    static final List<String> RATINGS = List.of("minor", "danger");
    static final FoundForm EMPTY = new FoundForm("", "", "");
    static final int NOTE = 500;

    static FoundForm of(Typed t) {
        return new FoundForm(t.text("rating"), t.text("note"), t.text("contact"));
    }

    List<Refusal> refusals() {
        List<Refusal> no = new ArrayList<>();
        if (!RATINGS.contains(rating)) no.add(no("rating"));
        if (note.isEmpty() || note.length() > NOTE) no.add(no("note"));
        return no;
    }

    static Refusal no(String field) {
        return new Refusal.Simple("safety.patrol.refused." + field, field, List.of(NOTE));
    }
}
