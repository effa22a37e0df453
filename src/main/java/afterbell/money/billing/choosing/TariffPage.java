package afterbell.money.billing.choosing;

import afterbell.base.shared.Refusal;
import afterbell.money.billing.PutTariff.Trial;
import afterbell.money.billing.ShippedTariffs.Shipped;
import afterbell.money.billing.TariffsInUse.InUse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tariffs of a school.
 *
 * @param here shipped files that reach this school, {@code elsewhere} the others, to copy from
 * @param looked code of the shipped file that is looked at; empty for an uploaded one
 * @param trial what putting it to use would mean; null where nothing is looked at
 * @param from as typed
 * @param last the last day of the one in use, as typed
 * @param body of an uploaded file that is looked at; else empty
 * @param charged whether some charge was made; then a tariff is ended, never dropped
 */
public record TariffPage(
        boolean edits, LocalDate today, List<InUse> inUse, List<Shipped> here, List<Shipped> elsewhere, String looked, @Nullable Trial trial, String from, String last, boolean charged, String body, List<Refusal> refusals) {
    public TariffPage {
        inUse = List.copyOf(inUse);
        here = List.copyOf(here);
        elsewhere = List.copyOf(elsewhere);
        refusals = List.copyOf(refusals);
    }

    /** The uploaded file for a hidden field, which keeps it to the byte. */
    public String carried() {
        return Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8));
    }

    TariffPage ending(String last) {
        return new TariffPage(edits, today, inUse, here, elsewhere, looked, trial, from, last, charged, body, refusals);
    }
}
