package afterbell.day.safety.hazards;

import afterbell.base.schools.EverySchool;
import afterbell.base.shared.Rounds;
import afterbell.day.safety.Act;
import afterbell.day.safety.Book;
import afterbell.day.safety.Ledger;
import afterbell.day.safety.People;
import afterbell.day.safety.Told;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Looks every quarter of an hour for hazards that are due tomorrow or overdue. Every node may do so: the entry of the reminder makes it one reminder. */
@Component
class RemindHazardsJob {
    private static final Duration EVERY = Duration.ofMinutes(15);

    private final Ledger ledger;
    private final People people;
    private final Told told;
    private final TransactionTemplate transactions;

    RemindHazardsJob(Ledger ledger, People people, Told told, EverySchool schools, Rounds rounds, TransactionTemplate transactions) {
        this.ledger = ledger;
        this.people = people;
        this.told = told;
        this.transactions = transactions;
        rounds.every("safety.hazards", Duration.ofMinutes(1), EVERY, () -> schools.run("safety.hazards", s -> run(s, ledger.today())));
    }

    /** Under the school's scope. Answers how many were reminded. */
    int run(UUID school, LocalDate today) {
        List<Hazard> open = transactions.execute(t -> open(school));
        int n = 0;
        for (Hazard h : open == null ? List.<Hazard>of() : open) {
            String which = h.overdue(today) ? "overdue" : today.plusDays(1).equals(h.due()) || today.equals(h.due()) ? "soon" : "";
            if (!which.isEmpty() && Boolean.TRUE.equals(transactions.execute(t -> remind(school, h.id(), which)))) n++;
        }
        return n;
    }

    private List<Hazard> open(UUID school) {
        return ledger.without(school, Book.HAZARD, List.of("opened"), List.of("confirmed")).values().stream().map(Hazard::of).flatMap(Optional::stream).filter(h -> h.state() == Hazard.State.OPEN).toList();
    }

    private boolean remind(UUID school, UUID id, String which) {
        ledger.lock(id);
        Hazard h = Hazard.of(ledger.of(school, Book.HAZARD, id)).orElseThrow();
        if (h.state() != Hazard.State.OPEN || h.reminded(which)) return false;
        ledger.append(new Act(school, Book.HAZARD, id, "reminded", Map.of("which", which, "due", h.due().toString())));
        UUID who = h.responsible();
        if (who != null) people.member(school, who).ifPresent(m -> told.colleague(school, m, which.equals("overdue") ? "hazard_overdue" : "hazard_soon", "/hazards/" + id, id, "safety/hazard/" + id + "/" + which + "/" + h.due()));
        return true;
    }
}
