package afterbell.term.tariffs.showing;

import afterbell.base.schools.School;
import afterbell.term.tariffs.PriceDocument;
import java.util.List;

/** @param documents those in force today; empty where the school charges nothing, and then no word about money shows */
public record ShownPage(School school, List<PriceDocument> documents) {}
