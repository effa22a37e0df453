package afterbell.base.identity.signin;

import java.util.List;

/**
 * @param partner name of the other house
 * @param me who is signed in here, or empty
 * @param known somebody here has linked this login
 * @param people whose proved phone the other house has verified as well
 */
public record PartnerPage(String partner, String me, boolean known, List<WhoPage.Person> people) {
    public PartnerPage {
        people = List.copyOf(people);
    }
}
