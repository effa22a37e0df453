package afterbell.term.staffing.people;

import afterbell.base.shared.web.Listing;
import afterbell.term.staffing.Availability;
import afterbell.term.staffing.Standing;
import afterbell.term.staffing.Talent;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** @param edits whether the reader may change the register */
public record TalentsPage(boolean edits, Listing list, List<Row> rows) {

    /**
     * @param times empty where the person was not asked: counts as free
     * @param standing null for the school's own people
     */
    public record Row(UUID id, String name, String code, String subject, boolean outside, String provider, List<Talent> talents, List<Availability> times, @Nullable Standing standing) {}
}
