package afterbell.base.rules;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The words behind a rule, shown wherever it refuses something.
 *
 * @param pack code of the pack, for example {@code CN-2023-12}
 * @param code of the rule inside its source, for example {@code C8}; may be empty
 * @param requirement of the product, for example {@code R62}; may be empty
 * @param source title of the document
 * @param number of the document as published; may be empty
 * @param until last day that the pack holds; null where open
 */
public record Clause(
        String pack,
        String code,
        Bilingual text,
        Bilingual instead,
        String requirement,
        Bilingual authority,
        Bilingual source,
        String number,
        LocalDate from,
        @Nullable LocalDate until) {}
