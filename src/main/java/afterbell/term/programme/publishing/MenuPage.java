package afterbell.term.programme.publishing;

import afterbell.base.calendar.Term;
import afterbell.base.schools.School;
import afterbell.term.programme.SlotTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The menu as everybody may read it: no name of a child; of adults the names of those who lead a group, because families choose teacher and content (R33).
 *
 * @param term null while nothing is published
 * @param money whether prices show
 * @param grades all grades that find something on it
 * @param grade the grade whose menu is shown, 0 = all
 * @param day the weekday that is shown, 0 = all
 */
public record MenuPage(School school, @Nullable Term term, boolean money, List<Integer> grades, int grade, int day, List<Dish> dishes) {

    /** One section of the menu. */
    public record Dish(
            String name, String description, int gradeFrom, int gradeUntil, List<SlotTime> times, String room, String teachers, String provider, @Nullable UUID picture, int capacity, String materials, boolean insurance, long priceFen, String priceUnit) {

        /** Who leads it: the teachers, and the outside provider that sends them. */
        public String led() {
            return provider.isEmpty() ? teachers : teachers.isEmpty() ? provider : teachers + " (" + provider + ")";
        }
    }

    /** Sections for the same grades. */
    public record Course(int gradeFrom, int gradeUntil, List<Dish> dishes) {}

    public List<Course> courses() {
        Map<List<Integer>, List<Dish>> byGrades = dishes.stream().collect(Collectors.groupingBy(d -> List.of(d.gradeFrom(), d.gradeUntil()), LinkedHashMap::new, Collectors.toList()));
        return byGrades.entrySet().stream().map(e -> new Course(e.getKey().getFirst(), e.getKey().getLast(), e.getValue())).toList();
    }
}
