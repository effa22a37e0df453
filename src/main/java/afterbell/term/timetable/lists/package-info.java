/** Lists of who is in which section: out as a workbook, back as an edited one through the preview of imports. */
@NullMarked
package afterbell.term.timetable.lists;

import org.jspecify.annotations.NullMarked;
