package afterbell.base.shared.sheet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lends the value of a merged region to every cell it covers, while rows pass by from the top. */
final class MergeFill {
    private static final int MOST_COLUMNS = 256;

    private final List<Merge> waiting;
    private final List<Open> open = new ArrayList<>();
    private int next;

    private record Open(Merge merge, @Nullable CellValue value) {}

    MergeFill(List<Merge> merges) {
        waiting = new ArrayList<>(merges);
        waiting.sort(Comparator.comparingInt(Merge::firstRow));
    }

    SheetRow apply(int row, @Nullable CellValue[] cells) {
        int own = 0;
        for (CellValue cell : cells) if (cell != null) own++;
        open.removeIf(region -> region.merge().lastRow() < row);
        for (; next < waiting.size() && waiting.get(next).firstRow() <= row; next++) {
            Merge merge = waiting.get(next);
            boolean here = merge.firstRow() == row && merge.firstColumn() < cells.length;
            open.add(new Open(merge, here ? cells[merge.firstColumn()] : null));
        }
        @Nullable CellValue[] filled = cells;
        boolean spans = false;
        for (Open region : open) {
            if (region.value() == null) continue;
            int last = Math.min(region.merge().lastColumn(), MOST_COLUMNS - 1);
            spans |= last > region.merge().firstColumn();
            if (filled.length <= last) filled = Arrays.copyOf(filled, last + 1);
            for (int column = region.merge().firstColumn(); column <= last; column++)
                if (filled[column] == null) filled[column] = region.value();
        }
        return new SheetRow(row, filled, own, spans);
    }
}
