package afterbell.term.programme;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who stands with a class in a slot.
 *
 * @param staff null while nobody is named
 * @param room null = the class's own room
 * @param mergedInto the class whose room and teacher it joins in this slot, or null
 */
public record OwnClassDuty(UUID term, UUID klass, UUID slot, @Nullable UUID staff, @Nullable UUID room, @Nullable UUID mergedInto) {}
