package afterbell.money.billing.pay;

import afterbell.base.audit.Audit;
import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Term;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Screen;
import afterbell.money.billing.Charges;
import afterbell.money.billing.Document;
import afterbell.money.billing.Draft;
import afterbell.money.billing.Ledger;
import afterbell.money.billing.Posting;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A month of pay: live while it runs, then agreed by finance, approved by somebody else, paid. */
@Component
@Transactional
class PayMonths {
    private final HeldStore held;
    private final SlipStore store;
    private final PayLimits limits;
    private final Ledger ledger;
    private final Calendars calendars;
    private final Questions questions;
    private final CommandKeys keys;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    PayMonths(HeldStore held, SlipStore store, PayLimits limits, Ledger ledger, Calendars calendars, Questions questions, CommandKeys keys, Audit audit, Ids ids, Clock clock) {
        this.held = held;
        this.store = store;
        this.limits = limits;
        this.ledger = ledger;
        this.calendars = calendars;
        this.questions = questions;
        this.keys = keys;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * A person's month.
     *
     * @param other corrections of earlier months
     * @param fen what is paid in money
     * @param banked minutes that go into the bank of hours instead of money
     */
    record Person(UUID staff, String name, Payroll.Slip slip, boolean asHours, long other, long fen, int banked) {}

    /**
     * @param scheme null while the school has no document for the month
     * @param state null while the month is open
     * @param undecided sessions of days gone by without a roll and without a word
     * @param unheld sessions that finance says were not held
     * @param names of everybody who ever was on the staff
     */
    record Whole(
            YearMonth month, @Nullable Scheme scheme, SlipStore.@Nullable Month state, List<Person> people, List<HeldStore.Stand> undecided, List<HeldStore.Stand> unheld, List<SlipStore.Month> months, Map<UUID, String> names) {
        long total() {
            return people.stream().mapToLong(Person::fen).sum();
        }
    }

    private record Name(UUID staff, String name) {}

    private record Hours(UUID staff) {}

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }

    private HeldStore.Now now() {
        return new HeldStore.Now(today(), LocalTime.ofInstant(clock.instant(), Screen.ZONE));
    }

    /** The whole school's month; not found where the school does not charge (C7). */
    @Transactional(readOnly = true)
    public Whole whole(UUID school, YearMonth month) {
        Question<Charges.Charging> charging = Charges.charging(school, today());
        Question<Name> names = new Question<>(Name.class, "select staff_id as staff, name from roster.pub_staff_ever where school_id = :ns", Map.of("ns", school));
        Question<Hours> hours = new Question<>(
                Hours.class,
                "select staff_id as staff from (select distinct on (staff_id) staff_id, as_hours from billing.pay_choice where school_id = :hs and from_month <= :hm order by staff_id, from_month desc) c where as_hours",
                Map.of("hs", school, "hm", month.atDay(1)));
        Question<SlipStore.Correction> corrections =
                new Question<>(SlipStore.Correction.class, "select staff_id as staff, about, fen, why from billing.pay_correction where school_id = :cs and month = :cm order by at, pay_correction_id", Map.of("cs", school, "cm", month.atDay(1)));
        Questions.Answers all = questions.ask(charging, names, hours, corrections);
        if (all.of(charging).stream().noneMatch(Charges.Charging::charges)) throw new NotFound();
        Map<UUID, String> named = all.of(names).stream().collect(Collectors.toMap(Name::staff, Name::name));
        List<SlipStore.Month> months = store.months(school);
        SlipStore.Month state = months.stream().filter(m -> m.month().equals(month)).findFirst().orElse(null);
        List<Scheme> schemes = store.schemes(school);
        if (state != null) {
            Scheme scheme = schemes.stream().filter(s -> s.id().equals(state.scheme())).findFirst().orElseThrow();
            return new Whole(month, scheme, state, frozen(school, month, named), List.of(), List.of(), months, named);
        }
        Scheme scheme = inForce(schemes, month).orElse(null);
        List<HeldStore.Stand> stands = scheme == null ? List.of() : held.stands(school, month.atDay(1), month.atEndOfMonth(), now(), null);
        List<Person> people = scheme == null
                ? List.of()
                : people(school, scheme, month, stands, all.of(hours).stream().map(Hours::staff).collect(Collectors.toSet()), SlipStore.sums(all.of(corrections)), named);
        return new Whole(
                month,
                scheme,
                null,
                people,
                stands.stream().filter(s -> s.proof() == HeldStore.Proof.OPEN || s.staff() == null && s.proof() != HeldStore.Proof.NOT).toList(),
                stands.stream().filter(s -> s.proof() == HeldStore.Proof.NOT).toList(),
                months,
                named);
    }

    /** For those who make a world: who stood where in a month gone by. */
    List<HeldStore.Stand> stands(UUID school, YearMonth month) {
        return held.stands(school, month.atDay(1), month.atEndOfMonth(), now(), null);
    }

    /** For those who make a world: the month as these stands make it, without corrections and with money for everybody. */
    Whole drawn(UUID school, YearMonth month, Scheme scheme, List<HeldStore.Stand> stands) {
        Map<UUID, String> names = store.names(school);
        return new Whole(month, scheme, null, people(school, scheme, month, stands, Set.of(), Map.of(), names), List.of(), List.of(), List.of(), names);
    }

    static Optional<Scheme> inForce(List<Scheme> schemes, YearMonth month) {
        return schemes.stream().filter(s -> !s.from().isAfter(month.atDay(1))).findFirst();
    }

    private List<Person> frozen(UUID school, YearMonth month, Map<UUID, String> named) {
        Map<UUID, Payroll.Slip> lines = store.lines(school, month, null).stream().collect(Collectors.toMap(Payroll.Slip::staff, Function.identity()));
        return store.slips(school, month).stream()
                .map(f -> new Person(
                        f.staff(), named.getOrDefault(f.staff(), ""), new Payroll.Slip(f.staff(), lines.getOrDefault(f.staff(), new Payroll.Slip(f.staff(), List.of(), 0)).lines(), f.fixed()), f.asHours(), f.other(), f.fen(),
                        f.asHours() ? f.minutes() : 0))
                .sorted(MOST)
                .toList();
    }

    private static final Comparator<Person> MOST = Comparator.comparingLong(Person::fen).reversed().thenComparing(Person::name).thenComparing(Person::staff);

    private List<Person> people(UUID school, Scheme scheme, YearMonth month, List<HeldStore.Stand> stands, Set<UUID> asHours, Map<UUID, Long> corrections, Map<UUID, String> named) {
        List<Payroll.Slip> slips = Payroll.of(scheme, stands.stream().filter(HeldStore.Stand::counts).map(HeldStore.Stand::held).toList(), limits.classDay(school, month.atDay(1)));
        Map<UUID, Payroll.Slip> byStaff = slips.stream().collect(Collectors.toMap(Payroll.Slip::staff, Function.identity()));
        Set<UUID> everybody = new TreeSet<>(byStaff.keySet());
        everybody.addAll(corrections.keySet());
        return everybody.stream().map(f -> person(byStaff.getOrDefault(f, new Payroll.Slip(f, List.of(), 0)), asHours.contains(f), corrections.getOrDefault(f, 0L), named.getOrDefault(f, ""))).sorted(MOST).toList();
    }

    /** Who takes time gets the minutes of the sessions; turns and the fixed share stay money. */
    static Person person(Payroll.Slip slip, boolean asHours, long other, String name) {
        long sessions = slip.lines().stream().filter(l -> l.held().work().byPeriod()).mapToLong(Payroll.Line::fen).sum();
        return new Person(slip.staff(), name, slip, asHours, other, slip.fen() - (asHours ? sessions : 0) + other, asHours ? slip.minutes() : 0);
    }

    /** Says of sessions without a roll whether they were held. @param sessions those meant, or empty for all of the month that wait */
    public Outcome<Integer> decide(Wearer me, YearMonth month, Set<UUID> sessions, boolean took, UUID key) {
        String done = keys.once(key, "billing.pay_word " + month + took + new TreeSet<>(sessions), () -> {
            if (store.locked(me.school(), month).isPresent()) return "0";
            List<HeldStore.Stand> waiting = held.stands(me.school(), month.atDay(1), month.atEndOfMonth(), now(), null).stream()
                    .filter(s -> s.ref() != null && (s.proof() == HeldStore.Proof.OPEN || s.proof() == HeldStore.Proof.NOT || s.proof() == HeldStore.Proof.WORD))
                    .filter(s -> sessions.isEmpty() ? s.proof() == HeldStore.Proof.OPEN && s.staff() != null : sessions.contains(s.ref()))
                    .filter(s -> !took || s.staff() != null)
                    .toList();
            if (waiting.isEmpty()) return "0";
            store.word(me.school(), waiting.stream().map(s -> Objects.requireNonNull(s.ref())).toList(), waiting.stream().map(HeldStore.Stand::day).toList(), took, me.account(), clock.instant());
            audit.record(me.school(), "billing.pay_held", "month", null, Map.of("month", month.toString(), "sessions", waiting.size(), "held", took));
            return Integer.toString(waiting.size());
        });
        return Outcome.done(Integer.valueOf(done));
    }

    /** Finance agrees: from here on nothing of the month changes. */
    public Outcome<UUID> agree(Wearer me, YearMonth month, UUID key) {
        return agree(me.school(), month, me.account(), key);
    }

    private Outcome<UUID> agree(UUID school, YearMonth month, UUID by, UUID key) {
        Optional<String> before = keys.kept(key, "billing.pay_agreed " + month);
        if (before.isPresent()) return Outcome.done(UUID.fromString(before.get()));
        Whole whole = whole(school, month);
        List<Refusal> no = whyNot(whole);
        if (!no.isEmpty()) return Outcome.refused(no);
        return Outcome.done(UUID.fromString(keys.once(key, "billing.pay_agreed " + month, () -> freeze(school, whole, by).toString())));
    }

    /** For those who make a world: the same act without a person. */
    UUID freeze(UUID school, Whole whole, @Nullable UUID by) {
        Instant now = clock.instant();
        Scheme scheme = Objects.requireNonNull(whole.scheme());
        SlipStore.Month frozen = new SlipStore.Month(whole.month(), ids.next(), scheme.id(), "agreed", by, now, null, null);
        store.freeze(
                school,
                frozen,
                whole.people().stream().map(p -> new SlipStore.Frozen(p.staff(), p.asHours(), p.slip().fixed(), p.other(), p.fen(), p.slip().minutes())).toList(),
                whole.people().stream().map(Person::slip).toList(),
                by,
                now);
        audit.record(school, "billing.pay_agreed", "month", frozen.id(), Map.of("month", whole.month().toString(), "people", whole.people().size(), "fen", whole.total()));
        return frozen.id();
    }

    List<Refusal> whyNot(Whole whole) {
        if (whole.state() != null) return List.of(new Refusal.Simple("billing.wage.refused.already"));
        if (whole.scheme() == null) return List.of(new Refusal.Simple("billing.wage.refused.scheme"));
        if (!whole.month().isBefore(YearMonth.from(today()))) return List.of(new Refusal.Simple("billing.wage.refused.running"));
        if (!whole.undecided().isEmpty()) return List.of(new Refusal.Simple("billing.wage.refused.undecided", "", List.of(whole.undecided().size())));
        if (whole.people().isEmpty()) return List.of(new Refusal.Simple("billing.wage.refused.nobody"));
        if (whole.people().stream().anyMatch(p -> p.fen() < 0)) return List.of(new Refusal.Simple("billing.wage.refused.below"));
        return List.of();
    }

    /** The second pair of eyes; the ledger owes the money from here on. */
    public Outcome<UUID> approve(Wearer me, YearMonth month, UUID key) {
        UUID school = me.school();
        SlipStore.Month state = store.locked(school, month).orElseThrow(NotFound::new);
        String params = "billing.pay_approved " + state.id();
        if (keys.kept(key, params).isPresent()) return Outcome.done(state.id());
        if (!state.state().equals("agreed")) return Outcome.refused(new Refusal.Simple("billing.wage.refused.approved"));
        if (me.account().equals(state.agreedBy())) return Outcome.refused(new Refusal.Simple("billing.wage.refused.two"));
        keys.once(key, params, () -> approved(school, state, me.account()).toString());
        return Outcome.done(state.id());
    }

    UUID approved(UUID school, SlipStore.Month state, @Nullable UUID by) {
        Instant now = clock.instant();
        store.approve(school, state.month(), by, now);
        long fen = store.slips(school, state.month()).stream().mapToLong(SlipStore.Frozen::fen).sum();
        if (fen != 0) {
            UUID term = term(school, state.month());
            ledger.post(school, new Draft(ids.next(), Document.PAY, state.id(), "agreed", now, day(state.month()), by, List.of(new Posting("service-fund", null, null, term, fen), new Posting("pay-due", null, null, term, -fen))));
        }
        audit.record(school, "billing.pay_approved", "month", state.id(), Map.of("month", state.month().toString(), "fen", fen));
        return state.id();
    }

    // The books of a month hold its pay; a month that is approved in itself for a shortened one falls on today.
    private LocalDate day(YearMonth month) {
        return month.atEndOfMonth().isAfter(today()) ? today() : month.atEndOfMonth();
    }

    private @Nullable UUID term(UUID school, YearMonth month) {
        return calendars.terms(school).stream().filter(t -> !t.dates().first().isAfter(month.atEndOfMonth()) && !t.dates().last().isBefore(month.atDay(1))).map(Term::id).findFirst().orElse(null);
    }

    /** Not approved: the month is open again. */
    public Outcome<UUID> giveBack(Wearer me, YearMonth month, UUID key) {
        SlipStore.Month state = store.locked(me.school(), month).orElseThrow(NotFound::new);
        if (!state.state().equals("agreed")) return Outcome.refused(new Refusal.Simple("billing.wage.refused.approved"));
        keys.once(key, "billing.pay_returned " + state.id(), () -> {
            store.thaw(me.school(), month);
            audit.record(me.school(), "billing.pay_returned", "month", state.id(), Map.of("month", month.toString()));
            return state.id().toString();
        });
        return Outcome.done(state.id());
    }

    /** The bank has paid. */
    public Outcome<UUID> pay(Wearer me, YearMonth month, LocalDate on, UUID key) {
        SlipStore.Month state = store.locked(me.school(), month).orElseThrow(NotFound::new);
        String params = "billing.pay_paid " + state.id();
        if (keys.kept(key, params).isPresent()) return Outcome.done(state.id());
        if (!state.state().equals("approved")) return Outcome.refused(new Refusal.Simple(state.state().equals("paid") ? "billing.wage.refused.paid" : "billing.wage.refused.not_approved"));
        if (on.isAfter(today()) || on.isBefore(month.atDay(1))) return Outcome.refused(new Refusal.Simple("billing.wage.refused.paid_on", "on", List.of()));
        keys.once(key, params, () -> paid(me.school(), state, on, me.account()).toString());
        return Outcome.done(state.id());
    }

    UUID paid(UUID school, SlipStore.Month state, LocalDate on, @Nullable UUID by) {
        store.paid(school, state.month(), by, on);
        long fen = store.slips(school, state.month()).stream().mapToLong(SlipStore.Frozen::fen).sum();
        UUID term = term(school, state.month());
        if (fen != 0) ledger.post(school, new Draft(ids.next(), Document.PAY, state.id(), "paid", clock.instant(), on, by, List.of(new Posting("pay-due", null, null, term, fen), new Posting("bank", null, null, term, -fen))));
        audit.record(school, "billing.pay_paid", "month", state.id(), Map.of("month", state.month().toString(), "fen", fen));
        return state.id();
    }

    /** What an agreed month got wrong, with the next open one. @param back true to take back */
    public Outcome<UUID> correct(Wearer me, UUID staff, LocalDate about, long fen, boolean back, String why, UUID key) {
        if (!store.names(me.school()).containsKey(staff)) throw new NotFound();
        YearMonth month = openAfter(me.school(), YearMonth.from(today()));
        String id = keys.once(key, "billing.pay_corrected " + staff + about + fen + back + why, () -> {
            UUID made = ids.next();
            store.correct(me.school(), made, staff, month, about, back ? -fen : fen, why, me.account(), clock.instant());
            audit.record(me.school(), "billing.pay_corrected", "staff", staff, Map.of("month", month.toString(), "fen", back ? -fen : fen, "why", why));
            return made.toString();
        });
        return Outcome.done(UUID.fromString(id));
    }

    private YearMonth openAfter(UUID school, YearMonth month) {
        Set<YearMonth> taken = store.months(school).stream().map(SlipStore.Month::month).collect(Collectors.toCollection(HashSet::new));
        YearMonth open = month;
        while (taken.contains(open)) open = open.plusMonths(1);
        return open;
    }

    /** Time off from the bank of hours, never more than there is. */
    public Outcome<Integer> take(Wearer me, UUID staff, LocalDate day, int minutes, UUID key) {
        if (!store.names(me.school()).containsKey(staff)) throw new NotFound();
        String params = "billing.hours_taken " + staff + day + minutes;
        Optional<String> before = keys.kept(key, params);
        if (before.isPresent()) return Outcome.done(Integer.valueOf(before.get()));
        store.lockHours(me.school(), staff);
        int have = store.hours(me.school()).getOrDefault(staff, 0);
        if (minutes > have) return Outcome.refused(new Refusal.Simple("billing.wage.refused.hours", "minutes", List.of(have)));
        return Outcome.done(Integer.valueOf(keys.once(key, params, () -> {
            store.hour(me.school(), ids.next(), staff, day, -minutes, "taken", me.account(), clock.instant());
            audit.record(me.school(), "billing.hours_taken", "staff", staff, Map.of("minutes", minutes));
            return Integer.toString(have - minutes);
        })));
    }
}
