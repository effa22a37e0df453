package afterbell.term.staffing.providers;

import afterbell.term.staffing.Provider;
import afterbell.term.staffing.Standing;
import java.util.List;
import java.util.UUID;

/** @param edits whether the reader may change them */
public record ProvidersPage(boolean edits, List<Row> rows) {

    /** @param people whom it sends */
    public record Row(UUID id, String name, Provider.Kind kind, Provider.Selection chosenBy, boolean retired, Standing standing, List<String> people) {}
}
