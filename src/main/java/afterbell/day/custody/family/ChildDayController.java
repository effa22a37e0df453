package afterbell.day.custody.family;

import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import afterbell.day.custody.LatePickups;
import afterbell.day.custody.Leaves;
import afterbell.day.custody.LineWords;
import afterbell.day.custody.childday.Decision.Why;
import afterbell.day.custody.childday.Fact;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A family's page of one child's afternoon: where it stands, leave, coming late. */
@Controller
@Allowed({Role.GUARDIAN, Role.CARER})
final class ChildDayController {
    private static final String PAGE = "custody/family/child";
    private static final int FARTHEST_DAYS = 200;

    private final FamilyStore store;
    private final Leaves leaves;
    private final LatePickups latePickups;
    private final LineWords lines;
    private final Roster roster;
    private final Rules rules;
    private final Clock clock;

    ChildDayController(FamilyStore store, Leaves leaves, LatePickups latePickups, LineWords lines, Roster roster, Rules rules, Clock clock) {
        this.store = store;
        this.leaves = leaves;
        this.latePickups = latePickups;
        this.lines = lines;
        this.roster = roster;
        this.rules = rules;
        this.clock = clock;
    }

    @GetMapping("/children/{child}/today")
    ModelAndView show(Wearer me, @PathVariable UUID child) {
        return Pages.show(PAGE, page(me, child, fresh(), List.of()));
    }

    /** @param also brothers and sisters who are on leave with the child @param weekday empty: each day of the stretch */
    @PostMapping("/children/{child}/leaves")
    ModelAndView leave(
            Wearer me,
            @PathVariable UUID child,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String until,
            @RequestParam(defaultValue = "") Set<String> weekday,
            @RequestParam(defaultValue = "") Set<String> also,
            @RequestParam("_key") UUID key,
            RedirectAttributes redirect) {
        ChildDayPage.Typed typed = new ChildDayPage.Typed(from, until, weekday, also, "");
        ChildDayPage page = page(me, child, typed, List.of());
        LocalDate first = day(from);
        LocalDate last = until.isEmpty() ? first : day(until);
        if (first == null || first.isBefore(page.today()) || first.isAfter(page.today().plusDays(FARTHEST_DAYS))) return no(me, child, typed, "from", "custody.leave.refused.from");
        if (last == null || last.isBefore(first) || last.isAfter(first.plusDays(FARTHEST_DAYS))) return no(me, child, typed, "until", "custody.leave.refused.until");
        if (first.equals(page.today()) && page.line() != null && page.closes() == null) return no(me, child, typed, "from", "custody.leave.refused.late");
        Set<UUID> children = new LinkedHashSet<>(List.of(child));
        for (String a : also) if (!a.isEmpty()) children.add(page.others().stream().map(Pupil::id).filter(id -> id.toString().equals(a)).findFirst().orElseThrow(NotFound::new));
        Set<Integer> days = weekday.stream().filter(d -> d.matches("[1-7]")).map(Integer::valueOf).collect(Collectors.toSet());
        UUID school = me.schoolOf(child);
        // The page has asked whether the children are the family's; teachers can be told under the school's scope alone.
        Optional<Why> why = Scopes.within(Scope.school(school, me.account()), () -> leaves.put(school, children, first, last, days, Fact.Told.IN_APP, me.account(), key));
        if (why.isPresent()) return no(me, child, typed, "from", "custody.refused." + why.get().name().toLowerCase(Locale.ROOT));
        return Pages.done(page.href() + "/today", redirect, "custody.flash.leave_family");
    }

    @PostMapping("/children/{child}/leaves/{leave}/withdrawal")
    ModelAndView withdraw(Wearer me, @PathVariable UUID child, @PathVariable UUID leave, RedirectAttributes redirect) {
        leaves.withdraw(me.schoolOf(child), child, leave, me.account(), true);
        return Pages.done("/children/" + child + "/today", redirect, "custody.flash.leave_withdrawn");
    }

    /** On one day of a repeating leave the child comes. */
    @PostMapping("/children/{child}/leaves/{leave}/exceptions")
    ModelAndView except(Wearer me, @PathVariable UUID child, @PathVariable UUID leave, @RequestParam(defaultValue = "") String day, RedirectAttributes redirect) {
        LocalDate on = day(day);
        if (on == null) return no(me, child, fresh(), "day", "custody.leave.refused.from");
        leaves.except(me.schoolOf(child), child, leave, on, me.account(), true);
        return Pages.done("/children/" + child + "/today", redirect, "custody.flash.leave_excepted");
    }

    @PostMapping("/children/{child}/late")
    ModelAndView late(Wearer me, @PathVariable UUID child, @RequestParam(defaultValue = "") String time, RedirectAttributes redirect) {
        ChildDayPage.Typed typed = new ChildDayPage.Typed("", "", Set.of(), Set.of(), time);
        ChildDayPage page = page(me, child, typed, List.of());
        LocalTime at = time(time);
        DayLine line = page.line();
        if (line == null || line.leavesAt() == null || line.state().left()) return no(me, child, typed, "time", "custody.late.refused.not_here");
        Instant expected = at == null ? null : page.today().atTime(at).atZone(Screen.ZONE).toInstant();
        if (at == null || expected == null || !expected.isAfter(line.leavesAt()) || !expected.isAfter(clock.instant())) return no(me, child, typed, "time", "custody.late.refused.time");
        UUID school = me.schoolOf(child);
        Scopes.within(Scope.school(school, me.account()), () -> latePickups.put(school, page.today(), child, expected, me.account()));
        return Pages.done(page.href() + "/today", redirect, "custody.flash.late", at.toString());
    }

    /** In time after all: the child goes home as on any day. */
    @PostMapping("/children/{child}/late/withdrawal")
    ModelAndView inTime(Wearer me, @PathVariable UUID child, RedirectAttributes redirect) {
        ChildDayPage page = page(me, child, fresh(), List.of());
        UUID school = me.schoolOf(child);
        Scopes.within(Scope.school(school, me.account()), () -> latePickups.withdraw(school, page.today(), child, me.account()));
        return Pages.done(page.href() + "/today", redirect, "custody.flash.in_time");
    }

    private ModelAndView no(Wearer me, UUID child, ChildDayPage.Typed typed, String field, String key) {
        return Pages.refused(PAGE, page(me, child, typed, List.of(new Refusal.Simple(key, field, List.of()))));
    }

    private static ChildDayPage.Typed fresh() {
        return new ChildDayPage.Typed("", "", Set.of(), Set.of(), "");
    }

    private ChildDayPage page(Wearer me, UUID child, ChildDayPage.Typed typed, List<Refusal> refusals) {
        UUID school = me.schoolOf(child);
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, Screen.ZONE);
        if (!me.children(Role.GUARDIAN, Role.CARER).contains(child)) throw new NotFound();
        List<Pupil> mine = roster.children(me.children(Role.GUARDIAN, Role.CARER));
        Pupil pupil = mine.stream().filter(p -> p.id().equals(child)).findFirst().orElseThrow(NotFound::new);
        List<Pupil> others = mine.stream().filter(p -> !p.id().equals(child) && me.schoolOf(p.id()).equals(school)).toList();
        DayLine line = store.line(today, child).orElse(null);
        Instant closes = line == null ? null : line.bell().minus(Duration.ofMinutes(rules.value(school, today, Rule.PLAN_CHANGE_CUTOFF_MINUTES)));
        return new ChildDayPage(pupil, today, line, lines.of(today, child).orElse(null), closes != null && now.isBefore(closes) ? closes : null, leaves.of(school, List.of(child)), others, typed, refusals);
    }

    private static @Nullable LocalDate day(String typed) {
        try {
            return LocalDate.parse(typed);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable LocalTime time(String typed) {
        try {
            return LocalTime.parse(typed);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
