package afterbell.app.simulate;

import afterbell.app.simulate.SimulatedSchool.Child;
import afterbell.app.simulate.SimulatedSchool.Member;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.web.Screen;
import afterbell.day.custody.Act;
import afterbell.day.custody.Afternoon;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.ChildStanding;
import afterbell.day.custody.DayOpening;
import afterbell.day.custody.Leaves;
import afterbell.day.custody.Reasons;
import afterbell.day.custody.ToldOf;
import afterbell.day.custody.Trial;
import afterbell.day.custody.childday.Decision;
import afterbell.day.custody.childday.Fact;
import afterbell.day.custody.childday.Teller;
import afterbell.day.custody.childday.Teller.Duty;
import afterbell.day.custody.childday.Telling;
import afterbell.day.custody.swipes.FoldSwipes;
import afterbell.day.dismissal.Release;
import afterbell.day.duty.Day;
import afterbell.day.duty.Duties;
import afterbell.day.duty.PostKey;
import afterbell.day.duty.PostKind;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * One day of the school: what people do, in the order of the simulated clock. Where children really are is kept here and nowhere else; teachers say what
 * they see, and nobody looks into the chain.
 */
final class LivedDay {
    /** How often a real house looks at its clock. */
    private static final Duration LOOKS = Duration.ofMillis(500);

    /** How soon it tells swipes to the chains. */
    private static final Duration FOLDED = Duration.ofMillis(300);

    private static final Duration EVERYBODY_GONE = Duration.ofMinutes(80);
    private static final double ON_LEAVE = 0.015;
    private static final double NOT_AT_SCHOOL = 0.02;
    private static final double CALLED_OUT = 0.01;
    private static final int OVER_HTTP = 10;
    private static final int SAMPLES = 6;
    private static final int SHOWN = 200;

    private record Moment(Instant at, int order, Runnable act) {}

    /** A dated session. @param schoolClass null for a club */
    record Session(UUID id, @Nullable UUID schoolClass, LocalTime starts, LocalTime ends, boolean outdoor) {}

    /** One child today, as it really is. */
    static final class Kid {
        final Child child;
        List<UUID> plan = List.of();
        Instant leaves = Instant.EPOCH;
        /** Not at school, or away from the afternoon with somebody's word. */
        boolean away;
        boolean leave;
        /** At school and not where the plan says. */
        boolean hidden;
        boolean gone;
        boolean parentLate;
        /** The teacher keeps it out of the line. */
        boolean stays;
        boolean troubled;
        /** Somebody else comes for it today, with a code. */
        boolean byCode;

        Kid(Child child, ChildStanding standing) {
            this.child = child;
            plan(standing);
        }

        void plan(ChildStanding standing) {
            plan = standing.sessions();
            leaves = standing.ends().isEmpty() ? standing.bell() : standing.ends().getLast();
        }

        UUID id() {
            return child.id();
        }

        boolean here() {
            return !away && !leave && !hidden && !gone;
        }
    }

    final SimulatedSchool people;
    final SimulatedHouse house;
    final LocalDate date;
    final Random random;
    final Tally tally;
    final LawBook laws;
    final Map<UUID, Kid> kids = new LinkedHashMap<>();
    final Map<UUID, Session> sessions = new LinkedHashMap<>();
    final Map<UUID, Instant> bells = new LinkedHashMap<>();
    final List<Trouble> troubles = new ArrayList<>();
    /** Hand-overs and rolls that somebody forgets, or whose phone keeps them. */
    final Set<UUID> heldBack = new HashSet<>();
    final Map<UUID, Set<UUID>> wronglyAbsent = new HashMap<>();
    /** Nobody of the service is left in the school from here on. */
    Instant everybodyGone = Instant.MAX;
    /** Where the duty leader forgets to look. */
    @Nullable UUID forgottenArea;
    final Duration grace;
    final Duration walking;
    final Duration late;
    private final PriorityQueue<Moment> moments = new PriorityQueue<>(Comparator.comparing(Moment::at).thenComparing(Moment::order));
    private int order;
    private @Nullable Day duty;

    LivedDay(SimulatedSchool people, LocalDate date, Random random, Tally tally, LawBook laws) {
        this.people = people;
        this.house = people.house;
        this.date = date;
        this.random = random;
        this.tally = tally;
        this.laws = laws;
        grace = minutes(Rule.CUSTODY_GRACE_MINUTES);
        walking = minutes(Rule.ROLL_WALKING_MINUTES);
        late = minutes(Rule.CUSTODY_LATE_MINUTES);
    }

    private Duration minutes(Rule<Integer> rule) {
        return Duration.ofMinutes(house.in(people.school, () -> house.bean(Rules.class).value(people.school, date, rule)));
    }

    Instant at(int hour, int minute) {
        return date.atTime(hour, minute).atZone(Screen.ZONE).toInstant();
    }

    Instant at(LocalTime time) {
        return date.atTime(time).atZone(Screen.ZONE).toInstant();
    }

    void then(Instant at, Runnable act) {
        moments.add(new Moment(at, order++, act));
    }

    UUID key() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    /** @return false on a day without service */
    boolean live(Planter planter) {
        house.at(at(6, 30));
        house.run(people.school, () -> house.bean(Duties.class).put(
                people.school,
                List.of(new Duties.Written(date, PostKey.LEADER, people.leader.staff(), Duties.Source.ROTATION, true), new Duties.Written(date, PostKey.LATE, people.lateRoom.staff(), Duties.Source.ROTATION, true)),
                people.leader.account()));
        if (!house.in(people.school, () -> house.bean(DayOpening.class).open(people.school, date))) return false;
        house.signOut();
        look();
        // Lessons without service yet: nobody stays.
        if (kids.isEmpty()) return false;
        morning();
        planter.plant(this);
        afternoon();
        if (forgottenArea != null) planter.forgottenArea(this, forgottenArea);
        lived();
        judged();
        return true;
    }

    /** Who stays today, in which sessions: read once from the opened day, as the teachers' pages show it. */
    private void look() {
        Map<UUID, ChildStanding> all = house.in(people.school, () -> house.bean(ChildDays.class).ofDay(people.school, date));
        for (Child c : people.children.values()) {
            ChildStanding s = all.get(c.id());
            if (s == null || !s.stays()) continue;
            kids.put(c.id(), new Kid(c, s));
            bells.putIfAbsent(c.schoolClass(), s.bell());
        }
        house.run(people.school, () -> house.bean(JdbcClient.class)
                .sql("""
                        select s.session_id, s.class_id, s.starts, s.ends, coalesce(r.outdoor, false) from timetable.pub_session s
                        left join schools.room r on r.school_id = s.school_id and r.room_id = s.room_id
                        where s.school_id = :s and s.day = :d and s.state <> 'dropped'
                        """)
                .param("s", people.school)
                .param("d", date)
                .query((r, n) -> new Session(r.getObject(1, UUID.class), r.getObject(2, UUID.class), r.getObject(3, LocalTime.class), r.getObject(4, LocalTime.class), r.getBoolean(5)))
                .list()
                .stream()
                .sorted(Comparator.comparing(Session::starts).thenComparing(this::firstOf))
                .forEach(s -> sessions.put(s.id(), s)));
        tally.childDays += kids.size();
    }

    /** The place of a session's first child: an order that is the same in each run, though ids are not. */
    private int firstOf(Session s) {
        int n = 0;
        for (Kid k : kids.values()) {
            if (k.plan.contains(s.id())) return n;
            n++;
        }
        return n;
    }

    List<Kid> in(UUID session) {
        return kids.values().stream().filter(k -> k.plan.contains(session)).toList();
    }

    List<Kid> ofClass(UUID schoolClass) {
        return kids.values().stream().filter(k -> k.child.schoolClass().equals(schoolClass)).toList();
    }

    // --- what people do ---

    private void morning() {
        for (Kid k : kids.values()) {
            double dice = random.nextDouble();
            if (dice < NOT_AT_SCHOOL) k.away = true;
            else if (dice < NOT_AT_SCHOOL + ON_LEAVE) k.leave = true;
        }
        int number = 0;
        for (UUID schoolClass : bells.keySet()) {
            Set<UUID> away = ids(ofClass(schoolClass).stream().filter(k -> k.away).toList());
            if (!away.isEmpty()) then(at(8, 20).plusSeconds(20L * number++), () -> act(classTeacher(schoolClass), new Act.Morning(key(), house.now(), schoolClass, List.copyOf(away), List.of())));
        }
        for (Kid k : kids.values()) if (k.leave) then(at(12, 30).plusSeconds(random.nextInt(3600)), () -> leave(k));
    }

    /** The family says it on its own page, or tells the class teacher. */
    private void leave(Kid k) {
        if (k.child.family() != null) {
            SimulatedHouse.Answer answer = house.post(k.child.family(), "/children/" + k.id() + "/leaves", Map.of("from", date.toString(), "_key", key().toString()));
            tally.overHttp++;
            if (answer.status() == 303) return;
            tally.broken("a family may tell leave before the cut-off", "answered " + answer.status());
        }
        Member teacher = classTeacher(k.child.schoolClass());
        house.as(people.school, teacher.account(), () -> house.bean(Leaves.class).put(people.school, List.of(k.id()), date, date, Set.of(), Fact.Told.CHAT, teacher.account(), key()));
    }

    private void afternoon() {
        bells.forEach((schoolClass, bell) -> then(bell.plusSeconds(60 + random.nextInt(90)), () -> {
            if (!heldBack.contains(schoolClass)) handOver(schoolClass);
        }));
        for (Session s : sessions.values()) {
            Instant starts = at(s.starts());
            Instant ends = at(s.ends());
            then(starts.plusSeconds(170 + random.nextInt(90)), () -> {
                if (!heldBack.contains(s.id())) roll(s);
            });
            for (Kid k : in(s.id())) if (random.nextDouble() < CALLED_OUT) then(starts.plusSeconds(900 + random.nextInt(600)), () -> toilet(s, k));
            then(ends.plusSeconds(30 + random.nextInt(90)), () -> line(s));
        }
        for (Kid k : kids.values()) then(k.leaves.plusSeconds(150 + random.nextInt((int) Math.max(60, late.toSeconds() - 240))), () -> fetch(k));
        Instant first = bells.values().stream().min(Comparator.naturalOrder()).orElseThrow();
        Instant last = kids.values().stream().map(k -> k.leaves).max(Comparator.naturalOrder()).orElseThrow();
        long step = Duration.between(first, last).toSeconds() / SAMPLES;
        for (int i = 1; i <= SAMPLES; i++) then(first.plusSeconds(i * step - 100), this::sample);
        then(last.plus(Duration.ofMinutes(5)), this::clearTooEarly);
        everybodyGone = last.plus(EVERYBODY_GONE);
        // A walk while children are still about proves nothing about later.
        then(last.plus(Duration.ofMinutes(4)), () -> people.areas.forEach(this::walk));
        then(everybodyGone, () -> people.areas.stream().filter(a -> !a.equals(forgottenArea)).forEach(this::walk));
        then(last.plus(Duration.ofMinutes(90)), this::clear);
    }

    void handOver(UUID schoolClass) {
        List<Kid> class_ = ofClass(schoolClass).stream().filter(k -> !k.away && !k.leave || k.troubled).toList();
        act(classTeacher(schoolClass), new Act.HandOver(key(), house.now(), schoolClass, List.copyOf(ids(class_.stream().filter(Kid::here).toList())), List.copyOf(ids(class_.stream().filter(k -> !k.here() && !k.leave).toList()))));
    }

    /** The teacher of the room taps who is not there; whoever is already known as counted changes nothing. */
    void roll(Session s) {
        if (in(s.id()).isEmpty()) return;
        act(teacher(s), rolled(s, house.now()));
    }

    Act.Roll rolled(Session s, Instant when) {
        Set<UUID> wrong = wronglyAbsent.getOrDefault(s.id(), Set.of());
        List<UUID> here = new ArrayList<>();
        List<UUID> not = new ArrayList<>();
        for (Kid k : in(s.id())) {
            if (k.here() && !wrong.contains(k.id())) here.add(k.id());
            else if (k.here() || k.hidden && !k.gone) not.add(k.id());
        }
        return new Act.Roll(key(), when, s.id(), here, not);
    }

    private void toilet(Session s, Kid k) {
        if (!k.here() || k.troubled || heldBack.contains(s.id()) || !k.plan.contains(s.id())) return;
        act(teacher(s), new Act.Out(key(), house.now(), s.id(), k.id(), Fact.Where.TOILET));
        then(house.now().plusSeconds(120 + random.nextInt(240)), () -> act(teacher(s), new Act.Back(key(), house.now(), s.id(), k.id())));
    }

    private boolean lastOf(Kid k, Session s) {
        return !k.plan.isEmpty() && k.plan.getLast().equals(s.id());
    }

    private void line(Session s) {
        List<Kid> mine = in(s.id()).stream().filter(k -> lastOf(k, s) && k.here()).toList();
        if (mine.isEmpty()) return;
        Set<UUID> staying = ids(mine.stream().filter(k -> k.parentLate || k.stays).toList());
        Member teacher = teacher(s);
        tally.acts++;
        Outcome<Release.LineLeft> left = house.as(people.school, teacher.account(), () -> house.bean(Release.class).line(teacher.wearer(), s.id(), ids(mine), staying, key()));
        if (left instanceof Outcome.Done<Release.LineLeft>) {
            Set<UUID> gone = new HashSet<>(house.in(people.school, () -> house.bean(JdbcClient.class)
                    .sql("select pupil_id from custody.pub_fact where school_id = :s and day = :d and recorded = :now and kind in ('with_line', 'walked_home')")
                    .param("s", people.school)
                    .param("d", date)
                    .param("now", Timestamp.from(house.now()))
                    .query(UUID.class)
                    .list()));
            for (Kid k : mine) if (gone.contains(k.id())) k.gone = true;
        } else tally.refused++;
    }

    /** A guardian stands at the gate; whoever comes late finds the child in the late room. */
    private void fetch(Kid k) {
        if (!k.here() || k.byCode) return;
        if (!k.parentLate) {
            hand(k);
            return;
        }
        then(k.leaves.plus(late).minusSeconds(60), () -> keepLate(k));
        then(k.leaves.plus(late).plusSeconds(600 + random.nextInt(1500)), () -> hand(k));
    }

    /** What the gates have sent is told to the chains, as the house does a moment after it came. */
    void swiped(String card, boolean out) {
        long seq = people.swipes.incrementAndGet();
        String batch = "{\"sent\":\"" + house.now() + "\",\"swipes\":[{\"seq\":" + seq + ",\"card\":\"" + card + "\",\"at\":\"" + house.now() + "\",\"way\":\"" + (out ? "out" : "in") + "\"}]}";
        tally.overHttp += 2;
        SimulatedHouse.Answer first = house.device(people.gateKey, "/api/v1/swipes", batch);
        SimulatedHouse.Answer again = house.device(people.gateKey, "/api/v1/swipes", batch);
        if (!first.body().contains("\"accepted\":1")) tally.broken("2 a swipe is always kept", first.status() + " " + first.body());
        if (!again.body().contains("\"accepted\":0")) tally.broken("6 a swipe counts once", again.status() + " " + again.body());
        house.at(house.now().plus(FOLDED));
        house.as(people.school, people.leader.account(), () -> house.bean(FoldSwipes.class).fold(people.school));
    }

    private void keepLate(Kid k) {
        tally.acts++;
        Session last = Objects.requireNonNull(sessions.get(k.plan.getLast()));
        Member teacher = teacher(last);
        house.as(people.school, teacher.account(), () -> house.bean(Release.class).keepLate(teacher.wearer(), k.id(), key()));
    }

    /** Whoever hands a child over here looks at every name that is like its own. */
    Set<UUID> everybody() {
        return kids.keySet();
    }

    private void hand(Kid k) {
        if (!k.here()) return;
        tally.acts++;
        Outcome<String> handed = house.as(people.school, people.guard.account(), () -> house.bean(Release.class).hand(people.guard.wearer(), k.id(), k.child.guardian(), "", everybody(), key()));
        if (handed instanceof Outcome.Done<String>) k.gone = true;
        else tally.broken("a guardian gets the child", k.id() + " " + handed);
    }

    /** The duty leader answers for a child that is safe out of school, or with somebody. */
    void account(Kid k, @Nullable UUID custodian) {
        tally.acts++;
        UUID reason = house.in(people.school, () -> house.bean(Reasons.class).keep(people.school, k.id(), "-", people.leader.account()));
        Telling telling = new Telling(key(), house.now(), new Teller(people.leader.account(), Set.of(Duty.DUTY_LEADER)), new Fact.Accounted(custodian, reason), true);
        Decision said = tell(people.leader, new ToldOf(k.id(), telling));
        if (said instanceof Decision.Refused no) tally.broken("the duty leader may account for a child", no.toString());
        if (custodian == null) k.away = true;
    }

    Decision tell(Member who, ToldOf told) {
        return house.as(people.school, who.account(), () -> house.bean(ChildDays.class).tell(people.school, date, List.of(told))).getFirst();
    }

    void walk(UUID area) {
        tally.overHttp++;
        SimulatedHouse.Answer answer = house.post(people.leader.account(), "/patrol/areas/" + area + "/order", Map.of("_key", key().toString()));
        if (answer.status() != 303) tally.broken("the duty leader walks the areas", "answered " + answer.status());
    }

    private void clearTooEarly() {
        if (kids.values().stream().noneMatch(Kid::here)) return;
        tally.overHttp++;
        SimulatedHouse.Answer answer = house.post(people.leader.account(), "/clearing", Map.of("_key", key().toString()));
        if (answer.status() == 303) tally.broken("2 the school can't be cleared while a child is open", date.toString());
    }

    private void clear() {
        tally.overHttp++;
        SimulatedHouse.Answer answer = house.post(people.leader.account(), "/clearing", Map.of("_key", key().toString()));
        if (answer.status() != 303) tally.broken("2 the school is cleared when every child is accounted for", date + " answered " + answer.status());
    }

    // --- who stands where ---

    Member teacher(Session s) {
        return people.member(duty().answers(new PostKey(PostKind.SESSION, s.id())).orElseThrow());
    }

    Member classTeacher(UUID schoolClass) {
        return people.member(duty().answers(new PostKey(PostKind.CLASS, schoolClass)).orElseThrow());
    }

    private Day duty() {
        if (duty == null) duty = house.in(people.school, () -> house.bean(Duties.class).day(people.school, date));
        return duty;
    }

    /** Somebody else stands somewhere. */
    void dutyChanged() {
        duty = null;
    }

    /** A teacher's act: of every tenth class from the device, over HTTP. */
    void act(Member who, Act act) {
        tally.acts++;
        UUID about = switch (act) {
            case Act.OnSession on -> Objects.requireNonNullElse(Objects.requireNonNull(sessions.get(on.session())).schoolClass(), on.session());
            case Act.HandOver over -> over.schoolClass();
            case Act.Morning morning -> morning.schoolClass();
        };
        int place = List.copyOf(bells.keySet()).indexOf(about);
        if (place >= 0 && place % OVER_HTTP == 3) {
            sent(who, List.of(act), Duration.ZERO);
            return;
        }
        Afternoon.Answer answer = house.as(people.school, who.account(), () -> house.bean(Afternoon.class).act(who.wearer(), act));
        tally.refused += answer.refused().size();
    }

    /** What a device has kept, in the order in which it sends it. @param ahead how much its clock is ahead */
    void sent(Member who, List<Act> acts, Duration ahead) {
        tally.overHttp++;
        String json = JsonMapper.builder().build().writeValueAsString(acts.stream().map(a -> json(a, ahead)).toList());
        SimulatedHouse.Answer answer = house.post(who.account(), "/afternoon/acts", Map.of("acts", json, "sent", house.now().plus(ahead).toString()));
        if (answer.status() != 200 || answer.body().contains("not-found")) tally.broken("a device's acts are taken", who.wearer().grants() + " " + answer.status() + " " + answer.body().substring(0, Math.min(SHOWN, answer.body().length())));
    }

    private static Map<String, Object> json(Act act, Duration ahead) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("key", act.key());
        json.put("at", act.at().plus(ahead).toString());
        switch (act) {
            case Act.Roll roll -> {
                json.put("act", "roll");
                json.put("present", roll.present());
                json.put("absent", roll.absent());
            }
            case Act.Out out -> {
                json.put("act", "out");
                json.put("pupil", out.pupil());
                json.put("word", out.where().name());
            }
            case Act.Back back -> {
                json.put("act", "back");
                json.put("pupil", back.pupil());
            }
            case Act.Elsewhere elsewhere -> {
                json.put("act", "elsewhere");
                json.put("pupil", elsewhere.pupil());
            }
            case Act.Trace trace -> {
                json.put("act", "trace");
                json.put("pupil", trace.pupil());
                json.put("word", trace.step().name());
            }
            case Act.HandOver over -> {
                json.put("act", "hand-over");
                json.put("schoolClass", over.schoolClass());
                json.put("present", over.present());
                json.put("absent", over.absent());
            }
            case Act.Morning morning -> {
                json.put("act", "morning");
                json.put("schoolClass", morning.schoolClass());
                json.put("present", morning.arrived());
                json.put("absent", morning.away());
            }
        }
        if (act instanceof Act.OnSession on) json.put("session", on.session());
        return json;
    }

    /** These sessions are not held: where their children stay instead, the plan says anew. */
    void rained(Set<UUID> dropped) {
        Map<UUID, ChildStanding> now = house.in(people.school, () -> house.bean(ChildDays.class).ofDay(people.school, date));
        for (Kid k : List.copyOf(kids.values())) {
            if (k.plan.stream().noneMatch(dropped::contains)) continue;
            ChildStanding fresh = now.get(k.id());
            if (fresh != null) k.plan(fresh);
        }
        dropped.forEach(sessions::remove);
        dutyChanged();
    }

    static Set<UUID> sessionIds(Collection<Session> some) {
        return some.stream().map(Session::id).collect(Collectors.toSet());
    }

    static Set<UUID> ids(Collection<Kid> some) {
        return some.stream().map(Kid::id).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    // --- how time passes ---

    private void lived() {
        while (!moments.isEmpty()) {
            Moment next = Objects.requireNonNull(moments.poll());
            passes(next.at());
            if (next.at().isAfter(house.now())) house.at(next.at());
            try {
                next.act().run();
            } catch (NotFound e) {
                tally.broken("2 whoever has a child in hand finds it", "not found at " + next.at());
            }
        }
        passes(at(23, 0));
        house.at(at(23, 0));
    }

    /** Until then the house looks at its clock as often as it does in a school; looks that would find nothing are left out. */
    private void passes(Instant until) {
        while (true) {
            @Nullable Instant due = due();
            if (due == null) return;
            Instant from = due.isBefore(house.now()) ? house.now() : due;
            Instant look = Instant.ofEpochMilli((from.toEpochMilli() / LOOKS.toMillis() + 1) * LOOKS.toMillis());
            if (look.isAfter(until)) return;
            house.at(look);
            house.as(people.school, people.leader.account(), () -> house.bean(ChildDays.class).tick(people.school));
        }
    }

    private @Nullable Instant due() {
        List<Instant> first = house.in(people.school, () -> house.bean(JdbcClient.class)
                .sql("select next_at from custody.standing where school_id = :s and next_at is not null order by next_at limit 1")
                .param("s", people.school)
                .query((r, n) -> r.getTimestamp(1).toInstant())
                .list());
        return first.isEmpty() ? null : first.getFirst();
    }

    /** Law 2 as it stands at this moment. */
    void lawful() {
        laws.atThisMoment(date, house.now(), grace);
    }

    private void sample() {
        lawful();
        Map<UUID, UUID> truth = new LinkedHashMap<>();
        for (Session s : sessions.values()) {
            // While a room fills and while it empties, hands change.
            boolean settled = house.now().isAfter(at(s.starts()).plus(walking).plusSeconds(30)) && house.now().isBefore(at(s.ends()));
            if (!settled || heldBack.contains(s.id())) continue;
            UUID teacher = teacher(s).staff();
            for (Kid k : in(s.id())) if (k.here() && !k.troubled) truth.put(k.id(), teacher);
        }
        laws.inTheHandsOf(date, house.now(), truth);
    }

    // --- what is said of the day afterwards ---

    private record Rung(UUID pupil, String kind, Instant since, Instant rung, double seconds) {}

    private void judged() {
        boolean trial = house.in(people.school, () -> house.bean(Trial.class).on(people.school, date));
        if (trial) tally.trialDays++;
        laws.endOfDay(date, Set.of(people.leader.account()), trial);
        new LivedRegisters(people, tally).compare(date, kids.values(), troubled());
        List<Rung> rung = house.in(people.school, () -> house.bean(JdbcClient.class)
                .sql("""
                        select a.pupil_id, a.kind, a.since, a.rung_at,
                               extract(epoch from a.rung_at - greatest(a.since, (select max(e.recorded) from custody.pub_fact e
                                   where e.school_id = a.school_id and e.day = a.day and e.pupil_id = a.pupil_id and e.recorded <= a.rung_at and e.recorded > e.at + interval '2 seconds')))::float8
                        from custody.pub_alarm a where a.school_id = :s and a.day = :d
                        """)
                .param("s", people.school)
                .param("d", date)
                .query((r, n) -> new Rung(r.getObject(1, UUID.class), r.getString(2), r.getTimestamp(3).toInstant(), r.getTimestamp(4).toInstant(), r.getDouble(5)))
                .list());
        for (Rung r : rung) {
            tally.alarm(r.kind(), r.seconds());
            if (r.seconds() > Trouble.AT_ONCE.toSeconds()) tally.broken("2 a red clock is heard within two seconds", r.kind() + " after " + r.seconds() + " s");
            boolean explained = troubles.stream().anyMatch(t -> t.children().contains(r.pupil()) && t.alarms().contains(r.kind()));
            if (!explained && trial) tally.shownInTrial++;
            else if (!explained) {
                tally.falseAlarms++;
                tally.falseKinds.merge(r.kind(), 1, Integer::sum);
            }
        }
        for (Trouble t : troubles) {
            @Nullable Instant noticed = noticed(t, rung);
            tally.trouble(t, noticed, date.toString());
        }
        tally.days++;
    }

    private Set<UUID> troubled() {
        Set<UUID> some = new HashSet<>();
        troubles.forEach(t -> some.addAll(t.children()));
        for (Kid k : kids.values()) if (k.troubled) some.add(k.id());
        return some;
    }

    /** When the last of its children had rung, or its proof stood; null where not in time. */
    private static @Nullable Instant noticed(Trouble t, List<Rung> rung) {
        Trouble.Proof proof = t.proof();
        if (proof != null) {
            @Nullable Instant at = proof.noticed();
            return at == null || at.isAfter(t.by()) ? null : at;
        }
        Instant last = t.at();
        for (UUID child : t.children()) {
            @Nullable Instant first = rung.stream()
                    .filter(r -> r.pupil().equals(child) && t.alarms().contains(r.kind()) && !r.rung().isBefore(t.at()) && !r.rung().isAfter(t.by()))
                    .map(Rung::rung)
                    .min(Comparator.naturalOrder())
                    .orElse(null);
            if (first == null) return null;
            if (first.isAfter(last)) last = first;
        }
        return last;
    }
}
