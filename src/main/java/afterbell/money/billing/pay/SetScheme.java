package afterbell.money.billing.pay;

import afterbell.base.audit.Audit;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Typed;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The school puts a distribution document to use: from the first of a month that nobody has agreed yet, within the bounds of the place. */
@Component
@Transactional
class SetScheme {
    private static final int WORDS = 120;
    private static final int MOST_PERCENT = 300;

    private final SlipStore store;
    private final PayLimits limits;
    private final CommandKeys keys;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    SetScheme(SlipStore store, PayLimits limits, CommandKeys keys, Audit audit, Ids ids, Clock clock) {
        this.store = store;
        this.limits = limits;
        this.keys = keys;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    Outcome<UUID> set(Wearer me, Typed typed, UUID key) {
        String params = "billing.pay_scheme " + typed.values();
        Optional<String> before = keys.kept(key, params);
        if (before.isPresent()) return Outcome.done(UUID.fromString(before.get()));
        List<Refusal> no = new ArrayList<>();
        Optional<YearMonth> from = month(typed.text("from"));
        String title = typed.text("title");
        String basis = typed.text("basis");
        OptionalInt period = within(typed, "period", 1, 240);
        OptionalInt stood = within(typed, "stood", 0, MOST_PERCENT);
        OptionalLong fixed = typed.has("fixed") ? typed.fen("fixed") : OptionalLong.of(0);
        OptionalInt turns = typed.has("turns") ? within(typed, "turns", 1, 400) : OptionalInt.of(1);
        if (from.isEmpty()) no.add(new Refusal.Simple("billing.wage.scheme.refused.from", "from", List.of()));
        if (title.isEmpty() || title.length() > WORDS) no.add(new Refusal.Simple("billing.wage.scheme.refused.title", "title", List.of(WORDS)));
        if (basis.isEmpty() || basis.length() > WORDS) no.add(new Refusal.Simple("billing.wage.scheme.refused.basis", "basis", List.of(WORDS)));
        if (period.isEmpty()) no.add(new Refusal.Simple("billing.wage.scheme.refused.period", "period", List.of()));
        if (stood.isEmpty()) no.add(new Refusal.Simple("billing.wage.scheme.refused.percent", "stood", List.of(MOST_PERCENT)));
        if (fixed.isEmpty()) no.add(new Refusal.Simple("billing.wage.scheme.refused.yuan", "fixed", List.of()));
        if (turns.isEmpty()) no.add(new Refusal.Simple("billing.wage.scheme.refused.turns", "turns", List.of()));
        List<Scheme.Rate> rates = rates(typed, no);
        from.filter(m -> store.schemes(me.school()).stream().anyMatch(s -> s.from().equals(m.atDay(1)))).ifPresent(m -> no.add(new Refusal.Simple("billing.wage.scheme.refused.twice", "from", List.of())));
        from.filter(m -> store.months(me.school()).stream().anyMatch(a -> !a.month().isBefore(m))).ifPresent(m -> no.add(new Refusal.Simple("billing.wage.scheme.refused.agreed", "from", List.of())));
        if (!no.isEmpty()) return Outcome.refused(no);
        Scheme scheme = new Scheme(ids.next(), from.orElseThrow().atDay(1), title, basis, period.getAsInt(), fixed.getAsLong(), turns.getAsInt(), stood.getAsInt(), rates);
        List<Refusal> broken = limits.broken(me.school(), scheme);
        if (!broken.isEmpty()) return Outcome.refused(broken);
        return Outcome.done(UUID.fromString(keys.once(key, params, () -> {
            store.add(me.school(), scheme, me.account(), clock.instant());
            audit.record(me.school(), "billing.pay_scheme_set", "scheme", scheme.id(), Map.of("from", scheme.from().toString()));
            return scheme.id().toString();
        })));
    }

    private static List<Scheme.Rate> rates(Typed typed, List<Refusal> no) {
        List<Scheme.Rate> rates = new ArrayList<>();
        for (Work work : Work.values()) {
            String yuan = "yuan-" + work.code();
            String percent = "percent-" + work.code();
            if (!typed.has(yuan)) continue;
            OptionalLong fen = typed.fen(yuan);
            OptionalInt factor = typed.has(percent) ? within(typed, percent, 1, MOST_PERCENT) : OptionalInt.of(100);
            if (fen.isEmpty() || fen.getAsLong() > 1_000_000) no.add(new Refusal.Simple("billing.wage.scheme.refused.yuan", yuan, List.of()));
            else if (factor.isEmpty()) no.add(new Refusal.Simple("billing.wage.scheme.refused.percent", percent, List.of(MOST_PERCENT)));
            else if (fen.getAsLong() > 0) rates.add(new Scheme.Rate(work, fen.getAsLong(), factor.getAsInt()));
        }
        if (rates.isEmpty() && no.isEmpty()) no.add(new Refusal.Simple("billing.wage.scheme.refused.rates", "yuan-club", List.of()));
        return rates;
    }

    private static OptionalInt within(Typed typed, String name, int least, int most) {
        OptionalInt number = typed.number(name);
        return number.isPresent() && number.getAsInt() >= least && number.getAsInt() <= most ? number : OptionalInt.empty();
    }

    static Optional<YearMonth> month(String text) {
        try {
            return Optional.of(YearMonth.parse(text.length() > 7 ? text.substring(0, 7) : text)).filter(m -> m.getYear() >= 2000 && m.getYear() <= 2200);
        } catch (java.time.format.DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The first month that a new document may hold for. */
    YearMonth earliest(UUID school) {
        YearMonth now = YearMonth.from(LocalDate.ofInstant(clock.instant(), afterbell.base.shared.web.Screen.ZONE));
        YearMonth after = store.months(school).stream().map(m -> m.month().plusMonths(1)).max(java.util.Comparator.naturalOrder()).orElse(now);
        return after.isAfter(now) ? after : now;
    }
}
