package afterbell.term.staffing;

import java.util.UUID;

/** What a person can lead, for which grades (R71). Domain is one of arts, sport, science, humanities or empty. */
public record Talent(UUID id, UUID staff, String what, String domain, int gradeLo, int gradeHi) {}
