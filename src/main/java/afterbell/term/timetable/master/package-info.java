/** The master sheet, a workbook. */
@NullMarked
package afterbell.term.timetable.master;

import org.jspecify.annotations.NullMarked;
