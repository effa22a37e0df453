package afterbell.desk.desk.bureau;

import afterbell.base.shared.Refusal;
import afterbell.desk.desk.NewSchool;
import java.util.List;

/** @param person who will run the office of the new school, as typed */
public record OpenPage(NewSchool school, String person, List<? extends Refusal> refusals) {}
