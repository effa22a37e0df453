package afterbell.term.timetable.feeds;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.OpenToAll;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.term.timetable.Feeds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

@Controller
final class FeedController {
    private static final MediaType CALENDAR = new MediaType("text", "calendar", StandardCharsets.UTF_8);
    private final Feeds feeds;
    private final WriteFeed write;

    FeedController(Feeds feeds, WriteFeed write) {
        this.feeds = feeds;
        this.write = write;
    }

    /** The secret opens one child's or one teacher's own meetings and nothing else; the answer names no other child. */
    @OpenToAll
    @GetMapping("/calendar/{secret}.ics")
    ResponseEntity<byte[]> feed(@PathVariable String secret) {
        Feeds.Feed feed = feeds.find(secret).orElseThrow(NotFound::new);
        Scope scope = feed.kind().equals("child") ? Scope.family(feed.account(), List.of(feed.school()), List.of(feed.subject())) : Scope.school(feed.school(), feed.account());
        byte[] body = Scopes.within(scope, () -> write.of(feed));
        return ResponseEntity.ok().contentType(CALENDAR).cacheControl(CacheControl.noStore()).header("Referrer-Policy", "no-referrer").body(body);
    }
}
