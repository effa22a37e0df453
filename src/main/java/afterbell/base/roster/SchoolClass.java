package afterbell.base.roster;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A class of one school year.
 *
 * @param schoolYear the calendar year in which the school year begins
 * @param grade 1-12
 * @param name as people say it, for example the third grade's second class
 */
public record SchoolClass(UUID id, int schoolYear, int grade, int number, String name, @Nullable UUID room) {}
