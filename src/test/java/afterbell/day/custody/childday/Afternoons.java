package afterbell.day.custody.childday;

import static afterbell.day.custody.childday.ChildDayTest.BARRED;
import static afterbell.day.custody.childday.ChildDayTest.BELL;
import static afterbell.day.custody.childday.ChildDayTest.CLASS_TEACHER;
import static afterbell.day.custody.childday.ChildDayTest.CLEARANCE;
import static afterbell.day.custody.childday.ChildDayTest.COACH;
import static afterbell.day.custody.childday.ChildDayTest.FOOTBALL;
import static afterbell.day.custody.childday.ChildDayTest.FOOTBALL_ENDS;
import static afterbell.day.custody.childday.ChildDayTest.LIMITS;
import static afterbell.day.custody.childday.ChildDayTest.LINE;
import static afterbell.day.custody.childday.ChildDayTest.MOTHER;
import static afterbell.day.custody.childday.ChildDayTest.PAINTER;
import static afterbell.day.custody.childday.ChildDayTest.PAINTING;
import static afterbell.day.custody.childday.ChildDayTest.PAINTING_ENDS;
import static afterbell.day.custody.childday.ChildDayTest.PLAN;
import static afterbell.day.custody.childday.ChildDayTest.REASON;
import static afterbell.day.custody.childday.ChildDayTest.STRANGER;
import static afterbell.day.custody.childday.ChildDayTest.id;
import static afterbell.day.custody.childday.ChildDayTest.minute;

import afterbell.day.custody.childday.Decision.Recorded;
import afterbell.day.custody.childday.Teller.Duty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Afternoons that no school would have: commands legal and illegal, doubled, late, out of order, from clocks that are wrong. */
final class Afternoons {

    private static final List<UUID> TEACHERS = List.of(CLASS_TEACHER, PAINTER, COACH, id(11));
    private static final UUID OWN_CLASS = id(23);
    private static final List<UUID> COLLECTORS = List.of(MOTHER, STRANGER, BARRED);

    private Afternoons() {}

    static ChildDay any(Random random) {
        return any(random, ChildDay::decide, new ArrayList<>());
    }

    /** @param found what the decisions break */
    static ChildDay any(Random random, Laws.Deciding deciding, List<String> found) {
        DayPlan plan =
                switch (random.nextInt(4)) {
                    case 0 -> new DayPlan(BELL, CLASS_TEACHER, PLAN.stops().subList(0, 1));
                    case 1 -> random.nextInt(4) == 0 ? new DayPlan(BELL, CLASS_TEACHER, List.of()) : PLAN;
                    default -> PLAN;
                };
        ChildDay day = ChildDay.begins(turned(random, plan), LIMITS);
        int many = 1 + random.nextInt(12);
        List<Telling> told = new ArrayList<>();
        int minute = random.nextInt(40) - 20;
        for (int i = 0; i < many; i++) {
            minute += random.nextInt(25);
            told.add(telling(random, i, minute, told));
        }
        List<Telling> sent = new ArrayList<>(told);
        for (int i = 0; i < told.size() / 4; i++) sent.add(told.get(random.nextInt(told.size())));
        // Most afternoons arrive nearly in order; some devices were offline all the time.
        int swaps = random.nextInt(3) == 0 ? sent.size() * 2 : random.nextInt(3);
        for (int i = 0; i < swaps; i++) java.util.Collections.swap(sent, random.nextInt(sent.size()), random.nextInt(sent.size()));
        Instant now = minute(-20);
        for (Telling telling : sent) {
            if (telling.at().isAfter(now)) now = telling.at().plusSeconds(random.nextInt(100));
            Decision decision = deciding.decide(day, telling, CLEARANCE, now);
            found.addAll(Laws.findings(day, telling, CLEARANCE, now, decision));
            if (decision instanceof Recorded recorded) day = recorded.day();
        }
        return day;
    }

    /** Now and then a substitute comes, leaves again, or it rains. */
    private static DayPlan turned(Random random, DayPlan plan) {
        if (!plan.stays()) return plan;
        DayPlan.Stop first = plan.stops().getFirst();
        Instant at = minute(random.nextInt(70) - 5);
        List<DayPlan.Stop> stops = new ArrayList<>(plan.stops());
        return switch (random.nextInt(6)) {
            case 0 -> {
                stops.set(0, new DayPlan.Stop(first.session(), first.from(), first.to(), first.room(), id(11)));
                yield new DayPlan(plan.bell(), plan.classTeacher(), stops, List.of(new DayPlan.Turn(first.session(), first.custodian(), id(11), at)));
            }
            case 1 -> new DayPlan(
                    plan.bell(),
                    plan.classTeacher(),
                    stops,
                    List.of(new DayPlan.Turn(first.session(), first.custodian(), id(11), at), new DayPlan.Turn(first.session(), id(11), first.custodian(), at.plusSeconds(900))));
            case 2 -> {
                stops.removeFirst();
                if (random.nextBoolean()) stops.addFirst(new DayPlan.Stop(OWN_CLASS, first.from(), first.to(), id(42), CLASS_TEACHER));
                yield new DayPlan(plan.bell(), plan.classTeacher(), stops, List.of(new DayPlan.Turn(first.session(), first.custodian(), null, at)));
            }
            default -> plan;
        };
    }

    private static Telling telling(Random random, int number, int minute, List<Telling> before) {
        UUID teacher = TEACHERS.get(random.nextInt(TEACHERS.size()));
        Fact fact = fact(random, teacher, minute, before);
        Duty duty =
                switch (fact) {
                    case Fact.Swiped _ -> Duty.DEVICE;
                    case Fact.Accounted _ -> Duty.DUTY_LEADER;
                    case Fact.Excused _, Fact.ExcuseLifted _ -> Duty.GUARDIAN;
                    case Fact.Away _, Fact.Arrived _ -> Duty.CLASS_TEACHER;
                    case Fact.Collected _, Fact.WalkedHome _ -> Duty.GATE;
                    case Fact.Undone _ -> Duty.SERVICE_TEACHER;
                    case Fact.InHand _, Fact.Missed _, Fact.Traced _ -> Duty.SERVICE_TEACHER;
                };
        if (random.nextInt(20) == 0) duty = Duty.values()[random.nextInt(Duty.values().length)];
        Instant at = minute(minute).plusSeconds(random.nextInt(3) == 0 ? 0 : random.nextInt(60));
        return new Telling(id(1000 + number), at, new Teller(teacher, Set.of(duty)), fact, random.nextInt(4) > 0);
    }

    private static Fact fact(Random random, UUID teacher, int minute, List<Telling> before) {
        return switch (random.nextInt(20)) {
            case 0 -> new Fact.Away();
            case 1 -> new Fact.Arrived();
            case 2 -> new Fact.Excused(minute(minute), minute(minute + random.nextInt(200)), Fact.Told.CHAT);
            case 3 -> new Fact.ExcuseLifted();
            case 4, 5 -> new Fact.Sent(teacher, random.nextBoolean() ? PAINTING : FOOTBALL, null);
            case 6, 7, 8, 9 -> new Fact.Counted(
                    teacher, teacher.equals(COACH) ? FOOTBALL : PAINTING, teacher.equals(COACH) ? FOOTBALL_ENDS : PAINTING_ENDS);
            case 10, 11 -> new Fact.Missed(teacher, PAINTING);
            case 12 -> new Fact.CalledOut(teacher, Fact.Where.values()[random.nextInt(4)]);
            case 13 -> new Fact.CameBack(teacher);
            case 14 -> new Fact.Traced(Fact.Step.values()[random.nextInt(5)]);
            case 15 -> new Fact.KeptLate(teacher, null);
            case 16 -> new Fact.Collected(random.nextBoolean() ? teacher : null, COLLECTORS.get(random.nextInt(3)), Fact.Proof.CARD);
            case 17 -> random.nextBoolean() ? new Fact.WithLine(teacher, LINE) : new Fact.WalkedHome(null, random.nextBoolean() ? LINE : id(77));
            case 18 -> new Fact.Swiped(id(50), random.nextBoolean());
            default -> random.nextInt(3) == 0 || before.isEmpty()
                    ? new Fact.Accounted(random.nextBoolean() ? teacher : null, REASON)
                    : new Fact.Undone(before.get(random.nextInt(before.size())).key(), REASON, false);
        };
    }
}
