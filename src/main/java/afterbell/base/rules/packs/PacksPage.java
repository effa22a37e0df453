package afterbell.base.rules.packs;

import afterbell.base.rules.Bilingual;
import afterbell.base.rules.RuleShelf.Shelved;
import afterbell.base.rules.engine.PackDiff;
import afterbell.base.rules.engine.RulePack;
import afterbell.base.shared.Refusal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** The packs that hold in a bureau's region, now, later and before. */
public record PacksPage(List<Shelved> packs, List<String> leftOut, LocalDate today, String region) {

    /** One pack as it was written, and what its rules say. */
    public record One(Shelved pack, LocalDate today, boolean mine, Map<String, Bilingual> titles, List<Effect> withdrawal) {}

    /** The form for a new pack, as typed. */
    public record Form(String text, String example, List<? extends Refusal> refusals) {}

    /** What a pack would change before anybody applies it. */
    public record Preview(RulePack pack, String text, List<Effect> effects, Map<String, Bilingual> titles) {}

    /**
     * The same change for several schools.
     *
     * @param schools their names
     */
    public record Effect(List<String> schools, PackDiff diff) {}

    public static String phase(RulePack pack, LocalDate today) {
        return pack.from().isAfter(today) ? "future" : pack.until() != null && pack.until().isBefore(today) ? "past" : "now";
    }

}
