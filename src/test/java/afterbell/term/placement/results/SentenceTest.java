package afterbell.term.placement.results;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What a family reads of few people, as far as the rules let it. */
@Req({"P1", "P13"})
class SentenceTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void a_number_of_few_people_is_not_said() {
        assertThat(of("not_run", "{\"placeable\":3,\"min_size\":10}", 3, 5)).isEqualTo(new Sentence("placement.reason.not_run", List.of(3, 10)));
        assertThat(of("not_run", "{\"placeable\":2,\"min_size\":10}", 3, 5)).isEqualTo(new Sentence("placement.reason.not_run.few", List.of(10)));
        assertThat(of("not_run", "{\"placeable\":3,\"min_size\":10}", 4, 5)).as("a stricter rule").isEqualTo(new Sentence("placement.reason.not_run.few", List.of(10)));
    }

    @Test
    void a_small_group_is_not_said_to_come_first() {
        assertThat(of("order", "{\"seats\":6}", 3, 5)).isEqualTo(new Sentence("placement.reason.order.seats", List.of(6)));
        assertThat(of("order", "{\"seats\":6}", 3, 8)).as("a stricter rule").isEqualTo(new Sentence("placement.reason.exchange.loss", List.of()));
        assertThat(of("order", "{}", 3, 8)).isEqualTo(new Sentence("placement.reason.order", List.of()));
    }

    private static Sentence of(String reason, String facts, int least, int group) {
        return Sentence.of(reason, JSON.readTree(facts), Map.of(), least, group);
    }
}
