package afterbell.money.billing;

import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Term;
import afterbell.base.rules.FrozenRules;
import afterbell.base.rules.Location;
import afterbell.base.rules.Ownership;
import afterbell.base.rules.Rule;
import afterbell.base.rules.RuleSource;
import afterbell.base.rules.Rules;
import afterbell.base.rules.ServiceClass;
import afterbell.base.rules.Situation;
import afterbell.base.rules.Stage;
import afterbell.base.shared.Ids;
import afterbell.base.shared.web.Screen;
import afterbell.money.billing.ChargeStore.Before;
import afterbell.money.billing.ChargeStore.Row;
import afterbell.money.billing.FactStore.Fact;
import afterbell.money.billing.Periods.Period;
import afterbell.money.billing.TariffsInUse.InUse;
import afterbell.money.billing.reckoning.Kept;
import afterbell.money.billing.reckoning.Reckoning;
import afterbell.money.billing.reckoning.TermFacts;
import afterbell.term.tariffs.quote.Facts;
import afterbell.term.tariffs.quote.Quote;
import afterbell.term.tariffs.quote.Tariff;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Locked facts become charges and entries: for a whole school in one act, by sets, within the caller's transaction (law 3). */
@Component
public class Charging {
    private final FactStore facts;
    private final ChargeStore store;
    private final TariffsInUse tariffs;
    private final Calendars calendars;
    private final Ledger ledger;
    private final PayOrders orders;
    private final Rules rules;
    private final Ids ids;

    Charging(FactStore facts, ChargeStore store, TariffsInUse tariffs, Calendars calendars, Ledger ledger, PayOrders orders, Rules rules, Ids ids) {
        this.facts = facts;
        this.store = store;
        this.tariffs = tariffs;
        this.calendars = calendars;
        this.ledger = ledger;
        this.orders = orders;
        this.rules = rules;
        this.ids = ids;
    }

    public sealed interface Outcome {
        /** Nothing was written. */
        record Refused(Quote.Refused by) implements Outcome {}

        /**
         * @param children with a charge
         * @param chargedFen more than before, {@code backFen} less than before, both positive
         */
        record Done(int children, long chargedFen, long backFen) implements Outcome {}
    }

    /** Charges a turn of a period that was just locked. A refusal leaves the caller to roll back. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Outcome charge(UUID school, Period period, int turn, Instant at, @Nullable UUID by) {
        InUse inUse = tariffs.all(school).stream().filter(t -> t.id().equals(period.tariff())).findFirst().orElseThrow();
        Term term = calendars.term(school, period.term());
        String frozen = rules.freeze(school);
        UUID rulesId = store.keepRules(school, frozen, at);
        RuleSource source = FrozenRules.read(frozen);
        Map<UUID, List<Fact>> all = facts.locked(school, period.term(), period.tariff(), null).stream().collect(Collectors.groupingBy(Fact::pupil, LinkedHashMap::new, Collectors.toList()));
        Map<UUID, Before> before = store.last(school, period.term(), period.tariff());
        Map<UUID, List<Facts.Exempt>> exempt = store.exempt(school, groups(inUse.tariff(), source, period.until()));
        Map<UUID, Facts.Left> left = store.left(school, period.term(), LocalDate.ofInstant(at, Screen.ZONE));
        Map<UUID, LocalDate> joined = store.joined(school, term.dates().first(), term.dates().last());
        Set<UUID> children = new HashSet<>(all.keySet());
        children.addAll(before.keySet());
        List<Row> rows = new ArrayList<>();
        Situation situation = rules.situation(school, period.until());
        Set<ServiceClass> covered = source.resolve(Rule.FEE_BOARDING_COVERS, situation).value();
        for (UUID pupil : children.stream().sorted().toList()) {
            List<Fact> own = all.getOrDefault(pupil, List.of());
            @Nullable Before last = before.get(pupil);
            boolean here = own.stream().anyMatch(f -> f.locked().from().equals(period.from()));
            Facts said = own.isEmpty() && last != null ? nothing(Kept.facts(last.facts())) : facts(inUse, term, situation, covered, own, last, joined.get(pupil), left.get(pupil), exempt.getOrDefault(pupil, List.of()));
            switch (Reckoning.charge(inUse.tariff(), said, source, last == null ? 0 : last.totalFen())) {
                case Reckoning.Outcome.Refused refused -> {
                    return new Outcome.Refused(refused.by());
                }
                case Reckoning.Outcome.Due due -> {
                    if (due.fen() == 0 && !here) continue;
                    // A period locked once more writes anew to those alone whose account it changes.
                    if (due.fen() == 0 && turn > 1 && last != null && Kept.facts(said).equals(last.facts())) continue;
                    rows.add(new Row(ids.next(), pupil, last == null ? null : last.charge(), due.fen(), due.totalFen(), Kept.facts(said), Kept.lines(due.lines())));
                }
            }
        }
        store.add(school, period, turn, rulesId, inUse.hash(), Reckoning.hash(frozen), rows, at, by);
        ledger.postAll(school, rows.stream().filter(row -> row.fen() != 0).map(row -> draft(row, period, turn, at, by)).toList());
        orders.refresh(school, rows.stream().filter(row -> row.fen() != 0).map(Row::pupil).toList());
        return new Outcome.Done(rows.size(), rows.stream().mapToLong(Row::fen).filter(fen -> fen > 0).sum(), -rows.stream().mapToLong(Row::fen).filter(fen -> fen < 0).sum());
    }

    /** A child of whom nothing is left in any period. */
    private static Facts nothing(Facts before) {
        return new Facts(before.pupil(), before.from(), before.until(), before.boardingCovers(), List.of(), before.joined(), before.left(), before.exempt(), List.of(), List.of());
    }

    private static Facts facts(
            InUse inUse, Term term, Situation school, Set<ServiceClass> covered, List<Fact> own, @Nullable Before last, @Nullable LocalDate joined, Facts.@Nullable Left left, List<Facts.Exempt> exempt) {
        LocalDate from = inUse.from().isAfter(term.dates().first()) ? inUse.from() : term.dates().first();
        LocalDate until = inUse.until() != null && inUse.until().isBefore(term.dates().last()) ? inUse.until() : term.dates().last();
        // The grade in which a child began its account holds for the whole of it: moving class on the 15th changes no price.
        Facts.Pupil pupil = last != null ? Kept.facts(last.facts()).pupil() : pupil(school, own.getFirst());
        return TermFacts.of(inUse.tariff(), pupil, from, until, own.stream().map(Fact::locked).toList(), joined, left, exempt, covers(pupil, covered));
    }

    /** What a boarder's other fee pays already; nobody else's does. */
    static Set<ServiceClass> covers(Facts.Pupil pupil, Set<ServiceClass> covered) {
        return pupil.boarding() ? covered : Set.of();
    }

    static Facts.Pupil pupil(Situation school, Fact first) {
        int grade = first.grade();
        return new Facts.Pupil(
                grade < 1 ? Stage.PRIMARY : Stage.ofGrade(grade),
                grade,
                school.location() == null ? Location.URBAN : school.location(),
                school.ownership() == null ? Ownership.PUBLIC : school.ownership(),
                first.boarding());
    }

    /** Only standings that lower a fee are read: why a family has another one is nothing to money (law 9). */
    private static Set<String> groups(Tariff tariff, RuleSource rules, LocalDate on) {
        Set<String> groups = new HashSet<>();
        tariff.exemptions().forEach(exemption -> groups.add(exemption.group()));
        rules.resolve(Rule.FEE_EXEMPTIONS, Situation.of(tariff.region(), on)).value().rows().forEach(row -> groups.add(row.text("group")));
        return groups;
    }

    private Draft draft(Row row, Period period, int turn, Instant at, @Nullable UUID by) {
        Document document = row.fen() > 0 && turn <= 1 ? Document.CHARGE : Document.ADJUSTMENT;
        String memo = period.from().toString().substring(0, 7) + "." + turn;
        return new Draft(
                ids.next(), document, row.charge(), memo, at, LocalDate.ofInstant(at, Screen.ZONE), by, postings(row.pupil(), period.term(), row.fen()));
    }

    /** What a charge books: the family owes more, or less, and the service's fund has it. */
    static List<Posting> postings(UUID pupil, @Nullable UUID term, long fen) {
        return List.of(Posting.ofPupil("family", pupil, term, fen), new Posting("service-fund", null, null, term, -fen));
    }
}
