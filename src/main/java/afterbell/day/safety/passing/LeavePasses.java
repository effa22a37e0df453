package afterbell.day.safety.passing;

import afterbell.base.roster.Roster;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.CommandKeys;
import afterbell.day.safety.Act;
import afterbell.day.safety.Book;
import afterbell.day.safety.Entry;
import afterbell.day.safety.Ledger;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Shows the pass and keeps when a child went out. Whether it may go is custody's word alone; the gate's entry moves nobody. */
@Component
@Transactional(readOnly = true)
class LeavePasses {
    private static final int FOUND = 12;

    private final PassStore store;
    private final Ledger ledger;
    private final Roster roster;
    private final CommandKeys keys;
    private final Ids ids;
    private final Clock clock;

    LeavePasses(PassStore store, Ledger ledger, Roster roster, CommandKeys keys, Ids ids, Clock clock) {
        this.store = store;
        this.ledger = ledger;
        this.roster = roster;
        this.keys = keys;
        this.ids = ids;
        this.clock = clock;
    }

    PassesPage page(Wearer me, String q) {
        List<PassesPage.Row> found = q.isBlank() ? List.of() : roster.search(me.school(), q, FOUND).stream().map(p -> new PassesPage.Row(p.id(), p.name(), p.className())).toList();
        Set<UUID> out = today(me).stream().map(e -> Ids.parse(e.fact("pupil"))).flatMap(Optional::stream).collect(Collectors.toSet());
        return new PassesPage(q, found, store.onLeave(me.school(), ledger.today()), out);
    }

    private List<Entry> today(Wearer me) {
        return ledger.begun(me.school(), Book.PASS, ledger.today(), ledger.today()).values().stream().map(List::getFirst).toList();
    }

    PassPage pass(Wearer me, UUID pupil, List<? extends Refusal> refusals) {
        Pass pass = store.of(me.school(), ledger.today(), pupil).orElseThrow(NotFound::new);
        Optional<Entry> out = today(me).stream().filter(e -> e.fact("pupil").equals(pupil.toString())).findFirst();
        return new PassPage(pass, pass.green(clock.instant()), out.map(Entry::at).orElse(null), refusals);
    }

    @Transactional
    Outcome<Pass> letOut(Wearer me, UUID pupil, UUID key) {
        ledger.lock(pupil);
        PassPage page = pass(me, pupil, List.of());
        String params = "safety.let_out " + pupil + ledger.today();
        if (keys.kept(key, params).isPresent()) return Outcome.done(page.pass());
        if (!page.green()) return Outcome.refused(new Refusal.Simple("safety.pass.refused.red"));
        if (page.outAt() != null) return Outcome.refused(new Refusal.Simple("safety.pass.refused.out"));
        keys.once(key, params, () -> ledger.append(new Act(me.school(), Book.PASS, ids.next(), "let_out", Map.of("pupil", pupil.toString(), "state", page.pass().state()))).id().toString());
        return Outcome.done(page.pass());
    }
}
