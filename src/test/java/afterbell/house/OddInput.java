package afterbell.house;

import afterbell.testing.PageForm;
import afterbell.testing.PageForm.Button;
import afterbell.testing.PageForm.Field;
import afterbell.testing.Visitor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who writes nonsense into every form that a role is shown. Follows the links of the role, opens one page of each kind, and sends each of its forms many times: one field at a
 * time something that nobody should type, some fields together, ids of others, files of the wrong kind. No answer may say that the house failed, and what a person could have typed
 * must stand in the form that comes back.
 */
final class OddInput {
    private static final Pattern LINK = Pattern.compile("<a\\b(?![^>]*\\sdownload)[^>]*\\shref=\"(/[^\"/#][^\"#]*|/)");
    private static final Pattern FILE = Pattern.compile(".*\\.(xlsx|pdf|png|ics|zip|csv|json|yaml)|.*/(picture|download|file|workbook|document|receipts/[^/]+)|/assets/.*|/events.*");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /** What would end the walk before it has seen everything: the person's own way in. */
    private static final Set<String> LEAVES = Set.of("/sign-out", "/demo/clock", "/account/password", "/account/devices", "/account/sessions", "/second-factor", "/manners");

    private static final String LONG = "\u653e\u5b66".repeat(5_000);

    /** What is typed, pasted or forged; bytes that are no text at all are {@link #BROKEN}. */
    static final List<String> ODD = List.of(
            "",
            " \t ",
            "0",
            "-1",
            "-99999999999999999999",
            "99999999999999999999",
            "1e400",
            "NaN",
            "\uFF11\uFF12",
            "0001-01-01",
            "9999-12-31",
            "2026-02-30",
            "-2026-01-01",
            "25:61",
            "00:00",
            "a\u0000b\u0007\u001b[31m",
            "\u202eabc\u202c\u0627\u0644\u0639\u0631\u0628\u064a\u0629",
            "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67\u200d\ud83d\udc66\ud842\udfb7",
            "'; drop table pupil; --",
            "<script>alert(1)</script>${7*7}{{7*7}}",
            "%s%n{0}'{1}",
            "\\",
            "../../etc/passwd",
            "nobody@",
            "\n\n\n",
            "00000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
            LONG);

    /** Bytes that are no UTF-8: half of a character, and a lone surrogate. */
    private static final List<String> BROKEN = List.of("%E6%94", "%ED%A0%80", "%FF%FE");

    /** Put behind the address of each page. */
    private static final List<String> QUERIES = List.of("?q=%E6%94", "?q=%00&page=-99999999999&size=0&sort=%27&week=-2026-01-01&day=0001-01-01&from=9999-12-31&until=x&run=x&tab=x");

    private final Visitor visitor;
    private final String role;
    private final Function<String, String> kinds;
    private final Set<String> done;
    private final Random random;
    private final int tries;
    private final Set<String> faults = new TreeSet<>();
    private final Map<String, Integer> answers = new LinkedHashMap<>();
    private int posts;

    /**
     * @param kinds the route of an address
     * @param done forms that somebody has been at already; written
     * @param tries most sendings of one form, drawn by lot from all that come to mind
     */
    OddInput(Visitor visitor, String role, Function<String, String> kinds, Set<String> done, long seed, int tries) {
        this.visitor = visitor;
        this.role = role;
        this.kinds = kinds;
        this.done = done;
        this.random = new Random(seed);
        this.tries = tries;
    }

    /** @param page where the form stands */
    private record Found(String page, PageForm form) {}

    Set<String> faults() {
        return faults;
    }

    int posts() {
        return posts;
    }

    Map<String, Integer> answers() {
        return answers;
    }

    void walk(String from) {
        forms(from).forEach(this::attack);
    }

    private List<Found> forms(String from) {
        List<Found> found = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Deque<String> todo = new ArrayDeque<>(List.of(from));
        while (!todo.isEmpty()) {
            String path = todo.poll();
            if (!seen.add(kinds.apply(path))) continue;
            HttpResponse<String> page = visitor.get(path);
            if (page.statusCode() >= 500) faults.add("GET " + path + " answered " + page.statusCode());
            page.headers().firstValue("Location").filter(l -> l.startsWith("/")).ifPresent(todo::addFirst);
            if (page.statusCode() != 200 || !page.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) continue;
            for (PageForm form : PageForm.on(page.body())) {
                String kind = kinds.apply(form.action());
                if (LEAVES.stream().anyMatch(kind::startsWith)) continue;
                if (done.add(kind + " " + stems(form))) found.add(new Found(path, form));
            }
            for (String query : QUERIES) {
                int status = visitor.get(path.replaceAll("\\?.*", "") + query).statusCode();
                if (status >= 500) faults.add("GET " + kinds.apply(path) + query + " answered " + status);
            }
            Matcher links = LINK.matcher(page.body());
            while (links.find()) {
                String link = links.group(1).replace("&amp;", "&");
                if (!FILE.matcher(link.replaceAll("\\?.*", "")).matches() && !seen.contains(kinds.apply(link))) todo.add(link);
            }
        }
        return found;
    }

    private static Set<String> stems(PageForm form) {
        Set<String> stems = new TreeSet<>();
        form.fields().forEach(f -> stems.add(stem(f.name())));
        form.buttons().forEach(b -> stems.add(b.name() + "=" + (b.name().isEmpty() ? "" : stem(b.value()))));
        return stems;
    }

    /** Of many fields alike one is enough. */
    private static String stem(String name) {
        return ID.matcher(name).replaceAll("ID").replaceAll("\\d+", "0");
    }

    private void attack(Found at) {
        PageForm form = at.form();
        List<Runnable> all = new ArrayList<>();
        Map<String, Field> fields = new LinkedHashMap<>();
        form.fields().forEach(f -> fields.putIfAbsent(stem(f.name()), f));
        for (Field field : fields.values()) {
            if (field.type().equals("file")) {
                FILES.forEach((name, bytes) -> all.add(() -> upload(at, field, name, bytes)));
                continue;
            }
            for (String odd : ODD) all.add(() -> send(at, Set.of(field.name()), odd));
            for (String odd : BROKEN) all.add(() -> raw(at, field, odd));
            all.add(() -> raw(at, field, null));
        }
        for (int i = 0; i < 12; i++) all.add(() -> together(at));
        all.add(() -> elsewhere(at));
        Collections.shuffle(all, random);
        all.stream().limit(tries).forEach(Runnable::run);
    }

    /** The form as it stands, but for some fields; fields of one name are changed together. */
    private void send(Found at, Set<String> names, String odd) {
        Button button = button(at.form());
        StringBuilder body = new StringBuilder();
        for (Field f : at.form().fields()) {
            if (names.contains(f.name())) add(body, f.name(), odd);
            else if (f.sent() && !f.type().equals("file")) add(body, f.name(), f.value());
        }
        HttpResponse<String> answer = post(at, button, body);
        if (answer == null) return;
        int status = answer.statusCode();
        List<Field> changed = at.form().fields().stream().filter(f -> names.contains(f.name())).toList();
        boolean byHand = changed.stream().allMatch(f -> f.typed() && f.longest() >= odd.length() && couldType(f, odd));
        if (!byHand) return;
        String kept = odd.replaceAll("[\\p{Cc}&&[^\n\t]]", "").strip();
        kept = kept.substring(0, Math.min(kept.length(), 200));
        if (status == 400 || status == 413) wrong(at, button, names, odd, status + " where a person typed");
        if (status == 422 && !PageForm.decoded(answer.body()).contains(kept)) wrong(at, button, names, odd, "typed and lost");
    }

    /** A browser lets nobody type letters into a date or a number. */
    private static boolean couldType(Field field, String odd) {
        return switch (field.type()) {
            case "date" -> odd.isEmpty() || odd.matches("\\d{4}-\\d\\d-\\d\\d") && !odd.equals("2026-02-30");
            case "time" -> odd.isEmpty() || odd.equals("00:00");
            case "number" -> odd.isEmpty() || odd.matches("-?\\d+");
            default -> !odd.contains("\n") || field.type().equals("textarea");
        };
    }

    private void raw(Found at, Field field, @Nullable String value) {
        StringBuilder body = new StringBuilder();
        for (Field f : at.form().fields()) {
            if (!f.name().equals(field.name())) {
                if (f.sent() && !f.type().equals("file")) add(body, f.name(), f.value());
            } else if (value != null) body.append(body.isEmpty() ? "" : "&").append(Visitor.encode(f.name())).append('=').append(value);
        }
        post(at, button(at.form()), body);
    }

    private void together(Found at) {
        Set<String> names = new LinkedHashSet<>();
        StringBuilder body = new StringBuilder();
        for (Field f : at.form().fields()) {
            if (f.type().equals("file")) continue;
            if (random.nextInt(3) == 0) {
                names.add(f.name());
                for (int n = random.nextInt(3); n >= 0; n--) add(body, f.name(), ODD.get(random.nextInt(ODD.size() - 1)));
            } else if (f.sent() || random.nextInt(3) == 0) add(body, f.name(), f.value());
        }
        post(at, button(at.form()), body);
    }

    /** The same form at addresses of things that do not exist. */
    private void elsewhere(Found at) {
        for (String id : List.of("00000000-0000-0000-0000-000000000000", UUID.nameUUIDFromBytes(LONG.getBytes(StandardCharsets.UTF_8)).toString(), "x", "%20", "0", "%F0%9F%98%80")) {
            String path = ID.matcher(at.form().action()).replaceAll(id);
            if (path.equals(at.form().action())) return;
            StringBuilder body = new StringBuilder();
            at.form().fields().stream().filter(f -> f.sent() && !f.type().equals("file")).forEach(f -> add(body, f.name(), f.value()));
            answered(at, "an id of nobody", visitor.postRaw(path, body.append(body.isEmpty() ? "" : "&").append("_key=").append(new UUID(random.nextLong(), random.nextLong())).toString()));
        }
    }

    private void upload(Found at, Field field, String name, byte[] bytes) {
        Map<String, String> fields = new LinkedHashMap<>();
        at.form().fields().stream().filter(f -> f.sent() && !f.type().equals("file")).forEach(f -> fields.put(f.name(), f.value()));
        Button button = button(at.form());
        if (!button.name().isEmpty()) fields.put(button.name(), button.value());
        answered(at, field.name() + " = file " + name, visitor.postFiles(button.action().isEmpty() ? at.form().action() : button.action(), fields, field.name(), Map.of(name, bytes)));
    }

    private Button button(PageForm form) {
        return form.buttons().get(random.nextInt(form.buttons().size()));
    }

    private @Nullable HttpResponse<String> post(Found at, Button button, StringBuilder body) {
        String path = button.action().isEmpty() ? at.form().action() : button.action();
        if (LEAVES.stream().anyMatch(kinds.apply(path)::startsWith)) return null;
        if (!button.name().isEmpty()) add(body, button.name(), button.value());
        add(body, "_key", new UUID(random.nextLong(), random.nextLong()).toString());
        String sent = body.toString();
        HttpResponse<String> answer = visitor.postRaw(path, sent);
        answered(at, sent, answer);
        return answer;
    }

    private void answered(Found at, String sent, HttpResponse<String> answer) {
        posts++;
        // Another sign-in or another hat has a token of its own, and only a page tells it.
        if (answer.statusCode() == 403) visitor.get("/");
        answers.merge(Integer.toString(answer.statusCode()), 1, Integer::sum);
        String body = sent.length() > 400 ? sent.substring(0, 400) : sent;
        if (answer.statusCode() >= 500) faults.add(kinds.apply(at.form().action()) + " answered " + answer.statusCode() + " (" + role + ", " + at.page() + "): " + body);
    }

    private void wrong(Found at, Button button, Set<String> names, String odd, String what) {
        faults.add(kinds.apply(button.action().isEmpty() ? at.form().action() : button.action()) + " " + stems(names) + " (" + role + ", " + kinds.apply(at.page()) + "): " + what + ": " + odd.substring(0, Math.min(odd.length(), 30)).replaceAll("\\p{Cc}", "?"));
    }

    private static Set<String> stems(Set<String> names) {
        Set<String> stems = new TreeSet<>();
        names.forEach(n -> stems.add(stem(n)));
        return stems;
    }

    private static void add(StringBuilder body, String name, String value) {
        body.append(body.isEmpty() ? "" : "&").append(Visitor.encode(name)).append('=').append(Visitor.encode(value));
    }

    /** Files that are not what they are called. */
    private static final Map<String, byte[]> FILES = files();

    private static Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        byte[] noise = new byte[4_000];
        new Random(1).nextBytes(noise);
        files.put("empty.xlsx", new byte[0]);
        files.put("noise.xlsx", noise);
        files.put("noise.csv", noise);
        files.put("noise.pdf", noise);
        files.put("noise.jpg", noise);
        files.put("nul.csv", "a,b\u0000c\n\u0000,1\n".getBytes(StandardCharsets.UTF_8));
        files.put("quote.csv", "\"a,b\nc".getBytes(StandardCharsets.UTF_8));
        files.put("wide.csv", ",".repeat(20_000).getBytes(StandardCharsets.UTF_8));
        files.put("old.xls", new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1, 0, 0});
        files.put("bomb.xlsx", zip("xl/worksheets/sheet1.xml", 40_000_000));
        files.put("bomb.zip", zip("classes.csv", 40_000_000));
        files.put("strange.zip", zip("../../x.csv", 10));
        files.put("half.png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R', 127, 127, 127, 127, 127, 127, 127, 127, 8, 2, 0, 0, 0, 0, 0, 0, 0});
        files.put("script.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>".getBytes(StandardCharsets.UTF_8));
        files.put("../../etc/passwd", noise);
        // The name in a second, percent-encoded way, which counts: Visitor writes what stands here between quotes.
        files.put("name.csv\"; filename*=\"UTF-8''a%00b%1B.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
        files.put("name.xlsx\"; filename*=\"UTF-8''a%00b.xlsx", noise);
        return files;
    }

    private static byte[] zip(String name, int zeros) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(new byte[zeros]);
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
