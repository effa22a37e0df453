package afterbell.app.simulate;

import afterbell.app.simulate.LivedDay.Kid;
import afterbell.app.simulate.LivedDay.Session;
import afterbell.app.simulate.SimulatedSchool.Member;
import afterbell.app.simulate.Trouble.Kind;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Role;
import afterbell.day.custody.Act;
import afterbell.day.custody.childday.Fact;
import afterbell.day.custody.swipes.FoldSwipes;
import afterbell.day.dismissal.Release;
import afterbell.day.duty.PostKey;
import afterbell.day.duty.PostKind;
import afterbell.day.duty.Substitutes;
import afterbell.day.duty.Swaps;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Plants trouble: only what a person or a card could do, each with what must be noticed of it and until when. It never touches a table; whether it was
 * noticed is read from alarms, standings, posts and notices.
 */
final class Planter {
    private static final Pattern UNKNOWN = Pattern.compile("/devices/cards/([0-9a-f-]{36})");
    private static final Pattern INCIDENT = Pattern.compile("/incidents/([0-9a-f-]{36})");
    private static final Pattern CODE = Pattern.compile("<b class=\"figures lead\">(\\d{6})</b>");

    private static final int CHILDREN_PER_TROUBLE = 90;
    private static final int LEAST = 4;
    private static final int RESTART_EVERY = 20;
    private static final int RESTART_AMONG = 10;

    private final Random random;
    private final List<Kind> waiting = new ArrayList<>();
    private final Set<UUID> taken = new HashSet<>();
    private final List<Kind> kinds = new ArrayList<>();
    private int days;

    Planter(Random random) {
        this.random = random;
    }

    /** From now on only these, or all where none is named. */
    void only(Collection<Kind> some) {
        kinds.clear();
        kinds.addAll(some.isEmpty() ? List.of(Kind.values()) : some);
        waiting.clear();
        if (some.isEmpty()) kinds.remove(Kind.NODE_STOPPED);
    }

    /** Kinds take turns, in an order drawn anew each round. */
    void plant(LivedDay day) {
        taken.clear();
        days++;
        int many = Math.max(LEAST, day.kids.size() / CHILDREN_PER_TROUBLE);
        Set<Kind> today = new HashSet<>();
        if (days % RESTART_EVERY == 3 && kinds.size() > RESTART_AMONG) plant(Kind.NODE_STOPPED, day);
        for (int tries = 0; today.size() < Kind.values().length && many > 0 && tries < 40; tries++) {
            if (waiting.isEmpty()) {
                waiting.addAll(kinds);
                Collections.shuffle(waiting, random);
            }
            Kind kind = waiting.removeFirst();
            if (kind.rare() && !today.add(kind)) continue;
            if (plant(kind, day)) many--;
        }
    }

    private boolean plant(Kind kind, LivedDay day) {
        return switch (kind) {
            case SICK_WITHOUT_NOTICE -> child(day).map(k -> sick(day, k)).orElse(false);
            case SLIPPED_AWAY -> later(day).map(s -> slipped(day, s)).orElse(false);
            case FORGOTTEN_HAND_OVER -> schoolClass(day).map(c -> forgottenHandOver(day, c)).orElse(false);
            case FORGOTTEN_ROLL -> later(day).map(s -> forgottenRoll(day, s)).orElse(false);
            case PHONE_OFF_LINE -> later(day).map(s -> offLine(day, s)).orElse(false);
            case PARENT_LATE -> child(day).map(k -> parentLate(day, k)).orElse(false);
            case WRONG_TAP -> later(day).map(s -> wrongTap(day, s)).orElse(false);
            case WRONG_RELEASE -> later(day).map(s -> wrongRelease(day, s)).orElse(false);
            case TWO_CLAIMS -> later(day).map(s -> twoClaims(day, s)).orElse(false);
            case STRANGER_AT_THE_GATE -> child(day).map(k -> stranger(day, k, day.people.barredName + day.people.barredName, false)).orElse(false);
            case BARRED_AT_THE_GATE -> barred(day).map(k -> stranger(day, k, day.people.barredName, true)).orElse(false);
            case CARD_SAYS_LEFT -> later(day).map(s -> cardSaysLeft(day, s)).orElse(false);
            case SENT_WITH_A_CODE -> signedIn(day).map(k -> sentWithACode(day, k)).orElse(false);
            case INSTRUCTOR_ABSENT -> instructorAbsent(day);
            case AREA_FORGOTTEN -> {
                day.forgottenArea = day.people.areas.get(random.nextInt(day.people.areas.size()));
                yield true;
            }
            case VISITOR_WITHOUT_A_YES -> visitor(day);
            case DRILL -> drill(day);
            case TEACHER_ILL -> later(day).map(s -> ill(day, s)).orElse(false);
            case TEACHERS_SWAP -> swap(day);
            case RAIN -> rain(day);
            case NODE_STOPPED -> later(day).map(s -> stopped(day, s)).orElse(false);
        };
    }

    // --- whom it meets: each child and class at most once a day ---

    private Optional<Kid> child(LivedDay day) {
        List<Kid> free = day.kids.values().stream().filter(k -> k.here() && !k.troubled && !taken.contains(k.child.schoolClass()) && k.child.barred() == null).toList();
        return some(free).map(this::take);
    }

    private Optional<Kid> barred(LivedDay day) {
        return some(day.kids.values().stream().filter(k -> k.here() && !k.troubled && k.child.barred() != null && !taken.contains(k.child.schoolClass())).toList()).map(this::take);
    }

    /** A child whose family uses its own page. */
    private Optional<Kid> signedIn(LivedDay day) {
        return some(day.kids.values().stream().filter(k -> k.here() && !k.troubled && k.child.family() != null && k.child.barred() == null && !taken.contains(k.child.schoolClass())).toList()).map(this::take);
    }

    private Kid take(Kid k) {
        k.troubled = true;
        return k;
    }

    private Optional<UUID> schoolClass(LivedDay day) {
        return some(day.bells.keySet().stream().filter(c -> !taken.contains(c) && day.ofClass(c).stream().noneMatch(k -> k.troubled)).toList()).map(c -> {
            taken.add(c);
            return c;
        });
    }

    /** A session of a class's own, not the first after the bell, of whose children none has other trouble. */
    private Optional<Session> later(LivedDay day) {
        return some(day.sessions.values().stream().filter(s -> later(day, s)).toList()).map(s -> {
            taken.add(Objects.requireNonNull(s.schoolClass()));
            return s;
        });
    }

    private boolean later(LivedDay day, Session s) {
        UUID schoolClass = s.schoolClass();
        if (schoolClass == null || taken.contains(schoolClass)) return false;
        List<Kid> kids = day.in(s.id());
        return kids.stream().filter(Kid::here).count() > 3
                && kids.stream().noneMatch(k -> k.troubled)
                && kids.stream().noneMatch(k -> k.plan.getFirst().equals(s.id()))
                && kids.stream().map(k -> k.child.schoolClass()).distinct().count() == 1;
    }

    private <T> Optional<T> some(List<T> list) {
        return list.isEmpty() ? Optional.empty() : Optional.of(list.get(random.nextInt(list.size())));
    }

    private Kid oneOf(LivedDay day, Session s) {
        Kid k = some(day.in(s.id()).stream().filter(Kid::here).toList()).orElseThrow();
        k.troubled = true;
        return k;
    }

    private Set<UUID> all(LivedDay day, Session s) {
        List<Kid> here = day.in(s.id()).stream().filter(Kid::here).toList();
        here.forEach(k -> k.troubled = true);
        return LivedDay.ids(here);
    }

    private static boolean plantedOn(LivedDay day, Kind kind, String who, Instant at, Instant by, Set<UUID> children, Set<String> alarms, Trouble.@Nullable Proof proof) {
        day.troubles.add(new Trouble(kind, who, at, by, Set.copyOf(children), alarms, proof));
        day.then(by, day::lawful);
        return true;
    }

    // --- the troubles ---

    /** Nobody has said that the child stays at home: the hand-over finds an empty chair; somebody rings the family; the duty leader answers. */
    private boolean sick(LivedDay day, Kid k) {
        k.hidden = true;
        Instant bell = Objects.requireNonNull(day.bells.get(k.child.schoolClass()));
        found(day, k, Objects.requireNonNull(day.sessions.get(k.plan.getFirst())), bell.plusSeconds(600), () -> day.account(k, null));
        return plantedOn(day, Kind.SICK_WITHOUT_NOTICE, "class teacher and duty leader", bell, bell.plus(day.grace).plus(Trouble.AT_ONCE), Set.of(k.id()), Set.of("MISSING"), null);
    }

    /** Between two rooms the child goes somewhere else; the receiving roll misses it; it is found some minutes later. */
    private boolean slipped(LivedDay day, Session s) {
        Kid k = oneOf(day, s);
        Instant starts = day.at(s.starts());
        day.then(starts.minusSeconds(30), () -> k.hidden = true);
        found(day, k, s, starts.plusSeconds(600), () -> {
            k.hidden = false;
            day.act(day.teacher(s), new Act.Roll(day.key(), day.house.now(), s.id(), List.of(k.id()), List.of()));
        });
        return plantedOn(day, Kind.SLIPPED_AWAY, "teacher of the room and duty leader", starts, starts.plus(day.walking).plus(Trouble.AT_ONCE), Set.of(k.id()), Set.of("MISSING", "NOT_COUNTED"), null);
    }

    private void found(LivedDay day, Kid k, Session s, Instant at, Runnable then) {
        day.then(at.minusSeconds(180), () -> day.act(day.teacher(s), new Act.Trace(day.key(), day.house.now(), s.id(), k.id(), Fact.Step.CALLED_GUARDIAN)));
        day.then(at, then);
    }

    private boolean forgottenHandOver(LivedDay day, UUID schoolClass) {
        day.heldBack.add(schoolClass);
        Instant bell = Objects.requireNonNull(day.bells.get(schoolClass));
        List<Kid> here = day.ofClass(schoolClass).stream().filter(Kid::here).toList();
        here.forEach(k -> k.troubled = true);
        // First sessions of these children are rolled by their teachers only when somebody has reminded the class.
        here.forEach(k -> {
            Session first = Objects.requireNonNull(day.sessions.get(k.plan.getFirst()));
            if (schoolClass.equals(first.schoolClass())) day.heldBack.add(first.id());
        });
        Set<UUID> waiting = LivedDay.ids(here.stream().filter(k -> schoolClass.equals(Objects.requireNonNull(day.sessions.get(k.plan.getFirst())).schoolClass())).toList());
        day.then(bell.plus(day.grace).plusSeconds(120), () -> day.handOver(schoolClass));
        day.then(bell.plus(day.grace).plusSeconds(180), () -> here.stream()
                .map(k -> Objects.requireNonNull(day.sessions.get(k.plan.getFirst())))
                .distinct()
                .filter(f -> schoolClass.equals(f.schoolClass()))
                .forEach(day::roll));
        return !waiting.isEmpty()
                && plantedOn(day, Kind.FORGOTTEN_HAND_OVER, "class teacher and duty leader", bell.plus(day.grace), bell.plus(day.grace).plus(Trouble.AT_ONCE), waiting, Set.of("NOT_HANDED_OVER"), null);
    }

    private boolean forgottenRoll(LivedDay day, Session s) {
        day.heldBack.add(s.id());
        Instant due = day.at(s.starts()).plus(day.walking);
        Set<UUID> all = all(day, s);
        day.then(due.plusSeconds(200), () -> day.roll(s));
        return plantedOn(day, Kind.FORGOTTEN_ROLL, "teacher of the room and duty leader", due, due.plus(Trouble.AT_ONCE), all, Set.of("NOT_COUNTED"), null);
    }

    /**
     * The roll is taken and stays on the phone, whose clock is seven minutes ahead; a child goes out and comes back; then all is sent, twice and in the
     * wrong order. Meanwhile the room shows as not rolled; afterwards each act stands there once.
     */
    private boolean offLine(LivedDay day, Session s) {
        day.heldBack.add(s.id());
        Instant starts = day.at(s.starts());
        Instant due = starts.plus(day.walking);
        Set<UUID> all = all(day, s);
        UUID out = all.iterator().next();
        List<Act> kept = new ArrayList<>();
        day.then(starts.plusSeconds(200), () -> kept.add(day.rolled(s, day.house.now())));
        day.then(starts.plusSeconds(600), () -> kept.add(new Act.Out(day.key(), day.house.now(), s.id(), out, Fact.Where.TOILET)));
        day.then(starts.plusSeconds(780), () -> kept.add(new Act.Back(day.key(), day.house.now(), s.id(), out)));
        day.then(starts.plusSeconds(1500), () -> {
            long before = entries(day, all);
            List<Act> sending = new ArrayList<>(kept);
            sending.addAll(kept);
            Collections.shuffle(sending, day.random);
            day.sent(day.teacher(s), sending, Duration.ofMinutes(7));
            long added = entries(day, all) - before;
            // Where the coming back arrives before the roll, the roll says of that child only what is known already.
            if (added > all.size() + 2 || added < all.size() + 1) day.tally.broken("6 what a device sends twice and in any order stands once", added + " entries instead of " + (all.size() + 2));
            int present = day.house.in(day.people.school, () -> day.house.bean(JdbcClient.class)
                    .sql("select count(*)::int from custody.pub_standing where school_id = :s and day = :d and pupil_id in (:p) and state = 'present' and session_id = :x")
                    .param("s", day.people.school)
                    .param("d", day.date)
                    .param("p", all)
                    .param("x", s.id())
                    .query(Integer.class)
                    .single());
            if (present != all.size()) day.tally.broken("6 reordering ends in the same state", present + " of " + all.size() + " are in the room after " + sending.stream().map(a -> a.getClass().getSimpleName()).toList());
        });
        return plantedOn(day, Kind.PHONE_OFF_LINE, "duty leader", due, due.plus(Trouble.AT_ONCE), all, Set.of("NOT_COUNTED", "CALLED_OUT_LONG"), null);
    }

    private static long entries(LivedDay day, Set<UUID> children) {
        return day.house.in(day.people.school, () -> day.house.bean(JdbcClient.class)
                .sql("select count(*) from custody.pub_fact where school_id = :s and day = :d and pupil_id in (:p)")
                .param("s", day.people.school)
                .param("d", day.date)
                .param("p", children)
                .query(Long.class)
                .single());
    }

    private boolean parentLate(LivedDay day, Kid k) {
        k.parentLate = true;
        Instant due = k.leaves.plus(day.late);
        return plantedOn(day, Kind.PARENT_LATE, "late room and duty leader", k.leaves, due.plus(Trouble.AT_ONCE), Set.of(k.id()), Set.of("WAITING_LATE"), null);
    }

    /** A finger on the wrong name: the child is looked for until the teacher takes it back. */
    private boolean wrongTap(LivedDay day, Session s) {
        Kid k = oneOf(day, s);
        day.wronglyAbsent.put(s.id(), Set.of(k.id()));
        Instant starts = day.at(s.starts());
        day.then(starts.plusSeconds(330), () -> {
            day.wronglyAbsent.remove(s.id());
            day.act(day.teacher(s), new Act.Roll(day.key(), day.house.now(), s.id(), List.of(k.id()), List.of()));
        });
        return plantedOn(day, Kind.WRONG_TAP, "class teacher and family", starts, starts.plusSeconds(262), Set.of(k.id()), Set.of("MISSING"), null);
    }

    /** The guard hands over the wrong child and takes it back: it must be open again at once. */
    private boolean wrongRelease(LivedDay day, Session s) {
        Kid k = oneOf(day, s);
        Instant at = day.at(s.starts()).plusSeconds(1200);
        AtomicReference<@Nullable Instant> open = new AtomicReference<>();
        Member guard = day.people.guard;
        day.then(at, () -> {
            Outcome<String> handed = day.house.as(day.people.school, guard.account(), () -> release(day).hand(guard.wearer(), k.id(), k.child.guardian(), "", day.everybody(), day.key()));
            if (handed instanceof Outcome.Refused) day.tally.broken("a guardian gets the child", k.id().toString());
            Outcome<String> again = day.house.as(day.people.school, guard.account(), () -> release(day).hand(guard.wearer(), k.id(), k.child.guardian(), "", day.everybody(), day.key()));
            if (again instanceof Outcome.Done) day.tally.broken("2 a child leaves once", k.id().toString());
        });
        day.then(at.plusSeconds(90), () -> {
            Outcome<String> undone = day.house.as(day.people.school, guard.account(), () -> release(day).undo(guard.wearer(), k.id(), "-", day.key()));
            if (undone instanceof Outcome.Done && standing(day, k.id(), "not closed and corrected")) open.set(day.house.now());
        });
        return plantedOn(day, Kind.WRONG_RELEASE, "guard and duty leader", at, at.plusSeconds(90).plus(Trouble.AT_ONCE), Set.of(k.id()), Set.of(), open::get);
    }

    private static boolean standing(LivedDay day, UUID child, String what) {
        return day.house.in(day.people.school, () -> day.house.bean(JdbcClient.class)
                .sql("select count(*)::int from custody.pub_standing where school_id = :s and day = :d and pupil_id = :p and " + what)
                .param("s", day.people.school)
                .param("d", day.date)
                .param("p", child)
                .query(Integer.class)
                .single())
                == 1;
    }

    /** Another teacher counts the child while it sits in its own room. The duty leader asks and settles it. */
    private boolean twoClaims(LivedDay day, Session s) {
        Optional<Session> other = some(day.sessions.values().stream()
                .filter(o -> !o.id().equals(s.id()) && o.schoolClass() != null && !taken.contains(o.schoolClass()) && o.starts().equals(s.starts()) && later(day, o))
                .toList());
        if (other.isEmpty()) return false;
        Kid k = oneOf(day, s);
        Instant at = day.at(s.starts()).plusSeconds(900);
        day.then(at, () -> day.act(day.teacher(other.get()), new Act.Roll(day.key(), day.house.now(), other.get().id(), List.of(k.id()), List.of())));
        day.then(at.plusSeconds(200), () -> day.account(k, day.teacher(s).staff()));
        return plantedOn(day, Kind.TWO_CLAIMS, "duty leader", at, at.plus(Trouble.AT_ONCE), Set.of(k.id()), Set.of("DISPUTED"), null);
    }

    /**
     * Somebody who may not take the child asks for it. The gate lets nobody go, whatever is tried, and tells the duty leader.
     *
     * @param paper whether a paper keeps this person away
     */
    private boolean stranger(LivedDay day, Kid k, String name, boolean paper) {
        Instant at = k.leaves.minusSeconds(300);
        Member guard = day.people.guard;
        AtomicReference<@Nullable Instant> told = new AtomicReference<>();
        day.then(at, () -> {
            UUID adult = paper ? Objects.requireNonNull(k.child.barred()) : day.key();
            boolean code = day.random.nextBoolean();
            Outcome<String> handed = day.house.as(day.people.school, guard.account(), () -> release(day).hand(guard.wearer(), k.id(), code && !paper ? null : adult, code && !paper ? "123456" : "", day.everybody(), day.key()));
            if (handed instanceof Outcome.Done) day.tally.broken("2 nobody is handed to whom nobody named, to whom a paper bars, or for a forged code", k.id().toString());
            day.tally.overHttp++;
            day.house.post(guard.account(), "/gate/" + k.id() + "/strangers", Map.of("name", name, "_key", day.key().toString()));
            told.set(day.house.in(day.people.school, () -> day.house.bean(JdbcClient.class)
                    .sql("""
                            select n.told_at from messaging.notice n join dismissal.stranger t on t.school_id = n.school_id and t.stranger_id = n.about
                            join messaging.inbox i on i.school_id = n.school_id and i.notice_id = n.notice_id and i.account_id = :leader
                            where n.school_id = :s and t.pupil_id = :p and t.day = :d and t.kept_away = :paper
                            """)
                    .param("leader", day.people.leader.account())
                    .param("s", day.people.school)
                    .param("p", k.id())
                    .param("d", day.date)
                    .param("paper", paper)
                    .query((r, n) -> r.getTimestamp(1).toInstant())
                    .list())
                    .stream()
                    .findFirst()
                    .orElse(null));
        });
        return plantedOn(day, paper ? Kind.BARRED_AT_THE_GATE : Kind.STRANGER_AT_THE_GATE, "duty leader", at, at.plus(Trouble.AT_ONCE), Set.of(k.id()), Set.of(), told::get);
    }

    private static Release release(LivedDay day) {
        return day.house.bean(Release.class);
    }

    /**
     * A child has a new card; the office says whose it is. In the afternoon the card goes out at the gate while the child is counted in its room: the swipe moves
     * nothing and rings.
     */
    private boolean cardSaysLeft(LivedDay day, Session s) {
        Kid k = oneOf(day, s);
        String card = "SIM" + Long.toUnsignedString(day.random.nextLong(), 36).toUpperCase(Locale.ROOT);
        day.then(day.at(12, 40), () -> newCard(day, k, card));
        Instant at = day.at(s.starts()).plusSeconds(1100);
        day.then(at, () -> {
            day.swiped(card, true);
            if (!standing(day, k.id(), "not closed and custodian = '" + day.teacher(s).staff() + "'")) day.tally.broken("2 a swipe never moves the baton", k.id().toString());
        });
        day.then(at.plusSeconds(240), () -> day.swiped(card, false));
        return plantedOn(day, Kind.CARD_SAYS_LEFT, "teacher of the room and duty leader", at, at.plus(Trouble.AT_ONCE), Set.of(k.id()), Set.of("CARD_SAYS_LEFT"), null);
    }

    private static void newCard(LivedDay day, Kid k, String card) {
        day.swiped(card, false);
        UUID office = day.people.office.account();
        day.tally.overHttp += 2;
        Matcher unknown = UNKNOWN.matcher(day.house.get(office, "/devices/cards").body());
        if (!unknown.find() || day.house.post(office, "/devices/cards/" + unknown.group(1), Map.of("pupil", k.id().toString())).status() != 303) day.tally.broken("2 a card that nobody knows is kept and shown", card);
        day.house.as(day.people.school, office, () -> day.house.bean(FoldSwipes.class).fold(day.people.school));
    }

    /**
     * The family sends somebody else and reads the code on its own page; the gate lets the child go for the code, for no other, and once. Nothing may ring.
     */
    private boolean sentWithACode(LivedDay day, Kid k) {
        k.byCode = true;
        k.stays = true;
        UUID family = Objects.requireNonNull(k.child.family());
        Member guard = day.people.guard;
        Instant at = k.leaves.plusSeconds(240);
        AtomicReference<@Nullable Instant> taken = new AtomicReference<>();
        day.then(day.at(13, 30), () -> {
            day.tally.overHttp++;
            int sent = day.house.post(family, "/children/" + k.id() + "/pick-up/delegates", Map.of("name", day.people.delegateName, "day", day.date.toString(), "_key", day.key().toString())).status();
            if (sent != 303) day.tally.broken("a family may send somebody for a day", "answered " + sent);
        });
        day.then(at, () -> {
            day.tally.overHttp++;
            Matcher code = CODE.matcher(day.house.get(family, "/children/" + k.id() + "/pick-up").body());
            String shown = code.find() ? code.group(1) : "";
            String other = shown.equals("000000") ? "000001" : "000000";
            if (shows(day, guard, k, other)) day.tally.broken("2 nobody is handed to whom nobody named, to whom a paper bars, or for a forged code", k.id().toString());
            boolean gone = !shown.isEmpty() && shows(day, guard, k, shown);
            if (gone && standing(day, k.id(), "state = 'collected'")) taken.set(day.house.now());
            if (gone && shows(day, guard, k, shown)) day.tally.broken("2 a child leaves once", k.id().toString());
            k.gone = gone;
        });
        return plantedOn(day, Kind.SENT_WITH_A_CODE, "guard, who reads the code", at, at.plus(Trouble.AT_ONCE), Set.of(k.id()), Set.of(), taken::get);
    }

    private static boolean shows(LivedDay day, Member guard, Kid k, String code) {
        day.tally.acts++;
        return day.house.as(day.people.school, guard.account(), () -> release(day).hand(guard.wearer(), k.id(), null, code, day.everybody(), day.key())) instanceof Outcome.Done;
    }

    /** The one who leads a club stays away: the duty leader drops it with one tap, and its children are back on their own lists. */
    private boolean instructorAbsent(LivedDay day) {
        // Classes that somebody forgets to hand over or to roll: a child that came back to one would ring with it.
        Set<UUID> forgotten = new HashSet<>(day.heldBack);
        day.sessions.values().stream().filter(s -> day.heldBack.contains(s.id())).map(Session::schoolClass).filter(Objects::nonNull).forEach(forgotten::add);
        Optional<Session> club = some(day.sessions.values().stream()
                .filter(s -> s.schoolClass() == null && !s.outdoor() && !day.in(s.id()).isEmpty())
                .filter(s -> day.in(s.id()).stream().noneMatch(k -> k.troubled || forgotten.contains(k.child.schoolClass())))
                .toList());
        if (club.isEmpty()) return false;
        Session s = club.get();
        day.in(s.id()).forEach(k -> taken.add(k.child.schoolClass()));
        Instant at = day.at(14, 10);
        AtomicReference<@Nullable Instant> dropped = new AtomicReference<>();
        day.then(at, () -> {
            day.tally.overHttp++;
            day.house.post(day.people.leader.account(), "/duty/days/" + day.date + "/drops", Map.of("session", s.id().toString(), "reason", "teacher", "_key", day.key().toString()));
            if (!awaited(day, s)) dropped.set(day.house.now());
            day.rained(Set.of(s.id()));
        });
        return plantedOn(day, Kind.INSTRUCTOR_ABSENT, "everybody on whose list the children stood", at, at.plus(Trouble.AT_ONCE), Set.of(), Set.of(), dropped::get);
    }

    /** All children have gone and one area was not walked: the school is not clear, and the page says why. */
    void forgottenArea(LivedDay day, UUID area) {
        Instant at = day.everybodyGone.plusSeconds(60);
        AtomicReference<@Nullable Instant> refused = new AtomicReference<>();
        day.then(at, () -> {
            day.tally.overHttp++;
            int answer = day.house.post(day.people.leader.account(), "/clearing", Map.of("_key", day.key().toString())).status();
            if (answer == 422) refused.set(day.house.now());
            else day.tally.broken("2 the school can't be cleared before every area is walked", day.date + " answered " + answer);
            day.walk(area);
        });
        plantedOn(day, Kind.AREA_FORGOTTEN, "duty leader", at, at.plus(Trouble.AT_ONCE), Set.of(), Set.of(), refused::get);
    }

    /** Somebody stands at the gate whom nobody expects: the host is asked at once and says no; after that the gate can't let the visitor in. */
    private boolean visitor(LivedDay day) {
        Instant at = day.at(13, 50).plusSeconds(random.nextInt(600));
        Member host = day.people.lateRoom;
        Member guard = day.people.guard;
        AtomicReference<@Nullable Instant> asked = new AtomicReference<>();
        day.then(at, () -> {
            day.tally.overHttp += 3;
            day.house.post(guard.account(), "/visits", Map.of("name", day.people.delegateName, "purpose", "other", "people", "1", "host", host.staff().toString(), "_key", day.key().toString()));
            Optional<UUID> visit = day.house.in(day.people.school, () -> day.house.bean(JdbcClient.class)
                    .sql("""
                            select n.about from messaging.notice n join messaging.inbox i on i.school_id = n.school_id and i.notice_id = n.notice_id and i.account_id = :host
                            where n.school_id = :s and n.kind = 'safety.visitor' and n.told_at >= :at order by n.told_at desc limit 1
                            """)
                    .param("host", host.account())
                    .param("s", day.people.school)
                    .param("at", Timestamp.from(at))
                    .query(UUID.class)
                    .optional());
            if (visit.isEmpty()) return;
            day.house.post(host.account(), "/visits/" + visit.get() + "/answer", Map.of("answer", "no", "_key", day.key().toString()));
            int entry = day.house.post(guard.account(), "/visits/" + visit.get() + "/entry", Map.of("_key", day.key().toString())).status();
            if (entry == 422) asked.set(day.house.now());
            else day.tally.broken("safety: nobody is inside without somebody's yes", "answered " + entry);
        });
        return plantedOn(day, Kind.VISITOR_WITHOUT_A_YES, "the host", at, at.plus(Trouble.AT_ONCE), Set.of(), Set.of(), asked::get);
    }

    /** A drill is tried: those who lead hear it, no family does, whatever is tapped. */
    private boolean drill(LivedDay day) {
        Instant at = day.at(13, 20);
        Member leader = day.people.leader;
        AtomicReference<@Nullable Instant> told = new AtomicReference<>();
        day.then(at, () -> {
            day.tally.overHttp += 3;
            SimulatedHouse.Answer opened = day.house.post(leader.account(), "/incidents", Map.of("plan", "stampede", "drill", "yes", "_key", day.key().toString()));
            Matcher incident = INCIDENT.matcher(opened.location());
            if (!incident.find()) return;
            String path = "/incidents/" + incident.group(1);
            int families = day.house.post(leader.account(), path + "/notices", Map.of("title", day.people.delegateName, "text", day.people.delegateName, "whom", "school", "_key", day.key().toString())).status();
            if (families != 422) day.tally.broken("safety: a drill tells no family", "answered " + families);
            day.house.post(leader.account(), path + "/closing", Map.of("findings", day.people.delegateName, "_key", day.key().toString()));
            boolean heard = day.house.in(day.people.school, () -> day.house.bean(JdbcClient.class)
                    .sql("""
                            select count(*)::int from messaging.notice n join messaging.inbox i on i.school_id = n.school_id and i.notice_id = n.notice_id and i.account_id = :leader
                            where n.school_id = :s and n.about = :x
                            """)
                    .param("leader", leader.account())
                    .param("s", day.people.school)
                    .param("x", UUID.fromString(incident.group(1)))
                    .query(Integer.class)
                    .single())
                    > 0;
            if (heard) told.set(day.house.now());
        });
        return plantedOn(day, Kind.DRILL, "duty leader", at, at.plus(Trouble.AT_ONCE), Set.of(), Set.of(), told::get);
    }

    /** One tap at noon; the first who accepts stands there a minute later, and the afternoon knows. */
    private boolean ill(LivedDay day, Session s) {
        Member teacher = day.teacher(s);
        PostKey post = new PostKey(PostKind.SESSION, s.id());
        Instant at = day.at(13, 0);
        AtomicReference<@Nullable Instant> found = new AtomicReference<>();
        day.then(at, () -> day.house.as(day.people.school, teacher.account(), () -> substitutes(day).cannotCome(teacher.wearer(), day.date, post, day.key())));
        day.then(at.plusSeconds(40), () -> {
            for (Member m : day.people.staff.values().stream().sorted(java.util.Comparator.comparing(m -> m.staff())).toList()) {
                List<Substitutes.Waiting> asked = day.house.in(day.people.school, () -> substitutes(day).waiting(day.people.school, m.staff(), day.date)).stream()
                        .filter(w -> w.line().post().key().equals(post))
                        .toList();
                // Whoever is asked and has no roll to take says no: a guard, for example.
                if (asked.isEmpty() || !m.wearer().is(Role.SERVICE_TEACHER)) continue;
                Outcome<?> accepted = day.house.as(day.people.school, m.account(), () -> substitutes(day).accept(m.wearer(), asked.getFirst().call(), day.key()));
                // Who has just said yes to somebody else is not free any more: another of those asked comes.
                if (!(accepted instanceof Outcome.Done)) continue;
                day.dutyChanged();
                if (day.teacher(s).staff().equals(m.staff()) && custodian(day, s, m.staff())) found.set(day.house.now());
                return;
            }
        });
        return plantedOn(day, Kind.TEACHER_ILL, "a substitute, told and standing there within a minute", at, at.plusSeconds(60), Set.of(), Set.of(), found::get);
    }

    private static Substitutes substitutes(LivedDay day) {
        return day.house.bean(Substitutes.class);
    }

    /** Whether the day's plan of every child of the session names this person. */
    private static boolean custodian(LivedDay day, Session s, UUID staff) {
        return day.house.in(day.people.school, () -> day.house.bean(JdbcClient.class)
                .sql("""
                        select coalesce(bool_and(stop_custodians[array_position(stop_sessions, :x::uuid)] = :t::uuid), false) from custody.standing
                        where school_id = :s and day = :d and :x = any(stop_sessions)
                        """)
                .param("s", day.people.school)
                .param("d", day.date)
                .param("x", s.id())
                .param("t", staff)
                .query(Boolean.class)
                .single());
    }

    /** Two who stand at the same hour change places. */
    private boolean swap(LivedDay day) {
        Optional<Session> one = later(day);
        if (one.isEmpty()) return false;
        Session s = one.get();
        Optional<Session> other = some(day.sessions.values().stream()
                .filter(o -> o.starts().equals(s.starts()) && o.ends().equals(s.ends()) && later(day, o) && !day.teacher(o).staff().equals(day.teacher(s).staff()))
                .toList());
        if (other.isEmpty()) return false;
        Session o = other.get();
        taken.add(Objects.requireNonNull(o.schoolClass()));
        Member a = day.teacher(s);
        Member b = day.teacher(o);
        Instant at = day.at(12, 10);
        AtomicReference<@Nullable Instant> changed = new AtomicReference<>();
        day.then(at, () -> {
            Outcome<UUID> asked = day.house.as(day.people.school, a.account(), () -> swaps(day).ask(a.wearer(), day.date, new PostKey(PostKind.SESSION, s.id()), b.staff(), day.date, new PostKey(PostKind.SESSION, o.id()), day.key()));
            if (!(asked instanceof Outcome.Done<UUID>(UUID id))) return;
            day.house.as(day.people.school, b.account(), () -> swaps(day).answer(b.wearer(), id, true, day.key()));
            day.dutyChanged();
            boolean places = day.teacher(s).staff().equals(b.staff()) && day.teacher(o).staff().equals(a.staff());
            if (places && custodian(day, s, b.staff()) && custodian(day, o, a.staff())) changed.set(day.house.now());
        });
        return plantedOn(day, Kind.TEACHERS_SWAP, "both teachers and every child's plan", at, at.plus(Trouble.AT_ONCE), Set.of(), Set.of(), changed::get);
    }

    private static Swaps swaps(LivedDay day) {
        return day.house.bean(Swaps.class);
    }

    /** All outdoor sessions are dropped in one tap: no child is awaited there any more. */
    private boolean rain(LivedDay day) {
        List<Session> outdoor = day.sessions.values().stream().filter(Session::outdoor).filter(s -> s.schoolClass() == null).toList();
        if (outdoor.isEmpty()) return false;
        Instant at = day.at(14, 0);
        AtomicReference<@Nullable Instant> dropped = new AtomicReference<>();
        day.then(at, () -> {
            day.tally.overHttp++;
            day.house.post(day.people.leader.account(), "/duty/days/" + day.date + "/drops", Map.of("what", "outdoor", "reason", "weather", "_key", day.key().toString()));
            if (outdoor.stream().noneMatch(s -> awaited(day, s))) dropped.set(day.house.now());
            day.rained(LivedDay.sessionIds(outdoor));
        });
        return plantedOn(day, Kind.RAIN, "everybody on whose list the children stood", at, at.plus(Trouble.AT_ONCE), Set.of(), Set.of(), dropped::get);
    }

    private static boolean awaited(LivedDay day, Session s) {
        return day.house.in(day.people.school, () -> day.house.bean(JdbcClient.class)
                .sql("select count(*)::int from custody.pub_standing where school_id = :s and day = :d and :x = any(sessions)")
                .param("s", day.people.school)
                .param("d", day.date)
                .param("x", s.id())
                .query(Integer.class)
                .single())
                > 0;
    }

    /** The node is stopped, in order and between two acts, after a roll whose answer the phone never saw; it starts again, and the phone sends the roll again. */
    private boolean stopped(LivedDay day, Session s) {
        day.heldBack.add(s.id());
        Set<UUID> all = all(day, s);
        Instant at = day.at(s.starts()).plusSeconds(210);
        AtomicReference<@Nullable Instant> kept = new AtomicReference<>();
        day.then(at, () -> {
            Act.Roll roll = day.rolled(s, day.house.now());
            long before = entries(day, all);
            day.act(day.teacher(s), roll);
            long once = entries(day, all) - before;
            day.house.restart();
            day.tally.restarts++;
            day.sent(day.teacher(s), List.of(roll), Duration.ZERO);
            if (once == all.size() && entries(day, all) - before == once) kept.set(day.house.now());
            else day.tally.broken("6 a mark is neither lost nor doubled by a node that stops", once + " then " + (entries(day, all) - before));
        });
        return plantedOn(day, Kind.NODE_STOPPED, "the teacher, who sends the same again", at, at.plus(Trouble.AT_ONCE), all, Set.of(), kept::get);
    }
}
