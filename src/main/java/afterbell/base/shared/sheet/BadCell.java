package afterbell.base.shared.sheet;

/**
 * One thing that keeps a row out.
 *
 * @param row as in Excel, from 1; 0 when it concerns the whole tab
 * @param column letters as in Excel; empty when it concerns the whole row
 * @param field the kind's column, for the words and for mending in place
 */
public record BadCell(String tab, int row, String column, String field, String value, SheetProblem reason) {}
