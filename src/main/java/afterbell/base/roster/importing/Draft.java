package afterbell.base.roster.importing;

import afterbell.base.shared.sheet.Corrections;
import afterbell.base.shared.sheet.ImportPreview;
import afterbell.base.shared.sheet.ImportTarget;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way in, without its content.
 *
 * @param applied what came of it; null while it waits
 */
record Draft(UUID id, UUID account, String kind, String fileName, Mended mended, Answered answered, Instant madeAt, ImportTarget.@Nullable Applied applied) {

    Draft with(Mended now) {
        return new Draft(id, account, kind, fileName, now, answered, madeAt, applied);
    }

    Draft with(Answered now) {
        return new Draft(id, account, kind, fileName, mended, now, madeAt, applied);
    }


    /** What a person mended, as stored. */
    record Mended(List<Cell> cells, Map<String, Map<String, String>> columns) {
        static final Mended NOTHING = new Mended(List.of(), Map.of());

        record Cell(String tab, int row, String column, String text) {}

        Corrections corrections() {
            Map<Corrections.At, String> texts = new HashMap<>();
            for (Cell cell : cells) texts.put(new Corrections.At(cell.tab(), cell.row(), cell.column()), cell.text());
            return new Corrections(columns, texts);
        }

        Mended with(Cell cell) {
            List<Cell> all = new ArrayList<>(cells);
            all.removeIf(old -> old.tab().equals(cell.tab()) && old.row() == cell.row() && old.column().equals(cell.column()));
            all.add(cell);
            return new Mended(all, columns);
        }

        Mended with(String tab, Map<String, String> meanings) {
            Map<String, Map<String, String>> all = new HashMap<>(columns);
            all.put(tab, meanings);
            return new Mended(cells, all);
        }
    }

    /**
     * What a person answered, as stored.
     *
     * @param gone keys of records that are no more
     */
    record Answered(List<Row> rows, Set<String> gone) {
        static final Answered NOTHING = new Answered(List.of(), Set.of());

        /** @param is key of the record it is, "new" or "skip" */
        record Row(String tab, int row, String is) {}

        Map<ImportPreview.RowAt, ImportPreview.Answer> answers() {
            Map<ImportPreview.RowAt, ImportPreview.Answer> answers = new HashMap<>();
            for (Row row : rows)
                answers.put(
                        new ImportPreview.RowAt(row.tab(), row.row()),
                        switch (row.is()) {
                            case "new" -> new ImportPreview.IsNew();
                            case "skip" -> new ImportPreview.Skip();
                            default -> new ImportPreview.Is(row.is());
                        });
            return answers;
        }

        Answered with(List<Row> more) {
            List<Row> all = new ArrayList<>(rows);
            for (Row row : more) {
                all.removeIf(old -> old.tab().equals(row.tab()) && old.row() == row.row());
                if (!row.is().isEmpty()) all.add(row);
            }
            return new Answered(all, gone);
        }

        Answered withGone(Set<String> keys) {
            return new Answered(rows, keys);
        }
    }
}
