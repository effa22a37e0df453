package afterbell.base.identity.entering;

import java.util.List;

/** @param admitted true where the person may do something by now */
public record WaitingPage(String name, boolean admitted, List<Asked> asked) {

    /**
     * @param state asked, approved, declined or withdrawn
     * @param invitedAs role of a guardian's invitation, or empty where the person came by the class code
     */
    public record Asked(String school, String className, String state, String invitedAs) {

        /** Key of what the person may expect next: who decides differs. */
        public String nextKey() {
            if (invitedAs.isEmpty() || invitedAs.equals("GUARDIAN")) return "identity.waiting." + state + ".next";
            return "identity.waiting." + state + ".family";
        }
    }
}
