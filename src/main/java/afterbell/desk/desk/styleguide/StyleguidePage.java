package afterbell.desk.desk.styleguide;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Listing;
import afterbell.base.shared.web.Listing.Column;
import java.util.List;
import java.util.Map;

/**
 * @param list a sample list, as the address asks for it
 * @param refusals what the sample form was refused for, empty before it was sent
 * @param typed what was typed into the sample form
 * @param saved answer of the form that saves as you go, or empty
 * @param progress of a piece of pretended work, 0 to 60
 */
public record StyleguidePage(Listing list, List<Refusal> refusals, Map<String, String> typed, String saved, int progress) {
    static final List<Column> COLUMNS = List.of(
            Column.text("name", "styleguide.column.name"),
            Column.text("class", "styleguide.column.class"),
            Column.text("club", "styleguide.column.club"),
            Column.number("days", "styleguide.column.days"),
            Column.number("price", "styleguide.column.price"),
            Column.text("note", "styleguide.column.note").unsorted().hidden());

    public String typed(String field) {
        return typed.getOrDefault(field, "");
    }
}
