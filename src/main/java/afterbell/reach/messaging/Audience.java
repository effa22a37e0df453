package afterbell.reach.messaging;

import afterbell.base.shared.access.Role;
import java.util.Set;
import java.util.UUID;

/** Whom a notice is for. Families are the guardians and carers of the children meant. */
public sealed interface Audience {

    /** The families of all children. */
    record WholeSchool() implements Audience {}

    /** The families of the children of some grades, 1-12. */
    record OfGrades(Set<Integer> grades) implements Audience {
        public OfGrades {
            grades = Set.copyOf(grades);
        }
    }

    record OfClass(UUID schoolClass) implements Audience {}

    /** The families of named children; guardiansOnly leaves carers out. */
    record Children(Set<UUID> pupils, boolean guardiansOnly) implements Audience {
        public Children {
            pupils = Set.copyOf(pupils);
        }

        public Children(Set<UUID> pupils) {
            this(pupils, false);
        }
    }

    /** Everybody at the school with one of the roles. */
    record Staff(Set<Role> roles) implements Audience {
        public Staff {
            roles = Set.copyOf(roles);
        }
    }

    /** Named accounts. */
    record People(Set<UUID> accounts) implements Audience {
        public People {
            accounts = Set.copyOf(accounts);
        }
    }
}
