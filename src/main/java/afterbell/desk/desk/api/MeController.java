package afterbell.desk.desk.api;

import afterbell.base.identity.PupilNames;
import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Person;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.SignInFirst;
import afterbell.base.shared.access.SignedIn;
import afterbell.base.shared.access.Wearer;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The first question of every program: whom do I act for, and for which children? */
@RestController
@Tag(name = "me")
final class MeController {
    private final PupilNames names;
    private final TransactionTemplate transactions;

    MeController(PupilNames names, TransactionTemplate transactions) {
        this.names = names;
        this.transactions = transactions;
    }

    /** The person behind a token. */
    record Me(UUID account, String name, List<Child> children) {}

    /** A child that the person acts for. @param roles what the person is to the child */
    record Child(UUID id, String name, String className, UUID school, List<Role> roles) {}

    @SignedIn
    @GetMapping("/api/v1/me")
    Me me(@Nullable Person person) {
        if (person == null) throw new SignInFirst();
        return new Me(person.account(), person.name(), person.hats().stream().filter(h -> h.hat() == Hat.FAMILY).flatMap(h -> children(h).stream()).toList());
    }

    private List<Child> children(Wearer family) {
        List<PupilNames.Named> found = Scopes.within(family.scope(), () -> transactions.execute(t -> names.of(family.children())));
        if (found == null) return List.of();
        return found.stream().map(c -> new Child(c.pupil(), c.name(), c.className(), c.school(), roles(family, c.pupil()))).toList();
    }

    private static List<Role> roles(Wearer family, UUID child) {
        return family.grants().stream().filter(g -> child.equals(g.pupil())).map(Wearer.Grant::role).sorted().toList();
    }
}
