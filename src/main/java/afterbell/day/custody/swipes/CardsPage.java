package afterbell.day.custody.swipes;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Choice;
import afterbell.day.custody.swipes.SwipeStore.Unknown;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param asked the card whose form was sent; {@code who} what was typed, {@code choices} the children of that name
 */
public record CardsPage(List<Unknown> cards, int all, @Nullable UUID asked, String who, List<Choice> choices, List<? extends Refusal> refusals) {}
