package afterbell.day.dismissal.dated;

import afterbell.base.audit.Audit;
import afterbell.base.roster.WayHome;
import afterbell.base.roster.WayHome.Ways;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Screen;
import afterbell.day.custody.Afternoon;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.ChildStanding;
import afterbell.day.custody.DeviceAct;
import afterbell.day.custody.DeviceRoom;
import afterbell.day.custody.ToldOf;
import afterbell.day.custody.childday.Clearance;
import afterbell.day.custody.childday.DayPlan;
import afterbell.day.custody.childday.Decision;
import afterbell.day.custody.childday.Decision.Why;
import afterbell.day.custody.childday.Fact;
import afterbell.day.custody.childday.Teller;
import afterbell.day.custody.childday.Telling;
import afterbell.day.dismissal.Sight;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Releases that a device did by its dated list. They have happened, so each is recorded, also where the house would have said no: to somebody barred since, or
 * without a consent that still holds. Such an entry carries its doubt and is red until the duty leader accounts for the child.
 */
@Component
class TakeReleases implements DeviceRoom {
    private static final String LINE = "line";
    private static final String RELEASE = "release";
    private static final String WALK = "walk";
    /** A consent that nobody gave. */
    private static final UUID NONE = new UUID(0, 0);
    /** Clocks and the way through the queue take a moment. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    private final Sight sight;
    private final Afternoon afternoon;
    private final ChildDays days;
    private final WayHome wayHome;
    private final ShowDated dated;
    private final LeaderCode code;
    private final Audit audit;
    private final JdbcClient sql;

    TakeReleases(Sight sight, Afternoon afternoon, ChildDays days, WayHome wayHome, ShowDated dated, LeaderCode code, Audit audit, JdbcClient sql) {
        this.sight = sight;
        this.afternoon = afternoon;
        this.days = days;
        this.wayHome = wayHome;
        this.dated = dated;
        this.code = code;
        this.audit = audit;
        this.sql = sql;
    }

    @Override
    public List<String> pages(Wearer me, LocalDate day) {
        // The office has no list of its own: a page that a device may not open is not one that it keeps.
        return me.is(Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.DUTY_LEADER, Role.GUARD) ? List.of(DatedController.PATH) : List.of();
    }

    @Override
    @Transactional(readOnly = true)
    public boolean over(UUID school, LocalDate day) {
        return sql.sql("select exists (select 1 from dismissal.pub_clear where school_id = :s and day = :d)").param("s", school).param("d", day).query(Boolean.class).single();
    }

    @Override
    public Leader leader(Wearer me, LocalDate day) {
        return code.check(me.school(), day, dated.minutes(me.school(), day));
    }

    @Override
    public Set<String> acts() {
        return Set.of(LINE, RELEASE, WALK);
    }

    @Override
    @Transactional
    public Optional<Afternoon.Answer> take(Wearer me, DeviceAct act) {
        LocalDate day = LocalDate.ofInstant(act.at(), Screen.ZONE);
        List<UUID> gone = act.act().equals(LINE)
                ? act.present().stream().filter(p -> !act.absent().contains(p)).toList()
                : act.pupil() == null ? List.of() : List.of(act.pupil());
        if (gone.isEmpty() || act.act().equals(RELEASE) && act.adult() == null) return Optional.empty();
        Map<UUID, ChildStanding> standings = days.standings(me.school(), day, gone);
        Sight.Seen seen = sight.of(me, day);
        List<DayPlan.Turn> turns = turns(me, day, act, standings.values());
        Map<UUID, Ways> ways = wayHome.on(me.school(), day, gone);
        List<ToldOf> told = new ArrayList<>();
        // Child by child: one that is none of this person's any more, or that the day does not know, takes no other one's release away.
        Map<UUID, Why> refused = new LinkedHashMap<>();
        for (UUID pupil : gone) {
            @Nullable ChildStanding standing = standings.get(pupil);
            Optional<Teller> as = standing == null ? Optional.empty() : seen.tells(standing.schoolClass(), hands(seen, standing), stood(seen, turns));
            if (standing == null || as.isEmpty()) {
                refused.put(pupil, Why.NOT_YOURS);
                continue;
            }
            Teller teller = as.get();
            Ways way = Objects.requireNonNull(ways.get(pupil));
            UUID entry = UUID.nameUUIDFromBytes((act.key() + "/" + pupil).getBytes(StandardCharsets.UTF_8));
            told.add(new ToldOf(pupil, new Telling(entry, act.at(), teller, fact(act, standing, way, turns), true), new Clearance(way.takerIds(), way.barred(), way.consents())));
        }
        // Nothing of it is this person's: he does not learn whether there are such children.
        if (told.isEmpty()) return Optional.empty();
        Afternoon.Answer answer = answer(act, told, days.tell(me.school(), day, told), refused);
        if (answer.recorded() > 0 && old(me, act, day)) audit.record(me.school(), "dismissal.released_by_old_list", "act", act.key(), Map.of("children", answer.recorded()));
        return Optional.of(answer);
    }

    /** What is said must not change when it is said again: nothing in it hangs on where the child stands by then. */
    private static Fact fact(DeviceAct act, ChildStanding standing, Ways way, List<DayPlan.Turn> turns) {
        return switch (act.act()) {
            case RELEASE -> new Fact.Collected(null, Objects.requireNonNull(act.adult()), Fact.Proof.KNOWN_BY_SIGHT);
            case WALK -> new Fact.WalkedHome(null, way.walk() == null ? NONE : way.walk());
            default -> {
                if (way.line() == null && way.walk() != null) yield new Fact.WalkedHome(leads(act, standing, turns), way.walk());
                yield new Fact.WithLine(leads(act, standing, turns), way.line() == null ? NONE : way.line());
            }
        };
    }

    /** Who answered, when it left, for the session whose line it was. */
    private static UUID leads(DeviceAct act, ChildStanding standing, List<DayPlan.Turn> turns) {
        int stop = act.session() == null ? -1 : standing.sessions().indexOf(act.session());
        @Nullable UUID led = act.session() == null ? null : Afternoon.answering(turns, act.at(), stop < 0 ? null : standing.custodians().get(stop));
        if (led != null) return led;
        return standing.custodians().isEmpty() ? standing.classTeacher() : standing.custodians().getLast();
    }

    /** What became of the session that the act is of, or else of the only one that all these children are in or have last. */
    private List<DayPlan.Turn> turns(Wearer me, LocalDate day, DeviceAct act, Collection<ChildStanding> standings) {
        List<UUID> sessions = act.session() != null
                ? List.of(act.session())
                : standings.stream().map(s -> s.session() != null || s.sessions().isEmpty() ? s.session() : s.sessions().getLast()).filter(Objects::nonNull).distinct().toList();
        return sessions.size() == 1 ? afternoon.turns(me.school(), day, sessions.getFirst()) : List.of();
    }

    /** The person, if he stood there earlier today: a phone without a network has not heard who came in his place. */
    private static @Nullable UUID stood(Sight.Seen seen, List<DayPlan.Turn> turns) {
        return seen.staff() != null && turns.stream().anyMatch(t -> seen.staff().equals(t.from()) || seen.staff().equals(t.to())) ? seen.staff() : null;
    }

    /** In whose hands the child was: the person's own where today's plan gives it to him, for the roll that says so may still be on its way. */
    private static @Nullable UUID hands(Sight.Seen seen, ChildStanding standing) {
        if (seen.staff() != null && standing.custodians().contains(seen.staff())) return seen.staff();
        return standing.custodian() != null || standing.custodians().isEmpty() ? standing.custodian() : standing.custodians().getLast();
    }

    /** By a list that was too old, and without the duty leader's word. */
    private boolean old(Wearer me, DeviceAct act, LocalDate day) {
        if (act.seen() == null || act.code() != null && code.is(me.school(), day, act.code())) return false;
        return act.at().isAfter(act.seen().plus(Duration.ofMinutes(dated.minutes(me.school(), day))).plus(SLACK));
    }

    private static Afternoon.Answer answer(DeviceAct act, List<ToldOf> told, List<Decision> decisions, Map<UUID, Why> before) {
        int recorded = 0;
        int known = 0;
        Map<UUID, Why> refused = new LinkedHashMap<>(before);
        for (int i = 0; i < told.size(); i++)
            switch (decisions.get(i)) {
                case Decision.Recorded _ -> recorded++;
                case Decision.Already _ -> known++;
                // The key of an entry names the device's act and the child: told in other words, only the house's part of it has changed meanwhile.
                case Decision.Refused(Why why) when why == Why.KEY_REUSED -> known++;
                case Decision.Refused(Why why) -> refused.put(told.get(i).pupil(), why);
            }
        return new Afternoon.Answer(act.key(), recorded, known, refused);
    }
}
