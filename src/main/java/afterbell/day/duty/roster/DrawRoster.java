package afterbell.day.duty.roster;

import afterbell.base.audit.Audit;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Screen;
import afterbell.day.duty.Duties;
import afterbell.day.duty.DutyRefused;
import afterbell.day.duty.DutyWords;
import afterbell.day.duty.Line;
import afterbell.day.duty.Margins;
import afterbell.day.duty.PostKey;
import afterbell.day.duty.PostKind;
import afterbell.day.duty.Span;
import afterbell.day.duty.rotation.Hours;
import afterbell.day.duty.rotation.Rotation;
import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import afterbell.term.staffing.Availability;
import afterbell.term.staffing.Staffing;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Draws up a week by turns and publishes it. What is published, and what is over, the rotation leaves alone. */
@Component
class DrawRoster {
    static final List<PostKind> TURNS = List.of(PostKind.LEADER, PostKind.ADMIN, PostKind.LATE, PostKind.GATE, PostKind.PATROL, PostKind.SESSION);

    private final RosterStore store;
    private final Duties duties;
    private final Staffing staffing;
    private final Rules rules;
    private final Margins hours;
    private final Notices notices;
    private final DutyWords words;
    private final CommandKeys keys;
    private final Audit audit;
    private final Clock clock;

    DrawRoster(RosterStore store, Duties duties, Staffing staffing, Rules rules, Margins hours, Notices notices, DutyWords words, CommandKeys keys, Audit audit, Clock clock) {
        this.store = store;
        this.duties = duties;
        this.staffing = staffing;
        this.rules = rules;
        this.hours = hours;
        this.notices = notices;
        this.words = words;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param turns given @param open for which nobody was left */
    record Drawn(int turns, int open) {}

    @Transactional
    public Outcome<Drawn> draw(Wearer me, LocalDate monday, UUID key) {
        UUID school = me.school();
        String params = "draw|" + monday;
        Optional<String> kept = keys.kept(key, params);
        if (kept.isPresent()) return Outcome.done(drawn(kept.get()));
        LocalDate from = from(monday);
        LocalDate until = monday.plusDays(6);
        List<Line> lines = from.isAfter(until) ? List.of() : duties.lines(school, from, until);
        if (lines.isEmpty()) return Outcome.refused(new DutyRefused.Plain("duty.refused.no_days", ""));
        return Outcome.done(drawn(keys.once(key, params, () -> {
            store.forgetDrafts(school, from, until);
            Rotation.Roster roster = rotation(school, monday, from, until, lines);
            List<Duties.Written> written = roster.turns().stream()
                    .map(t -> new Duties.Written(t.need().day(), PostKey.parse(t.need().post()).orElseThrow(), t.person(), Duties.Source.ROTATION, false))
                    .toList();
            duties.put(school, written, me.account());
            audit.record(school, "duty.roster_drawn", "week", null, Map.of("monday", monday.toString(), "turns", written.size(), "open", roster.open().size()));
            return written.size() + "/" + roster.open().size();
        })));
    }

    private static Drawn drawn(String kept) {
        String[] parts = kept.split("/");
        return new Drawn(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    private Rotation.Roster rotation(UUID school, LocalDate monday, LocalDate from, LocalDate until, List<Line> lines) {
        Map<LocalDate, List<Line>> days = lines.stream().collect(Collectors.groupingBy(l -> l.post().day()));
        Set<String> published = store.published(school, from, until);
        List<Rotation.Need> needs = new ArrayList<>();
        Set<Rotation.Busy> busy = new LinkedHashSet<>();
        Map<Integer, RosterStore.Staying> staying = staying(school, monday);
        List<RosterStore.Person> people = store.people(school);
        Map<UUID, List<Availability>> times = staffing.availabilities(school).stream().collect(Collectors.groupingBy(Availability::staff));
        Span.Margins margins = hours.of(school, monday);
        days.forEach((day, all) -> {
            Span span = Span.of(all.stream().map(Line::post).toList(), margins);
            for (Line l : all) {
                PostKind kind = l.post().key().kind();
                boolean written = published.contains(day + "/" + l.post().key().text());
                boolean byTurns = TURNS.contains(kind) && kind != PostKind.ADMIN && !written && (kind != PostKind.SESSION || l.open());
                if (byTurns) needs.add(new Rotation.Need(day, l.post().key().text(), kind.code(), span.hours(l.post())));
                else if (l.post().staff() != null) busy.add(new Rotation.Busy(l.post().staff(), day, span.hours(l.post())));
            }
            for (int n = 1; n <= administrators(school, day, staying); n++)
                if (!published.contains(day + "/" + PostKey.admin(n).text())) needs.add(new Rotation.Need(day, PostKey.admin(n).text(), PostKind.ADMIN.code(), span.hours(PostKind.ADMIN)));
            people.forEach(p -> notAtWork(p.id(), day, times.getOrDefault(p.id(), List.of()), busy));
        });
        store.away(school, from, until).forEach(a -> busy.add(new Rotation.Busy(a.staff(), a.day(), Hours.WHOLE_DAY)));
        Map<String, Set<UUID>> turns = turns(school, people);
        List<Rotation.Person> taking = people.stream().map(p -> new Rotation.Person(p.id(), p.subject(), TURNS.stream().map(PostKind::code).filter(k -> turns.getOrDefault(k, Set.of()).contains(p.id())).collect(Collectors.toSet()))).toList();
        List<Rotation.Had> had = new ArrayList<>(store.had(school, from));
        busy.stream().filter(b -> !b.hours().equals(Hours.WHOLE_DAY)).forEach(b -> had.add(new Rotation.Had(b.person(), "", 0, b.hours().minutes())));
        return Rotation.of(needs, taking, busy, had, school.getLeastSignificantBits() ^ monday.toEpochDay());
    }

    // Hours of a day at which somebody does not work; who has named no hours always does.
    private static void notAtWork(UUID person, LocalDate day, List<Availability> times, Set<Rotation.Busy> busy) {
        if (times.isEmpty()) return;
        int at = 0;
        for (Availability a : times.stream().filter(a -> a.weekday() == day.getDayOfWeek().getValue()).sorted(Comparator.comparing(Availability::from)).toList()) {
            if (Hours.minute(a.from()) > at) busy.add(new Rotation.Busy(person, day, new Hours(at, Hours.minute(a.from()))));
            at = Math.max(at, Hours.minute(a.until()));
        }
        if (at < Hours.WHOLE_DAY.until()) busy.add(new Rotation.Busy(person, day, new Hours(at, Hours.WHOLE_DAY.until())));
    }

    Map<Integer, RosterStore.Staying> staying(UUID school, LocalDate monday) {
        return store.staying(school, monday).stream().collect(Collectors.toMap(RosterStore.Staying::weekday, s -> s));
    }

    /** How many administrators a day needs besides the leader (R69). */
    int administrators(UUID school, LocalDate day, Map<Integer, RosterStore.Staying> staying) {
        RosterStore.Staying here = staying.getOrDefault(day.getDayOfWeek().getValue(), new RosterStore.Staying(0, 0, 0));
        return RatioPolicy.administrators(rules.value(school, day, Rule.DUTY_EXTRA_ADMINISTRATORS), here.children(), here.bands());
    }

    /** Who takes turns at each kind: as the school chose, else whose work it usually is. */
    static Map<String, Set<UUID>> turns(Map<String, Set<UUID>> chosen, List<RosterStore.Person> people) {
        return TURNS.stream().collect(Collectors.toMap(PostKind::code, k -> chosen.containsKey(k.code())
                ? Objects.requireNonNull(chosen.get(k.code()))
                : people.stream().filter(p -> usual(k, p.kind())).map(RosterStore.Person::id).collect(Collectors.toSet())));
    }

    private Map<String, Set<UUID>> turns(UUID school, List<RosterStore.Person> people) {
        return turns(store.turns(school), people);
    }

    private static boolean usual(PostKind kind, String staff) {
        return switch (kind) {
            case LEADER, ADMIN -> staff.equals("office");
            case GATE -> staff.equals("guard");
            case LATE, PATROL, SESSION -> staff.equals("teacher");
            case CLASS -> false;
        };
    }

    /** Publishes what is drafted of a week and tells everybody who has a post in it. Answers how many people. */
    @Transactional
    public Outcome<Integer> publish(Wearer me, LocalDate monday, UUID key) {
        UUID school = me.school();
        String params = "publish|" + monday;
        Optional<String> kept = keys.kept(key, params);
        if (kept.isPresent()) return Outcome.done(Integer.parseInt(kept.get()));
        LocalDate from = from(monday);
        LocalDate until = monday.plusDays(6);
        List<RosterStore.Draft> drafts = from.isAfter(until) ? List.of() : store.drafts(school, from, until);
        if (drafts.isEmpty()) return Outcome.refused(new DutyRefused.Plain("duty.refused.nothing_drafted", ""));
        return Outcome.done(Integer.parseInt(keys.once(key, params, () -> {
            store.publish(school, from, until, me.account(), clock.instant());
            Set<UUID> accounts = new HashSet<>();
            drafts.forEach(d -> {
                if (d.account() != null) accounts.add(d.account());
            });
            if (!accounts.isEmpty())
                notices.tell(new NewNotice(school, "duty.published", words.of("duty.notice.published", s -> new Object[] {s.date(new TreeSet<>(drafts.stream().map(RosterStore.Draft::day).toList()).first()), s.date(until)}), "/duty", new Audience.People(accounts)));
            audit.record(school, "duty.roster_published", "week", null, Map.of("monday", monday.toString(), "posts", drafts.size()));
            return Integer.toString(drafts.stream().map(RosterStore.Draft::staff).collect(Collectors.toSet()).size());
        })));
    }

    /** The past is not drawn again. */
    private LocalDate from(LocalDate monday) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        return monday.isBefore(today) ? today : monday;
    }
}
