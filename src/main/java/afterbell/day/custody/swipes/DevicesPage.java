package afterbell.day.custody.swipes;

import afterbell.base.shared.Refusal;
import afterbell.day.custody.swipes.SwipeStore.Device;
import java.util.List;

/** @param fresh a key just made, shown this once; empty otherwise */
public record DevicesPage(List<Device> devices, int unknown, String fresh, String name, List<? extends Refusal> refusals) {}
