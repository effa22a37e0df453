package afterbell.base.identity;

import java.util.List;

/** The accounts of the demo world, one per role, with their passwords; exists in demo mode only and is implemented by the demo world. */
public interface DemoAccounts {

    /**
     * @param role role name
     * @param scope what it is granted on, as people say it: school, class, child
     * @param url path that the role opens first
     */
    record Card(String role, String scope, String user, String password, String url) {}

    List<Card> cards();
}
