package afterbell.term.placement.changing;

import java.time.LocalDate;
import java.util.UUID;

/**
 * What stopping means, before the tap.
 *
 * @param begun whether the section has met already
 * @param until the last day in the section
 * @param from the day from which the child is in its own class
 */
public record StopPage(String base, String childName, UUID seat, String name, boolean begun, LocalDate until, LocalDate from) {}
