package afterbell.base.shared.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * One node of a word table shipped with the program (YAML on the class path). A missing or misshapen entry is a bug of the
 * release, never of a user, and says which file and key.
 */
public final class DataFile {
    private final String where;
    private final Object value;

    private DataFile(String where, Object value) {
        this.where = where;
        this.value = value;
    }

    /** Reads a resource such as {@code demo/names.yaml}. */
    public static DataFile load(String resource) {
        try (InputStream in = DataFile.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) throw new IllegalStateException(resource + " is not on the class path");
            LoaderOptions options = new LoaderOptions();
            options.setCodePointLimit(10_000_000);
            options.setAllowDuplicateKeys(false);
            Object root = new Yaml(new SafeConstructor(options)).load(in);
            return new DataFile(resource, root == null ? Map.of() : root);
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    public boolean has(String key) {
        return value instanceof Map<?, ?> map && find(map, key) != null;
    }

    public DataFile at(String key) {
        Object found = value instanceof Map<?, ?> map ? find(map, key) : null;
        if (found == null) throw new IllegalStateException(where + " has no " + key);
        return new DataFile(where + "/" + key, found);
    }

    public String text(String key) {
        return at(key).text();
    }

    public String text(String key, String ifAbsent) {
        return has(key) ? text(key) : ifAbsent;
    }

    public int number(String key) {
        return at(key).number();
    }

    public int number(String key, int ifAbsent) {
        return has(key) ? number(key) : ifAbsent;
    }

    public boolean flag(String key) {
        return has(key) && Boolean.parseBoolean(text(key));
    }

    public String text() {
        return String.valueOf(value);
    }

    public int number() {
        if (value instanceof Number number) return number.intValue();
        throw new IllegalStateException(where + " is not a number");
    }

    /** The entries in the order of the file. */
    public List<DataFile> list() {
        if (!(value instanceof List<?> list)) throw new IllegalStateException(where + " is not a list");
        List<DataFile> nodes = new ArrayList<>(list.size());
        for (Object entry : list) nodes.add(new DataFile(where + "[" + nodes.size() + "]", entry));
        return nodes;
    }

    public List<String> texts() {
        return list().stream().map(DataFile::text).toList();
    }

    /** The entries by key, in the order of the file. */
    public Map<String, DataFile> entries() {
        if (!(value instanceof Map<?, ?> map)) throw new IllegalStateException(where + " is not a map");
        Map<String, DataFile> nodes = new LinkedHashMap<>();
        map.forEach((key, entry) -> nodes.put(String.valueOf(key), new DataFile(where + "/" + key, entry)));
        return nodes;
    }

    private static @Nullable Object find(Map<?, ?> map, String key) {
        Object exact = map.get(key);
        if (exact != null) return exact;
        for (Map.Entry<?, ?> entry : map.entrySet()) if (key.equals(String.valueOf(entry.getKey()))) return entry.getValue();
        return null;
    }
}
