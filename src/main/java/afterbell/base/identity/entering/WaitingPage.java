package afterbell.base.identity.entering;

import java.util.List;

/** @param admitted true where the person may do something by now */
public record WaitingPage(String name, boolean admitted, List<Asked> asked) {

    /** @param state asked, approved, declined or withdrawn */
    public record Asked(String school, String className, String state) {}
}
