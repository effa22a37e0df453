package afterbell.money.billing.pay;

import afterbell.base.audit.Audit;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Screen;
import afterbell.money.billing.Charges;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** One's own slip, and the choice between money and time. Nobody sees a colleague's. */
@Component
@Transactional
class MyPay {
    private final HeldStore held;
    private final SlipStore store;
    private final PayLimits limits;
    private final Questions questions;
    private final CommandKeys keys;
    private final Audit audit;
    private final Clock clock;

    MyPay(HeldStore held, SlipStore store, PayLimits limits, Questions questions, CommandKeys keys, Audit audit, Clock clock) {
        this.held = held;
        this.store = store;
        this.limits = limits;
        this.questions = questions;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    /** What is known of a person before the lines are read. @param state null while the month is open; fen and minutes of a frozen one */
    private record Head(@Nullable UUID staff, boolean asHours, int bank, long other, @Nullable String state, @Nullable LocalDate paidOn, @Nullable Boolean frozenHours, @Nullable Long fixed, @Nullable Long frozenOther, @Nullable Long fen, @Nullable Integer minutes) {}

    private static Question<Head> head(UUID school, UUID account, YearMonth month) {
        Map<String, Object> values = new HashMap<>();
        values.put("s", school);
        values.put("a", account);
        values.put("m", month.atDay(1));
        return new Question<>(
                Head.class,
                """
                select f.staff_id as staff,
                       coalesce((select c.as_hours from billing.pay_choice c where c.school_id = :s and c.staff_id = f.staff_id and c.from_month <= :m order by c.from_month desc limit 1), false) as as_hours,
                       coalesce((select sum(e.minutes) from billing.hour_entry e where e.school_id = :s and e.staff_id = f.staff_id), 0)::int as bank,
                       coalesce((select sum(k.fen) from billing.pay_correction k where k.school_id = :s and k.staff_id = f.staff_id and k.month = :m), 0)::bigint as other,
                       n.state, n.paid_on, p.as_hours as frozen_hours, p.fixed_fen as fixed, p.other_fen as frozen_other, p.fen, p.minutes
                from (select staff_id from roster.pub_staff where school_id = :s and account_id = :a limit 1) f
                left join billing.pay_month n on n.school_id = :s and n.month = :m
                left join billing.pay_slip p on p.school_id = :s and p.month = :m and p.staff_id = f.staff_id
                """,
                values);
    }

    /**
     * @param month shown
     * @param state null while the month is open
     * @param waiting own sessions of days gone by without a roll: they count once somebody says that they were held
     */
    record Slip(
            YearMonth month, @Nullable Scheme scheme, PayMonths.@Nullable Person person, @Nullable String state, @Nullable LocalDate paidOn, List<HeldStore.Stand> waiting, boolean asHours, int bank, boolean listed) {}

    @Transactional(readOnly = true)
    public Slip slip(Wearer me, YearMonth month) {
        UUID school = me.school();
        LocalDate today = today();
        Question<Charges.Charging> charging = Charges.charging(school, today);
        Question<Head> asked = head(school, me.account(), month);
        Questions.Answers all = questions.ask(charging, asked);
        if (all.of(charging).stream().noneMatch(Charges.Charging::charges)) throw new NotFound();
        Optional<Head> found = all.one(asked);
        if (found.isEmpty() || found.get().staff() == null) return new Slip(month, null, null, null, null, List.of(), false, 0, false);
        Head head = found.get();
        UUID staff = java.util.Objects.requireNonNull(head.staff());
        Scheme scheme = PayMonths.inForce(store.schemes(school), month).orElse(null);
        if (head.state() != null) {
            List<Payroll.Slip> lines = store.lines(school, month, staff);
            Payroll.Slip slip = new Payroll.Slip(staff, lines.isEmpty() ? List.of() : lines.getFirst().lines(), or(head.fixed()));
            boolean hours = Boolean.TRUE.equals(head.frozenHours());
            int minutes = head.minutes() == null ? 0 : head.minutes();
            return new Slip(month, scheme, new PayMonths.Person(staff, "", slip, hours, or(head.frozenOther()), or(head.fen()), hours ? minutes : 0), head.state(), head.paidOn(), List.of(), head.asHours(), head.bank(), true);
        }
        if (scheme == null) return new Slip(month, null, null, null, null, List.of(), head.asHours(), head.bank(), true);
        HeldStore.Now now = new HeldStore.Now(today, LocalTime.ofInstant(clock.instant(), Screen.ZONE));
        List<HeldStore.Stand> stands = held.stands(school, month.atDay(1), month.atEndOfMonth(), now, staff);
        List<HeldStore.Stand> waiting = stands.stream().filter(s -> s.proof() == HeldStore.Proof.OPEN).toList();
        Payroll.Slip slip = Payroll.of(scheme, stands.stream().filter(HeldStore.Stand::counts).map(HeldStore.Stand::held).toList(), limits.classDay(school, month.atDay(1))).stream()
                .findFirst()
                .orElse(new Payroll.Slip(staff, List.of(), 0));
        return new Slip(month, scheme, PayMonths.person(slip, head.asHours(), head.other(), ""), null, null, waiting, head.asHours(), head.bank(), true);
    }

    private static long or(@Nullable Long fen) {
        return fen == null ? 0 : fen;
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }

    /** From the running month on; months that are agreed stay as they are. */
    public Outcome<Boolean> choose(Wearer me, boolean asHours, UUID key) {
        UUID staff = store.self(me.school(), me.account()).orElseThrow(NotFound::new);
        YearMonth month = YearMonth.from(today());
        if (store.locked(me.school(), month).isPresent()) return Outcome.refused(new Refusal.Simple("billing.wage.refused.already"));
        keys.once(key, "billing.pay_chosen " + month + asHours, () -> {
            store.choose(me.school(), staff, month, asHours, me.account(), clock.instant());
            audit.record(me.school(), "billing.pay_chosen", "staff", staff, Map.of("hours", asHours));
            return staff.toString();
        });
        return Outcome.done(asHours);
    }
}
