package afterbell.money.billing;

import afterbell.base.rules.FrozenRules;
import afterbell.money.billing.ChainStore.Link;
import afterbell.money.billing.ChargeStore.KeptCharge;
import afterbell.money.billing.EntryChain.Sealed;
import afterbell.money.billing.reckoning.Kept;
import afterbell.money.billing.reckoning.LockedFact;
import afterbell.money.billing.reckoning.Reckoning;
import afterbell.money.billing.reckoning.TermFacts;
import afterbell.term.tariffs.quote.Facts;
import afterbell.term.tariffs.quote.Tariff;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Proves a school's books: each entry balances, the chain over the entries is whole, and each charge computes again from its kept facts, tariff and rules to
 * the same bytes and the amount that was booked (laws 3 and 5). Runs under the school's scope; writes nothing.
 */
@Component
public class VerifyLedger {
    private static final int AT_ONCE = 1_000;

    private final ChainStore chain;
    private final ChargeStore charges;

    VerifyLedger(ChainStore chain, ChargeStore charges) {
        this.chain = chain;
        this.charges = charges;
    }

    /** What is not so. */
    public enum Kind {
        /** An entry's lines don't add up to nothing. */
        UNBALANCED,
        /** A sealed entry or its link was changed. */
        CHANGED,
        /** A sealed entry is gone. */
        REMOVED,
        /** A link does not build upon the one before. */
        BROKEN,
        /** An entry that no link holds and that waits for none. */
        OUTSIDE,
        /** A charge does not compute again to the bytes that were kept. */
        CHARGE_DIFFERS,
        /** A charge's facts are not those that were locked. */
        FACTS_DIFFER,
        /** What was booked is not what was charged. */
        AMOUNT_DIFFERS,
        /** An entry for a charge that does not exist. */
        CHARGE_WITHOUT_FACTS
    }

    /** @param subject entry or charge that it is about */
    public record Lie(Kind kind, UUID subject) {}

    /**
     * @param waiting entries of the last second, not numbered yet
     * @param head hash of the last link in hexadecimal digits
     */
    public record Report(long entries, long waiting, long charges, String head, List<Lie> lies) {
        public Report {
            lies = List.copyOf(lies);
        }
    }

    @Transactional(readOnly = true)
    public Report run(UUID school) {
        List<Lie> lies = new ArrayList<>();
        byte[] previous = EntryChain.root(school);
        long seq = 0;
        List<Link> links = chain.links(school, 1, AT_ONCE);
        while (!links.isEmpty()) {
            Map<UUID, Sealed> entries = chain.entries(school, links);
            for (Link link : links) {
                @Nullable Sealed entry = entries.get(link.entry());
                if (link.seq() != seq + 1 || !MessageDigest.isEqual(link.previous(), previous)) lies.add(new Lie(Kind.BROKEN, link.entry()));
                if (entry == null) lies.add(new Lie(Kind.REMOVED, link.entry()));
                else if (!MessageDigest.isEqual(link.hash(), EntryChain.hash(link.previous(), link.seq(), entry))) lies.add(new Lie(Kind.CHANGED, link.entry()));
                seq = link.seq();
                previous = link.hash();
            }
            links = chain.links(school, seq + 1, AT_ONCE);
        }
        chain.outside(school).forEach(entry -> lies.add(new Lie(Kind.OUTSIDE, entry)));
        chain.unbalanced(school).forEach(entry -> lies.add(new Lie(Kind.UNBALANCED, entry)));
        charges.booked(school).forEach(id -> lies.add(new Lie(Kind.AMOUNT_DIFFERS, id)));
        charges.withoutCharge(school).forEach(id -> lies.add(new Lie(Kind.CHARGE_WITHOUT_FACTS, id)));
        long count = recompute(school, lies);
        return new Report(seq, chain.waiting(school), count, HexFormat.of().formatHex(previous), lies);
    }

    private record Made(Tariff tariff, byte[] hash) {}

    private record Under(FrozenRules rules, byte[] hash) {}

    private long recompute(UUID school, List<Lie> lies) {
        ChargeStore.Texts texts = charges.texts(school);
        Map<UUID, Made> tariffs = new HashMap<>();
        texts.tariffs().forEach((id, body) -> tariffs.put(id, new Made(TariffsInUse.parsed(body), Reckoning.hash(body))));
        Map<UUID, Under> rules = new HashMap<>();
        texts.rules().forEach((id, body) -> rules.put(id, new Under(FrozenRules.read(body), Reckoning.hash(body))));
        Map<UUID, Long> totals = charges.totals(school);
        long count = 0;
        UUID after = new UUID(0, 0);
        List<KeptCharge> page = charges.charges(school, null, after, AT_ONCE);
        while (!page.isEmpty()) {
            Map<UUID, List<LockedFact>> locked = charges.locked(school, page.stream().map(KeptCharge::id).toList());
            for (KeptCharge charge : page) {
                Made made = Objects.requireNonNull(tariffs.get(charge.tariff()));
                Under under = Objects.requireNonNull(rules.get(charge.rules()));
                long before = charge.before() == null ? 0 : totals.getOrDefault(charge.before(), 0L);
                if (!again(charge, made, under, before)) lies.add(new Lie(Kind.CHARGE_DIFFERS, charge.id()));
                else if (!fromLocked(charge, made.tariff(), locked.getOrDefault(charge.id(), List.of()))) lies.add(new Lie(Kind.FACTS_DIFFER, charge.id()));
                count++;
            }
            after = page.getLast().id();
            page = charges.charges(school, null, after, AT_ONCE);
        }
        return count;
    }

    private static boolean again(KeptCharge charge, Made tariff, Under rules, long before) {
        Facts facts = Kept.facts(charge.facts());
        if (!Kept.facts(facts).equals(charge.facts())) return false;
        return Reckoning.charge(tariff.tariff(), facts, rules.rules(), before) instanceof Reckoning.Outcome.Due due
                && due.fen() == charge.fen()
                && due.totalFen() == charge.totalFen()
                && Kept.lines(due.lines()).equals(charge.lines())
                && MessageDigest.isEqual(charge.hash(), Reckoning.seal(tariff.hash(), rules.hash(), charge.facts(), charge.lines(), charge.fen(), charge.totalFen()));
    }

    /** Whether the period that was charged stands in the facts as it was locked. */
    private static boolean fromLocked(KeptCharge charge, Tariff tariff, List<LockedFact> locked) {
        Facts facts = Kept.facts(charge.facts());
        List<Facts.Stretch> own = TermFacts.of(tariff, facts.pupil(), facts.from(), facts.until(), locked, null, null, List.of(), facts.boardingCovers()).stretches();
        return facts.stretches().stream().filter(s -> s.from().equals(charge.from()) && s.until().equals(charge.until())).toList().equals(own);
    }
}
