package afterbell.base.rules.packs;

import afterbell.base.audit.Audit;
import afterbell.base.rules.RuleShelf;
import afterbell.base.rules.RuleShelf.Shelved;
import afterbell.base.rules.RuleShelf.Trial;
import afterbell.base.rules.engine.RulePack;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.CommandKeys;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A bureau puts a pack into force or takes one back. A new edition with the same code and first day takes the place of the bureau's former one. */
@Component
class ApplyPack {
    private final RuleShelf shelf;
    private final PackStore store;
    private final Schools schools;
    private final CommandKeys keys;
    private final Ids ids;
    private final Audit audit;
    private final Clock clock;

    ApplyPack(RuleShelf shelf, PackStore store, Schools schools, CommandKeys keys, Ids ids, Audit audit, Clock clock) {
        this.shelf = shelf;
        this.store = store;
        this.schools = schools;
        this.keys = keys;
        this.ids = ids;
        this.audit = audit;
        this.clock = clock;
    }

    /** All that stands against a pack; the trial says what it would change. */
    @Transactional(readOnly = true)
    Outcome<Trial> check(UUID bureau, String text) {
        if (text.isBlank()) return Outcome.refused(new PackRefused.Empty());
        Trial trial = shelf.trial("pack.yaml", text);
        List<Refusal> refusals = new ArrayList<>();
        trial.problems().forEach(p -> refusals.add(new PackRefused.NoPackFile(p.messageKey(), p.facts())));
        if (trial.pack() != null) refuse(bureau, trial.pack(), refusals);
        return refusals.isEmpty() ? Outcome.done(trial) : Outcome.refused(refusals);
    }

    private void refuse(UUID bureau, RulePack pack, List<Refusal> refusals) {
        String own = regionPrefix(schools.bureau(bureau).region());
        if (!pack.region().startsWith(own)) refusals.add(new PackRefused.OtherRegion(pack.region(), own));
        if (pack.product()) refusals.add(new PackRefused.ProductPack());
        edition(pack).filter(p -> !bureau.equals(p.bureau())).ifPresent(p -> refusals.add(new PackRefused.NotYours(pack.code())));
    }

    @Transactional
    Outcome<RulePack> apply(UUID bureau, UUID account, String text, UUID key) {
        return switch (check(bureau, text)) {
            case Outcome.Refused<Trial>(List<Refusal> refusals) -> Outcome.refused(refusals);
            case Outcome.Done<Trial>(Trial trial) -> {
                RulePack pack = Objects.requireNonNull(trial.pack());
                keys.once(key, text, () -> {
                    edition(pack).map(Shelved::id).ifPresent(former -> store.withdraw(former, clock.instant(), account));
                    UUID id = ids.next();
                    store.add(id, bureau, pack, text, clock.instant(), account);
                    audit.recordBureau("rules.pack_applied", "pack", id, Map.of("pack", pack.code(), "from", pack.from().toString()));
                    return id.toString();
                });
                yield Outcome.done(pack);
            }
        };
    }

    @Transactional
    void withdraw(UUID id, UUID account) {
        boolean withdrawn = store.withdraw(id, clock.instant(), account);
        if (!withdrawn && shelf.state().packs().stream().anyMatch(p -> id.equals(p.id()))) throw new NotFound();
        if (withdrawn) audit.recordBureau("rules.pack_withdrawn", "pack", id, Map.of());
    }

    private Optional<Shelved> edition(RulePack pack) {
        return shelf.state().packs().stream().filter(p -> p.pack().code().equals(pack.code()) && p.pack().from().equals(pack.from())).findFirst();
    }

    /** A bureau's region without the zeros that stand for "all of it": 320900 is the city 3209. */
    static String regionPrefix(String region) {
        String prefix = region;
        while (prefix.length() >= 2 && prefix.endsWith("00")) prefix = prefix.substring(0, prefix.length() - 2);
        return prefix.length() % 2 == 0 ? prefix : region;
    }
}
