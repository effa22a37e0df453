package afterbell.app.demo;

import afterbell.base.identity.Accounts;
import afterbell.base.identity.Invitations;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.text.DataFile;
import afterbell.desk.desk.MakeSchool;
import afterbell.desk.desk.NewSchool;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** The other schools of the demo bureau, so that its pages are those of a bureau: some at work, one whose office has not come in yet. */
@Component
@ConditionalOnProperty("afterbell.demo")
class DemoNeighbours {
    private static final String REGION = "320999";

    private final MakeSchool make;
    private final Accounts accounts;
    private final Invitations invitations;

    DemoNeighbours(MakeSchool make, Accounts accounts, Invitations invitations) {
        this.make = make;
        this.accounts = accounts;
        this.invitations = invitations;
    }

    /**
     * A school of {@code demo/school.yaml}.
     *
     * @param office who runs its office
     * @param entered whether that person has come in
     */
    record Facts(NewSchool school, String office, boolean entered) {}

    static List<Facts> read() {
        return DataFile.load("demo/school.yaml").at("neighbours").list().stream().map(DemoNeighbours::facts).toList();
    }

    private static Facts facts(DataFile line) {
        NewSchool school = new NewSchool(
                line.text("name"), line.text("code"), REGION, line.text("kind"), line.text("setting"), "public", line.flag("boarding"), line.text("phone"), "", "", line.text("until", ""));
        return new Facts(school, line.text("office"), line.flag("entered"));
    }

    /** Runs in a transaction under the scope of the new school. */
    void open(Facts facts, UUID school, UUID bureau, UUID officer) {
        make.make(facts.school(), school, List.of(bureau));
        UUID office = accounts.add(null, facts.office(), null);
        accounts.grant(office, new Wearer.Grant(Role.OFFICE, school, null, null, null, null), facts.entered() ? null : officer);
        if (!facts.entered()) invitations.admit(school, office, Role.OFFICE, officer);
    }
}
