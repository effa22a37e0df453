package afterbell.reach.documents;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a letter in its small markup: a line that begins with {@code ##} is a heading, with {@code -} an item, with {@code |} a row of a table;
 * a blank line ends a paragraph. {@code {{field}}} or {@code {{field|otherwise}}} is filled by the house, {@code [[...]]} by the office.
 *
 * <p>What is signed is this text, filled, in Unicode NFC with line feeds: {@link #hash} is taken over exactly that.
 */
public record LetterText(String title, String body) {
    private static final Pattern FIELD = Pattern.compile("\\{\\{\\s*([a-z0-9_.]+)\\s*(?:\\|([^{}]*))?\\}\\}");
    private static final Pattern ADDRESS = Pattern.compile("https?://[\\w\\-.~:/?#@!$&'*+;=%]*[\\w/]");
    private static final Pattern BLANK = Pattern.compile("\\[\\[([^\\[\\]]{0,80})\\]\\]");

    /** Fields that are filled for each child when the letter is read; all others when it is published. */
    public static final List<String> CHILD_FIELDS = List.of("child.name", "child.class");

    public LetterText {
        title = plain(title).strip();
        body = plain(body).strip();
    }

    /** A piece of the text as pages show it. */
    public sealed interface Block {
        record Heading(String text) implements Block {}

        record Paragraph(String text) implements Block {}

        record Items(List<String> lines) implements Block {}

        /** @param rows the first is the head */
        record Table(List<List<String>> rows) implements Block {}
    }

    /** Some words of a line. @param link they are the address of a page, to be opened by a tap */
    public record Words(String text, boolean link) {}

    /** A line cut at the addresses in it. */
    public static List<Words> words(String line) {
        List<Words> words = new ArrayList<>();
        Matcher address = ADDRESS.matcher(line);
        int from = 0;
        while (address.find()) {
            if (address.start() > from) words.add(new Words(line.substring(from, address.start()), false));
            words.add(new Words(address.group(), true));
            from = address.end();
        }
        if (from < line.length()) words.add(new Words(line.substring(from), false));
        return words;
    }

    public List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        StringBuilder paragraph = new StringBuilder();
        List<String> items = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (String line : (body + "\n\n").split("\n", -1)) {
            String l = line.strip();
            if (!l.startsWith("-") && !items.isEmpty()) {
                blocks.add(new Block.Items(List.copyOf(items)));
                items.clear();
            }
            if (!l.startsWith("|") && !rows.isEmpty()) {
                blocks.add(new Block.Table(List.copyOf(rows)));
                rows.clear();
            }
            if (l.isEmpty() || l.startsWith("##") || l.startsWith("-") || l.startsWith("|")) {
                if (!paragraph.isEmpty()) blocks.add(new Block.Paragraph(paragraph.toString()));
                paragraph.setLength(0);
            }
            if (l.startsWith("##")) blocks.add(new Block.Heading(l.substring(2).strip()));
            else if (l.startsWith("-")) items.add(l.substring(1).strip());
            else if (l.startsWith("|")) rows.add(cells(l));
            else paragraph.append(l);
        }
        return blocks;
    }

    private static List<String> cells(String line) {
        String inner = line.substring(1, line.endsWith("|") && line.length() > 1 ? line.length() - 1 : line.length());
        return Arrays.stream(inner.split("\\|", -1)).map(String::strip).toList();
    }

    /** Fills every field that is known; an unknown one with its "otherwise", or leaves it standing. */
    public LetterText filled(Map<String, String> fields) {
        return new LetterText(filled(title, fields), filled(body, fields));
    }

    private static String filled(String text, Map<String, String> fields) {
        Function<MatchResult, String> value = m -> {
            String known = fields.getOrDefault(m.group(1), "");
            if (!known.isEmpty()) return known;
            if (CHILD_FIELDS.contains(m.group(1)) && !fields.containsKey(m.group(1))) return m.group();
            return m.group(2) == null ? m.group() : m.group(2);
        };
        return FIELD.matcher(text).replaceAll(m -> Matcher.quoteReplacement(value.apply(m)));
    }

    /** What keeps the text from being published: fields nobody fills, and blanks the office left open; sorted. */
    public List<String> open() {
        TreeSet<String> open = new TreeSet<>();
        String whole = title + "\n" + body;
        FIELD.matcher(whole).results().map(r -> r.group(1)).filter(f -> !CHILD_FIELDS.contains(f)).forEach(open::add);
        BLANK.matcher(whole).results().map(r -> r.group(1)).forEach(open::add);
        return List.copyOf(open);
    }

    /** SHA-256 of title and body as they stand. */
    public byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(whole().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public String hashText() {
        return HexFormat.of().formatHex(hash());
    }

    /** Title and body as one text, the title on the first line. */
    public String whole() {
        return title + "\n" + body;
    }

    public static LetterText ofWhole(String whole) {
        int end = whole.indexOf('\n');
        return end < 0 ? new LetterText(whole, "") : new LetterText(whole.substring(0, end), whole.substring(end + 1));
    }

    private static String plain(String text) {
        return Normalizer.normalize(text.replace("\r\n", "\n").replace('\r', '\n'), Normalizer.Form.NFC);
    }
}
