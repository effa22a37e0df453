package afterbell.app.demo;

import afterbell.base.identity.Accounts;
import afterbell.base.identity.DemoAccounts;
import afterbell.base.schools.School;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Loads the demo world once, through the same use cases that people call: a bureau, its schools, and the one school that is shown in detail. */
@Component
@Order(0)
@ConditionalOnProperty("afterbell.demo")
final class DemoWorld implements ApplicationRunner, DemoAccounts {
    private static final Logger log = LoggerFactory.getLogger(DemoWorld.class);

    private final Schools schools;
    private final DemoNeighbours neighbours;
    private final Accounts accounts;
    private final Ids ids;
    private final TransactionTemplate transactions;
    private final List<DemoChapter> chapters;

    DemoWorld(Schools schools, DemoNeighbours neighbours, Accounts accounts, Ids ids, TransactionTemplate transactions, List<DemoChapter> chapters) {
        this.schools = schools;
        this.neighbours = neighbours;
        this.accounts = accounts;
        this.ids = ids;
        this.transactions = transactions;
        this.chapters = chapters;
    }

    @Override
    public List<Card> cards() {
        return DemoCards.CARDS;
    }

    @Override
    public void run(ApplicationArguments args) {
        if (Scopes.within(Scope.DOOR, () -> transactions.execute(t -> schools.byCode(DemoSchool.standard().code()).isPresent()))) return;
        long begun = System.nanoTime();
        DemoSchool plan = DemoSchool.standard();
        UUID bureau = ids.next();
        UUID school = ids.next();
        UUID officer = Objects.requireNonNull(Scopes.within(Scope.bureau(bureau, new UUID(0, 0)), () -> transactions.execute(t -> tree(plan, bureau, school))));
        Scopes.within(Scope.school(school, null), () -> transactions.executeWithoutResult(t -> {
            places(plan, school);
            supervisors(school);
        }));
        for (DemoNeighbours.Facts facts : DemoNeighbours.read()) {
            UUID other = ids.next();
            Scopes.within(Scope.school(other, null), () -> transactions.executeWithoutResult(t -> neighbours.open(facts, other, bureau, officer)));
        }
        for (DemoChapter chapter : chapters) {
            long from = System.nanoTime();
            Scopes.within(Scope.school(school, null), () -> chapter.load(plan, school));
            log.info("demo world: {} in {} ms", chapter.getClass().getSimpleName(), (System.nanoTime() - from) / 1_000_000);
        }
        log.info("demo world loaded in {} ms", (System.nanoTime() - begun) / 1_000_000);
    }

    /** The account of the bureau's officer. */
    private UUID tree(DemoSchool plan, UUID bureau, UUID school) {
        schools.addBureau(bureau, null, DemoCards.of("BUREAU").scope(), "320999");
        schools.add(new School(school, plan.code(), plan.name(), "320999", "nine-year", "urban", "public", false, "0000-8000000"), List.of(bureau));
        UUID officer = accounts.add("bureau", DemoCards.of("BUREAU").scope(), DemoCards.of("BUREAU").password());
        accounts.grant(officer, new Wearer.Grant(Role.BUREAU, null, null, null, null, bureau), null);
        return officer;
    }

    private void places(DemoSchool plan, UUID school) {
        for (DemoSchool.Band band : plan.bands())
            for (int grade = band.fromGrade(); grade <= band.untilGrade(); grade++) schools.putGrade(school, new Schools.Grade(grade, Integer.toString(grade), band.key()));
        for (DemoSchool.Room room : plan.rooms())
            schools.putRoom(school, new Schools.Room(ids.next(), room.code(), room.name(), kind(room.kind()), Math.max(1, room.seats()), room.kind() == DemoSchool.RoomKind.AREA));
    }

    private static String kind(DemoSchool.RoomKind kind) {
        return switch (kind) {
            case CLASSROOM -> "classroom";
            case SPECIAL -> "special";
            case AREA -> "outdoor";
        };
    }

    // The parents' group stands in no list of the school; everybody else's card comes with the roster.
    private void supervisors(UUID school) {
        Card card = DemoCards.of(Role.SUPERVISOR.name());
        UUID account = accounts.add(card.user(), card.scope(), card.password());
        accounts.grant(account, new Wearer.Grant(Role.SUPERVISOR, school, null, null, null, null), null);
    }
}
