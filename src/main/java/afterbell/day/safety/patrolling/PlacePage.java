package afterbell.day.safety.patrolling;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Choice;
import afterbell.day.safety.Place;
import java.util.List;

public record PlacePage(Place place, FoundForm typed, List<Choice> contacts, List<? extends Refusal> refusals) {}
