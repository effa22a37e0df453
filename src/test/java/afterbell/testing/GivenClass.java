package afterbell.testing;

import afterbell.base.identity.Accounts;
import afterbell.base.identity.Consents;
import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes classes with children, and grown-ups of those children. */
public final class GivenClass {
    private static final AtomicInteger NEXT = new AtomicInteger();
    private final GivenSchool given;
    private final Roster roster;
    private final Accounts accounts;
    private final Consents consents;
    private final Ids ids;

    GivenClass(GivenSchool given, Roster roster, Accounts accounts, Consents consents, Ids ids) {
        this.consents = consents;
        this.given = given;
        this.roster = roster;
        this.accounts = accounts;
        this.ids = ids;
    }

    public record Made(UUID id, List<UUID> pupils) {}

    /** A grown-up with an account. @param user signs in with {@link GivenSchool#PASSWORD} */
    public record Grown(UUID account, UUID adult, String user) {}

    /** A class of 2026 with invented children. */
    public Made of(UUID school, int grade, int number, int size) {
        UUID klass = ids.next();
        List<UUID> pupils = new ArrayList<>();
        given.in(school, () -> {
            roster.addClasses(school, List.of(new SchoolClass(klass, 2026, grade, number, grade + "(" + number + ")", null)));
            List<Roster.NewPupil> rows = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                UUID pupil = ids.next();
                pupils.add(pupil);
                rows.add(new Roster.NewPupil(pupil, klass, "甲" + grade + number + i, null, null, "j" + i, null));
            }
            roster.addPupils(school, rows);
            return true;
        });
        return new Made(klass, List.copyOf(pupils));
    }

    public UUID guardian(UUID school, UUID pupil) {
        return grown(school, pupil, Role.GUARDIAN, "guardian", "母").account();
    }

    public Grown grown(UUID school, UUID pupil, Role role, String kind, String label) {
        String user = "grown" + NEXT.incrementAndGet();
        return given.in(school, () -> {
            UUID account = accounts.add(user, "家长" + user, GivenSchool.PASSWORD);
            accounts.grant(account, new Wearer.Grant(role, school, null, null, pupil, null), null);
            if (role == Role.GUARDIAN) consents.decide(school, pupil, account, Consents.Decision.GIVEN, "test");
            UUID adult = ids.next();
            roster.addAdults(school, List.of(new Roster.NewAdult(adult, account, "家长" + user)));
            roster.addRelations(school, List.of(new Roster.NewRelation(pupil, adult, kind, label)));
            return new Grown(account, adult, user);
        });
    }
}
