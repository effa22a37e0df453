package afterbell.base.identity.signin;

import java.util.List;
import java.util.UUID;

/** People who share a phone. */
public record WhoPage(List<Person> people) {
    public WhoPage {
        people = List.copyOf(people);
    }

    public record Person(UUID account, String name) {}
}
