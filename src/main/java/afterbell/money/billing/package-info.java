/**
 * The service's money: what is charged, paid, refunded and spent, to the fen.
 *
 * <p>Words: entry, posting (a line of an entry), account (plan in {@code billing/accounts.yaml}), tariff in use, period (a time billed at once), fact (what a child
 * had on which day, locked), turn (the how-manieth locking), charge, statement, stop. Invariants: law 3 (each entry balances, checked by the database at the end of
 * the transaction; each charge names locked facts and clauses; paid = charged + refunded + carried), law 5 (a charge recomputes from its kept input to the same
 * bytes), law 9 (an exemption shows to finance, principal and office alone), C7 (a school without a tariff in use sees no word about money). Entries, facts and
 * charges are never changed: what was wrong is followed by a correction. Events in and out: none.
 */
@NullMarked
@ApplicationModule(
        id = "billing",
        allowedDependencies = {
            "shared", "shared::*", "schools", "audit", "identity", "rules", "calendar", "roster", "messaging", "documents", "staffing", "tariffs", "tariffs::*", "programme", "enrolment",
            "placement", "timetable", "duty", "custody", "safety", "dismissal"
        })
package afterbell.money.billing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
