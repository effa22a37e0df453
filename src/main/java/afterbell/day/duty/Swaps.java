package afterbell.day.duty;

import afterbell.base.audit.Audit;
import afterbell.base.roster.Roster;
import afterbell.base.roster.StaffMember;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.CommandKeys;
import afterbell.day.duty.FreePeople.Book;
import afterbell.day.duty.FreePeople.Way;
import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Two people agree to change posts. Asked by one, it stands when the other says yes, if both still have what they give and are free for what they take. */
@Component
public class Swaps {
    private final SwapStore store;
    private final PostStore posts;
    private final FreePeople free;
    private final Substitutes substitutes;
    private final Roster roster;
    private final Notices notices;
    private final DutyWords words;
    private final CommandKeys keys;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final Ids ids;
    private final Clock clock;

    Swaps(
            SwapStore store,
            PostStore posts,
            FreePeople free,
            Substitutes substitutes,
            Roster roster,
            Notices notices,
            DutyWords words,
            CommandKeys keys,
            Audit audit,
            ApplicationEventPublisher events,
            Ids ids,
            Clock clock) {
        this.store = store;
        this.posts = posts;
        this.free = free;
        this.substitutes = substitutes;
        this.roster = roster;
        this.notices = notices;
        this.words = words;
        this.keys = keys;
        this.audit = audit;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * @param back what the other gives in exchange; null: a favour
     * @param state {@code asked, agreed, refused, withdrawn}
     */
    public record Swap(UUID id, LocalDate day, PostKey post, UUID from, String fromName, UUID to, String toName, @Nullable LocalDate backDay, @Nullable PostKey back, String state) {}

    /** A swap with the names of its posts; a post that is no longer there is empty. */
    public record Shown(Swap swap, @Nullable Line line, @Nullable Line back) {}

    @Transactional
    public Outcome<UUID> ask(Wearer me, LocalDate day, PostKey post, @Nullable UUID to, @Nullable LocalDate backDay, @Nullable PostKey back, UUID key) {
        UUID school = me.school();
        StaffMember self = roster.staffOf(school, me.account()).orElseThrow(NotFound::new);
        Book book = free.of(school, day);
        Line line = book.line(post).orElseThrow(NotFound::new);
        if (substitutes.over(line)) return Outcome.refused(new DutyRefused.Past());
        if (!self.id().equals(line.post().staff())) return Outcome.refused(new DutyRefused.NotYours());
        Optional<FreePeople.Candidate> other = book.candidates(line).stream().filter(c -> c.staff().equals(to)).findFirst();
        if (other.isEmpty() || other.get().account() == null) return Outcome.refused(new DutyRefused.NoPerson("to"));
        @Nullable Line given = null;
        if (backDay != null && back != null) {
            given = posts.lines(school, backDay, backDay).stream().filter(l -> l.post().key().equals(back)).findFirst().orElse(null);
            if (given == null || !other.get().staff().equals(given.post().staff()) || substitutes.over(given)) return Outcome.refused(new DutyRefused.Plain("duty.refused.not_theirs", "back"));
        }
        // Who gives a post of the same hours in exchange stands in nobody's way.
        boolean sameHours = given != null && given.post().day().equals(day) && other.get().at() != null && other.get().at().post().key().equals(given.post().key());
        if (!other.get().free() && other.get().way() != Way.HOURS && !sameHours) return Outcome.refused(new DutyRefused.Busy("to", other.get().name()));
        FreePeople.Candidate asked = other.get();
        @Nullable Line inReturn = given;
        return Outcome.done(UUID.fromString(keys.once(key, "swap|" + day + "|" + post.text() + "|" + to + "|" + backDay + "|" + (back == null ? "" : back.text()), () -> {
            UUID id = ids.next();
            if (!store.add(school, id, day, post, self.id(), asked.staff(), inReturn == null ? null : inReturn.post().day(), inReturn == null ? null : inReturn.post().key(), clock.instant())) return store.openFor(school, day, post, asked.staff()).orElseThrow().toString();
            notices.tell(new NewNotice(school, "duty.swap_asked", words.of("duty.notice.swap_asked", line, self.name()), "/duty", new Audience.People(Set.of(Objects.requireNonNull(asked.account())))).urgently());
            return id.toString();
        })));
    }

    /** The other says yes or no. Both are told, and the office sees it. */
    @Transactional
    public Outcome<UUID> answer(Wearer me, UUID id, boolean yes, UUID key) {
        UUID school = me.school();
        StaffMember self = roster.staffOf(school, me.account()).orElseThrow(NotFound::new);
        Swap swap = store.get(school, id).filter(s -> s.to().equals(self.id())).orElseThrow(NotFound::new);
        if (keys.kept(key, "answer|" + id + "|" + yes).isPresent()) return Outcome.done(id);
        List<LocalDate> days = new ArrayList<>(List.of(swap.day()));
        if (swap.backDay() != null) days.add(swap.backDay());
        posts.lock(school, days);
        Instant at = clock.instant();
        Book book = free.of(school, swap.day());
        @Nullable Line line = book.line(swap.post()).orElse(null);
        if (!yes) {
            if (!store.close(school, id, "refused", at)) return Outcome.refused(new DutyRefused.Taken());
            keys.once(key, "answer|" + id + "|" + yes, id::toString);
            if (line != null) tell(school, accountOf(school, swap.from()), "duty.notice.swap_refused", line, self.name());
            return Outcome.done(id);
        }
        if (line == null || substitutes.over(line) || !swap.from().equals(line.post().staff())) return Outcome.refused(new DutyRefused.Plain("duty.refused.swap_gone", ""));
        @Nullable Line back = null;
        if (swap.backDay() != null) {
            Book other = swap.backDay().equals(swap.day()) ? book : free.of(school, swap.backDay());
            back = other.line(Objects.requireNonNull(swap.back())).orElse(null);
            if (back == null || substitutes.over(back) || !self.id().equals(back.post().staff())) return Outcome.refused(new DutyRefused.Plain("duty.refused.swap_gone", ""));
            if (busy(other, back, swap.from(), line)) return Outcome.refused(new DutyRefused.Busy("", swap.fromName()));
        }
        if (busy(book, line, self.id(), back)) return Outcome.refused(new DutyRefused.Busy("", self.name()));
        if (!store.close(school, id, "agreed", at)) return Outcome.refused(new DutyRefused.Taken());
        @Nullable Line given = back;
        Line taken = line;
        keys.once(key, "answer|" + id + "|" + yes, () -> {
            move(school, taken, swap.from(), self.id(), me.account(), at);
            if (given != null) move(school, given, self.id(), swap.from(), me.account(), at);
            tell(school, accountOf(school, swap.from()), "duty.notice.swap_agreed", taken, self.name());
            tell(school, me.account(), "duty.notice.swap_agreed", taken, self.name());
            notices.tell(new NewNotice(school, "duty.swap_agreed", words.of("duty.notice.swap_done", taken, swap.fromName(), self.name()), taken.href(), new Audience.Staff(Set.of(Role.OFFICE))));
            return id.toString();
        });
        return Outcome.done(id);
    }

    // Stands elsewhere at that hour, save at the post that is given away in the same moment.
    private static boolean busy(Book book, Line wanted, UUID staff, @Nullable Line given) {
        return book.candidates(wanted).stream()
                .filter(c -> c.staff().equals(staff))
                .anyMatch(c -> c.way() == Way.ABSENT || c.way() == Way.BUSY && !book.lines().stream()
                        .filter(l -> staff.equals(l.post().staff()) && !l.post().key().equals(wanted.post().key()) && book.span().hours(l.post()).meets(book.span().hours(wanted.post())))
                        .allMatch(l -> given != null && given.post().day().equals(l.post().day()) && given.post().key().equals(l.post().key())));
    }

    private void move(UUID school, Line line, UUID from, UUID to, UUID by, Instant at) {
        Post post = line.post();
        posts.put(school, List.of(new Duties.Written(post.day(), post.key(), to, Duties.Source.SWAP, true)), by, at);
        posts.changed(school, post.day(), post.key(), "swapped", from, to, by, at);
        audit.record(school, "duty.swapped", "staff", to, Map.of("day", post.day().toString(), "post", post.key().kind().code()));
        events.publishEvent(new DutyEvent.SubstituteFound(school, post.day(), post.key().kind().code(), post.key().ref(), to));
    }

    private @Nullable UUID accountOf(UUID school, UUID staff) {
        return roster.staff(school).stream().filter(s -> s.id().equals(staff)).map(StaffMember::account).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private void tell(UUID school, @Nullable UUID account, String key, Line line, String name) {
        if (account != null) notices.tell(new NewNotice(school, "duty.swap", words.of(key, line, name), "/duty", new Audience.People(Set.of(account))).urgently());
    }

    /** Taken back by the one who asked, while it waits. */
    @Transactional
    public void withdraw(Wearer me, UUID id) {
        StaffMember self = roster.staffOf(me.school(), me.account()).orElseThrow(NotFound::new);
        store.get(me.school(), id).filter(s -> s.from().equals(self.id())).orElseThrow(NotFound::new);
        store.close(me.school(), id, "withdrawn", clock.instant());
    }

    /** Swaps that wait for an answer, asked by or of this person. */
    @Transactional(readOnly = true)
    public List<Shown> waiting(UUID school, UUID staff, LocalDate today) {
        return shown(school, store.waiting(school, staff, today));
    }

    /** All swaps about these days, for the office. */
    @Transactional(readOnly = true)
    public List<Swap> about(UUID school, LocalDate from, LocalDate until) {
        return store.about(school, from, until);
    }

    private List<Shown> shown(UUID school, List<Swap> swaps) {
        if (swaps.isEmpty()) return List.of();
        List<LocalDate> days = swaps.stream().flatMap(s -> s.backDay() == null ? Stream.of(s.day()) : Stream.of(s.day(), s.backDay())).sorted().toList();
        List<Line> lines = posts.lines(school, days.getFirst(), days.getLast());
        return swaps.stream().map(s -> new Shown(s, find(lines, s.day(), s.post()), find(lines, s.backDay(), s.back()))).toList();
    }

    private static @Nullable Line find(List<Line> lines, @Nullable LocalDate day, @Nullable PostKey post) {
        return lines.stream().filter(l -> l.post().day().equals(day) && l.post().key().equals(post)).findFirst().orElse(null);
    }
}
