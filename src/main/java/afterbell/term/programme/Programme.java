package afterbell.term.programme;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The plan and menu of a term for other rooms, imports and the demo world. Every call stays inside the caller's scope; put methods replace by id. */
@Component
@Transactional(readOnly = true)
public class Programme {
    private final ProgrammeStore store;

    Programme(ProgrammeStore store) {
        this.store = store;
    }

    /** All contents of all slots, in order of band, weekday, slot and place. */
    public List<Cell> cells(UUID school, UUID term) {
        return store.cells(school, term);
    }

    public List<Offering> offerings(UUID school, UUID term) {
        return store.offerings(school, term);
    }

    /** Sections by code; drafts only where the caller is staff. */
    public List<Section> sections(UUID school, UUID term) {
        return store.sections(school, term);
    }

    public List<OwnClassDuty> duties(UUID school, UUID term) {
        return store.duties(school, term);
    }

    public List<FixedMember> fixedMembers(UUID school, UUID term) {
        return store.fixedMembers(school, term);
    }

    /** Since when the menu is public; empty while it is being made. */
    public Optional<Instant> publishedAt(UUID school, UUID term) {
        return store.publishedAt(school, term);
    }

    @Transactional
    public void putCells(UUID school, List<Cell> cells) {
        store.putCells(school, cells);
    }

    @Transactional
    public void putOfferings(UUID school, List<Offering> offerings) {
        store.putOfferings(school, offerings);
    }

    @Transactional
    public void putSections(UUID school, List<Section> sections) {
        store.putSections(school, sections);
    }

    @Transactional
    public void putDuties(UUID school, List<OwnClassDuty> duties) {
        store.putDuties(school, duties);
    }

    @Transactional
    public void putFixedMembers(UUID school, List<FixedMember> members) {
        store.putFixedMembers(school, members);
    }

    /** Marks the plan public as it stands, without the checks that the office's publishing makes: for imports, tests and the demo world. */
    @Transactional
    public void release(UUID school, UUID term, @Nullable UUID by) {
        store.release(school, term, by);
    }
}
