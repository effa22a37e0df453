package afterbell.app.serving;

import afterbell.base.shared.web.Traces;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import org.springframework.boot.logging.structured.StructuredLogFormatter;
import tools.jackson.databind.json.JsonMapper;

/**
 * One JSON object a line: when, how bad, who says it, what, and the facts of the event. Our own sentences carry ids alone (law 8). Others' sentences may
 * quote what they were given: whatever could be a person's is taken out of them, and of an exception only its kinds and our own frames are told.
 */
public final class LogLines implements StructuredLogFormatter<ILoggingEvent> {
    private static final String OURS = "afterbell.";
    private static final String TAKEN_OUT = "…";

    private final JsonMapper json = JsonMapper.builder().build();

    @Override
    public String format(ILoggingEvent event) {
        boolean ours = event.getLoggerName().startsWith(OURS);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("at", event.getInstant().toString());
        line.put("level", event.getLevel().toString());
        line.put("logger", event.getLoggerName());
        line.put("message", ours ? event.getFormattedMessage() : impersonal(event.getMessage()));
        if (event.getKeyValuePairs() != null) for (KeyValuePair pair : event.getKeyValuePairs()) line.putIfAbsent(pair.key, fact(pair.value, ours));
        if (event.getThrowableProxy() instanceof ThrowableProxy thrown) line.putIfAbsent("trace", Traces.of(thrown.getThrowable()));
        return json.writeValueAsString(line) + "\n";
    }

    private static Object fact(@Nullable Object value, boolean ours) {
        return switch (value) {
            case null -> "";
            case Number number -> number;
            case Boolean yes -> yes;
            default -> ours ? value.toString() : impersonal(value.toString());
        };
    }

    // What stands in quotes or brackets, long digits, addresses with a query, mails, and letters that no program's own words have.
    static String impersonal(@Nullable String message) {
        if (message == null) return "";
        return message.replaceAll("\\[[^\\]]*]|\"[^\"]*\"|'[^']*'|\\([^)]*=[^)]*\\)", TAKEN_OUT)
                .replaceAll("\\S*@\\S*|/\\S+|\\S*[?=&]\\S*", TAKEN_OUT)
                .replaceAll("\\d{5,}[Xx]?", TAKEN_OUT)
                .replaceAll("[^\\x20-\\x7E…]+", TAKEN_OUT);
    }
}
