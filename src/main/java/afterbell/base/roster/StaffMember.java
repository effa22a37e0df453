package afterbell.base.roster;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person who works at the school.
 *
 * @param code the school's own stable key
 * @param kind teacher, office, guard or outside
 */
public record StaffMember(UUID id, @Nullable UUID account, String code, String name, String initials, String kind, String subject) {}
