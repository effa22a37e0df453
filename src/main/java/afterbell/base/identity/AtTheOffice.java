package afterbell.base.identity;

import afterbell.base.shared.Refusal;

/** What a person reads where only the office may act, whatever the reason is: the sentence is the same for all of them. */
public record AtTheOffice() implements Refusal {
    @Override
    public String messageKey() {
        return "identity.people.office";
    }
}
