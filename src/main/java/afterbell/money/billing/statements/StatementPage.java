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
 * @param reader who looks
 * @param stopped where its family gave up
 * @param late whether that was after the tariff's deadline, so that somebody has to see a proof; asked for those alone who may say so
 * @param objectUntil last day to object to each charge
 * @param materials of the child's courses, agreed to or not, apart from the service's fee
 * @param refusals why an agreement was not taken
 */
public record StatementPage(
        Pupil child, Reader reader, Statement statement, LocalDate today, @Nullable Stopped stopped, boolean late, List<Objection> objections, Map<UUID, LocalDate> objectUntil, List<Offer> materials, List<Refusal> refusals) {
    /** Who looks at an account. */
    public enum Reader {
        FAMILY,
        FINANCE,
        OFFICE,
        PRINCIPAL;

        /** Whether this person enters what a family says on paper. */
        boolean stops() {
            return this == FINANCE || this == OFFICE;
        }
    }

    public StatementPage {
        objections = List.copyOf(objections);
        materials = List.copyOf(materials);
        objectUntil = Map.copyOf(objectUntil);
        refusals = List.copyOf(refusals);
    }

    StatementPage refusing(Refusal no) {
        return new StatementPage(child, reader, statement, today, stopped, late, objections, objectUntil, materials, List.of(no));
    }

    public boolean family() {
        return reader == Reader.FAMILY;
    }

    /** Whether this person takes agreements to materials back. */
    public boolean undoes() {
        return reader == Reader.FINANCE;
    }

    /** Whether this person enters what the family says on paper. */
    public boolean stops() {
        return reader.stops();
    }

    /** Whether nothing is said of the term that is or comes. */
    public boolean goesOn() {
        return stopped == null || stopped.past();
    }

    public String href() {
        return family() ? "/children/" + child.id() + "/bill" : "/charges/children/" + child.id();
    }

    public String paper() {
        return href() + ".pdf";
    }

    /** Whether the family may still object; a charge that was put right is answered by the one that follows. */
    public boolean mayObject(Charged charged) {
        return family() && charged.last() && !today.isAfter(until(charged));
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
