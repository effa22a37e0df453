package afterbell.base.shared.sheet;

/**
 * What reading needs to know of the school.
 *
 * @param startYear the calendar year in which the school year began
 * @param lowestGrade first grade of the school, 1 to 12
 * @param highestGrade last grade of the school
 * @param mostClasses the highest class number in any grade, known or expected; with 10 or more "3.1" may have been "3.10"
 */
public record ImportContext(int startYear, int lowestGrade, int highestGrade, int mostClasses) {
    public ImportContext {
        if (lowestGrade < 1 || highestGrade > 12 || lowestGrade > highestGrade)
            throw new IllegalArgumentException("grades " + lowestGrade + " to " + highestGrade);
    }
}
