package afterbell.term.enrolment.answering;

import afterbell.base.shared.Refusal;
import java.util.List;

/** One child's line was not saved, and why; the others were. */
record EntryRefused(String name, String reasonKey) implements Refusal {
    @Override
    public String messageKey() {
        return "enrolment.class.refused." + reasonKey.substring(reasonKey.lastIndexOf('.') + 1);
    }

    @Override
    public List<Object> facts() {
        return List.of(name);
    }
}
