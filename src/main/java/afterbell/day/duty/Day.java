package afterbell.day.duty;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who answers for what on one day of a school.
 *
 * @param posts all of them, open ones included
 * @param lateRoom where children wait who are fetched late; null where none is set
 */
public record Day(LocalDate date, List<Post> posts, @Nullable UUID lateRoom) {
    public Day {
        posts = List.copyOf(posts);
    }

    /** The duty leader; empty where the school has named nobody. */
    public Optional<UUID> leader() {
        return at(PostKey.LEADER);
    }

    /** Who stands there; empty where it is open or no post of this day. */
    public Optional<UUID> at(PostKey post) {
        return posts.stream().filter(p -> p.key().equals(post)).map(Post::staff).filter(s -> s != null).findFirst();
    }

    /** Who answers: whoever stands there, for an open post the duty leader; empty where there is neither. */
    public Optional<UUID> answers(PostKey post) {
        return at(post).or(this::leader);
    }

    /** Session to who answers for it, open ones by the leader; without those that nobody answers for. */
    public Map<UUID, UUID> sessions() {
        return answering(PostKind.SESSION);
    }

    /** Class to who answers for it at the bell, open ones by the leader. */
    public Map<UUID, UUID> classes() {
        return answering(PostKind.CLASS);
    }

    private Map<UUID, UUID> answering(PostKind kind) {
        Map<UUID, Post> known = posts.stream().filter(p -> p.key().kind() == kind && p.key().ref() != null).collect(Collectors.toMap(p -> p.key().ref(), Function.identity()));
        @Nullable UUID leader = leader().orElse(null);
        return known.entrySet().stream()
                .filter(e -> e.getValue().staff() != null || leader != null)
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().staff() == null ? leader : e.getValue().staff()));
    }

    /** Posts that nobody answers for yet. */
    public List<Post> open() {
        return posts.stream().filter(Post::open).toList();
    }

    /** Posts of a person, by account. */
    public List<Post> of(UUID account) {
        return posts.stream().filter(p -> account.equals(p.account())).toList();
    }

    /** Kinds of posts that a person has today, by account. */
    public Set<PostKind> kinds(UUID account) {
        return of(account).stream().map(p -> p.key().kind()).collect(Collectors.toUnmodifiableSet());
    }

    public boolean onPost(UUID account, PostKey post) {
        return posts.stream().anyMatch(p -> p.key().equals(post) && account.equals(p.account()));
    }
}
