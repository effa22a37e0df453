package afterbell.app.simulate;

import afterbell.app.simulate.Trouble.Kind;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a simulation has counted. */
final class Tally {
    private static final double MOST_FALSE_ALARMS = 3;
    private static final int SHOWN = 20;

    int days;
    int children;
    int childDays;
    long events;
    int acts;
    int overHttp;
    int refused;
    int falseAlarms;
    int restarts;
    /** Lines of registers that were compared with what happened. */
    int lines;
    int trialDays;
    int periods;
    long chargedFen;
    long paidFen;
    long refundedFen;
    /** What families still have or owe, from their accounts. */
    long carriedFen;
    long entries;
    int shownInTrial;
    Duration wall = Duration.ZERO;
    final Map<String, Integer> violations = new TreeMap<>();
    final List<String> examples = new ArrayList<>();
    final Map<String, List<Double>> alarms = new TreeMap<>();
    final Map<Kind, int[]> troubles = new EnumMap<>(Kind.class);
    /** Seconds from the cause of a trouble until it was noticed, minutes of the rules included. */
    final Map<Kind, List<Double>> took = new EnumMap<>(Kind.class);
    final List<String> missed = new ArrayList<>();
    final Map<String, Integer> falseKinds = new TreeMap<>();

    void broken(String law, String what) {
        violations.merge(law, 1, Integer::sum);
        if (examples.size() < SHOWN) examples.add(law + ": " + what);
    }

    void alarm(String kind, double seconds) {
        alarms.computeIfAbsent(kind, k -> new ArrayList<>()).add(seconds);
    }

    /** @param noticed when; null where nobody did in time */
    void trouble(Trouble t, @Nullable Instant noticed, String day) {
        int[] count = troubles.computeIfAbsent(t.kind(), k -> new int[2]);
        count[0]++;
        if (noticed != null) {
            count[1]++;
            took.computeIfAbsent(t.kind(), k -> new ArrayList<>()).add(Duration.between(t.at(), noticed).toMillis() / 1000.0);
        }
        else if (missed.size() < SHOWN) missed.add(day + " " + t.kind() + " was not noticed by " + t.who() + " until " + t.by());
    }

    int planted() {
        return troubles.values().stream().mapToInt(c -> c[0]).sum();
    }

    int noticed() {
        return troubles.values().stream().mapToInt(c -> c[1]).sum();
    }

    int broken() {
        return violations.values().stream().mapToInt(i -> i).sum();
    }

    double falsePerThousand() {
        return childDays == 0 ? 0 : 1000.0 * falseAlarms / childDays;
    }

    boolean held() {
        return broken() == 0 && noticed() == planted() && falsePerThousand() <= MOST_FALSE_ALARMS;
    }

    private List<Double> all() {
        List<Double> all = new ArrayList<>();
        alarms.values().forEach(all::addAll);
        Collections.sort(all);
        return all;
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1, Math.floor(sorted.size() * share)));
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("days", days);
        json.put("children", children);
        json.put("childDays", childDays);
        json.put("events", events);
        json.put("acts", acts);
        json.put("overHttp", overHttp);
        json.put("restarts", restarts);
        json.put("registerLines", lines);
        json.put("trialDays", trialDays);
        json.put("money", Map.of("periods", periods, "entries", entries, "paidFen", paidFen, "chargedFen", chargedFen, "refundedFen", refundedFen, "carriedFen", carriedFen));
        json.put("shownInTrial", shownInTrial);
        json.put("violations", violations);
        json.put("examples", examples);
        List<Double> all = all();
        json.put("alarms", Map.of("raised", all.size(), "maxSeconds", at(all, 1), "p99Seconds", at(all, 0.99)));
        Map<String, Object> kinds = new LinkedHashMap<>();
        troubles.forEach((k, c) -> kinds.put(k.name(), Map.of("planted", c[0], "noticed", c[1])));
        json.put("planted", planted());
        json.put("noticed", noticed());
        json.put("troubles", kinds);
        json.put("missed", missed);
        Map<String, Object> seconds = new LinkedHashMap<>();
        alarms.forEach((kind, list) -> seconds.put(kind, at(list.stream().sorted().toList(), 1)));
        json.put("secondsToRing", seconds);
        json.put("falseAlarms", falseKinds);
        json.put("falsePerThousand", falsePerThousand());
        json.put("wallSeconds", wall.toMillis() / 1000.0);
        json.put("held", held());
        return json;
    }

    void print(PrintWriter out) {
        List<Double> all = all();
        out.printf(Locale.ROOT, "days %d, children %d, child-days %d, events %d, acts %d (%d over HTTP), stops and starts %d (in order; none killed)%n", days, children, childDays, events, acts, overHttp, restarts);
        out.printf(Locale.ROOT, "violations of the laws: %d%n", broken());
        violations.forEach((law, n) -> out.printf(Locale.ROOT, "  %s: %d%n", law, n));
        examples.forEach(e -> out.println("  - " + e));
        out.printf(Locale.ROOT, "alarms: %d, from cause to ring at most %.1f s, 99 of 100 within %.1f s%n", all.size(), at(all, 1), at(all, 0.99));
        alarms.forEach((kind, list) -> {
            List<Double> sorted = list.stream().sorted().toList();
            out.printf(Locale.ROOT, "  %-16s %5d  median %.1f s  max %.1f s%n", kind, sorted.size(), at(sorted, 0.5), at(sorted, 1));
        });
        out.printf(Locale.ROOT, "troubles planted: %d, noticed in time: %d%n", planted(), noticed());
        troubles.forEach((kind, c) -> {
            List<Double> seconds = took.getOrDefault(kind, List.of()).stream().sorted().toList();
            out.printf(Locale.ROOT, "  %-22s %4d of %d  after %.0f to %.0f s%n", kind, c[1], c[0], at(seconds, 0), at(seconds, 1));
        });
        missed.forEach(m -> out.println("  - " + m));
        if (periods > 0)
            out.printf(
                    Locale.ROOT, "money: %d months locked, %d entries; paid %.2f = charged %.2f + refunded %.2f + carried %.2f yuan%n", periods, entries, paidFen / 100.0, chargedFen / 100.0, refundedFen / 100.0,
                    carriedFen / 100.0);
        out.printf(Locale.ROOT, "lines of registers compared with what happened: %d%n", lines);
        if (trialDays > 0) out.printf(Locale.ROOT, "trial days: %d, alarms shown without a cause and rung nowhere: %d%n", trialDays, shownInTrial);
        out.printf(Locale.ROOT, "false alarms: %d (%.2f per 1,000 child-days, at most %.0f) %s%n", falseAlarms, falsePerThousand(), MOST_FALSE_ALARMS, falseKinds);
        out.printf(Locale.ROOT, "wall time: %.1f s, %.2f s a day%n", wall.toMillis() / 1000.0, days == 0 ? 0 : wall.toMillis() / 1000.0 / days);
        out.println(held() ? "held" : "NOT HELD");
    }
}
