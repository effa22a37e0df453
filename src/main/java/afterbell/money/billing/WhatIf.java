package afterbell.money.billing;

import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Term;
import afterbell.base.calendar.TermCalendar;
import afterbell.base.rules.Rule;
import afterbell.base.rules.RuleSource;
import afterbell.base.rules.Rules;
import afterbell.base.rules.ServiceClass;
import afterbell.base.rules.Situation;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import afterbell.money.billing.ChargeStore.Before;
import afterbell.money.billing.FactStore.Fact;
import afterbell.money.billing.Periods.Period;
import afterbell.money.billing.TariffsInUse.InUse;
import afterbell.money.billing.reckoning.DayMark;
import afterbell.money.billing.reckoning.Kept;
import afterbell.money.billing.reckoning.LockedFact;
import afterbell.money.billing.reckoning.TermFacts;
import afterbell.term.tariffs.quote.Facts;
import afterbell.term.tariffs.quote.Quote;
import afterbell.term.tariffs.quote.Quoting;
import afterbell.term.tariffs.quote.Tariff;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a family would pay if the child came no more after a day, computed by the same engine as the charge, before anybody decides. Writes nothing. */
@Component
@Transactional(readOnly = true)
public class WhatIf {
    private final Periods periods;
    private final PeriodFacts facts;
    private final FactStore store;
    private final Questions questions;
    private final Calendars calendars;
    private final Rules rules;

    WhatIf(Periods periods, PeriodFacts facts, FactStore store, Questions questions, Calendars calendars, Rules rules) {
        this.periods = periods;
        this.facts = facts;
        this.store = store;
        this.questions = questions;
        this.calendars = calendars;
        this.rules = rules;
    }

    private record Balance(long fen) {}

    /**
     * @param period in which the child would stop
     * @param stayFen of the whole account if it came to the end of that period as planned
     * @param stopFen if it stopped
     * @param balanceFen of the family now
     * @param afterFen of the family once the stop is settled; below zero comes back
     * @param lines of the account if it stopped
     */
    public record Answer(Period period, long stayFen, long stopFen, long balanceFen, long afterFen, List<Quote.Line> lines) {}

    /** @param last day that the child comes; empty where that day lies in no period or nothing can be charged */
    public Optional<Answer> ask(UUID school, UUID pupil, LocalDate last, LocalDate today) {
        Periods.Both both = periods.both(school);
        Optional<Period> found = both.periods().stream().filter(p -> !last.isBefore(p.from()) && !last.isAfter(p.until())).findFirst();
        if (found.isEmpty()) return Optional.empty();
        Period period = found.get();
        InUse tariff = both.tariffOf(period);
        TermCalendar calendar = calendars.of(school, period.term());
        Term term = calendar.term();
        List<Fact> locked = store.locked(school, period.term(), period.tariff(), pupil).stream().filter(f -> !f.locked().from().equals(period.from())).toList();
        List<Fact> now = facts.now(school, period, calendar, today).stream().filter(f -> f.pupil().equals(pupil)).toList();
        if (now.isEmpty() && locked.isEmpty()) return Optional.empty();
        Question<Before> lastCharge = ChargeStore.lastOf(school, period.term(), period.tariff(), pupil);
        Question<Balance> balanceOf = new Question<>(
                Balance.class, "select coalesce(sum(fen), 0)::bigint as fen from billing.posting where school_id = :s and pupil_id = :p and account = 'family'", Map.of("s", school, "p", pupil));
        Question<ChargeStore.Joined> joinedIn = ChargeStore.joinedOf(school, pupil, term.dates().first(), term.dates().last());
        Questions.Answers known = questions.ask(lastCharge, balanceOf, joinedIn);
        @Nullable Before before = known.one(lastCharge).orElse(null);
        @Nullable LocalDate joined = known.one(joinedIn).map(ChargeStore.Joined::on).orElse(null);
        List<LockedFact> stays = new ArrayList<>(locked.stream().map(Fact::locked).toList());
        now.forEach(fact -> stays.add(fact.locked()));
        // Of months that were collected beforehand nothing is left either.
        List<LockedFact> stops = stays.stream().map(fact -> until(fact, last)).toList();
        Quote stay = quote(school, tariff, term, now.isEmpty() ? locked.getFirst() : now.getFirst(), stays, joined, null, before);
        Quote stop = quote(school, tariff, term, now.isEmpty() ? locked.getFirst() : now.getFirst(), stops, joined, new Facts.Left(last.plusDays(1), false), before);
        if (stay.refusal() != null || stop.refusal() != null) return Optional.empty();
        long balance = known.one(balanceOf).map(Balance::fen).orElse(0L);
        long charged = before == null ? 0 : before.totalFen();
        return Optional.of(new Answer(period, stay.chargedFen(), stop.chargedFen(), balance, balance + stop.chargedFen() - charged, stop.lines()));
    }

    /** Whether a withdrawal from a day on comes after the deadline of the tariff of that day, where it has one. */
    public boolean late(UUID school, LocalDate from) {
        Periods.Both both = periods.both(school);
        LocalDate last = from.minusDays(1);
        Optional<Period> found = both.periods().stream().filter(p -> !last.isBefore(p.from()) && !last.isAfter(p.until())).findFirst();
        if (found.isEmpty()) return false;
        InUse tariff = both.tariffOf(found.get());
        LocalDate begin = calendars.term(school, found.get().term()).dates().first();
        LocalDate first = tariff.from().isAfter(begin) ? tariff.from() : begin;
        return tariff.tariff().items().stream().flatMap(item -> item.adjustments().stream()).anyMatch(a -> a instanceof Tariff.Adjustment.Cancellation c && from.isAfter(c.deadline(first)));
    }

    private Quote quote(UUID school, InUse tariff, Term term, Fact first, List<LockedFact> facts, @Nullable LocalDate joined, Facts.@Nullable Left left, @Nullable Before before) {
        Situation situation = rules.situation(school, term.dates().last());
        LocalDate from = tariff.from().isAfter(term.dates().first()) ? tariff.from() : term.dates().first();
        LocalDate until = tariff.until() != null && tariff.until().isBefore(term.dates().last()) ? tariff.until() : term.dates().last();
        @Nullable Facts known = before == null ? null : Kept.facts(before.facts());
        Facts.Pupil pupil = known == null ? Charging.pupil(situation, first) : known.pupil();
        RuleSource source = rules.of(school);
        Set<ServiceClass> covered = Charging.covers(pupil, source.resolve(Rule.FEE_BOARDING_COVERS, situation).value());
        return Quoting.quote(tariff.tariff(), TermFacts.of(tariff.tariff(), pupil, from, until, facts, joined, left, known == null ? List.of() : known.exempt(), covered), source);
    }

    /** As it reads if the child is gone after a day: on a day that it came to all the same it came, and what the school doesn't hold it holds for nobody. */
    private static LockedFact until(LockedFact fact, LocalDate last) {
        List<DayMark> marks = new ArrayList<>();
        for (int i = 0; i < fact.days().size(); i++) {
            DayMark mark = fact.marks().get(i);
            marks.add(fact.days().get(i).isAfter(last) && mark.held() && mark != DayMark.ATTENDED ? DayMark.WITHDRAWN : mark);
        }
        return new LockedFact(fact.from(), fact.until(), fact.workdays(), fact.service(), fact.units(), fact.minutes(), fact.lost(), fact.special(), fact.days(), marks);
    }
}
