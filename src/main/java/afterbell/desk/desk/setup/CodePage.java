package afterbell.desk.desk.setup;

import afterbell.base.shared.Refusal;
import java.util.List;

/** The question for the code on the console. */
public record CodePage(boolean plain, List<? extends Refusal> refusals) {}
