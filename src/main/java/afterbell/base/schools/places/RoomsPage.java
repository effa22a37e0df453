package afterbell.base.schools.places;

import afterbell.base.shared.web.Listing;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

public record RoomsPage(Listing list, List<Row> rows) {
    public record Row(UUID id, String code, String name, String kind, int capacity, @Nullable String campus) {}
}
