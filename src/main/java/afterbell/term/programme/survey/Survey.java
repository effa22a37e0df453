package afterbell.term.programme.survey;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * What is asked in a term.
 *
 * @param closesOn last day on which families may answer
 */
record Survey(UUID id, UUID term, boolean open, LocalDate closesOn, List<Item> items) {

    /** @param domain one of the menu's domains, or empty */
    record Item(UUID id, String name, String domain) {}

    boolean takes(LocalDate day) {
        return open && !day.isAfter(closesOn);
    }
}
