package afterbell.desk.desk.board;

import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.HatName;
import afterbell.base.shared.access.Person;
import afterbell.base.shared.access.PersonSource;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.web.Pages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The board as a page, and as a stream of its own later states. */
@Controller
@Allowed({Role.DUTY_LEADER, Role.SERVICE_TEACHER, Role.OFFICE, Role.PRINCIPAL})
final class BoardController {
    private static final Set<Role> MAY = Set.of(Role.DUTY_LEADER, Role.SERVICE_TEACHER, Role.OFFICE, Role.PRINCIPAL);
    /** A stream says at least this often that it lives, and looks whether its person still may. */
    private static final Duration BEAT = Duration.ofSeconds(4);
    private static final byte[] BEATS = "event: beat\ndata: .\n\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ENDS = "event: end\ndata: .\n\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] BEGINS = "retry: 2000\n\n".getBytes(StandardCharsets.UTF_8);

    private final ShowBoard show;
    private final Looking looking;
    private final Streams streams;
    private final PersonSource people;

    BoardController(ShowBoard show, Looking looking, Streams streams, PersonSource people) {
        this.show = show;
        this.looking = looking;
        this.streams = streams;
        this.people = people;
    }

    @GetMapping("/board")
    ModelAndView show(Wearer me) {
        boolean leads = looking.leads(me);
        return Pages.show("desk/board/page", new BoardPage(show.of(me.school()), leads));
    }

    /**
     * Server-sent events: the board as it is, then each later state. Serves the screen in the request's own thread, a virtual one. Whoever does not ask for a stream
     * gets the board of now and the end.
     *
     * @param known the mark of the board that the screen has, from before a drop
     * @param lang the page's language
     */
    @GetMapping("/board/stream")
    void stream(
            Wearer me,
            @RequestHeader(name = "Last-Event-ID", defaultValue = "") String known,
            @RequestParam(defaultValue = "zh") String lang,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        looking.leads(me);
        boolean once = !Optional.ofNullable(request.getHeader(HttpHeaders.ACCEPT)).orElse("").contains(MediaType.TEXT_EVENT_STREAM_VALUE);
        Optional<Streams.Stream> opened = streams.open(me.school(), me.account(), lang.equals("en") ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE);
        if (opened.isEmpty()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "5");
            response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
            return;
        }
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE + ";charset=UTF-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        try {
            serve(opened.get(), me, known, once, request, response.getOutputStream());
        } catch (IOException e) {
            // The screen went away: nobody reads the answer, and nothing failed here.
        } finally {
            streams.close(opened.get());
        }
    }

    private void serve(Streams.Stream stream, Wearer me, String known, boolean once, HttpServletRequest request, OutputStream out) throws IOException, InterruptedException {
        out.write(BEGINS);
        out.flush();
        String sent = known;
        while (true) {
            Streams.@Nullable Drawn drawn = stream.await(BEAT);
            if (stream.over()) return;
            if (!stillMay(me, request)) {
                out.write(ENDS);
                out.flush();
                return;
            }
            if (drawn != null && !drawn.id().equals(sent)) {
                out.write(drawn.event());
                sent = drawn.id();
            } else {
                out.write(BEATS);
            }
            out.flush();
            if (once) return;
        }
    }

    /** Signed out, a role taken, the post given to somebody else: the stream ends at its next sign of life. */
    private boolean stillMay(Wearer me, HttpServletRequest request) {
        Optional<Wearer> now = people.find(request).filter(p -> p.account().equals(me.account())).flatMap(p -> wearing(p, me));
        if (now.isEmpty()) return false;
        try {
            looking.leads(now.get());
            return true;
        } catch (NotFound e) {
            return false;
        }
    }

    private static Optional<Wearer> wearing(Person person, Wearer me) {
        return person.wearing(HatName.of(me), MAY).filter(w -> Objects.equals(w.school(), me.school()));
    }
}
