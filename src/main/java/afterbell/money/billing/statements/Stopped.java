package afterbell.money.billing.statements;

import java.time.LocalDate;
import java.util.UUID;

/**
 * A family's withdrawal of a child.
 *
 * @param from first day without the child
 * @param entered said on paper and entered by the school
 * @param reviewed late, and granted after its proof was seen
 * @param past of a term that has ended, and is not settled to its end
 */
public record Stopped(UUID id, LocalDate from, boolean entered, boolean reviewed, boolean past) {}
