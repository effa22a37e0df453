package afterbell.money.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import afterbell.Req;
import afterbell.base.rules.Location;
import afterbell.base.rules.Ownership;
import afterbell.base.rules.RuleSource;
import afterbell.base.rules.ServiceClass;
import afterbell.base.rules.ShippedPacks;
import afterbell.base.rules.Stage;
import afterbell.money.billing.reckoning.DayMark;
import afterbell.money.billing.reckoning.Kept;
import afterbell.money.billing.reckoning.LockedFact;
import afterbell.money.billing.reckoning.Reckoning;
import afterbell.money.billing.reckoning.TermFacts;
import afterbell.term.tariffs.quote.Facts;
import afterbell.term.tariffs.quote.Quote;
import afterbell.term.tariffs.quote.Tariff;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Generated terms of one child each, under every shipped tariff: plans, absences, closures, joining, giving up, exemptions that begin and end, charges
 * beforehand, corrections afterwards, payments, refunds. The same reckoning and postings as the house books with; the books are kept in memory.
 */
@Req({"R113", "R115", "R117", "R119", "R121"})
class HistoriesTest {
    private static final long SEED = 20_261_122L;
    private static final LocalDate FIRST = LocalDate.of(2026, 9, 1);
    private static final LocalDate LAST = LocalDate.of(2027, 1, 22);
    private static final List<String> GROUPS = List.of("low-income", "registered-poor", "orphan");

    private final RuleSource rules = ShippedPacks.book();
    private final List<ShippedTariffs.Shipped> tariffs = new ShippedTariffs().all();
    private final AccountPlan plan = AccountPlan.shipped();

    /** What turns facts into what is booked; the house's own, or one with a planted bug. */
    private interface Reckoner {
        long booked(Reckoning.Outcome.Due due, long before);
    }

    @Test
    void twenty_thousand_histories_keep_the_law() {
        histories(20_000, SEED, (due, before) -> due.fen());
    }

    @Test
    @Tag("full")
    void a_hundred_thousand_histories_keep_the_law() {
        histories(100_000, SEED + 1, (due, before) -> due.fen());
    }

    @Test
    void a_planted_rounding_bug_is_caught() {
        assertThatThrownBy(() -> histories(2_000, SEED, (due, before) -> Math.round(due.totalFen() / 10.0) * 10 - before)).as("amounts rounded to ten fen").isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> histories(2_000, SEED, (due, before) -> (long) ((due.totalFen() / 100f - before / 100f) * 100))).as("amounts as floating yuan").isInstanceOf(AssertionError.class);
    }

    private void histories(int count, long seed, Reckoner reckoner) {
        int charged = 0;
        for (int i = 0; i < count; i++) {
            History history = new History(new Random(seed * 31 + i), tariffs.get(i % tariffs.size()).tariff(), reckoner);
            try {
                charged += history.live();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("history " + i + " of seed " + seed + " under " + history.tariff.code(), e);
            }
        }
        assertThat(charged).as("histories in which something was charged").isGreaterThan(count / 3);
    }

    /** One child's term. */
    private final class History {
        private final Random random;
        private final Tariff tariff;
        private final Reckoner reckoner;
        private final UUID pupil = new UUID(0, 1);
        private final Map<String, Long> balances = new HashMap<>();
        private final TreeMap<LocalDate, LockedFact> locked = new TreeMap<>();
        private final List<Facts.Exempt> exempt = new ArrayList<>();
        private final Facts.Pupil who;
        private final ServiceClass service;
        private LocalDate joined = FIRST;
        private Facts.@Nullable Left left;
        private long charged;
        private long paid;
        private long refunded;
        private long total;
        private List<Quote.Line> lines = List.of();

        History(Random random, Tariff tariff, Reckoner reckoner) {
            this.random = random;
            this.tariff = tariff;
            this.reckoner = reckoner;
            Tariff.Item item = tariff.items().get(random.nextInt(tariff.items().size()));
            int grade = item.who().grades().isEmpty() ? item.who().stages().contains(Stage.SENIOR) ? 10 : item.who().stages().contains(Stage.JUNIOR) ? 8 : 1 + random.nextInt(6) : item.who().grades().iterator().next();
            this.who = new Facts.Pupil(
                    grade < 1 ? Stage.PRIMARY : Stage.ofGrade(grade), grade, item.who().location() == null ? Location.URBAN : item.who().location(), item.who().ownership() == null ? Ownership.PUBLIC : item.who().ownership(), false);
            this.service = item.services().iterator().next();
        }

        int live() {
            joined = random.nextInt(4) == 0 ? FIRST.plusDays(random.nextInt(100)) : FIRST;
            if (random.nextInt(4) == 0) left = new Facts.Left(joined.plusDays(1 + random.nextInt(60)), random.nextBoolean());
            if (random.nextInt(4) == 0) {
                LocalDate from = FIRST.plusDays(random.nextInt(90));
                exempt.add(new Facts.Exempt(GROUPS.get(random.nextInt(GROUPS.size())), from, random.nextBoolean() ? null : from.plusDays(random.nextInt(60))));
            }
            boolean before = random.nextBoolean();
            for (YearMonth month = YearMonth.from(FIRST); !month.atDay(1).isAfter(LAST); month = month.plusMonths(1)) {
                LockedFact planned = planned(month);
                if (before) charge(planned);
                if (random.nextInt(3) > 0) pay();
                if (!locked.isEmpty() && random.nextInt(5) == 0) correct();
                charge(happened(planned));
                if (random.nextInt(3) == 0) pay();
                if (random.nextInt(3) == 0) refund();
            }
            refund();
            judged();
            return charged == 0 ? 0 : 1;
        }

        private LockedFact planned(YearMonth month) {
            List<LocalDate> days = new ArrayList<>();
            for (LocalDate day = month.atDay(1); !day.isAfter(month.atEndOfMonth()); day = day.plusDays(1))
                if (!day.isBefore(joined) && !day.isAfter(LAST) && day.getDayOfWeek().getValue() <= DayOfWeek.FRIDAY.getValue()) days.add(day);
            LocalDate until = month.atEndOfMonth().isAfter(LAST) ? LAST : month.atEndOfMonth();
            List<DayMark> marks = days.stream().map(d -> DayMark.PLANNED).toList();
            return new LockedFact(month.atDay(1), until, 22, service, 1 + random.nextInt(2), 100, 0, 0, days, marks);
        }

        private LockedFact happened(LockedFact planned) {
            List<DayMark> marks = new ArrayList<>();
            for (LocalDate day : planned.days()) {
                int dice = random.nextInt(40);
                if (left != null && !day.isBefore(left.on())) marks.add(DayMark.WITHDRAWN);
                else marks.add(dice < 3 ? DayMark.LEAVE : dice == 3 ? DayMark.MISSED : dice == 4 ? DayMark.UNDELIVERED : dice == 5 ? DayMark.CLOSED : DayMark.ATTENDED);
            }
            int attended = (int) marks.stream().filter(m -> m == DayMark.ATTENDED).count();
            return new LockedFact(
                    planned.from(), planned.until(), planned.workdays(), planned.service(), planned.units(), planned.minutes(), random.nextInt(5) == 0 ? 50 : 0, attended == 0 ? 0 : random.nextInt(attended), planned.days(), marks);
        }

        /** A roll of an earlier month is put right. */
        private void correct() {
            LockedFact one = new ArrayList<>(locked.values()).get(random.nextInt(locked.size()));
            if (!one.days().isEmpty()) locked.put(one.from(), happened(one));
        }

        private void charge(LockedFact fact) {
            if (fact.days().isEmpty()) return;
            locked.put(fact.from(), fact);
            Facts facts = TermFacts.of(tariff, who, FIRST, LAST, List.copyOf(locked.values()), joined.equals(FIRST) ? null : joined, left, exempt, Set.of());
            switch (Reckoning.charge(tariff, facts, rules, total)) {
                case Reckoning.Outcome.Refused refused -> locked.remove(fact.from());
                case Reckoning.Outcome.Due due -> {
                    sameBytes(facts, due);
                    long fen = reckoner.booked(due, total);
                    assertThat(Reckoning.change(lines, due.lines()).fen()).as("the lines that are shown sum up to what is booked").isEqualTo(fen);
                    if (fen != 0) post(Charging.postings(pupil, null, fen));
                    charged += fen;
                    total = due.totalFen();
                    lines = due.lines();
                }
            }
        }

        private void sameBytes(Facts facts, Reckoning.Outcome.Due due) {
            String kept = Kept.facts(facts);
            Facts again = Kept.facts(kept);
            assertThat(Kept.facts(again)).isEqualTo(kept);
            assertThat(Reckoning.charge(tariff, again, rules, total)).isEqualTo(due);
            assertThat(Kept.lines(Kept.lines(due.lines()))).isEqualTo(due.lines());
        }

        private void pay() {
            long due = balance("family");
            if (due <= 0) return;
            long fen = random.nextInt(4) == 0 ? 1 + random.nextLong(due) : due;
            paid += fen;
            post(List.of(Posting.of("cash", fen), Posting.ofPupil("family", pupil, null, -fen)));
        }

        private void refund() {
            long credit = -balance("family");
            if (credit <= 0 || tariff.refundTo() == Tariff.Destination.NEXT_TERM && left == null) return;
            refunded += credit;
            post(List.of(Posting.ofPupil("family", pupil, null, credit), Posting.ofPupil("refund-due", pupil, null, -credit)));
            post(List.of(Posting.ofPupil("refund-due", pupil, null, credit), Posting.of("cash", -credit)));
        }

        private void post(List<Posting> postings) {
            plan.check(new Draft(new UUID(0, 2), Document.CORRECTION, new UUID(0, 3), "test", Instant.EPOCH, FIRST, null, postings));
            postings.forEach(p -> balances.merge(p.account(), p.fen(), Long::sum));
        }

        private long balance(String account) {
            return balances.getOrDefault(account, 0L);
        }

        private void judged() {
            long carried = -balance("family");
            assertThat(paid).as("paid = charged + refunded + carried").isEqualTo(charged + refunded + carried);
            assertThat(charged).as("what was charged is what the account says").isEqualTo(total);
            assertThat(total).isEqualTo(lines.stream().mapToLong(Quote.Line::amountFen).sum()).isNotNegative();
            assertThat(refunded).as("no refund above what was paid").isLessThanOrEqualTo(paid);
            assertThat(balances.values().stream().mapToLong(Long::longValue).sum()).as("the books balance").isZero();
            assertThat(balance("cash")).isEqualTo(paid - refunded).isNotNegative();
            assertThat(lines).allSatisfy(line -> assertThat(line.clause()).isNotBlank());
        }
    }
}
