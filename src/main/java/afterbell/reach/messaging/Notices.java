package afterbell.reach.messaging;

import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.web.Offscreen;
import afterbell.base.shared.web.Screen;
import afterbell.reach.messaging.Audience.Children;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Tells people something, in the transaction of what caused it. */
@Component
public class Notices {
    private final NoticeStore store;
    private final Ids ids;
    private final Clock clock;
    private final QuietHours quiet;
    private final Offscreen offscreen;
    private final ApplicationEventPublisher events;

    Notices(NoticeStore store, Ids ids, Clock clock, QuietHours quiet, Offscreen offscreen, ApplicationEventPublisher events) {
        this.store = store;
        this.ids = ids;
        this.clock = clock;
        this.quiet = quiet;
        this.offscreen = offscreen;
        this.events = events;
    }

    /**
     * Tells a notice. Under a school's scope it is told at once and its id answered. Under a family's scope only the families of the caller's own
     * children can be told, and the outbox does it a moment later; then the answer is empty. So it is where {@link NewNotice#once} was told before.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<UUID> tell(NewNotice notice) {
        Scope scope = Scopes.current().orElseThrow();
        NewNotice written = inWords(notice);
        if (scope.hat() == Hat.FAMILY) {
            if (!(written.audience() instanceof Children children)) throw new IllegalArgumentException("a family hat tells the families of its own children alone");
            children.pupils().forEach(p -> store.wish(written, p, ids.next(), clock.instant()));
            events.publishEvent(new NoticeEvent.Told(notice.school()));
            return Optional.empty();
        }
        UUID id = ids.next();
        Instant now = clock.instant();
        Instant due = written.urgent() ? now : quiet.next(written.school(), now);
        if (!store.add(written, id, scope.account(), now)) return Optional.empty();
        store.address(written, id);
        store.queue(written, id, due);
        events.publishEvent(new NoticeEvent.Told(notice.school()));
        return Optional.of(id);
    }

    private NewNotice inWords(NewNotice n) {
        Words.Written written = switch (n.words()) {
            case Words.Keyed k -> new Words.Written(
                    said(k.key() + ".title", k, Locale.SIMPLIFIED_CHINESE), said(k.key() + ".text", k, Locale.SIMPLIFIED_CHINESE), said(k.key() + ".title", k, Locale.ENGLISH), said(k.key() + ".text", k, Locale.ENGLISH));
            case Words.Written w -> new Words.Written(w.titleZh(), w.textZh(), w.titleEn().isBlank() ? w.titleZh() : w.titleEn(), w.textEn().isBlank() ? w.textZh() : w.textEn());
        };
        return n.in(written);
    }

    private String said(String key, Words.Keyed words, Locale locale) {
        Screen screen = offscreen.screen(locale, "");
        Object[] facts = words.facts().stream()
                .map(f -> switch (f) {
                    case Instant at -> screen.dateTime(at);
                    case LocalDate day -> screen.date(day);
                    case DayOfWeek day -> screen.weekday(day.getValue());
                    default -> f;
                })
                .toArray();
        return screen.t(key, facts);
    }

    /**
     * How far a notice has come. Counts alone; who has not opened it is told to the class teacher of the class, on the notice's own page.
     *
     * @param families children whose families it is for
     * @param opened of them, opened by at least one grown-up
     * @param unreachable of them, without any account: only paper, telephone or the group reaches them
     */
    public record Reach(int families, int opened, int unreachable) {}

    @Transactional(readOnly = true)
    public Reach reach(UUID school, UUID notice) {
        return store.reach(school, notice);
    }

    /** The latest notice about something. */
    @Transactional(readOnly = true)
    public Optional<UUID> about(UUID school, UUID subject) {
        return store.about(school, subject);
    }

    /** Tells what families asked to have told, see {@link #tell}; false where nothing waits. Under the school's scope, by the outbox. */
    @Transactional
    public boolean tellNextWish(UUID school) {
        Optional<NewNotice> wish = store.takeWish(school);
        wish.ifPresent(this::tell);
        return wish.isPresent();
    }

    /** Marks what an account was told about something as opened, because the person stands on the very page. */
    @Transactional
    public void opened(UUID school, UUID account, UUID subject) {
        store.opened(school, account, subject, clock.instant());
    }
}
