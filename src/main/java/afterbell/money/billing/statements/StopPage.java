package afterbell.money.billing.statements;

import afterbell.base.roster.Pupil;
import afterbell.base.shared.Refusal;
import afterbell.money.billing.WhatIf.Answer;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What if the child stopped.
 *
 * @param family whether its family asks, and not the school with its paper in hand
 * @param last day that it would come, as asked
 * @param answer null where the day lies outside of what is billed
 * @param stopped first day without the child, where that was said already
 */
public record StopPage(Pupil child, boolean family, LocalDate today, LocalDate last, @Nullable Answer answer, @Nullable LocalDate stopped, List<Refusal> refusals) {
    public StopPage {
        refusals = List.copyOf(refusals);
    }

    public String href() {
        return family ? "/children/" + child.id() + "/bill" : "/charges/children/" + child.id();
    }
}
