package afterbell.desk.desk.board;

import afterbell.base.audit.Audit;
import afterbell.base.roster.CallNumbers;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.roster.StaffMember;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Screen;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.Reasons;
import afterbell.day.custody.ToldOf;
import afterbell.day.custody.childday.ChildDay;
import afterbell.day.custody.childday.Decision;
import afterbell.day.custody.childday.Entry;
import afterbell.day.custody.childday.Fact;
import afterbell.day.custody.childday.Standing;
import afterbell.day.custody.childday.Teller;
import afterbell.day.custody.childday.Teller.Duty;
import afterbell.day.custody.childday.Telling;
import afterbell.day.custody.childday.Whereabouts;
import afterbell.day.duty.Duties;
import afterbell.day.duty.Post;
import afterbell.day.duty.PostKey;
import afterbell.day.duty.PostKind;
import afterbell.desk.desk.board.ChildPage.Said;
import afterbell.desk.desk.board.ChildPage.Typed;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A red child and its remedies: the steps of looking for it, accounting for it by name and with a reason, settling who has it, taking back a wrong tap. What is
 * said goes through {@link ChildDays}, which decides.
 */
@Component
class SeeToChild {
    private final ChildDays days;
    private final Duties duties;
    private final Reasons reasons;
    private final CallNumbers numbers;
    private final CommandKeys keys;
    private final Audit audit;
    private final Questions questions;
    private final Clock clock;

    SeeToChild(ChildDays days, Duties duties, Reasons reasons, CallNumbers numbers, CommandKeys keys, Audit audit, Questions questions, Clock clock) {
        this.days = days;
        this.duties = duties;
        this.reasons = reasons;
        this.numbers = numbers;
        this.keys = keys;
        this.audit = audit;
        this.questions = questions;
        this.clock = clock;
    }

    record SessionName(UUID id, String name) {}

    /** As what a person speaks of this child today. */
    private record Eye(Pupil child, Set<Duty> duties) {
        boolean leads() {
            return duties.contains(Duty.DUTY_LEADER);
        }

        Teller teller(Wearer me) {
            return new Teller(me.account(), duties);
        }
    }

    @Transactional(readOnly = true)
    public ChildPage page(Wearer me, UUID pupil, Typed typed, List<? extends Refusal> refusals) {
        return page(me, pupil, List.of(), false, typed, refusals);
    }

    /** The page with telephones, which is an act of its own and audited. */
    @Transactional
    public ChildPage withNumbers(Wearer me, UUID pupil) {
        ChildDay chain = days.day(me.school(), today(), pupil).orElseThrow(NotFound::new);
        Eye eye = eye(me, pupil, names(me.school(), pupil));
        if (eye.duties().isEmpty()) throw new NotFound();
        @Nullable UUID custodian = chain.standing(clock.instant()).custodian();
        return page(me, pupil, numbers.of(me.school(), pupil, custodian, "child-of-the-day"), true, Typed.NOTHING, List.of());
    }

    private ChildPage page(Wearer me, UUID pupil, List<CallNumbers.Number> known, boolean asked, Typed typed, List<? extends Refusal> refusals) {
        Names names = names(me.school(), pupil);
        Eye eye = eye(me, pupil, names);
        ChildDay chain = days.day(me.school(), today(), pupil).orElseThrow(NotFound::new);
        Standing now = chain.standing(clock.instant());
        Set<UUID> undone = chain.entries().stream().map(Entry::fact).filter(Fact.Undone.class::isInstance).map(f -> ((Fact.Undone) f).entry()).collect(Collectors.toSet());
        Set<UUID> claims = now.where() instanceof Whereabouts.Disputed disputed ? new HashSet<>(disputed.claims()) : Set.of();
        return new ChildPage(
                pupil,
                eye.child().name(),
                eye.child().schoolClass(),
                eye.child().className(),
                state(now.where()),
                names.staff(now.custodian()),
                now.alarms(),
                chain.entries().stream().sorted(Comparator.comparing(Entry::at).reversed()).map(e -> said(e, names, undone.contains(e.id()), claims.contains(e.id()))).toList(),
                names.staff().stream().filter(m -> !m.kind().equals("outside")).sorted(Comparator.comparing(StaffMember::initials)).map(m -> Choice.of(m.id().toString(), m.name())).toList(),
                known,
                asked,
                !eye.duties().isEmpty(),
                eye.leads(),
                typed,
                refusals);
    }

    private record Names(Optional<Pupil> child, List<StaffMember> staff, Map<UUID, String> sessions) {
        String staff(@Nullable UUID id) {
            return staff.stream().filter(m -> m.id().equals(id)).map(StaffMember::name).findFirst().orElse("");
        }

        String account(UUID id) {
            return staff.stream().filter(m -> id.equals(m.account())).map(StaffMember::name).findFirst().orElse("");
        }
    }

    private Names names(UUID school, UUID pupil) {
        Question<Pupil> child = Roster.pupilOf(school, pupil);
        Question<StaffMember> staff = Roster.staffOf(school);
        Question<SessionName> sessions = new Question<>(
                SessionName.class,
                """
                select t.session_id as id, coalesce(x.name, k.name, '') as name from timetable.pub_session t
                left join programme.pub_section x on x.school_id = t.school_id and x.section_id = t.section_id
                left join roster.pub_class k on k.school_id = t.school_id and k.class_id = t.class_id
                where t.school_id = :s and t.day = :d
                """,
                Map.of("s", school, "d", today()));
        Questions.Answers all = questions.ask(child, staff, sessions);
        return new Names(all.of(child).stream().findFirst(), all.of(staff), all.of(sessions).stream().collect(Collectors.toMap(SessionName::id, SessionName::name)));
    }

    /** Leader and office see all children, a class teacher those of the class; principals only look. */
    private Eye eye(Wearer me, UUID pupil, Names names) {
        Pupil child = names.child().filter(p -> p.id().equals(pupil)).orElseThrow(NotFound::new);
        Set<PostKey> posts = duties.posts(me.school(), today(), today()).stream().filter(p -> me.account().equals(p.account())).map(Post::key).collect(Collectors.toSet());
        Set<Duty> as = EnumSet.noneOf(Duty.class);
        if (me.is(Role.DUTY_LEADER) || posts.contains(PostKey.LEADER)) as.add(Duty.DUTY_LEADER);
        if (me.is(Role.OFFICE)) as.add(Duty.OFFICE);
        if (me.classes().contains(child.schoolClass()) || posts.contains(new PostKey(PostKind.CLASS, child.schoolClass()))) as.add(Duty.CLASS_TEACHER);
        if (as.isEmpty() && !me.is(Role.PRINCIPAL)) throw new NotFound();
        return new Eye(child, as);
    }

    private Said said(Entry entry, Names names, boolean undone, boolean claim) {
        Fact fact = entry.fact();
        @Nullable UUID who = fact instanceof Fact.InHand held ? held.custodian() : fact instanceof Fact.Accounted accounted ? accounted.custodian() : null;
        @Nullable UUID session = switch (fact) {
            case Fact.Counted f -> f.session();
            case Fact.Sent f -> f.toSession();
            case Fact.Missed f -> f.session();
            case Fact.Away _, Fact.Arrived _, Fact.Excused _, Fact.ExcuseLifted _, Fact.CalledOut _, Fact.CameBack _, Fact.Traced _, Fact.KeptLate _ -> null;
            case Fact.Collected _, Fact.WithLine _, Fact.WalkedHome _, Fact.Swiped _, Fact.Accounted _, Fact.Undone _ -> null;
        };
        @Nullable String word = switch (fact) {
            case Fact.Traced f -> "custody.step." + f.step().name();
            case Fact.CalledOut f -> "custody.where." + f.where().name();
            case Fact.Away _, Fact.Arrived _, Fact.Excused _, Fact.ExcuseLifted _, Fact.Sent _, Fact.Counted _, Fact.Missed _, Fact.CameBack _, Fact.KeptLate _ -> null;
            case Fact.Collected _, Fact.WithLine _, Fact.WalkedHome _, Fact.Swiped _, Fact.Accounted _, Fact.Undone _ -> null;
        };
        boolean undoable = !undone && !(fact instanceof Fact.Undone) && !(fact instanceof Fact.Swiped);
        return new Said(entry.id(), entry.at(), kind(fact), names.staff(who), session == null ? "" : names.sessions().getOrDefault(session, ""), word, names.account(entry.by()), undone, undoable, claim);
    }

    private static String kind(Fact fact) {
        return switch (fact) {
            case Fact.Away _ -> "away";
            case Fact.Arrived _ -> "arrived";
            case Fact.Excused _ -> "excused";
            case Fact.ExcuseLifted _ -> "excuse_lifted";
            case Fact.Sent _ -> "sent";
            case Fact.Counted _ -> "counted";
            case Fact.Missed _ -> "missed";
            case Fact.CalledOut _ -> "called_out";
            case Fact.CameBack _ -> "came_back";
            case Fact.Traced _ -> "traced";
            case Fact.KeptLate _ -> "kept_late";
            case Fact.Collected _ -> "collected";
            case Fact.WithLine _ -> "with_line";
            case Fact.WalkedHome _ -> "walked_home";
            case Fact.Swiped f -> f.out() ? "swiped_out" : "swiped_in";
            case Fact.Accounted f -> f.custodian() == null ? "accounted" : "accounted_with";
            case Fact.Undone _ -> "undone";
        };
    }

    private static String state(Whereabouts where) {
        return switch (where) {
            case Whereabouts.NotExpected _ -> "not_expected";
            case Whereabouts.NotAtSchool _ -> "not_at_school";
            case Whereabouts.OnLeave _ -> "on_leave";
            case Whereabouts.InClass _ -> "in_class";
            case Whereabouts.Expected _ -> "expected";
            case Whereabouts.Between _ -> "between";
            case Whereabouts.Present _ -> "present";
            case Whereabouts.CalledOut _ -> "called_out";
            case Whereabouts.Missing missing -> missing.steps().isEmpty() ? "missing" : "traced";
            case Whereabouts.WaitingLate _ -> "waiting_late";
            case Whereabouts.CollectedBy _ -> "collected";
            case Whereabouts.WentWithLine _ -> "with_line";
            case Whereabouts.WalkedHome _ -> "walked_home";
            case Whereabouts.AccountedFor _ -> "accounted";
            case Whereabouts.Disputed _ -> "disputed";
        };
    }

    /** Adds a step of the search, with its time. */
    @Transactional
    public Outcome<String> step(Wearer me, UUID pupil, String step, UUID key) {
        Eye eye = eye(me, pupil, names(me.school(), pupil));
        if (eye.duties().isEmpty()) throw new NotFound();
        Fact.Step word = Stream.of(Fact.Step.values()).filter(s -> s.name().equals(step)).findFirst().orElseThrow(NotFound::new);
        return tell(me, eye, pupil, key, new Fact.Traced(word));
    }

    /**
     * The leader answers for the child, in his own name and with a reason.
     *
     * @param where {@code gone}: safe out of school; {@code with}: in the hands of {@code with}
     */
    @Transactional
    public Outcome<String> account(Wearer me, UUID pupil, String where, String with, String why, UUID key) {
        Names names = names(me.school(), pupil);
        Eye eye = eye(me, pupil, names);
        if (!eye.leads()) throw new NotFound();
        boolean gone = where.equals("gone");
        if (!gone && !where.equals("with")) return Outcome.refused(new Refusal.Simple("desk.board.refused.where", "where", List.of()));
        @Nullable UUID custodian = gone ? null : Ids.parse(with).filter(id -> names.staff().stream().anyMatch(m -> m.id().equals(id) && !m.kind().equals("outside"))).orElse(null);
        if (!gone && custodian == null) return Outcome.refused(new Refusal.Simple("desk.board.refused.with", "with", List.of()));
        return withReason(me, eye, pupil, why, key, "account/" + pupil + "/" + where + "/" + with, reason -> new Fact.Accounted(custodian, reason));
    }

    /** An entry was a wrong tap: it stays in the chain and counts no more. */
    @Transactional
    public Outcome<String> undo(Wearer me, UUID pupil, UUID entry, String why, UUID key) {
        Eye eye = eye(me, pupil, names(me.school(), pupil));
        if (!eye.leads()) throw new NotFound();
        return withReason(me, eye, pupil, why, key, "undo/" + pupil + "/" + entry, reason -> new Fact.Undone(entry, reason, true));
    }

    private Outcome<String> withReason(Wearer me, Eye eye, UUID pupil, String why, UUID key, String params, Function<UUID, Fact> fact) {
        String words = why.strip();
        if (words.isEmpty() || words.length() > Reasons.LONGEST) return Outcome.refused(new Refusal.Simple("desk.board.refused.why", "why", List.of(Reasons.LONGEST)));
        if (keys.kept(key, params).isPresent()) return Outcome.done(eye.child().name());
        Supplier<Outcome<String>> act = () -> tell(me, eye, pupil, key, fact.apply(reasons.keep(me.school(), pupil, words, me.account())));
        Outcome<String> outcome = act.get();
        if (outcome instanceof Outcome.Done<String>) {
            keys.once(key, params, () -> "done");
            audit.record(me.school(), params.startsWith("undo") ? "custody.undone" : "custody.accounted", "pupil", pupil, Map.of("day", today().toString()));
        }
        return outcome;
    }

    private Outcome<String> tell(Wearer me, Eye eye, UUID pupil, UUID key, Fact fact) {
        Instant now = clock.instant();
        Telling telling = new Telling(UUID.nameUUIDFromBytes((key + "/" + pupil).getBytes(java.nio.charset.StandardCharsets.UTF_8)), now, eye.teller(me), fact, false);
        return switch (Objects.requireNonNull(days.tell(me.school(), today(), List.of(new ToldOf(pupil, telling))).getFirst())) {
            case Decision.Recorded _, Decision.Already _ -> Outcome.done(eye.child().name());
            case Decision.Refused(Decision.Why no) -> Outcome.refused(new Refusal.Simple("custody.refused." + no.name().toLowerCase(Locale.ROOT)));
        };
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }
}
