package afterbell.money.billing.materials;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Typed;
import afterbell.money.billing.Materials.Course;
import afterbell.money.billing.Materials.Told;
import java.util.List;

/** Materials of the courses of this term. @param tells whether this person tells them, {@code typed} as typed */
public record MaterialsPage(boolean tells, List<Told> told, List<Course> courses, Typed typed, List<Refusal> refusals) {
    public MaterialsPage {
        told = List.copyOf(told);
        courses = List.copyOf(courses);
        refusals = List.copyOf(refusals);
    }
}
