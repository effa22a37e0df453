package afterbell.money.billing.statements;

import java.time.LocalDate;

/**
 * A family's withdrawal of a child.
 *
 * @param from first day without the child
 * @param entered said on paper and entered by the school
 * @param reviewed late, and granted after its proof was seen
 */
public record Stopped(LocalDate from, boolean entered, boolean reviewed) {}
