package afterbell.base.roster.importing;

import afterbell.base.shared.sheet.ClassNames;
import afterbell.base.shared.sheet.CsvOut;
import afterbell.base.shared.sheet.ImportKind;
import afterbell.base.shared.sheet.SheetBook;
import afterbell.base.shared.sheet.SheetLimits;
import afterbell.base.shared.sheet.SheetRefused;
import afterbell.base.shared.sheet.SheetRow;
import afterbell.base.shared.sheet.SheetTab;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Reads a OneRoster 1.2 CSV bundle (1EdTech, "OneRoster CSV Binding 1.2") and writes it as the two tables that the import knows: staff and children. From
 * there on it is a file like any other: the same preview, the same questions, the same confirmation. Columns in any order, columns that are missing and
 * columns of others' making are all right; rows marked {@code tobedeleted} are left out; a bundle that only tells changes (delta) is refused.
 */
final class OneRosterIn {
    static final String KIND = "oneroster";

    private static final int MOST_FILES = 40;
    private static final long MOST_BYTES = 120L << 20;
    private static final Set<String> TEACHING = Set.of("teacher", "administrator", "aide", "principal", "counselor", "proctor", "districtadministrator", "siteadministrator", "systemadministrator");

    private OneRosterIn() {}

    /** Why a bundle can't be read; the words are {@code roster.oneroster.KEY}. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;
        private final String key;
        private final String fact;

        Unreadable(String key, String fact) {
            super(key, null, false, false);
            this.key = key;
            this.fact = fact;
        }

        String key() {
            return key;
        }

        String fact() {
            return fact;
        }
    }

    /**
     * A table for the import.
     *
     * @param csv with the headers that we write ourselves
     * @param ids the bundle's own id of each row after the header
     */
    record Table(String kind, byte[] csv, List<String> ids) {}

    private record User(String id, String name, String role, String identifier, String phone, List<String> agents) {}

    private record Klass(String title, String code, String grade, boolean homeroom) {
        /** The class as our import reads it: by code, by title, or title and grade together. */
        String written() {
            for (String said : List.of(code, title)) {
                String known = said.isEmpty() ? "" : ClassNames.shorthand(said);
                if (!known.isEmpty()) return known;
            }
            return title;
        }
    }

    /** @param pupils and staff: what the school's import takes, for the headers */
    static List<Table> read(byte[] zip, ImportKind pupils, ImportKind staff) throws Unreadable {
        Map<String, List<Map<String, String>>> files = unpack(zip);
        for (Map<String, String> line : files.getOrDefault("manifest", List.of()))
            if (value(line, "propertyname").startsWith("file.") && value(line, "value").equalsIgnoreCase("delta")) throw new Unreadable("delta", value(line, "propertyname").substring("file.".length()));
        if (!files.containsKey("users")) throw new Unreadable("missing", "users.csv");
        Map<String, User> users = users(files);
        Map<String, Klass> classes = classes(files);
        Map<String, String> homes = new HashMap<>();
        Map<String, String> leads = new HashMap<>();
        enrolments(files, classes, homes, leads);
        return List.of(staff(staff, users, classes, leads), children(pupils, users, classes, homes, demographics(files)));
    }

    private static Map<String, List<Map<String, String>>> unpack(byte[] zip) throws Unreadable {
        Map<String, List<Map<String, String>>> files = new HashMap<>();
        long bytes = 0;
        int count = 0;
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip), StandardCharsets.UTF_8)) {
            for (ZipEntry entry; (entry = in.getNextEntry()) != null; ) {
                String name = entry.getName().replace('\\', '/');
                String base = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
                if (++count > MOST_FILES) throw new Unreadable("large", "");
                if (entry.isDirectory() || !base.endsWith(".csv") || base.startsWith(".") || name.startsWith("__MACOSX/")) continue;
                // Real bytes are counted while they come, whatever the directory of the archive says.
                byte[] content = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 16, MOST_BYTES - bytes + 1));
                bytes += content.length;
                if (bytes > MOST_BYTES) throw new Unreadable("large", "");
                if (content.length > 0) files.put(base.substring(0, base.length() - ".csv".length()), rows(base, content));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new Unreadable("damaged", "");
        }
        if (count == 0) throw new Unreadable("damaged", "");
        return files;
    }

    private static List<Map<String, String>> rows(String name, byte[] content) throws Unreadable {
        List<Map<String, String>> rows = new ArrayList<>();
        try {
            Path file = Files.createTempFile("oneroster-", ".csv");
            try {
                Files.write(file, content);
                try (SheetBook book = SheetBook.open(file, name, SheetLimits.STANDARD)) {
                    SheetTab tab = book.tabs().getFirst();
                    List<String> header = new ArrayList<>();
                    tab.rows(row -> {
                        if (header.isEmpty()) for (int i = 0; i < row.width(); i++) header.add(row.text(i).toLowerCase(Locale.ROOT).replaceAll("[^a-z.]", ""));
                        else if (!row.blank()) rows.add(record(header, row));
                        return true;
                    });
                }
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (SheetRefused e) {
            throw new Unreadable("file", name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows.removeIf(row -> value(row, "status").equalsIgnoreCase("tobedeleted"));
        return rows;
    }

    private static Map<String, String> record(List<String> header, SheetRow row) {
        Map<String, String> record = new HashMap<>();
        for (int i = 0; i < Math.min(header.size(), row.width()); i++) if (!row.text(i).isEmpty()) record.putIfAbsent(header.get(i), row.text(i));
        return record;
    }

    private static String value(Map<String, String> row, String column) {
        return Objects.requireNonNullElse(row.get(column), "").strip();
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
    }

    private static Map<String, User> users(Map<String, List<Map<String, String>>> files) {
        // 1.2 keeps roles in a file of its own; a primary one counts before others. Older bundles say it on the user.
        Map<String, String> roles = new HashMap<>();
        for (Map<String, String> row : files.getOrDefault("roles", List.of())) {
            String role = value(row, "role").toLowerCase(Locale.ROOT);
            if (value(row, "roletype").equalsIgnoreCase("primary")) roles.put(value(row, "usersourcedid"), role);
            else roles.putIfAbsent(value(row, "usersourcedid"), role);
        }
        Map<String, User> users = new LinkedHashMap<>();
        for (Map<String, String> row : files.getOrDefault("users", List.of())) {
            String id = value(row, "sourcedid");
            String name = name(row);
            if (id.isEmpty() || name.isEmpty()) continue;
            String said = value(row, "role").toLowerCase(Locale.ROOT);
            String phone = value(row, "sms").isEmpty() ? value(row, "phone") : value(row, "sms");
            String identifier = value(row, "identifier").isEmpty() ? value(row, "username") : value(row, "identifier");
            users.put(id, new User(id, name, Objects.requireNonNullElse(roles.get(id), said), identifier, phone, list(value(row, "agentsourcedids"))));
        }
        return users;
    }

    /** Family name first and without a blank where either is written in Han characters; else as it is spoken. */
    private static String name(Map<String, String> row) {
        String family = value(row, "familyname");
        String given = (value(row, "givenname") + " " + value(row, "middlename")).strip();
        boolean han = (family + given).codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
        return han ? family + given.replace(" ", "") : (given + " " + family).strip();
    }

    private static Map<String, Klass> classes(Map<String, List<Map<String, String>>> files) {
        Map<String, Klass> classes = new HashMap<>();
        for (Map<String, String> row : files.getOrDefault("classes", List.of())) {
            List<String> grades = list(value(row, "grades"));
            String grade = grades.size() == 1 ? grades.getFirst().replaceFirst("^0+(?=.)", "") : "";
            classes.put(value(row, "sourcedid"), new Klass(value(row, "title"), value(row, "classcode"), grade, value(row, "classtype").equalsIgnoreCase("homeroom")));
        }
        return classes;
    }

    /** A child's own class is its homeroom; where a bundle has none, the only class that it names. */
    private static void enrolments(Map<String, List<Map<String, String>>> files, Map<String, Klass> classes, Map<String, String> homes, Map<String, String> leads) {
        boolean anyHome = classes.values().stream().anyMatch(Klass::homeroom);
        for (Map<String, String> row : files.getOrDefault("enrollments", List.of())) {
            String klass = value(row, "classsourcedid");
            Klass known = classes.get(klass);
            if (known == null || (anyHome && !known.homeroom())) continue;
            String user = value(row, "usersourcedid");
            String role = value(row, "role").toLowerCase(Locale.ROOT);
            if (role.equals("student")) homes.putIfAbsent(user, klass);
            else if (role.equals("teacher") && !value(row, "primary").equalsIgnoreCase("false")) leads.putIfAbsent(user, klass);
        }
    }

    private static Map<String, Map<String, String>> demographics(Map<String, List<Map<String, String>>> files) {
        Map<String, Map<String, String>> all = new HashMap<>();
        for (Map<String, String> row : files.getOrDefault("demographics", List.of())) all.put(value(row, "sourcedid"), row);
        return all;
    }

    private static Table staff(ImportKind kind, Map<String, User> users, Map<String, Klass> classes, Map<String, String> leads) {
        Rows rows = new Rows(kind, List.of("code", "name", "phone", "class"));
        for (User user : users.values()) {
            if (!TEACHING.contains(user.role())) continue;
            Klass led = classes.get(Objects.requireNonNullElse(leads.get(user.id()), ""));
            rows.add(user.id(), List.of(code(user), user.name(), user.phone(), led == null ? "" : led.written()));
        }
        return rows.table();
    }

    /** The school's own number of the person; where the bundle has none, the end of its id, so that nobody is kept out for lack of one. */
    private static String code(User user) {
        if (!user.identifier().isEmpty() && user.identifier().length() <= 20) return user.identifier();
        if (!user.phone().isEmpty()) return "";
        String id = user.id().replaceAll("[^0-9A-Za-z]", "");
        return id.substring(Math.max(0, id.length() - 12));
    }

    private static Table children(ImportKind kind, Map<String, User> users, Map<String, Klass> classes, Map<String, String> homes, Map<String, Map<String, String>> demographics) {
        Rows rows = new Rows(kind, List.of("name", "class", "grade", "birthday", "gender", "guardian1", "guardian1Phone", "guardian2", "guardian2Phone"));
        for (User user : users.values()) {
            if (!user.role().equals("student")) continue;
            Klass home = classes.get(Objects.requireNonNullElse(homes.get(user.id()), ""));
            Map<String, String> person = Objects.requireNonNullElse(demographics.get(user.id()), Map.of());
            List<User> adults = user.agents().stream().map(users::get).filter(Objects::nonNull).filter(a -> !a.role().equals("student")).limit(2).toList();
            User first = adults.isEmpty() ? null : adults.get(0);
            User second = adults.size() < 2 ? null : adults.get(1);
            rows.add(
                    user.id(),
                    List.of(
                            user.name(),
                            home == null ? "" : home.written(),
                            home == null || !ClassNames.shorthand(home.written()).isEmpty() ? "" : home.grade(),
                            value(person, "birthdate"),
                            sex(value(person, "sex")),
                            first == null ? "" : first.name(),
                            first == null ? "" : first.phone(),
                            second == null ? "" : second.name(),
                            second == null ? "" : second.phone()));
        }
        return rows.table();
    }

    private static String sex(String said) {
        return switch (said.toLowerCase(Locale.ROOT)) {
            case "male", "m" -> "M";
            case "female", "f" -> "F";
            default -> "";
        };
    }

    /** Rows under the headers of a kind. */
    private static final class Rows {
        private final ImportKind kind;
        private final StringBuilder text = new StringBuilder();
        private final CsvOut out = CsvOut.forPrograms(text);
        private final List<String> ids = new ArrayList<>();

        Rows(ImportKind kind, List<String> columns) {
            this.kind = kind;
            List<String> keys = kind.columns().stream().map(ImportKind.Column::key).toList();
            write(columns.stream().map(c -> kind.headers().get(keys.indexOf(c))).toList());
        }

        void add(String id, List<String> values) {
            write(values);
            ids.add(id);
        }

        private void write(List<String> fields) {
            try {
                out.row(fields);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Table table() {
            return new Table(kind.key(), text.toString().getBytes(StandardCharsets.UTF_8), List.copyOf(ids));
        }
    }
}
