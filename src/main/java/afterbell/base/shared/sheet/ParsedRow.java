package afterbell.base.shared.sheet;

/** A good row: its values in the order of the kind's fields, blank as empty. */
public record ParsedRow(String tab, int row, String[] values) {}
