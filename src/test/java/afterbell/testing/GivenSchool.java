package afterbell.testing;

import afterbell.base.identity.Accounts;
import afterbell.base.identity.Consents;
import afterbell.base.schools.School;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes a world that says only what matters to a test. */
public final class GivenSchool {
    private static final AtomicInteger NEXT = new AtomicInteger();
    public static final String PASSWORD = "right-horse-battery";

    private final Schools schools;
    private final Accounts accounts;
    private final Consents consents;
    private final Ids ids;
    private final TransactionTemplate transactions;

    GivenSchool(Schools schools, Accounts accounts, Consents consents, Ids ids, TransactionTemplate transactions) {
        this.schools = schools;
        this.accounts = accounts;
        this.consents = consents;
        this.ids = ids;
        this.transactions = transactions;
    }

    /** A fresh public nine-year school with grades 1-9, under its own bureau. */
    public UUID school() {
        int n = NEXT.incrementAndGet();
        UUID bureau = ids.next();
        UUID school = ids.next();
        Scopes.within(Scope.bureau(bureau, new UUID(0, 0)), () -> transactions.executeWithoutResult(t -> {
            schools.addBureau(bureau, null, "测试教育局" + n, "320999");
            schools.add(new School(school, "test" + n, "测试学校" + n, "320999", "nine-year", "urban", "public", false, "000-" + n), List.of(bureau));
        }));
        in(school, () -> {
            for (int g = 1; g <= 9; g++) schools.putGrade(school, new Schools.Grade(g, Integer.toString(g), g <= 2 ? "low" : g <= 4 ? "middle" : g <= 6 ? "high" : "junior"));
            return true;
        });
        return school;
    }

    /** An account with a school-wide role; signs in by the returned user name and {@link #PASSWORD}. */
    public String staff(UUID school, Role role) {
        return person(school, role, null, null, null);
    }

    public String classTeacher(UUID school, UUID klass) {
        return person(school, Role.CLASS_TEACHER, klass, null, null);
    }

    public String gradeHead(UUID school, int grade) {
        return person(school, Role.GRADE_HEAD, null, grade, null);
    }

    public String guardian(UUID school, UUID pupil) {
        return person(school, Role.GUARDIAN, null, null, pupil);
    }

    /** An officer of a fresh bureau without schools. */
    public String bureauOfficer() {
        UUID bureau = ids.next();
        Scopes.within(Scope.bureau(bureau, new UUID(0, 0)), () -> transactions.executeWithoutResult(t -> schools.addBureau(bureau, null, "测试教育局" + NEXT.incrementAndGet(), "320999")));
        return bureauOfficer(bureau);
    }

    /** An officer of a bureau that is there. */
    public String bureauOfficer(UUID bureau) {
        String user = "bureau" + NEXT.incrementAndGet();
        Scopes.within(Scope.bureau(bureau, new UUID(0, 0)), () -> transactions.executeWithoutResult(t ->
                accounts.grant(accounts.add(user, user, PASSWORD), new Wearer.Grant(Role.BUREAU, null, null, null, null, bureau), null)));
        return user;
    }

    public String person(UUID school, Role role, @Nullable UUID klass, @Nullable Integer grade, @Nullable UUID pupil) {
        String user = role.name().toLowerCase(java.util.Locale.ROOT) + NEXT.incrementAndGet();
        in(school, () -> {
            UUID account = accounts.add(user, user, PASSWORD);
            accounts.grant(account, new Wearer.Grant(role, school, klass, grade, pupil, null), null);
            // Guardians of a test have said yes already; the test of consent makes its own.
            if (role == Role.GUARDIAN && pupil != null) consents.decide(school, pupil, account, Consents.Decision.GIVEN, "test");
            return account;
        });
        return user;
    }

    /** Works as the school's own staff, in one transaction. */
    public <T> T in(UUID school, Supplier<T> work) {
        return Scopes.within(Scope.school(school, null), () -> transactions.execute(t -> work.get()));
    }

    public <T> T within(Scope scope, Supplier<T> work) {
        return Scopes.within(scope, () -> transactions.execute(t -> work.get()));
    }
}
