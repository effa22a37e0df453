package afterbell.day.custody;

import afterbell.base.shared.web.Screen;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A list of what happened on some afternoons, read from the events when somebody looks and kept nowhere. A later room adds its own as a bean.
 *
 * <p>It names no card, consent, paper or reason of a family (law 9): who was there, who was on leave, who left how and when.
 */
public interface DayRegister {
    /** Last part of its address. */
    String code();

    /** Place among the others, the smallest first. */
    int order();

    /** Message key of its name. */
    String titleKey();

    /** Message keys of its columns, in their order. */
    List<String> columnKeys();

    /** Whether a class teacher reads it for the own class; otherwise only who answers for the whole school. */
    boolean ofClass();

    /** One text per column; in order of time. Runs in a transaction of the reader's scope. */
    List<List<String>> rows(Span span, Screen words);

    /**
     * What is asked for.
     *
     * @param from first day, until: last day, both inclusive
     * @param schoolClass null for the whole school
     */
    record Span(UUID school, LocalDate from, LocalDate until, @Nullable UUID schoolClass) {}
}
