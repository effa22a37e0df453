package afterbell.base.roster.protecting;

import afterbell.base.identity.FamilyBook;
import afterbell.base.roster.Pupil;
import afterbell.base.shared.Refusal;
import java.util.List;

/** @param adults whom it may be about; somebody else is typed */
public record NewProtectionPage(Pupil pupil, List<FamilyBook.Adult> adults, Typed typed, List<? extends Refusal> refusals) {

    /** The form as typed. @param whom id of an adult, or "other" */
    public record Typed(String whom, String name, String document, String said, String until) {
        static final Typed NOTHING = new Typed("", "", "", "", "");
    }
}
