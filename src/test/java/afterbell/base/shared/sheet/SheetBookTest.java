package afterbell.base.shared.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SheetBookTest {
    @TempDir
    Path folder;

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private static List<List<String>> open(Path file) throws SheetRefused {
        try (SheetBook book = SheetBook.open(file, file.getFileName().toString(), SheetLimits.STANDARD)) {
            return Sheets.texts(book.tabs().getFirst());
        }
    }

    private static String refusal(Path file, SheetLimits limits) {
        SheetRefused refused = catchThrowableOfType(SheetRefused.class, () -> {
            try (SheetBook book = SheetBook.open(file, "x", limits)) {
                for (SheetTab tab : book.tabs()) Sheets.texts(tab);
            }
        });
        return refused == null ? "read" : refused.problem().key();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "GB18030", "UTF-16LE", "UTF-16BE"})
    void delimited_text_is_read_in_every_encoding_of_schools(String encoding) throws Exception {
        String text = "姓名,班级,电话\r\n王𠮷安,三(2)班,013800000001\r\n\"李,娜\",\"四\n1班\",\r\n";
        assertThat(open(write("a.csv", text.getBytes(Charset.forName(encoding)))))
                .containsExactly(List.of("姓名", "班级", "电话"), List.of("王𠮷安", "三(2)班", "013800000001"), List.of("李,娜", "四\n1班", ""));
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_first_header() throws Exception {
        for (String encoding : List.of("UTF-8", "UTF-16LE", "UTF-16BE"))
            assertThat(open(write("a.csv", "\uFEFF姓名,班级\n张三,1\n".getBytes(Charset.forName(encoding)))).getFirst()).containsExactly("姓名", "班级");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "，", "|"})
    void the_delimiter_is_found(String delimiter) throws Exception {
        String text = "名单\n" + String.join(delimiter, "姓名", "班级", "电话") + "\n" + String.join(delimiter, "张三", "三2", "1,2".replace(delimiter, "")) + "\n";
        assertThat(open(write("a.csv", text.getBytes(StandardCharsets.UTF_8))).get(1)).containsExactly("姓名", "班级", "电话");
    }

    @Test
    void tricks_of_excel_in_text_files_are_undone() throws Exception {
        assertThat(open(write("a.csv", "sep=;\n姓名;号码\n张三;=\"007\"\n'=李四;'+8613800000001\n".getBytes(StandardCharsets.UTF_8))))
                .containsSequence(List.of("张三", "007"), List.of("=李四", "+8613800000001"));
    }

    @Test
    void row_numbers_are_those_of_excel() throws Exception {
        Path file = write("a.csv", "标题\n\n姓名,班级\n\"张\n三\",三2\n李四,三2\n".getBytes(StandardCharsets.UTF_8));
        List<Integer> numbers = new ArrayList<>();
        try (SheetBook book = SheetBook.open(file, "a.csv", SheetLimits.STANDARD)) {
            book.tabs().getFirst().rows(row -> {
                if (!row.blank()) numbers.add(row.number());
                return true;
            });
        }
        assertThat(numbers).containsExactly(1, 3, 4, 5);
    }

    @Test
    void what_is_not_a_spreadsheet_is_refused_by_its_content() throws Exception {
        assertThat(refusal(write("a.xlsx", new byte[0]), SheetLimits.STANDARD)).isEqualTo("sheet.empty");
        assertThat(refusal(write("a.xlsx", "%PDF-1.7 x".getBytes(StandardCharsets.US_ASCII)), SheetLimits.STANDARD)).isEqualTo("sheet.not-a-sheet");
        assertThat(refusal(write("a.xls", "<html><table><tr>".getBytes(StandardCharsets.UTF_8)), SheetLimits.STANDARD)).isEqualTo("sheet.web-page");
        assertThat(refusal(write("a.xls", ole("Workbook")), SheetLimits.STANDARD)).isEqualTo("sheet.old-binary");
        assertThat(refusal(write("a.xlsx", ole("EncryptedPackage")), SheetLimits.STANDARD)).isEqualTo("sheet.encrypted");
        assertThat(refusal(write("a.png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10}), SheetLimits.STANDARD)).isEqualTo("sheet.picture");
        assertThat(refusal(write("a.bin", new byte[] {1, 2, 0, 0, 0, 7, 9, 0, 0, 1, 2, 3, 0}), SheetLimits.STANDARD)).isNotEqualTo("read");
        assertThat(refusal(Sheets.zip(folder.resolve("a.ods"), Map.of("mimetype", "x".getBytes(StandardCharsets.US_ASCII))), SheetLimits.STANDARD))
                .isEqualTo("sheet.open-document");
        assertThat(refusal(Sheets.zip(folder.resolve("a.zip"), Map.of("a.txt", "x".getBytes(StandardCharsets.US_ASCII))), SheetLimits.STANDARD))
                .isEqualTo("sheet.not-a-sheet");
        assertThat(refusal(write("a.csv", "姓名\n\"张三".getBytes(StandardCharsets.UTF_8)), SheetLimits.STANDARD)).isEqualTo("sheet.open-quote");
    }

    private static byte[] ole(String stream) {
        byte[] file = new byte[4096];
        System.arraycopy(new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1}, 0, file, 0, 8);
        byte[] name = stream.getBytes(StandardCharsets.UTF_16LE);
        System.arraycopy(name, 0, file, 2048, name.length);
        return file;
    }

    /** A workbook as Excel's own minimum, with the given sheet body. */
    private Path workbook(String name, String sheet, boolean date1904) throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("[Content_Types].xml", utf8("""
                <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
                <Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
                <Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"""));
        parts.put("xl/workbook.xml", utf8("""
                <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
                <workbookPr date1904="%s"/><sheets><sheet name="名单" sheetId="1" r:id="rId1"/></sheets></workbook>""".formatted(date1904 ? "1" : "0")));
        parts.put("xl/_rels/workbook.xml.rels", utf8("""
                <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
                <Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>
                <Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>
                </Relationships>"""));
        parts.put("xl/styles.xml", utf8("""
                <styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts>
                <cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="49"/></cellXfs></styleSheet>"""));
        parts.put("xl/worksheets/sheet1.xml", utf8(sheet));
        return Sheets.zip(folder.resolve(name), parts);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sheet(String rows, String after) {
        return "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>" + rows + "</sheetData>" + after + "</worksheet>";
    }

    @Test
    void stored_values_are_read_and_not_what_is_shown() throws Exception {
        Path file = workbook("a.xlsx", sheet("""
                <row r="3"><c r="A3" t="inlineStr"><is><t>张三</t></is></c><c r="B3"><v>1.3800138E10</v></c><c r="C3" s="1"><v>42614</v></c><c r="D3" s="2"><v>42614</v></c>
                <c r="E3"><f>1+1</f><v>2</v></c><c r="F3" t="str"><f>A3</f><v>张三</v></c><c r="G3" t="e"><v>#N/A</v></c><c r="H3" t="b"><v>1</v></c></row>""", ""), false);
        try (SheetBook book = SheetBook.open(file, "a.xlsx", SheetLimits.STANDARD)) {
            List<SheetRow> rows = new ArrayList<>();
            book.tabs().getFirst().rows(rows::add);
            SheetRow row = rows.getFirst();
            assertThat(row.number()).isEqualTo(3);
            assertThat(row.text(0)).isEqualTo("张三");
            assertThat(row.at(1)).isEqualTo(new CellValue.Number(new BigDecimal("1.3800138E10"), ""));
            assertThat(row.at(1).text()).isEqualTo("13800138000");
            assertThat(row.at(2)).isEqualTo(new CellValue.Moment(LocalDate.of(2016, 9, 1).atStartOfDay()));
            assertThat(row.at(3)).isEqualTo(row.at(2));
            assertThat(row.text(4)).isEqualTo("2");
            assertThat(row.text(5)).isEqualTo("张三");
            assertThat(row.at(6)).isInstanceOf(CellValue.Fault.class);
            assertThat(row.at(7)).isEqualTo(new CellValue.Flag(true));
        }
    }

    @Test
    void a_file_of_an_old_mac_counts_days_from_1904() throws Exception {
        Path file = workbook("a.xlsx", sheet("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>41152</v></c></row>", ""), true);
        assertThat(open(file)).containsExactly(List.of("2016-09-01"));
    }

    @Test
    void merged_cells_lend_their_value_to_all_they_cover() throws Exception {
        Path file = workbook("a.xlsx", sheet("""
                <row r="1"><c r="A1" t="inlineStr"><is><t>三(2)班名单</t></is></c></row>
                <row r="2"><c r="A2" t="inlineStr"><is><t>三2</t></is></c><c r="B2" t="inlineStr"><is><t>张三</t></is></c></row>
                <row r="3"><c r="B3" t="inlineStr"><is><t>李四</t></is></c></row><row r="4"><c r="A4"/></row>""",
                "<mergeCells count=\"2\"><mergeCell ref=\"A1:B1\"/><mergeCell ref=\"A2:A4\"/></mergeCells>"), false);
        List<SheetRow> rows = new ArrayList<>();
        try (SheetBook book = SheetBook.open(file, "a.xlsx", SheetLimits.STANDARD)) {
            book.tabs().getFirst().rows(rows::add);
        }
        assertThat(rows.get(0).note()).isTrue();
        assertThat(rows.get(2).text(0)).isEqualTo("三2");
        assertThat(rows.get(2).text(1)).isEqualTo("李四");
        assertThat(rows.get(3).blank()).isTrue();
    }

    @Test
    void a_doctype_is_refused_before_any_parser_sees_it() throws Exception {
        String bomb = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + sheet("<row r=\"1\"><c r=\"A1\"><v>&x;</v></c></row>", "").substring(21);
        assertThat(refusal(workbook("a.xlsx", bomb, false), SheetLimits.STANDARD)).isEqualTo("sheet.bomb");
    }

    @Test
    void a_file_that_unpacks_without_end_is_refused_early() throws Exception {
        Path file = folder.resolve("bomb.xlsx");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            byte[] zeros = new byte[1 << 20];
            Arrays.fill(zeros, (byte) ' ');
            for (int i = 0; i < 300; i++) zip.write(zeros);
            zip.closeEntry();
        }
        long begun = System.nanoTime();
        assertThat(refusal(file, SheetLimits.STANDARD)).isEqualTo("sheet.bomb");
        assertThat((System.nanoTime() - begun) / 1_000_000).isLessThan(5_000);
    }

    @Test
    void bounds_on_rows_columns_and_cells_are_kept() throws Exception {
        SheetLimits small = new SheetLimits(1 << 20, 1 << 24, 1000, 10, 5, 20, 2);
        StringBuilder rows = new StringBuilder();
        for (int i = 1; i <= 11; i++) rows.append("<row r=\"").append(i).append("\"><c r=\"A").append(i).append("\"><v>1</v></c></row>");
        assertThat(refusal(workbook("rows.xlsx", sheet(rows.toString(), ""), false), small)).isEqualTo("sheet.too-many-rows");
        assertThat(refusal(workbook("columns.xlsx", sheet("<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>", ""), false), small)).isEqualTo("sheet.too-many-columns");
        assertThat(refusal(workbook("cell.xlsx", sheet("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>" + "长".repeat(21) + "</t></is></c></row>", ""), false), small))
                .isEqualTo("sheet.cell-too-long");
        assertThat(refusal(workbook("wide.xlsx", sheet("<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"XFD1\" s=\"1\"/></row>", ""), false), small)).isEqualTo("read");
        assertThat(refusal(write("rows.csv", "1\n".repeat(11).getBytes(StandardCharsets.UTF_8)), small)).isEqualTo("sheet.too-many-rows");
        assertThat(refusal(write("columns.csv", "1,2,3,4,5,6,7\n".getBytes(StandardCharsets.UTF_8)), small)).isEqualTo("sheet.too-many-columns");
        assertThat(refusal(write("cell.csv", "123456789012345678901\n".getBytes(StandardCharsets.UTF_8)), small)).isEqualTo("sheet.cell-too-long");
    }

    @Test
    void a_number_with_an_endless_exponent_does_no_harm() throws Exception {
        Path file = workbook("a.xlsx", sheet("<row r=\"1\"><c r=\"A1\"><v>1E2000000</v></c><c r=\"B1\"><v>1E-999999</v></c><c r=\"C1\"><v>NaN</v></c></row>", ""), false);
        assertThat(refusal(file, SheetLimits.STANDARD)).isIn("read", "sheet.damaged");
    }

    /** Bytes of a good workbook flipped at random: read or refused, never anything else. */
    @Test
    void a_damaged_workbook_is_refused_and_never_breaks_the_reader() throws Exception {
        ByteArrayOutputStream good = new ByteArrayOutputStream();
        try (SheetOut out = new SheetOut(good)) {
            SheetOut.Tab tab = out.tab("名单", "标题", List.of(SheetOut.Column.text("姓名", 10), SheetOut.Column.date("生日"), SheetOut.Column.number("数")));
            for (int i = 0; i < 50; i++) tab.row("张三" + i, LocalDate.of(2016, 9, 1), i);
        }
        Map<String, byte[]> parts = unzip(good.toByteArray());
        long seed = 4711;
        Random random = new Random(seed);
        List<String> names = List.copyOf(parts.keySet());
        for (int i = 0; i < 600; i++) {
            Map<String, byte[]> broken = new LinkedHashMap<>(parts);
            String name = names.get(random.nextInt(names.size()));
            byte[] part = broken.get(name).clone();
            for (int j = 1 + random.nextInt(4); j > 0 && part.length > 0; j--) part[random.nextInt(part.length)] = (byte) random.nextInt(128);
            if (random.nextInt(10) == 0) broken.remove(name);
            else broken.put(name, random.nextInt(5) == 0 ? Arrays.copyOf(part, random.nextInt(part.length + 1)) : part);
            assertThat(refusal(Sheets.zip(folder.resolve("f" + i + ".xlsx"), broken), SheetLimits.STANDARD)).as("seed %d, turn %d, %s", seed, i, name).isNotNull();
        }
        byte[] whole = good.toByteArray();
        for (int i = 0; i < 300; i++) {
            byte[] broken = whole.clone();
            for (int j = 0; j < 3; j++) broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            assertThat(refusal(write("z" + i + ".xlsx", broken), SheetLimits.STANDARD)).as("seed %d, turn %d", seed, i).isNotNull();
        }
    }

    private static Map<String, byte[]> unzip(byte[] file) throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        try (ZipFile zip = ZipFile.builder().setByteArray(file).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) parts.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
        }
        return parts;
    }

    @Test
    void what_is_written_is_read_back_and_never_evaluated() throws Exception {
        Path file = folder.resolve("out.xlsx");
        List<String> nasty = List.of("=1+1", "+8613800000001", "-2", "@SUM(A1)", "\t=1", "=HYPERLINK(\"http://x\")", "王𠮷安", "a\u0001b", "007", "'quoted", "<b>&amp;</b>", "line\nbreak");
        try (OutputStream stream = Files.newOutputStream(file);
                SheetOut out = new SheetOut(stream)) {
            SheetOut.Tab tab = out.tab("三(2)班/名单:*?[1]", "标题", List.of(SheetOut.Column.text("=姓名", 0), SheetOut.Column.fen("费用"), SheetOut.Column.date("日期"), SheetOut.Column.number("数")));
            for (String text : nasty) tab.row(text, 360L, LocalDate.of(2026, 9, 1), 3);
            tab.row(null, null, null, null);
            out.tab("三(2)班/名单:*?[1]", List.of(SheetOut.Column.wrapped("x", 5))).row("y");
        }
        try (SheetBook book = SheetBook.open(file, "out.xlsx", SheetLimits.STANDARD)) {
            assertThat(book.tabs()).extracting(SheetTab::name).doesNotHaveDuplicates().hasSize(2);
            List<SheetRow> rows = new ArrayList<>();
            book.tabs().getFirst().rows(rows::add);
            for (int i = 0; i < nasty.size(); i++) {
                assertThat(rows.get(i + 2).at(0)).isEqualTo(new CellValue.Text(nasty.get(i).replace("\u0001", "")));
                assertThat(rows.get(i + 2).text(1)).isEqualTo("3.6");
                assertThat(rows.get(i + 2).text(2)).isEqualTo("2026-09-01");
            }
        }
        assertThat(new String(unzip(Files.readAllBytes(file)).get("xl/worksheets/sheet1.xml"), StandardCharsets.UTF_8)).doesNotContain("<f>");
    }

    @Test
    void text_files_for_people_are_guarded_and_for_programs_are_exact() throws Exception {
        StringBuilder people = new StringBuilder();
        CsvOut.forPeople(people).row(List.of("=1+1", "张,三", " x", "说\"话\"", "-3"));
        assertThat(people.toString()).isEqualTo("\uFEFF'=1+1,\"张,三\",\" x\",\"说\"\"话\"\"\",'-3\r\n");
        assertThat(open(write("a.csv", people.toString().getBytes(StandardCharsets.UTF_8))).getFirst()).containsExactly("=1+1", "张,三", "x", "说\"话\"", "-3");
        StringBuilder programs = new StringBuilder();
        CsvOut.forPrograms(programs).row(List.of("=1+1", "a"));
        assertThat(programs.toString()).isEqualTo("=1+1,a\r\n");
    }

    @Test
    void columns_are_named_as_in_excel() {
        assertThat(ColumnLetters.of(0)).isEqualTo("A");
        assertThat(ColumnLetters.of(27)).isEqualTo("AB");
        assertThat(ColumnLetters.index("XFD")).isEqualTo(16383);
        for (int i = 0; i < 20_000; i++) assertThat(ColumnLetters.index(ColumnLetters.of(i))).isEqualTo(i);
    }
}
