package afterbell.base.shared.print;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.app.demo.DemoNames;
import afterbell.base.shared.web.Offscreen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Collectors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Needs the typefaces that the browser build brings, and is left out where nothing is built; without them it says so and fails, because the product would too. */
@Tag("built")
class PdfTest {
    private final Pdf pdf = new Pdf(noTemplates());

    private static Offscreen noTemplates() {
        return null;
    }

    @Test
    @Req("R48")
    void rare_names_are_set_and_can_be_read_back() throws IOException {
        String names = String.join("、", new DemoNames().rare()) + "、" + String.join("、", new DemoNames().longNames()) + "、𪚥、龘";
        try (PDDocument document = made("<p>" + names + "</p>")) {
            String read = new PDFTextStripper().getText(document).replaceAll("\\s", "");
            assertThat(read).contains(names.replaceAll("\\s", "")).doesNotContain("#").doesNotContain(Typefaces.GETA);
        }
    }

    @Test
    @Req("R48")
    void a_common_page_touches_only_the_first_face() throws IOException {
        try (PDDocument document = made("<p>晓阳实验学校 课后服务告家长书</p>")) {
            assertThat(faces(document)).hasSize(1);
        }
        try (PDDocument document = made("<p>𠮷安</p>")) {
            assertThat(faces(document)).hasSize(2);
        }
    }

    @Test
    void a_character_that_no_face_has_shows_as_a_geta_mark() throws IOException {
        String unknown = new String(Character.toChars(0x323AE));
        try (PDDocument document = made("<p>王" + unknown + "</p>")) {
            assertThat(new PDFTextStripper().getText(document).strip()).isEqualTo("王" + Typefaces.GETA);
        }
    }

    @Test
    void a_long_line_of_chinese_breaks_inside_the_page() throws IOException {
        try (PDDocument document = made("<p>" + "放学后请在校门口按班级有序接孩子".repeat(60) + "</p>")) {
            String[] lines = new PDFTextStripper().getText(document).strip().split("\\R");
            assertThat(lines.length).isGreaterThan(10);
            assertThat(lines).allSatisfy(l -> assertThat(l.length()).isLessThan(60));
        }
    }

    @Test
    void nothing_from_outside_is_loaded() throws IOException {
        try (PDDocument document = made("<p>x</p><img src=\"http://127.0.0.1:9/x.png\"/><img src=\"file:///etc/hostname\"/>")) {
            assertThat(document.getNumberOfPages()).isOne();
        }
    }

    private PDDocument made(String body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        pdf.write("<html><head><style>@page{size:A4;margin:20mm} body{font-family:text,rare;font-size:12pt}</style></head><body>" + body + "</body></html>", out);
        return Loader.loadPDF(out.toByteArray());
    }

    private static java.util.Set<String> faces(PDDocument document) throws IOException {
        PDPage page = document.getPage(0);
        java.util.Set<String> names = new java.util.HashSet<>();
        for (COSName name : page.getResources().getFontNames()) {
            PDFont font = page.getResources().getFont(name);
            names.add(font.getName());
        }
        return names.stream().collect(Collectors.toSet());
    }
}
