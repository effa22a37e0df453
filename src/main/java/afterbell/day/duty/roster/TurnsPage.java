package afterbell.day.duty.roster;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Choice;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who takes turns at what.
 *
 * @param people everybody of the school's own
 * @param kinds kinds of posts that go by turns, in order
 * @param turns kind to the ids of those who take them
 */
public record TurnsPage(List<Choice> people, List<String> kinds, Map<String, Set<String>> turns, String leader, List<Choice> rooms, String lateRoom, List<? extends Refusal> refusals) {}
