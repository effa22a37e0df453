package afterbell.money.billing.orders;

import afterbell.base.schools.Schools;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.print.Pdf;
import afterbell.money.billing.Receipts;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Sends a receipt as PDF, read in the caller's scope: a family gets its own children's, the desk the school's. */
@Component
class PrintReceipt {
    private final Receipts receipts;
    private final PayStore store;
    private final Schools schools;
    private final Pdf pdf;
    private final TransactionTemplate transactions;

    PrintReceipt(Receipts receipts, PayStore store, Schools schools, Pdf pdf, TransactionTemplate transactions) {
        this.receipts = receipts;
        this.store = store;
        this.schools = schools;
        this.pdf = pdf;
        this.transactions = transactions;
    }

    private record Found(String school, ReceiptPage page) {}

    /** @param child whose it must be, or null at the desk */
    void send(UUID school, @Nullable UUID child, int year, int number, Locale locale, HttpServletResponse response) {
        Found found = Objects.requireNonNull(transactions.execute(t -> find(school, child, year, number)));
        response.setContentType("application/pdf");
        response.setHeader("Cache-Control", "private, no-store");
        response.setHeader("Content-Disposition", "inline; filename=\"receipt-" + found.page().receipt().label() + ".pdf\"");
        try {
            pdf.write("billing/orders/receipt", found.page(), locale, found.school(), response.getOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Found find(UUID school, @Nullable UUID child, int year, int number) {
        Receipts.Receipt receipt = receipts.find(school, year, number);
        if (child != null && !receipt.pupil().equals(child)) throw new NotFound();
        Shown.Named named = store.child(school, receipt.pupil()).orElseThrow(NotFound::new);
        return new Found(schools.nameOf(school), new ReceiptPage(receipt, named.name(), named.className()));
    }
}
