package afterbell.term.staffing.checks;

import afterbell.base.shared.Refusal;
import java.util.List;

/**
 * A check to be recorded, as typed.
 *
 * @param owner {@code provider=} or {@code staff=} with the id
 * @param name whose check it is
 * @param back where it leads back
 */
public record CheckPage(String owner, String name, String back, String kind, String from, String until, String note, List<Refusal> refusals) {}
