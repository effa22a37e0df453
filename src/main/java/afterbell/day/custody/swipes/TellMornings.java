package afterbell.day.custody.swipes;

import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.crypto.PersonalData;
import afterbell.base.shared.web.Screen;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.ChildStanding;
import afterbell.day.custody.ToldOf;
import afterbell.day.custody.childday.Decision;
import afterbell.day.custody.childday.Fact;
import afterbell.day.custody.childday.Teller;
import afterbell.day.custody.childday.Telling;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Tells the chains what another system says of the morning, in one transaction: a set of children at a time, each once. */
@Component
class TellMornings {
    private final SwipeStore store;
    private final ChildDays days;
    private final PersonalData personal;
    private final TransactionTemplate transactions;
    private final Clock clock;

    TellMornings(SwipeStore store, ChildDays days, PersonalData personal, TransactionTemplate transactions, Clock clock) {
        this.store = store;
        this.days = days;
        this.personal = personal;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** @param unknown places of cards that nobody has, or whose child has no service today @param refused places of children in hand or gone */
    record Told(int recorded, int known, List<Integer> unknown, List<Integer> refused) {}

    Told tell(Gate gate, List<String> away, List<String> arrived, UUID key) {
        return Objects.requireNonNull(Scopes.within(Scope.school(gate.school(), null), () -> transactions.execute(t -> within(gate, away, arrived, key))));
    }

    private Told within(Gate gate, List<String> away, List<String> arrived, UUID key) {
        Instant now = clock.instant();
        LocalDate day = LocalDate.ofInstant(now, Screen.ZONE);
        List<@Nullable String> cards = new ArrayList<>();
        away.forEach(c -> cards.add(c == null ? null : KeepSwipes.card(c)));
        arrived.forEach(c -> cards.add(c == null ? null : KeepSwipes.card(c)));
        Map<String, UUID> owners = store.owners(gate.school(), cards.stream().filter(Objects::nonNull).distinct().toList(), c -> personal.trace("card", c));
        Map<UUID, ChildStanding> standings = days.standings(gate.school(), day, new HashSet<>(owners.values()));
        List<Integer> unknown = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        List<ToldOf> told = new ArrayList<>();
        Set<UUID> said = new HashSet<>();
        int known = 0;
        for (int i = 0; i < cards.size(); i++) {
            @Nullable UUID pupil = cards.get(i) == null ? null : owners.get(cards.get(i));
            @Nullable ChildStanding standing = pupil == null ? null : standings.get(pupil);
            if (pupil == null || standing == null) unknown.add(i);
            else if (!said.add(pupil) || (i < away.size()) == (standing.state() == ChildStanding.State.NOT_AT_SCHOOL)) known++;
            else {
                places.add(i);
                UUID entry = UUID.nameUUIDFromBytes((gate.device() + "/" + key + "/" + pupil).getBytes(StandardCharsets.UTF_8));
                told.add(new ToldOf(pupil, new Telling(entry, now, new Teller(gate.device(), Set.of(Teller.Duty.DEVICE)), i < away.size() ? new Fact.Away() : new Fact.Arrived(), false)));
            }
        }
        List<Decision> decisions = days.tell(gate.school(), day, told);
        List<Integer> refused = new ArrayList<>();
        int recorded = 0;
        for (int i = 0; i < told.size(); i++)
            switch (decisions.get(i)) {
                case Decision.Recorded _ -> recorded++;
                case Decision.Already _ -> known++;
                case Decision.Refused _ -> refused.add(places.get(i));
            }
        return new Told(recorded, known, unknown, refused);
    }
}
