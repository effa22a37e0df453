package afterbell.term.programme;

import java.util.UUID;

/** A pupil named for a section, and why (empty where the section's own reason says it). */
public record FixedMember(UUID section, UUID pupil, String reason) {}
