package afterbell.term.tariffs.documents;

import afterbell.term.tariffs.PriceDocument;
import java.time.LocalDate;
import java.util.List;

/** @param publicly address that everybody may read */
public record PricesPage(boolean edits, LocalDate today, List<PriceDocument> documents, String publicly) {}
