package afterbell.desk.desk.setup;

import afterbell.base.shared.Refusal;
import java.util.List;

/**
 * @param plain whether this visit came over plain http: good for the set-up on this machine, not for families
 */
public record SetupPage(SetupForm form, boolean plain, List<? extends Refusal> refusals) {}
