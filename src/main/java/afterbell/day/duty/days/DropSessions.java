package afterbell.day.duty.days;

import afterbell.base.audit.Audit;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Screen;
import afterbell.day.duty.Duties;
import afterbell.day.duty.DutyEvent;
import afterbell.day.duty.DutyRefused;
import afterbell.day.duty.DutyWords;
import afterbell.day.duty.Line;
import afterbell.day.duty.Margins;
import afterbell.day.duty.PostKind;
import afterbell.day.duty.Span;
import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import afterbell.term.timetable.Sessions;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sessions that can't be held, dropped in one act: all outdoor ones in the rain, or one whose teacher is ill or whose room is lost. Their children are their
 * own class's again, families and teachers are told, and the accounts read them as not delivered. Taken back whole before the first of them begins.
 */
@Component
class DropSessions {
    static final List<String> REASONS = List.of("weather", "teacher", "room", "event", "other");

    private final Duties duties;
    private final Sessions sessions;
    private final DropStore store;
    private final Margins margins;
    private final Notices notices;
    private final DutyWords words;
    private final CommandKeys keys;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    DropSessions(Duties duties, Sessions sessions, DropStore store, Margins margins, Notices notices, DutyWords words, CommandKeys keys, Audit audit, ApplicationEventPublisher events, Clock clock) {
        this.duties = duties;
        this.sessions = sessions;
        this.store = store;
        this.margins = margins;
        this.notices = notices;
        this.words = words;
        this.keys = keys;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** @param wanted sessions of that day; empty: all that are held outdoors */
    @Transactional
    Outcome<Integer> drop(Wearer me, LocalDate day, Set<UUID> wanted, String reason, UUID key) {
        UUID school = me.school();
        if (!REASONS.contains(reason)) return Outcome.refused(new DutyRefused.Plain("duty.refused.reason", "reason"));
        String params = "drop|" + day + "|" + reason + "|" + wanted.stream().sorted().toList();
        Optional<String> kept = keys.kept(key, params);
        if (kept.isPresent()) return Outcome.done(Integer.parseInt(kept.get()));
        List<Line> lines = duties.lines(school, day, day);
        List<Line> chosen = lines.stream().filter(Line::club).filter(l -> wanted.isEmpty() ? l.outdoor() : wanted.contains(l.post().key().ref())).toList();
        if (chosen.isEmpty()) return Outcome.refused(new DutyRefused.Plain("duty.refused.nothing_to_drop", ""));
        Instant at = clock.instant();
        Set<UUID> dropped = Set.copyOf(sessions.dropAll(school, chosen.stream().map(l -> Objects.requireNonNull(l.post().key().ref())).toList(), reason, me.account(), at));
        List<Line> gone = chosen.stream().filter(l -> dropped.contains(l.post().key().ref())).toList();
        if (gone.isEmpty()) return Outcome.refused(new DutyRefused.Past());
        return Outcome.done(Integer.parseInt(keys.once(key, params, () -> {
            UUID act = store.add(school, day, reason, dropped, me.account(), at);
            gone.forEach(l -> events.publishEvent(new DutyEvent.SessionDropped(school, Objects.requireNonNull(l.post().key().ref()), Objects.requireNonNull(l.section()), day)));
            tell(school, day, lines, gone, "duty.notice.dropped", "duty.notice.dropped_staff", s -> s.t("duty.reason." + reason), act);
            audit.record(school, "duty.sessions_dropped", "drop", act, Map.of("day", day.toString(), "reason", reason, "sessions", gone.size()));
            return Integer.toString(gone.size());
        })));
    }

    /** As planned again, if none of them has begun. */
    @Transactional
    Outcome<LocalDate> undo(Wearer me, UUID id, UUID key) {
        UUID school = me.school();
        String params = "undrop|" + id;
        Optional<String> kept = keys.kept(key, params);
        if (kept.isPresent()) return Outcome.done(LocalDate.parse(kept.get()));
        DropStore.Drop drop = store.get(school, id).orElseThrow(NotFound::new);
        Instant at = clock.instant();
        if (begun(drop, at)) return Outcome.refused(new DutyRefused.Plain("duty.refused.begun", ""));
        if (!store.undo(school, id, at)) return Outcome.done(drop.day());
        return Outcome.done(LocalDate.parse(keys.once(key, params, () -> {
            Set<UUID> again = Set.copyOf(sessions.takeBack(school, drop.sessions(), at));
            List<Line> lines = duties.lines(school, drop.day(), drop.day());
            List<Line> held = lines.stream().filter(Line::club).filter(l -> again.contains(l.post().key().ref())).toList();
            held.forEach(l -> events.publishEvent(new DutyEvent.SessionRestored(school, Objects.requireNonNull(l.post().key().ref()), Objects.requireNonNull(l.section()), drop.day())));
            if (!held.isEmpty()) tell(school, drop.day(), lines, held, "duty.notice.restored", "duty.notice.restored_staff", s -> "", id);
            audit.record(school, "duty.sessions_restored", "drop", id, Map.of("day", drop.day().toString(), "sessions", held.size()));
            return drop.day().toString();
        })));
    }

    static boolean begun(DropStore.Drop drop, Instant now) {
        return !drop.day().atTime(drop.begins()).atZone(Screen.ZONE).toInstant().isAfter(now);
    }

    /** One notice to the families of all these sessions, which may be pasted into their groups, and one to everybody at school who now has more or fewer children. */
    private void tell(UUID school, LocalDate day, List<Line> lines, List<Line> changed, String families, String staff, Function<Screen, String> reason, UUID act) {
        List<UUID> sections = changed.stream().map(Line::section).filter(Objects::nonNull).distinct().toList();
        String names = changed.stream().map(Line::what).distinct().collect(Collectors.joining(" · "));
        Set<UUID> children = store.children(school, sections, day);
        if (!children.isEmpty())
            notices.tell(new NewNotice(school, families.replace("notice.", ""), words.of(families, s -> new Object[] {s.date(day), names, reason.apply(s)}), "/", new Audience.Children(children)).urgently().asGroup().about(act));
        Set<UUID> accounts = new HashSet<>(store.leaders(school, sections));
        Set<UUID> classes = store.classes(school, children);
        Span span = Span.of(lines.stream().map(Line::post).toList(), margins.of(school, day));
        for (Line l : lines) {
            @Nullable UUID account = l.post().account();
            boolean concerned = l.post().key().kind() == PostKind.LEADER
                    || changed.stream().anyMatch(c -> c.post().key().equals(l.post().key()))
                    || l.schoolClass() != null && l.post().key().kind() == PostKind.SESSION && classes.contains(l.schoolClass()) && changed.stream().anyMatch(c -> span.hours(c.post()).meets(span.hours(l.post())));
            if (account != null && concerned) accounts.add(account);
        }
        if (!accounts.isEmpty())
            notices.tell(new NewNotice(school, staff.replace("notice.", ""), words.of(staff, s -> new Object[] {s.date(day), names, reason.apply(s), children.size()}), "/duty", new Audience.People(accounts)).urgently().about(act));
    }
}
