package afterbell.base.roster.goinghome;

import afterbell.base.shared.Refusal;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * @param others the person's other children: one tap leads to their page
 * @param walk weekdays 1-5 on which the child may walk home alone
 * @param line weekdays on which it may leave with the class line
 */
public record GoingHomePage(UUID child, String name, String className, List<Other> others, List<Collector> collectors, Set<String> walk, Set<String> line, Typed typed, List<? extends Refusal> refusals) {
    public String href() {
        return "/children/" + child + "/going-home";
    }

    /**
     * Somebody who may take the child.
     *
     * @param kind guardian, carer or collector
     * @param removable named on this page by a guardian; people who act on their own phone are withdrawn on the page of the people
     */
    public record Collector(UUID adult, String name, String kind, String label, boolean removable) {}

    public record Other(UUID id, String name) {}

    public record Typed(String name, String relation) {
        static final Typed NOTHING = new Typed("", "");
    }
}
