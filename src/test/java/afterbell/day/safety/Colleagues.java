package afterbell.day.safety;

import afterbell.base.identity.Accounts;
import afterbell.base.roster.Roster;
import afterbell.base.roster.StaffMember;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.testing.GivenSchool;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** People of a school who have an account and stand on its staff list. */
final class Colleagues {
    private static final AtomicInteger NEXT = new AtomicInteger();
    private final GivenSchool given;
    private final Accounts accounts;
    private final Roster roster;
    private final Ids ids;

    Colleagues(GivenSchool given, Accounts accounts, Roster roster, Ids ids) {
        this.given = given;
        this.accounts = accounts;
        this.roster = roster;
        this.ids = ids;
    }

    /** @param user signs in with {@link GivenSchool#PASSWORD} */
    record One(UUID staff, UUID account, String user, String name) {}

    One of(UUID school, Role role) {
        int n = NEXT.incrementAndGet();
        String user = "colleague" + n;
        return given.in(school, () -> {
            UUID account = accounts.add(user, "同事" + n, GivenSchool.PASSWORD);
            accounts.grant(account, new Wearer.Grant(role, school, null, null, null, null), null);
            UUID staff = ids.next();
            roster.addStaff(school, List.of(new StaffMember(staff, account, "K" + n, "同事" + n, "ts", role == Role.GUARD ? "guard" : "teacher", "")));
            return new One(staff, account, user, "同事" + n);
        });
    }
}
