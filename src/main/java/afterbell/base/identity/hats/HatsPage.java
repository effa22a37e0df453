package afterbell.base.identity.hats;

import java.util.List;

/** The hats a person owns. */
public record HatsPage(List<Owned> hats) {

    /**
     * @param name short name of the hat, as the form sends it
     * @param labelKey message key of the kind of hat
     * @param where school, or empty
     * @param roleKeys message keys of the roles under it
     * @param worn whether it is the one worn last
     */
    public record Owned(String name, String labelKey, String where, List<String> roleKeys, boolean worn) {}
}
