package afterbell.reach.documents;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DrawingTest {
    private static final long SEED = 20261121;
    static final String SIGNED =
            """
            <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 340 190" width="340" height="190"><path d="M 40.1,60.2 C 55.000,61.000 90.5,70.25 120.0,118.5" stroke-width="2.250" stroke="#111" fill="none" stroke-linecap="round"></path><circle r="1.9" cx="150" cy="80" fill="#111"></circle></svg>
            """;

    @Test
    @Req("R53")
    void strokes_and_dots_are_kept_as_numbers_and_drawn_anew() {
        Drawing drawing = Drawing.read(SIGNED).orElseThrow();
        assertThat(drawing.kept()).isEqualTo("40.1,60.2,55.0,61.0,90.5,70.3,120.0,118.5,2.3;150.0,80.0,1.9");
        assertThat(Drawing.ofKept(drawing.kept()).address()).startsWith("data:image/png;base64,");
    }

    @Test
    void nothing_but_numbers_gets_through() {
        String evil = "<svg onload=\"alert(1)\"><script>x</script><image href=\"http://evil\"/>" + SIGNED + "</svg>";
        assertThat(Drawing.read(evil).orElseThrow().kept()).matches("[0-9.,;-]+");
        assertThat(Drawing.read("<svg><script>alert(1)</script></svg>")).isEmpty();
        assertThat(Drawing.read("")).isEmpty();
        assertThat(Drawing.read("x".repeat(500_000))).isEmpty();
    }

    @Test
    void damaged_drawings_never_fail() {
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder(SIGNED);
            for (int n = 0; n < 8; n++) text.setCharAt(random.nextInt(text.length()), (char) (32 + random.nextInt(95)));
            Drawing.read(text.toString()).ifPresent(d -> assertThat(Drawing.ofKept(d.kept()).address()).as("seed " + SEED).isNotEmpty());
        }
    }
}
