package afterbell.base.schools.places;

import afterbell.base.shared.Ids;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Typed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A room as typed. */
public record RoomForm(String code, String name, String kind, String capacity, String campus, boolean outdoor) {
    static final List<String> KINDS = List.of("classroom", "special", "outdoor", "hall", "library", "office", "other");
    static final RoomForm EMPTY = new RoomForm("", "", "classroom", "50", "", false);
    private static final int MOST = 5000;

    static RoomForm of(Typed form) {
        return new RoomForm(form.text("code"), form.text("name"), form.text("kind"), form.text("capacity"), form.text("campus"), form.yes("outdoor"));
    }

    List<Refusal> refusals() {
        List<Refusal> no = new ArrayList<>();
        if (code.isEmpty() || code.length() > 20) no.add(no("code"));
        if (name.isEmpty() || name.length() > 60) no.add(no("name"));
        if (!KINDS.contains(kind)) no.add(no("kind"));
        if (seats() < 1 || seats() > MOST) no.add(no("capacity"));
        return no;
    }

    private static Refusal no(String field) {
        return new Refusal.Simple("schools.refused." + field, field, List.of(MOST));
    }

    int seats() {
        return capacity.matches("\\d{1,5}") ? Integer.parseInt(capacity) : 0;
    }

    @Nullable UUID campusId() {
        Optional<UUID> id = Ids.parse(campus);
        return id.orElse(null);
    }
}
