package afterbell.app.demo;

import afterbell.base.identity.DemoAccounts.Card;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The accounts that the demo world offers, one card per role. */
public final class DemoCards {
    public static final List<Card> CARDS = read();

    private DemoCards() {}

    private static List<Card> read() {
        try (InputStream in = Objects.requireNonNull(DemoCards.class.getResourceAsStream("/demo/accounts.json"))) {
            return List.copyOf(JsonMapper.builder().build().readValue(in, new TypeReference<List<Card>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Card of(String role) {
        return CARDS.stream().filter(c -> c.role().equals(role)).findFirst().orElseThrow();
    }
}
