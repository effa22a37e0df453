package afterbell.base.rules.engine;

import afterbell.base.rules.Bilingual;
import afterbell.base.rules.Clause;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dated document of rules.
 *
 * @param code the same code may come again with other dates (a new edition), never with overlapping ones
 * @param product the product's own pack: holds where no other says anything
 * @param region code of GB/T 2260; empty = national
 * @param until last day; null = open
 * @param file where it was read from, for people who look for it
 */
public record RulePack(
        String code,
        Bilingual title,
        Bilingual authority,
        boolean product,
        String region,
        LocalDate from,
        @Nullable LocalDate until,
        Bilingual source,
        String number,
        List<RuleEntry<?>> entries,
        String file) {

    public RulePack {
        entries = List.copyOf(entries);
    }

    public boolean holdsOn(LocalDate day) {
        return !day.isBefore(from) && (until == null || !day.isAfter(until));
    }

    public boolean covers(String schoolRegion) {
        return schoolRegion.startsWith(region);
    }

    boolean overlaps(RulePack other) {
        return (until == null || !until.isBefore(other.from)) && (other.until == null || !other.until.isBefore(from));
    }

    /** Larger wins: product 0, national 1, then by length of the region's code. */
    int level() {
        return product ? 0 : 1 + region.length();
    }

    Clause clause(RuleEntry<?> entry) {
        return new Clause(code, entry.code(), entry.text(), entry.instead(), entry.requirement(), authority, source, number, from, until);
    }
}
