package afterbell.reach.messaging;

import java.util.List;

/**
 * What a notice says. Never the name of a child or a family: the same text goes to many, into chat groups and past other systems (law 8).
 */
public sealed interface Words {

    /**
     * From the message files: {@code key.title} and {@code key.text}, in both languages.
     *
     * @param facts in the order of {0}, {1}, …: strings and numbers as they are, an {@code Instant}, {@code LocalDate} or {@code DayOfWeek} as each language says it
     */
    record Keyed(String key, List<Object> facts) implements Words {
        public Keyed {
            facts = List.copyOf(facts);
        }
    }

    /** As a person wrote them; English may be empty, then the Chinese stands for both. */
    record Written(String titleZh, String textZh, String titleEn, String textEn) implements Words {}

    static Words of(String key, Object... facts) {
        return new Keyed(key, List.of(facts));
    }
}
