package afterbell.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What no template may hold. Mail is the exception for styles: mail programs read no stylesheet. */
class TemplatesTest {
    private static final Path MAIL = Path.of("src/main/jte/layout/mail.jte");
    private static final Path DRAWINGS = Path.of("src/main/jte/components/svg.jte");
    private static final Map<String, Pattern> FORBIDDEN = Map.of(
            "a style of its own (the content security policy drops it)", Pattern.compile("\\sstyle\\s*=\\s*\""),
            "a script of its own (the content security policy drops it)", Pattern.compile("<script(?![^>]*\\bsrc=)|\\son[a-z]+\\s*=\\s*\"|\\shx-on"),
            "another host", Pattern.compile("(?:src|href|action)=\"(?:https?:)?//"),
            "Chinese words (they belong in the message files)", Pattern.compile("\\p{IsHan}"),
            "unescaped output", Pattern.compile("\\$unsafe\\{"));

    @Test
    void templates_hold_no_styles_scripts_strangers_or_words() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/jte"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".jte")).sorted().toList()) {
                found.addAll(faults(file, Files.readString(file)));
            }
        }
        assertThat(found).isEmpty();
    }

    static List<String> faults(Path file, String text) {
        List<String> found = new ArrayList<>();
        FORBIDDEN.forEach((what, pattern) -> {
            if (file.equals(MAIL) && what.startsWith("a style") || file.equals(DRAWINGS) && what.startsWith("unescaped")) return;
            if (pattern.matcher(text).find()) found.add(file + ": " + what);
        });
        return found;
    }
}
