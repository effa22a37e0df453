package afterbell.testing;

import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.shared.Ids;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Classes, children and their grown-ups, by the little that a test says of them. */
public final class GivenFamily {
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final GivenSchool given;
    private final Roster roster;
    private final Ids ids;

    GivenFamily(GivenSchool given, Roster roster, Ids ids) {
        this.given = given;
        this.roster = roster;
        this.ids = ids;
    }

    /** A class of grade 3. */
    public UUID schoolClass(UUID school) {
        int number = NEXT.incrementAndGet() % 90 + 1;
        UUID id = ids.next();
        given.in(school, () -> {
            roster.addClasses(school, List.of(new SchoolClass(id, 2026, 3, number, "\u4e09(" + number + ")\u73ed", null)));
            return id;
        });
        return id;
    }

    public UUID pupil(UUID school, UUID schoolClass, String name) {
        UUID id = ids.next();
        given.in(school, () -> {
            roster.addPupils(school, List.of(new Roster.NewPupil(id, schoolClass, name, null, null, "x", null)));
            return id;
        });
        return id;
    }

    /** A grown-up of the school's list. @param label as the list says it, for example father */
    public UUID adult(UUID school, UUID pupil, String name, String kind, String label, @Nullable UUID account) {
        UUID id = ids.next();
        given.in(school, () -> {
            roster.addAdults(school, List.of(new Roster.NewAdult(id, account, name)));
            roster.addRelations(school, List.of(new Roster.NewRelation(pupil, id, kind, label)));
            return id;
        });
        return id;
    }
}
