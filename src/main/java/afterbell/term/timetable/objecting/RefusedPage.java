package afterbell.term.timetable.objecting;

import afterbell.base.shared.Refusal;
import java.util.List;

/** An objection that came too late or said nothing. */
public record RefusedPage(String back, List<? extends Refusal> refusals) {}
