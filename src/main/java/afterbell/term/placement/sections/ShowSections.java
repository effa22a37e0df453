package afterbell.term.placement.sections;

import afterbell.base.calendar.Term;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Screen;
import afterbell.term.placement.SeatBook;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Puts the office's pages together. Reads only. */
@Component
class ShowSections {
    private static final int MOST_FOUND = 12;
    private static final long GROUP = 10_000_000;
    private static final long DAY_TAKEN = 1_000_000;

    private final SectionStore store;
    private final SeatBook books;
    private final Roster roster;
    private final Rules rules;
    private final Clock clock;

    ShowSections(SectionStore store, SeatBook books, Roster roster, Rules rules, Clock clock) {
        this.store = store;
        this.books = books;
        this.roster = roster;
        this.rules = rules;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public SectionsPage sections(Wearer me, String q, String opens, String hours, List<? extends Refusal> refusals) {
        UUID school = me.school();
        Instant now = clock.instant();
        List<SectionsPage.Found> found = roster.search(school, q, MOST_FOUND).stream().map(p -> new SectionsPage.Found(p.id(), p.name(), p.className())).toList();
        Optional<Term> term = books.term(school, now);
        List<SectionStore.SectionRow> rows = term.map(t -> store.sections(school, t.id())).orElse(List.of());
        Optional<SectionStore.SectionRow> rush = rows.stream().filter(r -> r.closesAt() != null && r.closesAt().isAfter(now)).findFirst();
        return new SectionsPage(
                !rows.isEmpty(),
                q,
                found,
                rows.stream().map(r -> new SectionsPage.Line(r.id(), r.code(), r.name(), r.capacity(), r.over(), r.taken(), r.held(), r.running(), r.waiting(), r.byHand())).toList(),
                term.map(t -> store.days(school, t.id())).orElse(List.of()),
                me.is(Role.OFFICE),
                rushAllowed(school, now),
                rush.map(SectionStore.SectionRow::opensAt).orElse(null),
                rush.map(SectionStore.SectionRow::closesAt).orElse(null),
                opens,
                hours,
                refusals);
    }

    /** Whether the rules let seats go by time (P1). */
    @Transactional(readOnly = true)
    public boolean rushAllowed(UUID school) {
        return rushAllowed(school, clock.instant());
    }

    private boolean rushAllowed(UUID school, Instant at) {
        return rules.value(school, LocalDate.ofInstant(at, Screen.ZONE), Rule.ROUND_FIRST_COME);
    }

    @Transactional(readOnly = true)
    public SectionPage section(Wearer me, UUID id, String q, List<? extends Refusal> refusals) {
        UUID school = me.school();
        SectionStore.SectionRow row = store.section(school, id);
        List<SectionPage.Place> places = new ArrayList<>();
        int number = 0;
        for (SectionStore.WaitingRow w : store.waiting(school, id)) {
            boolean open = w.state().equals("waiting") || w.state().equals("offered");
            places.add(new SectionPage.Place(
                    w.pupil(),
                    w.name(),
                    w.className(),
                    open ? ++number : 0,
                    w.late() ? 0 : (int) (w.placeKey() / GROUP),
                    !w.late() && w.placeKey() % GROUP < DAY_TAKEN,
                    w.late() ? 0 : w.placeKey() % DAY_TAKEN + 1,
                    w.late(),
                    w.mode(),
                    w.since(),
                    w.state(),
                    w.heldUntil(),
                    w.endedAt()));
        }
        return new SectionPage(
                id,
                row.name(),
                row.code(),
                row.capacity(),
                row.over(),
                row.taken(),
                row.held(),
                row.byHand(),
                store.members(school, List.of(id)).stream().map(m -> new SectionPage.Member(m.pupil(), m.name(), m.className(), m.rank(), m.source(), m.fromDay())).toList(),
                places,
                me.is(Role.OFFICE),
                q,
                me.is(Role.OFFICE) ? candidates(school, id, q) : List.of(),
                refusals);
    }

    private List<SectionPage.Candidate> candidates(UUID school, UUID section, String q) {
        Instant now = clock.instant();
        return roster.search(school, q, MOST_FOUND / 2).stream().map(p -> candidate(school, section, p, now)).toList();
    }

    private SectionPage.Candidate candidate(UUID school, UUID section, Pupil pupil, Instant now) {
        SeatBook.Child book = books.get(school, pupil, now);
        Optional<SeatBook.Line> line = book.line(section).filter(l -> !l.slots().isEmpty());
        return new SectionPage.Candidate(
                pupil.id(),
                pupil.name(),
                pupil.className(),
                line.map(l -> l.seat() != null).orElse(false),
                line.isPresent(),
                line.map(l -> book.inTheWay(l).stream().map(SeatBook.Line::name).collect(Collectors.joining(", "))).orElse(""));
    }

    /** @param asked seat and section of each move, as SEAT:SECTION */
    @Transactional(readOnly = true)
    public BoardPage board(Wearer me, int wantedDay, List<AskedMove> asked, List<? extends Refusal> refusals) {
        UUID school = me.school();
        Instant now = clock.instant();
        Term term = books.term(school, now).orElseThrow(NotFound::new);
        List<Integer> days = store.days(school, term.id());
        int day = days.contains(wantedDay) ? wantedDay : days.isEmpty() ? 1 : days.getFirst();
        Collection<UUID> here = store.onDay(school, term.id(), day);
        List<SectionStore.SectionRow> rows = store.sections(school, term.id()).stream().filter(r -> here.contains(r.id())).toList();
        List<SectionStore.MemberRow> members = store.members(school, rows.stream().map(SectionStore.SectionRow::id).toList());
        Map<UUID, UUID> to = new LinkedHashMap<>();
        for (AskedMove m : asked) if (rows.stream().anyMatch(r -> r.id().equals(m.section())) && members.stream().anyMatch(s -> s.seat().equals(m.seat()) && !s.section().equals(m.section()))) to.put(m.seat(), m.section());
        Map<List<UUID>, Integer> ranks = new HashMap<>();
        List<UUID> moving = members.stream().filter(m -> to.containsKey(m.seat())).map(SectionStore.MemberRow::pupil).toList();
        for (SectionStore.RankRow r : store.ranks(school, term.id(), moving)) ranks.put(List.of(r.pupil(), r.section()), r.rank());
        Map<UUID, SectionStore.SectionRow> byId = rows.stream().collect(Collectors.toMap(SectionStore.SectionRow::id, r -> r));
        List<BoardPage.Effect> effects = members.stream().filter(m -> to.containsKey(m.seat())).map(m -> effect(school, m, byId, Objects.requireNonNull(to.get(m.seat())), ranks, now)).toList();
        List<BoardPage.Load> loads = loads(rows, members, to);
        Map<UUID, List<SectionStore.MemberRow>> of = members.stream().collect(Collectors.groupingBy(SectionStore.MemberRow::section));
        return new BoardPage(
                day,
                days,
                rows.stream()
                        .map(r -> new BoardPage.Column(r.id(), r.name(), r.taken(), r.held(), r.capacity() + r.over(), r.version(), of.getOrDefault(r.id(), List.of()).stream().map(m -> new BoardPage.Card(m.seat(), m.name(), m.className(), m.rank(), to.get(m.seat()))).toList()))
                        .sorted(Comparator.comparing(BoardPage.Column::name))
                        .toList(),
                effects,
                loads,
                !effects.isEmpty() && effects.stream().allMatch(e -> e.problem().isEmpty()) && loads.stream().noneMatch(BoardPage.Load::over),
                me.is(Role.OFFICE),
                refusals);
    }

    private BoardPage.Effect effect(UUID school, SectionStore.MemberRow m, Map<UUID, SectionStore.SectionRow> byId, UUID to, Map<List<UUID>, Integer> ranks, Instant now) {
        SeatBook.Child book = books.get(school, roster.pupil(school, m.pupil()), now);
        int before = ranks.getOrDefault(List.of(m.pupil(), m.section()), m.rank());
        int after = ranks.getOrDefault(List.of(m.pupil(), to), 0);
        String verdict = after == 0 ? "unwished" : before == 0 || after < before ? "gains" : after > before ? "loses" : "same";
        Optional<SeatBook.Line> line = book.line(to).filter(l -> !l.slots().isEmpty());
        String problem = "";
        String with = "";
        if (line.isEmpty()) problem = "placement.board.problem.not_eligible";
        else {
            Optional<SeatBook.Line> clash = book.inTheWay(line.get()).stream().filter(l -> !m.seat().equals(l.seat())).findFirst();
            if (clash.isPresent()) {
                problem = "placement.board.problem.clash";
                with = clash.get().name();
            }
        }
        return new BoardPage.Effect(m.seat(), to, m.name(), m.className(), name(byId, m.section()), name(byId, to), before, after, verdict, problem, with);
    }

    private static String name(Map<UUID, SectionStore.SectionRow> byId, UUID section) {
        SectionStore.@Nullable SectionRow row = byId.get(section);
        return row == null ? "" : row.name();
    }

    private static List<BoardPage.Load> loads(List<SectionStore.SectionRow> rows, List<SectionStore.MemberRow> members, Map<UUID, UUID> to) {
        Map<UUID, Integer> change = new HashMap<>();
        for (SectionStore.MemberRow m : members) {
            @Nullable UUID section = to.get(m.seat());
            if (section == null) continue;
            change.merge(m.section(), -1, Integer::sum);
            change.merge(section, 1, Integer::sum);
        }
        List<BoardPage.Load> all = new ArrayList<>();
        for (SectionStore.SectionRow r : rows) {
            int by = change.getOrDefault(r.id(), 0);
            if (!change.containsKey(r.id())) continue;
            int after = r.taken() + by;
            all.add(new BoardPage.Load(r.name(), r.taken(), after, r.capacity() + r.over(), after + r.held() > r.capacity() + r.over(), after < r.minSize() && r.taken() >= r.minSize()));
        }
        return all;
    }
}
