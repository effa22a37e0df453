package afterbell.money.billing.pay;

import afterbell.base.shared.Refusal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * The distribution documents and the form for a new one.
 *
 * @param typed what stands in the fields, by name
 * @param bounds clauses that bind, in words
 */
public record SchemePage(List<Shown> all, Map<String, String> typed, List<String> works, List<Bound> bounds, boolean edits, List<? extends Refusal> refusals) {

    /** A document as people read it. */
    public record Shown(LocalDate from, String title, String basis, int periodMinutes, long fixedFen, int fixedTurns, int substitutePercent, List<Rate> rates) {}

    public record Rate(String work, boolean byPeriod, long fen, int percent, long worth) {}

    /** @param zh the clause in both languages, with the pack that says so */
    public record Bound(String zh, String en, String pack) {}

    public String value(String name) {
        return typed.getOrDefault(name, "");
    }

    static Shown shown(Scheme s) {
        return new Shown(
                s.from(), s.title(), s.basis(), s.periodMinutes(), s.fixedFen(), s.fixedTurns(), s.substitutePercent(),
                s.rates().stream().map(r -> new Rate(r.work().code(), r.work().byPeriod(), r.fen(), r.percent(), s.worth(r))).toList());
    }
}
