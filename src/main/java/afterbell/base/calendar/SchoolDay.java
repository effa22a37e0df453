package afterbell.base.calendar;

import afterbell.base.rules.Bilingual;
import java.time.DayOfWeek;
import java.time.LocalDate;

/**
 * A day as the school sees it.
 *
 * @param week of the term, 1 = the Monday-to-Sunday week of the first teaching day; 0 or less before it
 * @param follows the weekday whose bells ring; differs from the date's own on swapped days
 * @param name of the holiday or the reason; may be empty
 * @param confirmed false where the year's holidays aren't published yet
 */
public record SchoolDay(LocalDate date, int week, DayKind kind, DayOfWeek follows, Bilingual name, boolean confirmed) {}
