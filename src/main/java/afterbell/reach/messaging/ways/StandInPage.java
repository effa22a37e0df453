package afterbell.reach.messaging.ways;

import afterbell.reach.messaging.StandIn;
import java.util.List;

public record StandInPage(List<StandIn.Message> messages) {}
