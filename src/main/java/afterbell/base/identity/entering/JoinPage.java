package afterbell.base.identity.entering;

import afterbell.base.shared.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param me name of the person who is signed in on this phone, or null */
public record JoinPage(String path, String school, String className, @Nullable String me, String child, String name, String relation, boolean guardian, List<? extends Refusal> refusals) {}
