package afterbell.money.billing.statements;

import afterbell.base.roster.Pupil;
import afterbell.base.shared.Refusal;
import afterbell.money.billing.BillObjections.Objection;
import afterbell.money.billing.Materials.Offer;
import afterbell.money.billing.Statements.Charged;
import afterbell.money.billing.Statements.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A child's account.
 *
 * @param family whether its family looks, and not the school
 * @param stopped first day without the child, where its family gave up
 * @param objectUntil last day to object to each charge
 * @param materials of the child's courses, agreed to or not, apart from the service's fee
 * @param undoes whether this person takes agreements to materials back
 * @param refusals why an agreement was not taken
 */
public record StatementPage(Pupil child, boolean family, Statement statement, LocalDate today, @Nullable LocalDate stopped, List<Objection> objections, Map<UUID, LocalDate> objectUntil, List<Offer> materials, boolean undoes, List<Refusal> refusals) {
    public StatementPage {
        objections = List.copyOf(objections);
        materials = List.copyOf(materials);
        objectUntil = Map.copyOf(objectUntil);
        refusals = List.copyOf(refusals);
    }

    StatementPage refusing(Refusal no) {
        return new StatementPage(child, family, statement, today, stopped, objections, objectUntil, materials, undoes, List.of(no));
    }

    public String href() {
        return family ? "/children/" + child.id() + "/bill" : "/charges/children/" + child.id();
    }

    public String paper() {
        return href() + ".pdf";
    }

    /** Whether the family may still object; a charge that was put right is answered by the one that follows. */
    public boolean mayObject(Charged charged) {
        return family && charged.last() && !today.isAfter(until(charged));
    }

    public LocalDate until(Charged charged) {
        return Objects.requireNonNull(objectUntil.get(charged.id()));
    }

    public List<Objection> of(Charged charged) {
        return objections.stream().filter(o -> o.charge().equals(charged.id())).toList();
    }

    /** Charged, and not to be paid yet: the tariff gives days to look at it, or an answer is waited for. */
    public boolean onShow(Charged charged) {
        LocalDate until = charged.publicUntil();
        return until != null && (!today.isAfter(until) || of(charged).stream().anyMatch(o -> o.holds() && o.answer() == null));
    }

    public long onShowFen() {
        long held = statement.charges().stream().filter(this::onShow).mapToLong(Charged::fen).sum();
        return Math.clamp(held, 0, Math.max(statement.balanceFen(), 0));
    }

    /** What may be paid now; below zero is the family's. */
    public long payableFen() {
        return statement.balanceFen() - onShowFen();
    }
}
