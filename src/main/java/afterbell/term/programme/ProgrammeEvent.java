package afterbell.term.programme;

import java.util.UUID;

/** What happened in this room; ids only (law 8). */
public sealed interface ProgrammeEvent {
    UUID school();

    /** A published section is taken off the menu. Published inside the withdrawing transaction. */
    record SectionWithdrawn(UUID school, UUID term, UUID section) implements ProgrammeEvent {}
}
