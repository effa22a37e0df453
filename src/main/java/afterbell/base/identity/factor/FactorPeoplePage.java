package afterbell.base.identity.factor;

import afterbell.base.shared.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param roles work roles that a school may ask to have one
 * @param asked those of them that this school asks, by its own setting
 */
public record FactorPeoplePage(List<Row> people, List<String> roles, List<String> asked, List<Refusal> refusals) {
    public FactorPeoplePage {
        people = List.copyOf(people);
        roles = List.copyOf(roles);
        asked = List.copyOf(asked);
        refusals = List.copyOf(refusals);
    }

    /** Somebody who works at the school. @param since null: none stands */
    public record Row(UUID account, String name, List<String> roles, @Nullable Instant since, boolean own) {
        public Row {
            roles = List.copyOf(roles);
        }
    }
}
