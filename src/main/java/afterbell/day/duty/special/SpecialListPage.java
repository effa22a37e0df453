package afterbell.day.duty.special;

import afterbell.day.duty.SpecialDay;
import java.util.List;

/** Special days that are asked about or were lately. */
public record SpecialListPage(List<SpecialDay> days, boolean mayAsk, boolean arranges) {}
