package afterbell.day.custody;

import afterbell.base.roster.Roster;
import afterbell.base.roster.StaffMember;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Screen;
import afterbell.day.custody.ChildStanding.State;
import afterbell.day.custody.childday.DayPlan;
import afterbell.day.custody.childday.Decision;
import afterbell.day.custody.childday.Decision.Why;
import afterbell.day.custody.childday.Fact;
import afterbell.day.custody.childday.Teller;
import afterbell.day.custody.childday.Teller.Duty;
import afterbell.day.custody.childday.Telling;
import afterbell.day.duty.Day;
import afterbell.day.duty.Duties;
import afterbell.day.duty.PostKey;
import afterbell.day.duty.PostKind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Turns what a teacher does on a screen into what is said of each child: who may, on whose behalf, and what is already known. */
@Component
public class Afternoon {
    private static final UUID NOBODY = new UUID(0, 0);

    private final ChildDays days;
    private final AfternoonStore store;
    private final Duties duties;
    private final Roster roster;

    Afternoon(ChildDays days, AfternoonStore store, Duties duties, Roster roster) {
        this.days = days;
        this.store = store;
        this.duties = duties;
        this.roster = roster;
    }

    /**
     * A dated session with the one who answers for it.
     *
     * @param custodian a member of staff; the duty leader where nobody stands there; null where the school has named neither
     * @param mine whether the asking person stands there, leads the section too, or has the class
     * @param leader whether the asking person leads the day
     */
    public record SessionNow(
            UUID id,
            LocalDate day,
            String name,
            String room,
            LocalTime starts,
            LocalTime ends,
            boolean dropped,
            @Nullable UUID schoolClass,
            @Nullable UUID custodian,
            String custodianName,
            boolean mine,
            boolean leader) {

        public Instant begins() {
            return day.atTime(starts).atZone(Screen.ZONE).toInstant();
        }

        public Instant until() {
            return day.atTime(ends).atZone(Screen.ZONE).toInstant();
        }
    }

    /**
     * What became of an act.
     *
     * @param recorded children of whom something new was written
     * @param known children of whom the same was known already
     * @param refused why not, by child
     */
    public record Answer(UUID key, int recorded, int known, Map<UUID, Why> refused) {
        public Answer {
            refused = Map.copyOf(refused);
        }
    }

    /** The session as it stands for this person. @throws NotFound for whoever has nothing to do with it */
    @Transactional(readOnly = true)
    public SessionNow session(Wearer me, UUID session) {
        return session(me, session, null);
    }

    /**
     * @param at when something happened that is told now: whoever stood there then, or stood there on that day at all and had not heard, may tell it; null for
     *     what is done now
     */
    private SessionNow session(Wearer me, UUID session, @Nullable Instant at) {
        SessionNow now = store.session(me.school(), me.account(), me.classes(), session).orElseThrow(NotFound::new);
        boolean leader = now.leader() || me.is(Role.DUTY_LEADER);
        boolean mine = now.mine();
        @Nullable UUID custodian = now.custodian();
        // Nobody stands at a session that is dropped: its children are in the hands of whoever had it until they are counted elsewhere.
        if (at != null || now.dropped()) {
            List<DayPlan.Turn> turns = turns(me.school(), now.day(), session);
            if (!turns.isEmpty() && !mine) mine = own(me).filter(staff -> turns.stream().anyMatch(turn -> staff.equals(turn.from()) || staff.equals(turn.to()))).isPresent();
            custodian = answering(turns, at, now.dropped() ? null : custodian);
        }
        if (!mine && !leader) throw new NotFound();
        return new SessionNow(now.id(), now.day(), now.name(), now.room(), now.starts(), now.ends(), now.dropped(), now.schoolClass(), custodian, now.custodianName(), mine, leader);
    }

    /** What became of a session in the course of the day: who answered for it before, and whether it was dropped; oldest first. */
    @Transactional(readOnly = true)
    public List<DayPlan.Turn> turns(UUID school, LocalDate day, UUID session) {
        return store.turns(school, day, session);
    }

    /**
     * Who answered for a session at a moment.
     *
     * @param at null: now
     * @param now who does now; null where it is not held any more
     */
    public static @Nullable UUID answering(List<DayPlan.Turn> turns, @Nullable Instant at, @Nullable UUID now) {
        @Nullable UUID answers = now == null && !turns.isEmpty() ? turns.getLast().from() : now;
        for (DayPlan.Turn turn : turns)
            if (at != null && at.isBefore(turn.at())) {
                answers = turn.from();
                break;
            }
        return NOBODY.equals(answers) ? null : answers;
    }

    /** The session as anybody sees it who has nothing to do with it; for callers that have asked whether the person may. */
    @Transactional(readOnly = true)
    public Optional<SessionNow> session(UUID school, UUID session) {
        return store.session(school, NOBODY, List.of(), session);
    }

    /** Does one act in one transaction. Done again it changes nothing. */
    @Transactional
    public Answer act(Wearer me, Act act) {
        return act(me, act, false);
    }

    /**
     * The same for an act that a device kept. Other acts of the same person may still be under way that happened in between, so even what is known already is
     * written down with its hour: whatever the order of arrival, the end is the same. It is told by, and of, whoever stood there when it happened.
     */
    @Transactional
    public Answer happened(Wearer me, Act act) {
        return act(me, act, true);
    }

    private Answer act(Wearer me, Act act, boolean happened) {
        return switch (act) {
            case Act.OnSession on -> onSession(me, on, happened);
            case Act.HandOver over -> handOver(me, over, happened);
            case Act.Morning morning -> morning(me, morning, happened);
        };
    }

    private Answer onSession(Wearer me, Act.OnSession act, boolean happened) {
        SessionNow session = session(me, act.session(), happened ? act.at() : null);
        // What happened, happened; and whoever still has children of a session that was dropped may send them on.
        if (session.dropped() && !happened && !(act instanceof Act.Elsewhere || act instanceof Act.Back)) return no(act, act.pupils(), Why.NOT_HELD);
        // Where the school has named nobody, whoever stands there and calls the roll answers for the children: that is what the tap says.
        UUID custodian = session.custodian() != null ? session.custodian() : own(me).orElse(null);
        if (custodian == null) return no(act, act.pupils(), Why.NOBODY_NAMED);
        Teller teller = new Teller(me.account(), session.leader() && !session.mine() ? Set.of(Duty.DUTY_LEADER) : Set.of(Duty.SERVICE_TEACHER));
        List<ToldOf> told = new ArrayList<>();
        int known = 0;
        switch (act) {
            case Act.Roll roll -> {
                Set<UUID> all = new LinkedHashSet<>(roll.present());
                all.addAll(roll.absent());
                Map<UUID, ChildStanding> standings = days.standings(me.school(), session.day(), all);
                for (UUID pupil : all) {
                    boolean absent = roll.absent().contains(pupil);
                    ChildStanding now = standings.get(pupil);
                    if (!happened && now != null && (absent ? sought(now) : present(now, session))) known++;
                    else told.add(of(act, pupil, teller, absent ? new Fact.Missed(custodian, session.id()) : new Fact.Counted(custodian, session.id(), session.until())));
                }
            }
            case Act.Out out -> told.add(of(act, out.pupil(), teller, new Fact.CalledOut(custodian, out.where())));
            case Act.Back back -> told.add(of(act, back.pupil(), teller, new Fact.CameBack(custodian)));
            case Act.Elsewhere elsewhere -> told.add(of(act, elsewhere.pupil(), teller, new Fact.Sent(custodian, belongs(me, session, elsewhere.pupil()), null)));
            case Act.Trace trace -> told.add(of(act, trace.pupil(), teller, new Fact.Traced(trace.step())));
        }
        return answer(me, session.day(), act, told, known);
    }

    /** Where the child should be instead: its session that runs now or comes next. */
    private @Nullable UUID belongs(Wearer me, SessionNow session, UUID pupil) {
        ChildStanding now = days.standings(me.school(), session.day(), List.of(pupil)).get(pupil);
        if (now == null) return null;
        for (int i = 0; i < now.sessions().size(); i++)
            if (now.ends().get(i).isAfter(session.begins()) && !now.sessions().get(i).equals(session.id())) return now.sessions().get(i);
        return null;
    }

    private Answer handOver(Wearer me, Act.HandOver act, boolean happened) {
        LocalDate day = LocalDate.ofInstant(act.at(), Screen.ZONE);
        Day duty = duties.day(me.school(), day);
        PostKey post = new PostKey(PostKind.CLASS, act.schoolClass());
        List<Duties.Stood> stood = happened ? duties.stood(me.school(), day, post) : List.of();
        Teller teller = teller(me, duty, act.schoolClass(), stood);
        Optional<UUID> then = stood.stream().filter(s -> act.at().isBefore(s.at())).findFirst().flatMap(s -> Optional.ofNullable(s.from()).or(duty::leader));
        UUID custodian = then.or(() -> duty.answers(post)).or(() -> own(me)).orElse(null);
        if (custodian == null) return no(act, Stream.concat(act.present().stream(), act.absent().stream()).toList(), Why.NOBODY_NAMED);
        Map<UUID, ChildStanding> standings = days.ofClass(me.school(), day, act.schoolClass());
        List<ToldOf> told = new ArrayList<>();
        int known = 0;
        for (UUID pupil : act.absent()) {
            ChildStanding now = of(standings, pupil);
            if (waits(now)) told.add(of(act, pupil, teller, new Fact.Missed(custodian, null)));
            else known++;
        }
        for (UUID pupil : act.present()) {
            ChildStanding now = of(standings, pupil);
            if (act.absent().contains(pupil)) continue;
            if (!now.stays() || !(waits(now) || sought(now))) known++;
            else if (now.custodians().getFirst().equals(custodian)) told.add(of(act, pupil, teller, new Fact.Counted(custodian, now.sessions().getFirst(), now.ends().getFirst())));
            else told.add(of(act, pupil, teller, new Fact.Sent(custodian, now.sessions().getFirst(), null)));
        }
        return answer(me, day, act, told, known);
    }

    private Answer morning(Wearer me, Act.Morning act, boolean happened) {
        LocalDate day = LocalDate.ofInstant(act.at(), Screen.ZONE);
        List<Duties.Stood> stood = happened ? duties.stood(me.school(), day, new PostKey(PostKind.CLASS, act.schoolClass())) : List.of();
        Teller teller = teller(me, duties.day(me.school(), day), act.schoolClass(), stood);
        Map<UUID, ChildStanding> standings = days.ofClass(me.school(), day, act.schoolClass());
        List<ToldOf> told = new ArrayList<>();
        int known = 0;
        for (UUID pupil : act.away()) {
            if (of(standings, pupil).state() == State.NOT_AT_SCHOOL) known++;
            else told.add(of(act, pupil, teller, new Fact.Away()));
        }
        for (UUID pupil : act.arrived()) {
            if (of(standings, pupil).state() != State.NOT_AT_SCHOOL) known++;
            else told.add(of(act, pupil, teller, new Fact.Arrived()));
        }
        return answer(me, day, act, told, known);
    }

    /**
     * Class teacher or deputy of the class, whoever stands in for them today, the office, the duty leader.
     *
     * @param stood who stood there earlier on that day, of an act that has happened
     */
    private Teller teller(Wearer me, Day duty, UUID schoolClass, List<Duties.Stood> stood) {
        Set<Duty> as = EnumSet.noneOf(Duty.class);
        if (me.classes().contains(schoolClass) || duty.onPost(me.account(), new PostKey(PostKind.CLASS, schoolClass))) as.add(Duty.CLASS_TEACHER);
        else if (!stood.isEmpty() && own(me).filter(staff -> stood.stream().anyMatch(s -> staff.equals(s.from()) || staff.equals(s.to()))).isPresent()) as.add(Duty.CLASS_TEACHER);
        if (me.is(Role.OFFICE)) as.add(Duty.OFFICE);
        if (me.is(Role.DUTY_LEADER) || duty.onPost(me.account(), PostKey.LEADER)) as.add(Duty.DUTY_LEADER);
        if (as.isEmpty()) throw new NotFound();
        return new Teller(me.account(), as);
    }

    /** The asking person as a member of staff of the school's own. */
    private Optional<UUID> own(Wearer me) {
        return roster.staffOf(me.school(), me.account()).filter(f -> !f.kind().equals("outside")).map(StaffMember::id);
    }

    private static Answer no(Act act, Collection<UUID> pupils, Why why) {
        Map<UUID, Why> refused = new java.util.LinkedHashMap<>();
        pupils.forEach(p -> refused.put(p, why));
        return new Answer(act.key(), 0, 0, refused);
    }

    private Answer answer(Wearer me, LocalDate day, Act act, List<ToldOf> told, int known) {
        List<Decision> decisions = days.tell(me.school(), day, told);
        int recorded = 0;
        Map<UUID, Why> refused = new java.util.LinkedHashMap<>();
        for (int i = 0; i < told.size(); i++)
            switch (decisions.get(i)) {
                case Decision.Recorded _ -> recorded++;
                case Decision.Already _ -> known++;
                case Decision.Refused(Why why) -> refused.put(told.get(i).pupil(), why);
            }
        return new Answer(act.key(), recorded, known, refused);
    }

    private static ToldOf of(Act act, UUID pupil, Teller teller, Fact fact) {
        return new ToldOf(pupil, new Telling(act.entry(pupil), act.at(), teller, fact, true));
    }

    private static ChildStanding of(Map<UUID, ChildStanding> standings, UUID pupil) {
        ChildStanding now = standings.get(pupil);
        if (now == null) throw new NotFound();
        return now;
    }

    /** Nobody of the service has the child yet. */
    private static boolean waits(ChildStanding now) {
        return now.state() == State.IN_CLASS || now.state() == State.EXPECTED;
    }

    private static boolean sought(ChildStanding now) {
        return now.state() == State.MISSING || now.state() == State.TRACED;
    }

    private static boolean present(ChildStanding now, SessionNow session) {
        return now.state() == State.PRESENT && session.id().equals(now.session()) && now.custodian() != null && now.custodian().equals(session.custodian());
    }
}
