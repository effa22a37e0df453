package afterbell.term.programme.publishing;

import afterbell.base.calendar.Term;
import afterbell.base.schools.School;
import afterbell.term.programme.SlotTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The menu as everybody may read it: no name of a child or an adult.
 *
 * @param term null while nothing is published
 * @param money whether prices show
 */
public record MenuPage(School school, @Nullable Term term, boolean money, List<Dish> dishes) {

    /** One section of the menu. */
    public record Dish(
            String name, String description, int gradeFrom, int gradeUntil, List<SlotTime> times, String room, String provider, int capacity, String materials, boolean insurance, long priceFen, String priceUnit) {}

    /** Sections for the same grades. */
    public record Course(int gradeFrom, int gradeUntil, List<Dish> dishes) {}

    public List<Course> courses() {
        Map<List<Integer>, List<Dish>> byGrades = dishes.stream().collect(Collectors.groupingBy(d -> List.of(d.gradeFrom(), d.gradeUntil()), LinkedHashMap::new, Collectors.toList()));
        return byGrades.entrySet().stream().map(e -> new Course(e.getKey().getFirst(), e.getKey().getLast(), e.getValue())).toList();
    }
}
