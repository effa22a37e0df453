package afterbell.app.demo;

import afterbell.base.roster.Roster;
import afterbell.base.roster.StaffMember;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.text.DataFile;
import afterbell.base.shared.web.Screen;
import afterbell.day.duty.Duties;
import afterbell.day.duty.Line;
import afterbell.day.duty.Margins;
import afterbell.day.duty.PostKey;
import afterbell.day.duty.PostKind;
import afterbell.day.duty.Span;
import afterbell.day.duty.SpecialDay;
import afterbell.day.duty.SpecialStore;
import afterbell.day.duty.rotation.Rotation;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who answers at the demo school: gates, areas, the late room, and this week's published posts by turns. The demo duty leader leads today; next week is not
 * drawn up yet; one post of today is open, so that there is somebody to find. Families are asked about a day of next week.
 */
@Component
@Order(90)
@ConditionalOnProperty("afterbell.demo")
final class DutyChapter implements DemoChapter {
    private final Duties duties;
    private final Margins margins;
    private final SpecialStore special;
    private final Schools schools;
    private final Roster roster;
    private final Ids ids;
    private final Clock clock;
    private final TransactionTemplate transactions;

    DutyChapter(Duties duties, Margins margins, SpecialStore special, Schools schools, Roster roster, Ids ids, Clock clock, TransactionTemplate transactions) {
        this.duties = duties;
        this.margins = margins;
        this.special = special;
        this.schools = schools;
        this.roster = roster;
        this.ids = ids;
        this.clock = clock;
        this.transactions = transactions;
    }

    @Override
    public void load(DemoSchool plan, UUID school) {
        DataFile words = DataFile.load("demo/duty.yaml");
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        transactions.executeWithoutResult(t -> {
            words.at("gates").texts().forEach(g -> schools.addGate(school, ids.next(), g));
            words.at("areas").texts().forEach(a -> schools.addArea(school, ids.next(), a));
            Map<String, StaffMember> staff = roster.staff(school).stream().collect(Collectors.toMap(StaffMember::code, Function.identity()));
            List<UUID> leaders = plan.staff().stream().filter(p -> p.roles().contains(DemoSchool.Role.DUTY_LEADER)).map(p -> Objects.requireNonNull(staff.get(p.code())).id()).toList();
            UUID shown = plan.staff().stream()
                    .filter(p -> p.roles().equals(Set.of(DemoSchool.Role.DUTY_LEADER)))
                    .map(p -> Objects.requireNonNull(staff.get(p.code())))
                    .filter(s -> s.account() != null)
                    .map(StaffMember::id)
                    .findFirst()
                    .orElse(leaders.getFirst());
            UUID late = schools.rooms(school).stream().filter(r -> r.kind().equals("special")).map(Schools.Room::id).findFirst().orElseThrow();
            duties.settle(school, shown, late);
            week(school, today, shown, leaders, List.copyOf(staff.values()));
            ask(school, today);
        });
    }

    private void week(UUID school, LocalDate today, UUID leader, List<UUID> leaders, List<StaffMember> staff) {
        Set<LocalDate> days = new LinkedHashSet<>(List.of(today));
        Stream.iterate(today, d -> d.getDayOfWeek() != DayOfWeek.SATURDAY, d -> d.plusDays(1)).forEach(days::add);
        // A day has its gates and areas as posts once somebody leads it.
        duties.put(school, days.stream().map(d -> new Duties.Written(d, PostKey.LEADER, d.equals(today) ? leader : leaders.get((int) (d.toEpochDay() % leaders.size())), Duties.Source.ROTATION, true)).toList(), null);
        List<Rotation.Need> needs = new ArrayList<>();
        List<Rotation.Busy> busy = new ArrayList<>();
        duties.lines(school, today, today.plusDays(6)).stream().collect(Collectors.groupingBy(l -> l.post().day())).forEach((day, lines) -> {
            Span span = Span.of(lines.stream().map(Line::post).toList(), margins.of(school, day));
            for (Line l : lines) {
                PostKind kind = l.post().key().kind();
                if (l.open() && kind != PostKind.CLASS) needs.add(new Rotation.Need(day, l.post().key().text(), kind.code(), span.hours(l.post())));
                else if (l.post().staff() != null) busy.add(new Rotation.Busy(l.post().staff(), day, span.hours(l.post())));
            }
            for (int n = 1; n <= 2; n++) needs.add(new Rotation.Need(day, PostKey.admin(n).text(), PostKind.ADMIN.code(), span.hours(PostKind.ADMIN)));
        });
        List<Rotation.Person> people = staff.stream()
                .filter(s -> !s.kind().equals("outside"))
                .map(s -> new Rotation.Person(s.id(), s.subject(), switch (s.kind()) {
                    case "guard" -> Set.of("gate");
                    case "office" -> Set.of("admin", "gate");
                    default -> Set.of("late", "patrol", "session");
                }))
                .toList();
        List<Duties.Written> written = new ArrayList<>(Rotation.of(needs, people, busy, List.of(), DemoSchool.SEED).turns().stream()
                .map(turn -> new Duties.Written(turn.need().day(), PostKey.parse(turn.need().post()).orElseThrow(), turn.person(), Duties.Source.ROTATION, true))
                .toList());
        duties.put(school, written, null);
        written.stream().filter(w -> w.day().equals(today) && w.post().kind() == PostKind.PATROL).findFirst().ifPresent(w -> duties.absent(school, today, w.staff(), w.post(), null));
    }

    private void ask(UUID school, LocalDate today) {
        LocalDate day = today.plusDays(8).getDayOfWeek().getValue() > 5 ? today.plusDays(10) : today.plusDays(8);
        SpecialDay question = new SpecialDay(
                ids.next(), school, day, "exam", LocalTime.of(15, 30), List.of(LocalTime.of(17, 0), LocalTime.of(18, 0)), Set.of(3, 4), day.minusDays(2).atTime(20, 0).atZone(Screen.ZONE).toInstant(), "as-usual", false);
        special.add(question, new UUID(0, 2), clock.instant());
    }
}
