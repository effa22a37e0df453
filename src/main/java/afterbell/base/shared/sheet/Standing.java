package afterbell.base.shared.sheet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One category of a child as a list tells (R63), with its own days and proof; what a list leaves blank is empty.
 *
 * @param from ISO day on which it begins
 * @param until ISO day on which it ends
 */
public record Standing(String category, String from, String until, String proof) {
    private static final String PART = "|";
    private static final String NEXT = "\n";

    /** The canonical writing of a list, in the order of categories, for comparing and for {@link #decode}. */
    public static String encode(List<Standing> standings) {
        Map<String, Standing> all = new TreeMap<>();
        for (Standing standing : standings) all.put(standing.category(), standing);
        return String.join(NEXT, all.values().stream().map(Standing::written).toList());
    }

    private String written() {
        return String.join(PART, category, from, until, proof.replace(PART, "/").replace(NEXT, " "));
    }

    public static List<Standing> decode(String text) {
        List<Standing> standings = new ArrayList<>();
        if (text.isEmpty()) return standings;
        for (String line : text.split(NEXT)) {
            String[] parts = line.split("\\|", -1);
            if (parts.length == 4) standings.add(new Standing(parts[0], parts[1], parts[2], parts[3]));
        }
        return standings;
    }

    /** What is known with what a list says of it: a category that it doesn't name stays as it is, and so does what it leaves blank of those that it names. */
    public static String merge(String known, String said) {
        Map<String, Standing> all = new TreeMap<>();
        for (Standing standing : decode(known)) all.put(standing.category(), standing);
        for (Standing standing : decode(said)) all.merge(standing.category(), standing, Standing::with);
        return encode(List.copyOf(all.values()));
    }

    private Standing with(Standing said) {
        return new Standing(category, said.from.isEmpty() ? from : said.from, said.until.isEmpty() ? until : said.until, said.proof.isEmpty() ? proof : said.proof);
    }
}
