package afterbell.app.serving;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Law 8: nobody's name, number or address in a log line, whoever writes it. */
class LogLinesTest {
    private static final List<String> CANARIES = List.of("\u6797\u91d1\u4e1d\u96c0", "13800138000", "320999201501010018", "canary@school.example", "Zhang Canary");
    private final LogLines lines = new LogLines();

    private JsonNode line(String logger, String message, Object[] arguments, Throwable thrown) {
        Logger from = new LoggerContext().getLogger(logger);
        LoggingEvent event = new LoggingEvent("x", from, Level.ERROR, message, thrown, arguments);
        event.addKeyValuePair(new KeyValuePair("incident", "0190-1"));
        String text = lines.format(event);
        assertThat(text).endsWith("\n");
        assertThat(text.strip()).doesNotContain("\n");
        return JsonMapper.builder().build().readTree(text);
    }

    @Test
    void a_line_tells_when_who_what_and_the_incident() {
        JsonNode line = line("afterbell.base.shared.web.Failures", "a request failed", null, null);
        assertThat(line.path("level").asString()).isEqualTo("ERROR");
        assertThat(line.path("message").asString()).isEqualTo("a request failed");
        assertThat(line.path("incident").asString()).isEqualTo("0190-1");
        assertThat(line.path("at").asString()).endsWith("Z");
    }

    @Test
    void others_sentences_lose_what_could_be_a_persons() {
        for (String canary : CANARIES) {
            for (String sentence : List.of("Invalid value [" + canary + "]", "could not parse \"" + canary + "\"", "no user '" + canary + "'", "duplicate key (name)=(" + canary + ")", "GET /find?name=" + canary.replace(" ", "+")))
                assertThat(line("org.example.Library", sentence, null, null).toString()).as(sentence).doesNotContain(canary).doesNotContain(canary.replace(" ", "+"));
            assertThat(line("org.example.Library", "no such user: {}", new Object[] {canary}, null).toString()).doesNotContain(canary);
        }
        assertThat(line("org.example.Library", "phone 13800138000 of \u6797\u91d1\u4e1d\u96c0", null, null).path("message").asString()).isEqualTo("phone \u2026 of \u2026");
    }

    @Test
    void an_exception_tells_its_kind_and_our_frames_and_never_its_text() {
        for (String canary : CANARIES) {
            String line = line("org.example.Library", "failed", null, new IllegalStateException(canary, new RuntimeException("Detail: Key (phone)=(" + canary + ")"))).toString();
            assertThat(line).doesNotContain(canary).contains("java.lang.IllegalStateException", "afterbell.app.serving.LogLinesTest");
        }
    }
}
