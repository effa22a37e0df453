package afterbell.term.placement.engine;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is published of a draw: hashes, order, level values, bounds and counts; nothing about a child.
 *
 * @param inputSha256 hash of the canonical input
 * @param resultSha256 hash of the bytes of result.csv
 * @param familiesRoot root of the hash tree over every family's rows
 * @param levels values by the order's level names
 * @param bounds lower bounds of the first levels, each for results as good in the levels before it
 * @param proved whether every level that has a bound meets it, without a preview
 * @param measures figures that do not depend on the order
 */
public record Certificate(
        String inputSha256,
        String resultSha256,
        String familiesRoot,
        Order order,
        Map<String, Long> levels,
        Map<String, Long> bounds,
        boolean proved,
        boolean preview,
        Engine engine,
        Measures measures) {
    public static final int FORMAT = 1;

    /**
     * The parts whose versions fix the bytes of the result.
     *
     * @param solver the exact solver used, or {@code none} where stage B stands alone
     */
    public record Engine(String release, String solver, String platform) {}

    /**
     * @param pupils who asked for anything
     * @param wanted slots (or courses of a list for the week) asked for
     * @param first places that are a first choice; then second, third and any later choice
     * @param none wanted slots left unfilled
     * @param nothing pupils who asked and got no place at all
     * @param fixed places given before the draw
     * @param cost total published cost
     */
    public record Measures(
            long pupils,
            long wanted,
            long first,
            long second,
            long third,
            long later,
            long none,
            long nothing,
            long fixed,
            long cost) {}

    public Certificate {
        levels = new LinkedHashMap<>(levels);
        bounds = new LinkedHashMap<>(bounds);
    }

    public Map<String, Object> asJson() {
        return Json.object(
                "format", FORMAT,
                "input_sha256", inputSha256,
                "result_sha256", resultSha256,
                "families_root", familiesRoot,
                "order", order.code(),
                "order_version", Order.VERSION,
                "levels", levels,
                "bound", bounds,
                "proved", proved,
                "preview", preview,
                "engine", Json.object(
                        "release", engine.release(), "solver", engine.solver(), "platform", engine.platform()),
                "counts", Json.object(
                        "pupils", measures.pupils(),
                        "wanted", measures.wanted(),
                        "first", measures.first(),
                        "second", measures.second(),
                        "third", measures.third(),
                        "later", measures.later(),
                        "none", measures.none(),
                        "fixed", measures.fixed()),
                "nothing", measures.nothing(),
                "cost", measures.cost());
    }
}
