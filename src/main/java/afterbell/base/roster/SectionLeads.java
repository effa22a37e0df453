package afterbell.base.roster;

import afterbell.base.shared.Refusal;
import java.util.List;
import java.util.UUID;

/**
 * The scope of a teacher's role that this room does not know: who leads which section of the present term. The room that keeps the menu answers, and its rules
 * hold: what is published stays without a clash, and nobody from outside is put before children without valid checks. Runs in the caller's transaction, under
 * the school's scope.
 */
public interface SectionLeads {

    /** A section of the present term. @param leads whether the person leads it @param main as the first of those who do */
    record Led(UUID section, String code, String name, boolean leads, boolean main) {}

    /** All that are not withdrawn, in the order of their codes. One statement. */
    List<Led> of(UUID school, UUID staff);

    /** Puts a person behind those who lead the section, or first where nobody does. Again changes nothing. @return why not; empty: done */
    List<Refusal> give(UUID school, UUID section, UUID staff);

    /** Again changes nothing. @return why not; empty: done */
    List<Refusal> take(UUID school, UUID section, UUID staff);
}
