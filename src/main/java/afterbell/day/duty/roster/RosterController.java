package afterbell.day.duty.roster;

import afterbell.base.audit.Audit;
import afterbell.base.rules.Resolved;
import afterbell.base.rules.Rule;
import afterbell.base.rules.RuleTable;
import afterbell.base.rules.Rules;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.Typed;
import afterbell.day.duty.Duties;
import afterbell.day.duty.DutyRefused;
import afterbell.day.duty.Line;
import afterbell.day.duty.PostKey;
import afterbell.day.duty.PostKind;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The week's roster, and who takes turns. */
@Controller
@Allowed({Role.OFFICE, Role.PRINCIPAL})
final class RosterController {
    private static final String PAGE = "duty/roster/page";

    private final DrawRoster drawRoster;
    private final RosterStore store;
    private final Duties duties;
    private final Rules rules;
    private final Schools schools;
    private final Audit audit;
    private final TransactionTemplate transactions;
    private final Ids ids;
    private final Clock clock;

    RosterController(DrawRoster drawRoster, RosterStore store, Duties duties, Rules rules, Schools schools, Audit audit, TransactionTemplate transactions, Ids ids, Clock clock) {
        this.drawRoster = drawRoster;
        this.store = store;
        this.duties = duties;
        this.rules = rules;
        this.schools = schools;
        this.audit = audit;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER, Role.GRADE_HEAD})
    @GetMapping("/duty/roster")
    ModelAndView week(Wearer me, @RequestParam MultiValueMap<String, String> query, Locale locale) {
        return Pages.show(PAGE, page(me, monday(new Typed(query)), List.of(), locale));
    }

    @PostMapping("/duty/roster/drafts")
    ModelAndView draw(Wearer me, @RequestParam MultiValueMap<String, String> form, Locale locale, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        LocalDate monday = monday(typed);
        return switch (drawRoster.draw(me, monday, typed.key(ids))) {
            case Outcome.Refused<DrawRoster.Drawn>(List<Refusal> no) -> Pages.refused(PAGE, page(me, monday, no, locale));
            case Outcome.Done<DrawRoster.Drawn>(DrawRoster.Drawn drawn) -> Pages.done("/duty/roster?week=" + monday, redirect, drawn.open() == 0 ? "duty.flash.drawn" : "duty.flash.drawn_open", drawn.turns(), drawn.open());
        };
    }

    @PostMapping("/duty/roster/publications")
    ModelAndView publish(Wearer me, @RequestParam MultiValueMap<String, String> form, Locale locale, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        LocalDate monday = monday(typed);
        return switch (drawRoster.publish(me, monday, typed.key(ids))) {
            case Outcome.Refused<Integer>(List<Refusal> no) -> Pages.refused(PAGE, page(me, monday, no, locale));
            case Outcome.Done<Integer>(Integer told) -> Pages.done("/duty/roster?week=" + monday, redirect, "duty.flash.published", told);
        };
    }

    @GetMapping("/duty/turns")
    ModelAndView turns(Wearer me) {
        return Pages.show("duty/roster/turns", turnsPage(me, null, List.of()));
    }

    @PostMapping("/duty/turns")
    ModelAndView putTurns(Wearer me, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        UUID school = me.school();
        @Nullable List<Refusal> no = transactions.execute(t -> {
            Set<UUID> known = store.people(school).stream().map(RosterStore.Person::id).collect(Collectors.toSet());
            @Nullable UUID leader = typed.id("leader").orElse(null);
            @Nullable UUID room = typed.id("lateRoom").orElse(null);
            List<Refusal> refused = new ArrayList<>();
            if (leader != null && !known.contains(leader)) refused.add(new DutyRefused.NoPerson("leader"));
            if (room != null && schools.rooms(school).stream().noneMatch(r -> r.id().equals(room))) refused.add(new DutyRefused.Plain("duty.refused.room", "lateRoom"));
            if (!refused.isEmpty()) return refused;
            duties.settle(school, leader, room);
            for (PostKind kind : DrawRoster.TURNS) store.putTurns(school, kind.code(), typed.ids("turn-" + kind.code()));
            audit.record(school, "duty.turns_set", "school", school, Map.of());
            return refused;
        });
        if (no != null && !no.isEmpty()) return Pages.refused("duty/roster/turns", turnsPage(me, typed, no));
        return Pages.done("/duty/roster", redirect, "duty.flash.turns");
    }

    private TurnsPage turnsPage(Wearer me, @Nullable Typed typed, List<? extends Refusal> refusals) {
        UUID school = me.school();
        return transactions.execute(t -> {
            List<RosterStore.Person> people = store.people(school);
            Map<String, Set<UUID>> turns = typed == null
                    ? DrawRoster.turns(store.turns(school), people)
                    : DrawRoster.TURNS.stream().collect(Collectors.toMap(PostKind::code, k -> Set.copyOf(typed.ids("turn-" + k.code()))));
            RosterStore.Setting setting = store.setting(school).orElse(new RosterStore.Setting(null, null));
            return new TurnsPage(
                    people.stream().map(p -> Choice.of(p.id().toString(), p.name())).toList(),
                    DrawRoster.TURNS.stream().map(PostKind::code).toList(),
                    turns.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().stream().map(UUID::toString).collect(Collectors.toSet()))),
                    typed == null ? text(setting.leader()) : typed.text("leader"),
                    schools.rooms(school).stream().map(r -> Choice.of(r.id().toString(), r.name())).toList(),
                    typed == null ? text(setting.lateRoom()) : typed.text("lateRoom"),
                    refusals);
        });
    }

    private static String text(@Nullable UUID id) {
        return id == null ? "" : id.toString();
    }

    private RosterPage page(Wearer me, LocalDate monday, List<? extends Refusal> refusals, Locale locale) {
        UUID school = me.school();
        return transactions.execute(t -> {
            LocalDate until = monday.plusDays(6);
            List<Line> lines = duties.lines(school, monday, until);
            List<RosterStore.Draft> drafts = store.drafts(school, monday, until);
            List<LocalDate> days = List.copyOf(new TreeSet<>(lines.stream().map(l -> l.post().day()).toList()));
            boolean change = me.is(Role.OFFICE, Role.PRINCIPAL);
            return new RosterPage(
                    monday,
                    days,
                    rows(lines, drafts, days),
                    drafts.size(),
                    (int) drafts.stream().map(RosterStore.Draft::staff).distinct().count(),
                    days.isEmpty() ? List.of() : ratios(school, monday, days, lines, drafts, locale),
                    lines.stream().filter(Line::open).filter(l -> drafts.stream().noneMatch(d -> d.day().equals(l.post().day()) && d.post().equals(l.post().key()))).toList(),
                    change,
                    until.isBefore(today()),
                    refusals);
        });
    }

    /** Places by turns, and sessions that somebody had to be found for. Classes and other sessions answer by themselves. */
    private static List<RosterPage.Row> rows(List<Line> lines, List<RosterStore.Draft> drafts, List<LocalDate> days) {
        Map<String, Line> posts = new LinkedHashMap<>();
        for (PostKind kind : DrawRoster.TURNS)
            lines.stream()
                    .filter(l -> l.post().key().kind() == kind)
                    .filter(l -> kind != PostKind.SESSION || l.open() || drafts.stream().anyMatch(d -> d.post().equals(l.post().key())) || Set.of("rotation", "substitute", "hand", "swap").contains(String.valueOf(l.post().source())))
                    .forEach(l -> posts.putIfAbsent(rowOf(l), l));
        return posts.entrySet().stream()
                .map(e -> new RosterPage.Row(e.getValue(), days.stream().map(d -> cell(lines, drafts, d, e.getKey())).toList()))
                .toList();
    }

    // A club meets on several days as different sessions: one row of its name.
    private static String rowOf(Line l) {
        return l.post().key().kind() == PostKind.SESSION ? "session/" + (l.club() ? l.section() : l.schoolClass()) + l.hours() : l.post().key().text();
    }

    private static RosterPage.Cell cell(List<Line> lines, List<RosterStore.Draft> drafts, LocalDate day, String row) {
        @Nullable Line line = lines.stream().filter(l -> l.post().day().equals(day) && rowOf(l).equals(row)).findFirst().orElse(null);
        if (line == null) return new RosterPage.Cell(day, "", false, null);
        PostKey key = line.post().key();
        return drafts.stream()
                .filter(d -> d.day().equals(day) && d.post().equals(key))
                .findFirst()
                .map(d -> new RosterPage.Cell(day, d.name(), true, line.href()))
                .orElse(new RosterPage.Cell(day, line.who(), false, line.href()));
    }

    private List<RosterPage.Ratio> ratios(UUID school, LocalDate monday, List<LocalDate> days, List<Line> lines, List<RosterStore.Draft> drafts, Locale locale) {
        List<RosterPage.Ratio> all = new ArrayList<>();
        Resolved<Integer> perTeacher = rules.resolve(school, monday, Rule.DUTY_PUPILS_PER_TEACHER);
        Resolved<RuleTable> extra = rules.resolve(school, monday, Rule.DUTY_EXTRA_ADMINISTRATORS);
        Map<Integer, RosterStore.Staying> staying = drawRoster.staying(school, monday);
        for (LocalDate day : days) {
            int wants = drawRoster.administrators(school, day, staying);
            long has = lines.stream().filter(l -> l.post().day().equals(day) && l.post().key().kind() == PostKind.ADMIN && !l.open()).count()
                    + drafts.stream().filter(d -> d.day().equals(day) && d.post().kind() == PostKind.ADMIN).count();
            if (has < wants) all.add(new RosterPage.Ratio("duty.ratio.admin", day, "", (int) has, wants, extra.clause().text().in(locale), extra.rule().key()));
        }
        for (Line l : lines)
            if (l.club() && RatioPolicy.teachers(l.children(), perTeacher.value()) > 1)
                all.add(new RosterPage.Ratio("duty.ratio.teacher", l.post().day(), l.what(), l.children(), RatioPolicy.teachers(l.children(), perTeacher.value()), perTeacher.clause().text().in(locale), perTeacher.rule().key()));
        return all;
    }

    private LocalDate monday(Typed typed) {
        LocalDate day = typed.date("week").orElseGet(() -> today().getDayOfWeek().getValue() > 5 ? today().plusDays(2) : today());
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }
}
