package afterbell.base.shared.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.base.shared.sheet.ImportPreview.Known;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeFileTest {
    private static final int ROWS = 100_000;
    private static final long MIB = 1 << 20;

    @TempDir
    Path folder;

    private static String name(int i) {
        return "张" + (char) ('一' + i % 300) + (char) ('丁' + i / 300 % 300);
    }

    /** Memory is what the result itself holds; the file as a whole never stands in it. */
    @Test
    void a_hundred_thousand_rows_are_previewed_in_bounded_memory() throws Exception {
        Path file = folder.resolve("large.xlsx");
        try (OutputStream stream = Files.newOutputStream(file);
                SheetOut out = new SheetOut(stream)) {
            List<SheetOut.Column> columns = List.of("姓名", "班级", "出生日期", "性别", "家长1姓名", "家长1电话", "备注").stream().map(header -> SheetOut.Column.text(header, 12)).toList();
            SheetOut.Tab tab = out.tab("名单", columns);
            for (int i = 0; i < ROWS; i++)
                tab.row(name(i), "三(" + (1 + i % 8) + ")班", LocalDate.of(2017, 9, 1).plusDays(i % 365).toString(), i % 2 == 0 ? "男" : "女", name(i + 7), "138%08d".formatted(i), "备注" + i);
        }
        ImportKind kind = SheetKinds.pupils(true);
        List<Known> known = new ArrayList<>();
        for (int i = 0; i < ROWS; i += 2)
            known.add(new Known("k" + i, kind.values(Map.of("name", name(i), "class", "3-" + (1 + i % 8), "birthday", LocalDate.of(2017, 9, 1).plusDays(i % 365).toString()))));
        long before = used();
        long begun = System.nanoTime();
        ImportPreview preview;
        try (SheetBook book = SheetBook.open(file, "large.xlsx", SheetLimits.STANDARD)) {
            preview = ImportPreview.of(kind, known, SheetImport.read(book.tabs(), kind, CellsTest.SCHOOL, Corrections.NONE), Map.of());
        }
        long seconds = (System.nanoTime() - begun) / 1_000_000_000;
        long held = (used() - before) / MIB;
        System.out.println("100,000 rows: " + (System.nanoTime() - begun) / 1_000_000 + " ms, " + held + " MiB held, file " + Files.size(file) / MIB + " MiB");
        assertThat(preview.entries().size() + preview.bad().size()).isEqualTo(ROWS);
        assertThat(preview.countChanged()).isGreaterThan(ROWS / 2 - 2_000);
        assertThat(held).isLessThan(200);
        assertThat(seconds).isLessThan(60);
    }

    private static long used() {
        for (int i = 0; i < 3; i++) System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
