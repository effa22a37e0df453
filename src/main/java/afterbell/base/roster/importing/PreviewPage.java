package afterbell.base.roster.importing;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.sheet.BadCell;
import afterbell.base.shared.sheet.ImportKind;
import afterbell.base.shared.sheet.ImportPreview;
import afterbell.base.shared.sheet.SheetImport;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.Listing;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.Tab;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a file would do: one list at a time (bad, asked, new, changed, gone, same), the counts of all, and the one button.
 *
 * @param show which list is open
 * @param ahead what would be refused on saving, so that it is read before
 * @param digest of all that is shown, so that what is confirmed is what was seen
 */
public record PreviewPage(
        UUID draft,
        String fileName,
        ImportKind kind,
        SheetImport read,
        ImportPreview preview,
        String show,
        String digest,
        Set<String> chosenGone,
        Listing list,
        List<Refusal> ahead,
        List<Refusal> refusals) {
    /** The lists in the order of their urgency. */
    static final List<String> LISTS = List.of("bad", "ask", "new", "changed", "gone", "same");

    private static final List<Listing.Column> PLACE = List.of(Listing.Column.text("place", "roster.import.column.place").unsorted());

    static PreviewPage of(Imports.Looked looked, String asked, Map<String, String[]> parameters, List<Refusal> ahead, List<Refusal> refusals) {
        ImportPreview preview = looked.preview();
        String show = LISTS.contains(asked) ? asked : firstOf(preview);
        List<Listing.Column> columns = columns(preview, show);
        Listing list = Listing.of("/imports/" + looked.draft().id(), parameters, columns, "").sized(show.equals("ask") || show.equals("bad") ? 20 : Listing.SIZE).counted(count(preview, show));
        return new PreviewPage(
                looked.draft().id(), looked.draft().fileName(), preview.kind(), looked.read(), preview, show, looked.digest(), looked.draft().answered().gone(), list, ahead, refusals);
    }

    private static String firstOf(ImportPreview preview) {
        for (String list : List.of("bad", "ask", "changed", "new", "gone")) if (count(preview, list) > 0) return list;
        return "same";
    }

    private static long count(ImportPreview preview, String list) {
        return switch (list) {
            case "bad" -> preview.badCount();
            case "ask" -> preview.countAsked();
            case "new" -> preview.countNew();
            case "changed" -> preview.countChanged();
            case "gone" -> preview.gone().size();
            default -> preview.countSame();
        };
    }

    /** Columns that nobody filled in are put away at first. */
    private static Set<String> filled(ImportPreview preview) {
        Set<String> filled = new HashSet<>();
        for (ImportPreview.Entry entry : preview.entries())
            for (int i = 0; i < entry.row().values().length; i++) if (!entry.row().values()[i].isEmpty()) filled.add(preview.kind().fields().get(i));
        return filled;
    }

    private static List<Listing.Column> columns(ImportPreview preview, String show) {
        List<Listing.Column> columns = new ArrayList<>(show.equals("gone") ? List.of() : PLACE);
        switch (show) {
            case "bad" -> {
                columns.add(Listing.Column.text("field", "roster.import.column.field").unsorted());
                columns.add(Listing.Column.text("value", "roster.import.column.value").unsorted());
                columns.add(Listing.Column.text("reason", "roster.import.column.reason").unsorted());
            }
            case "changed" -> {
                columns.add(Listing.Column.text("record", "roster.import.column.record").unsorted());
                columns.add(Listing.Column.text("changes", "roster.import.column.changes").unsorted());
            }
            default -> {
                Set<String> filled = show.equals("gone") ? naming(preview.kind()) : filled(preview);
                for (String field : preview.kind().fields()) {
                    Listing.Column column = Listing.Column.text(field, "roster.field." + field).unsorted();
                    columns.add(filled.contains(field) ? column : column.hidden());
                }
            }
        }
        return columns;
    }

    /** What tells a record from its neighbours: of a seat the section too, of a club its day. */
    private static Set<String> naming(ImportKind kind) {
        Set<String> naming = new HashSet<>(Set.of("name", "class", "birthday", "code"));
        naming.addAll(kind.required());
        return naming;
    }

    public String href() {
        return "/imports/" + draft;
    }

    public List<Tab> tabs(Screen screen) {
        return LISTS.stream()
                .filter(list -> count(preview, list) > 0 || list.equals(show))
                .map(list -> new Tab(href() + "?show=" + list, screen.t("roster.import.list." + list), count(preview, list), list.equals(show)))
                .toList();
    }

    /** How many rows the button would write. */
    public int touched() {
        return preview.countNew() + preview.countChanged() + (int) preview.gone().stream().filter(gone -> chosenGone.contains(gone.key())).count();
    }

    public int countGone() {
        return (int) preview.gone().stream().filter(gone -> chosenGone.contains(gone.key())).count();
    }

    public int countAsked() {
        return preview.countAsked();
    }

    public long suggestions() {
        return preview.entries().stream().filter(entry -> entry instanceof ImportPreview.Ask ask && ask.suggested() != null).count();
    }

    /** The entries of the open list on this page of it. */
    public List<ImportPreview.Entry> entries() {
        Class<? extends ImportPreview.Entry> wanted =
                switch (show) {
                    case "ask" -> ImportPreview.Ask.class;
                    case "new" -> ImportPreview.New.class;
                    case "changed" -> ImportPreview.Changed.class;
                    default -> ImportPreview.Same.class;
                };
        return preview.entries().stream().filter(wanted::isInstance).skip(list.offset()).limit(list.size()).toList();
    }

    public List<BadCell> bad() {
        return preview.bad().stream().skip(list.offset()).limit(list.size()).toList();
    }

    public List<ImportPreview.Known> gone() {
        return preview.gone().stream().skip(list.offset()).limit(list.size()).toList();
    }

    /** Where a row stands in the file, as one finds it in Excel. */
    public String place(Screen screen, String tab, int row) {
        return row == 0 ? tab : read.tabs().size() > 1 ? screen.t("roster.import.place.tab", tab, row) : screen.t("roster.import.place", row);
    }

    public String field(Screen screen, String field) {
        String key = "roster.field." + field;
        return screen.has(key) ? screen.t(key) : field;
    }

    public String value(Screen screen, String[] values, String field) {
        return ValueWords.of(screen, kind, field, values[kind.index(field)]);
    }

    public String words(Screen screen, String field, String value) {
        return ValueWords.of(screen, kind, field, value);
    }

    /** The field that stands at the head of a row. */
    public String headField() {
        return kind.fields().contains("name") ? "name" : kind.fields().getFirst();
    }

    /** One line that tells a record from others. */
    public String record(Screen screen, String[] values) {
        List<String> parts = new ArrayList<>();
        for (String field : List.of("section", "name", "code", "class", "slot", "day", "birthday", "registration"))
            if (kind.fields().contains(field) && !values[kind.index(field)].isEmpty()) parts.add(value(screen, values, field));
        return String.join("  ", parts);
    }

    /** The choices under a question, the likely one first. */
    public List<Choice> choices(Screen screen, ImportPreview.Ask ask) {
        List<Choice> choices = new ArrayList<>();
        for (ImportPreview.Known candidate : ask.candidates())
            choices.add(Choice.of(candidate.key(), screen.t("roster.import.is", record(screen, candidate.values())), adults(screen, candidate.values())));
        choices.add(Choice.of("new", screen.t("roster.import.is_new")));
        choices.add(Choice.of("skip", screen.t("roster.import.skip")));
        return choices;
    }

    public String adults(Screen screen, String[] values) {
        return kind.fields().contains("adults") ? value(screen, values, "adults") : "";
    }

    public @Nullable String suggested(ImportPreview.Ask ask) {
        return ask.suggested() == null ? null : ask.suggested().key();
    }

    /** Name of the form field that stands for a row. */
    public String rowName(ImportPreview.Entry entry) {
        return "row." + entry.row().row() + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(entry.row().tab().getBytes(StandardCharsets.UTF_8));
    }

    /** What the columns of a tab may mean. */
    public List<Choice> meanings(Screen screen) {
        List<Choice> choices = new ArrayList<>(List.of(Choice.of("", screen.t("roster.import.no_meaning"))));
        for (ImportKind.Column column : kind.columns()) choices.add(Choice.of(column.key(), field(screen, column.key())));
        return choices;
    }

    /** Letter to header or meaning, in the order of the sheet. */
    public Map<String, String> columnsOf(SheetImport.TabReading tab) {
        Map<String, String> all = new LinkedHashMap<>();
        List<String> letters = new ArrayList<>(tab.columns().keySet());
        letters.addAll(tab.unknown().keySet());
        letters.sort((a, b) -> a.length() == b.length() ? a.compareTo(b) : a.length() - b.length());
        for (String letter : letters) all.put(letter, tab.columns().getOrDefault(letter, ""));
        return all;
    }
}
