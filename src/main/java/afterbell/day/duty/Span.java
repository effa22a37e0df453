package afterbell.day.duty;

import afterbell.day.duty.rotation.Hours;
import java.util.Collection;
import java.util.IntSummaryStatistics;
import java.util.Objects;

/**
 * The service of a day in minutes, from its first session to its last, and how long each post keeps somebody. What has no bell of its own is taken
 * generously, so that nobody is asked to be in two places.
 */
public record Span(int first, int last, Margins margins) {

    /** @param before minutes by which posts without a bell begin earlier than the first session, after: by which they end later than the last */
    public record Margins(int before, int after) {}

    /** Of the posts of one day; a day without sessions has all its hours. */
    public static Span of(Collection<Post> posts, Margins margins) {
        IntSummaryStatistics from = posts.stream().filter(p -> p.starts() != null).mapToInt(p -> Hours.minute(Objects.requireNonNull(p.starts()))).summaryStatistics();
        IntSummaryStatistics until = posts.stream().filter(p -> p.ends() != null).mapToInt(p -> Hours.minute(Objects.requireNonNull(p.ends()))).summaryStatistics();
        return from.getCount() == 0 ? new Span(margins.before(), 24 * 60 - margins.after(), margins) : new Span(from.getMin(), until.getMax(), margins);
    }

    public Hours hours(Post post) {
        if (post.starts() != null && post.ends() != null) return Hours.of(post.starts(), post.ends());
        return hours(post.key().kind());
    }

    /** Of a post without a bell of its own. */
    public Hours hours(PostKind kind) {
        return switch (kind) {
            case LEADER, ADMIN -> new Hours(Math.max(0, first - margins.before()), last + margins.after());
            case CLASS -> new Hours(Math.max(0, first - margins.before()), Math.max(first, 1));
            case SESSION, PATROL -> new Hours(first, last);
            case LATE -> new Hours(last, last + margins.after());
            case GATE -> new Hours(first, last + margins.before());
        };
    }
}
