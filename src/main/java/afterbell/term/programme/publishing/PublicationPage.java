package afterbell.term.programme.publishing;

import afterbell.base.calendar.Term;
import afterbell.term.programme.Problem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands between the plan and its publication.
 *
 * @param drafts sections that publishing would make public
 * @param menu public address of the menu
 * @param tried whether publishing was just refused
 */
public record PublicationPage(@Nullable Term term, @Nullable Instant publishedAt, int sections, int drafts, List<Problem> problems, String menu, boolean tried) {
    public List<Problem> stops() {
        return problems.stream().filter(Problem::stops).toList();
    }

    public List<Problem> looks() {
        return problems.stream().filter(p -> !p.stops()).toList();
    }

    /** Where a problem is mended; empty where this room has no page for it. */
    public String href(Problem p) {
        return switch (p.place()) {
            case SECTION, MEMBERS, PROVIDERS, PRICES -> p.section() == null ? "" : "/programme/sections/" + p.section();
            case GRID -> "/programme";
            case DUTIES -> "/programme/duties";
            case RULES -> "/rules";
        };
    }
}
