package afterbell.base.shared.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Where a list stands: search words, filters, order, columns and page. All of it lives in the address, so a list can be bookmarked, sent to a colleague and
 * exported exactly as seen. Values that the list doesn't know are ignored, never an error.
 *
 * @param path address without query
 * @param filters what the person filters by; never order, page or columns
 * @param sort key of a sortable column, or empty
 * @param page from 1
 * @param size rows per page
 * @param total rows of all pages
 * @param hidden keys of columns the person has put away
 */
public record Listing(
        String path, List<Column> columns, Map<String, String> filters, String sort, boolean descending, int page, int size, long total, Set<String> hidden) {
    /** Rows per page unless a screen says otherwise; longer lists are cut by the server. */
    public static final int SIZE = 50;

    private static final Set<String> OWN = Set.of("sort", "page", "cols");

    /**
     * @param labelKey message key of the heading
     * @param number figures: aligned at the right
     */
    public record Column(String key, String labelKey, boolean sortable, boolean number, boolean hiddenAtFirst) {
        public static Column text(String key, String labelKey) {
            return new Column(key, labelKey, true, false, false);
        }

        public static Column number(String key, String labelKey) {
            return new Column(key, labelKey, true, true, false);
        }

        public Column unsorted() {
            return new Column(key, labelKey, false, number, hiddenAtFirst);
        }

        public Column hidden() {
            return new Column(key, labelKey, sortable, number, true);
        }
    }

    public Listing {
        columns = List.copyOf(columns);
        filters = Collections.unmodifiableMap(new LinkedHashMap<>(filters));
        hidden = Set.copyOf(hidden);
    }

    /**
     * Reads the address of a request.
     *
     * @param parameters as {@code request.getParameterMap()} gives them
     * @param sort the order at first: a column's key, with "-" before it for falling order
     */
    public static Listing of(String path, Map<String, String[]> parameters, List<Column> columns, String sort) {
        Map<String, String> filters = new TreeMap<>();
        parameters.forEach((name, values) -> {
            if (!OWN.contains(name) && !name.startsWith("_") && values.length > 0 && !values[0].isBlank()) filters.put(name, values[0].strip());
        });
        String asked = first(parameters, "sort", sort);
        String key = asked.startsWith("-") ? asked.substring(1) : asked;
        boolean known = columns.stream().anyMatch(c -> c.sortable() && c.key().equals(key));
        String order = known ? asked : sort;
        String[] shown = parameters.get("cols");
        Set<String> hidden = columns.stream()
                .filter(c -> shown == null ? c.hiddenAtFirst() : !Arrays.asList(shown).contains(c.key()))
                .map(Column::key)
                .collect(Collectors.toSet());
        if (hidden.size() == columns.size()) hidden = Set.of();
        return new Listing(path, columns, filters, order.startsWith("-") ? order.substring(1) : order, order.startsWith("-"), pageOf(first(parameters, "page", "1")), SIZE, 0, hidden);
    }

    private static String first(Map<String, String[]> parameters, String name, String otherwise) {
        String[] values = parameters.get(name);
        return values == null || values.length == 0 || values[0].isBlank() ? otherwise : values[0].strip();
    }

    private static int pageOf(String text) {
        try {
            return Math.clamp(Long.parseLong(text), 1, 1_000_000);
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    /** The same list, now that the rows are counted; a page beyond the end becomes the last one. */
    public Listing counted(long rows) {
        int last = (int) Math.max(1, Math.ceilDiv(rows, size));
        return new Listing(path, columns, filters, sort, descending, Math.min(page, last), size, rows, hidden);
    }

    public Listing sized(int rows) {
        return new Listing(path, columns, filters, sort, descending, page, rows, total, hidden);
    }

    public String filter(String name) {
        return filters.getOrDefault(name, "");
    }

    public boolean filtered() {
        return !filters.isEmpty();
    }

    /** Rows to skip before this page. */
    public long offset() {
        return (long) (page - 1) * size;
    }

    public boolean shows(String key) {
        return !hidden.contains(key);
    }

    public Column column(String key) {
        return columns.stream().filter(c -> c.key().equals(key)).findFirst().orElseThrow(() -> new IllegalArgumentException("no column " + key));
    }

    public int pages() {
        return (int) Math.max(1, Math.ceilDiv(total, size));
    }

    /** Number of the first row on this page, from 1; 0 where there is none. */
    public long first() {
        return total == 0 ? 0 : offset() + 1;
    }

    public long last() {
        return Math.min(offset() + size, total);
    }

    public String sortValue() {
        return (descending ? "-" : "") + sort;
    }

    public String sortHref(String key) {
        return href((key.equals(sort) && !descending ? "-" : "") + key, 1, path);
    }

    public String pageHref(int number) {
        return href(sortValue(), number, path);
    }

    /** The same rows, all pages, as a spreadsheet. */
    public String xlsxHref() {
        return href(sortValue(), 1, path + ".xlsx");
    }

    /** Page numbers to offer; 0 stands for a gap. */
    public List<Integer> nearby() {
        List<Integer> numbers = new ArrayList<>();
        int before = 0;
        for (int n = 1; n <= pages(); n++) {
            if (n != 1 && n != pages() && Math.abs(n - page) > 1) continue;
            if (n > before + 1) numbers.add(0);
            numbers.add(n);
            before = n;
        }
        return numbers;
    }

    private String href(String order, int number, String base) {
        List<String> query = new ArrayList<>();
        filters.forEach((name, value) -> query.add(encoded(name) + "=" + encoded(value)));
        if (!order.isEmpty()) query.add("sort=" + encoded(order));
        boolean asAtFirst = columns.stream().allMatch(c -> c.hiddenAtFirst() == hidden.contains(c.key()));
        if (!asAtFirst) columns.stream().filter(c -> shows(c.key())).forEach(c -> query.add("cols=" + encoded(c.key())));
        if (number > 1) query.add("page=" + number);
        return query.isEmpty() ? base : base + "?" + String.join("&", query);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
