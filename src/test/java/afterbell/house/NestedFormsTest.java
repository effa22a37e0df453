package afterbell.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A form in a form: the browser ends the outer one where the inner ends, and what stands behind belongs to nobody and is never sent. */
class NestedFormsTest {
    private static final Path ROOT = Path.of("src/main/jte");
    private static final Pattern MARK = Pattern.compile("<form\\b|</form>|@template\\.([\\w.]+)\\(");

    @Test
    void no_form_stands_in_a_form() throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".jte")).toList()) all.put(ROOT.relativize(file).toString().replaceAll("\\.jte$", "").replace('/', '.'), Files.readString(file));
        }
        assertThat(nested(all)).isEmpty();
    }

    @Test
    void a_table_with_its_own_form_is_found_inside_another() {
        Map<String, String> planted = Map.of(
                "components.table", "<form method=\"get\"></form>",
                "components.form", "<form>${content}</form>",
                "parts.list", "@template.components.table(screen = screen)",
                "a.raw", "<form action=\"/x\">\n@template.parts.list(screen = screen)</form>",
                "b.called", "@template.components.form(screen = screen, content = @`<p>(a)</p><form></form>`)",
                "c.fine", "<form></form>@template.components.table(screen = screen)@template.components.form(screen = screen, content = @`<p></p>`)<form></form>");
        assertThat(nested(planted)).containsExactly("a.raw, line 2: parts.list", "b.called, line 1: <form");
    }

    /** @param templates by their name in a call */
    private static List<String> nested(Map<String, String> templates) {
        Set<String> bring = bringers(templates);
        List<String> found = new ArrayList<>();
        new TreeMap<>(templates).forEach((name, text) -> {
            int open = 0;
            List<Integer> ends = new ArrayList<>();
            for (Matcher m = MARK.matcher(text); m.find(); ) {
                ends.removeIf(end -> end <= m.start());
                String what = m.group(1) == null ? m.group() : m.group(1);
                if (what.equals("</form>")) {
                    open--;
                    continue;
                }
                boolean form = what.equals("<form");
                if ((form || brings(bring, what, text, m.end())) && (open > 0 || !ends.isEmpty())) found.add(name + ", line " + (1 + text.substring(0, m.start()).chars().filter(c -> c == '\n').count()) + ": " + what);
                if (form) open++;
                // What these are given stands inside the form that they make.
                if (what.equals("components.form") || what.equals("components.table") && call(text, m.end()).contains("bulkAction =")) ends.add(m.end() + call(text, m.end()).length());
            }
        });
        return found;
    }

    /** Templates that bring a form, by themselves or through another. */
    private static Set<String> bringers(Map<String, String> templates) {
        Set<String> bring = new HashSet<>();
        templates.forEach((name, text) -> {
            if (text.contains("<form")) bring.add(name);
        });
        for (int before = -1; before != bring.size(); ) {
            before = bring.size();
            templates.forEach((name, text) -> {
                if (MARK.matcher(text).results().anyMatch(m -> m.group(1) != null && bring.contains(Objects.requireNonNull(m.group(1))))) bring.add(name);
            });
        }
        return bring;
    }

    /** A search box brings its form only where it is told where to send it. */
    private static boolean brings(Set<String> bring, String called, String text, int from) {
        return bring.contains(called) && (!called.equals("components.search") || call(text, from).contains("action ="));
    }

    /** What is written between the parentheses of a call. */
    private static String call(String text, int from) {
        int depth = 1;
        int at = from;
        for (; at < text.length() && depth > 0; at++) depth += text.charAt(at) == '(' ? 1 : text.charAt(at) == ')' ? -1 : 0;
        return text.substring(from, at);
    }
}
