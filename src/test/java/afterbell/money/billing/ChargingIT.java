package afterbell.money.billing;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.TermDates;
import afterbell.base.roster.Departures;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.web.Screen;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.ChildStanding;
import afterbell.day.custody.DayOpening;
import afterbell.day.custody.ToldOf;
import afterbell.day.custody.childday.Fact;
import afterbell.day.custody.childday.Teller;
import afterbell.day.custody.childday.Teller.Duty;
import afterbell.day.custody.childday.Telling;
import afterbell.money.billing.Periods.Period;
import afterbell.money.billing.Statements.Charged;
import afterbell.money.billing.reckoning.DayMark;
import afterbell.term.tariffs.quote.Quote;
import afterbell.term.timetable.Sessions;
import afterbell.testing.GivenAfternoon;
import afterbell.testing.GivenAfternoon.World;
import afterbell.testing.GivenClass;
import afterbell.testing.GivenResult;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From a roll to the family's bill. The children stay on one Tuesday for two periods; the example district asks 3 yuan a period. */
@HouseTest
@Req({"R115", "R117", "P3"})
class ChargingIT {
    private static final Teller OFFICE = new Teller(new UUID(0, 1), Set.of(Duty.CLASS_TEACHER, Duty.SERVICE_TEACHER));

    @Autowired GivenSchool given;
    @Autowired GivenAfternoon afternoons;
    @Autowired GivenClass classes;
    @Autowired PutTariff put;
    @Autowired ShippedTariffs shipped;
    @Autowired Periods periods;
    @Autowired PeriodFacts facts;
    @Autowired ClosePeriod close;
    @Autowired Statements statements;
    @Autowired WhatIf whatIf;
    @Autowired Ledger ledger;
    @Autowired VerifyLedger verify;
    @Autowired ChainJob chain;
    @Autowired Visitor.Maker visitors;

    @Value("${afterbell.database.url}")
    String url;

    @Value("${afterbell.database.migration-user}")
    String owner;

    @Value("${afterbell.database.migration-password}")
    String password;

    @Autowired GivenTerm terms;
    @Autowired GivenResult seats;
    @Autowired Sessions sessions;
    @Autowired Departures departures;
    @Autowired Calendars calendars;
    @Autowired ChildDays days;
    @Autowired DayOpening opening;
    @Autowired JdbcClient sql;
    @Autowired Ids ids;

    private World world;
    private UUID school = new UUID(0, 0);

    @BeforeEach
    void four_children_of_whom_two_came_one_was_on_leave_and_one_nobody_saw() {
        world = afternoons.world(4, 4);
        school = world.school();
        afternoons.at("17:55");
        given.in(school, () -> {
            opening.open(school, GivenAfternoon.DAY);
            // The house may have opened it by itself while the school was still being made.
            days.replan(school, GivenAfternoon.DAY);
            Map<UUID, ChildStanding> standings = days.ofDay(school, GivenAfternoon.DAY);
            days.tell(school, GivenAfternoon.DAY, List.of(
                    counted(standings, child(0), "16:05"), told(child(1), "15:30", new Fact.Excused(afternoons.moment("15:50"), afternoons.moment("17:50"), Fact.Told.PHONE)), counted(standings, child(3), "16:05")));
            return true;
        });
    }

    @AfterEach
    void the_clock_goes_right_again() {
        afternoons.over();
    }

    private UUID child(int n) {
        return world.pupils().get(n);
    }

    private ToldOf counted(Map<UUID, ChildStanding> standings, UUID pupil, String at) {
        ChildStanding day = standings.get(pupil);
        if (day == null) throw new IllegalStateException("the child has no day");
        return told(pupil, at, new Fact.Counted(day.custodians().getFirst(), day.sessions().getFirst(), day.ends().getFirst()));
    }

    private ToldOf told(UUID pupil, String at, Fact fact) {
        return new ToldOf(pupil, new Telling(ids.next(), afternoons.moment(at), OFFICE, fact, true));
    }

    private void charges(String code) {
        LocalDate from = LocalDate.of(2026, 9, 1);
        given.in(school, () -> put.put(school, shipped.of(code).orElseThrow().body(), true, from, from, null));
    }

    private void charges(String body, LocalDate from) {
        given.in(school, () -> put.put(school, body, false, from, from, null));
    }

    private String example() {
        return shipped.of("EXAMPLE-320999").orElseThrow().body();
    }

    private Period month(int month) {
        return given.in(school, () -> periods.all(school).stream().filter(p -> p.from().getMonthValue() == month).findFirst().orElseThrow());
    }

    private ClosePeriod.Outcome closed(int month, LocalDate on) {
        afternoons.on(on, "09:00");
        return Scopes.within(Scope.school(school, new UUID(0, 7)), () -> close.close(school, month(month).id(), false, new UUID(0, 7), ids.next()));
    }

    private Statements.Statement statement(int n) {
        return given.in(school, () -> statements.of(school, child(n)));
    }

    private void isTrue() {
        VerifyLedger.Report report = Scopes.within(Scope.school(school, null), () -> verify.run(school));
        assertThat(report.lies()).isEmpty();
    }

    @Test
    void an_uploaded_tariff_is_kept_to_the_byte() {
        String windows = "# \u4E0A\u4F20\r\n".concat(example().replace("\n", "\r\n")) + "\r\n\r\n";
        Visitor finance = visitors.signedIn(given.staff(school, Role.FINANCE));
        finance.get("/tariff");
        HttpResponse<String> looked = finance.postFiles("/tariff/trial", Map.of("from", "2026-11-01"), "file", Map.of("own.yaml", windows.getBytes(StandardCharsets.UTF_8)));
        assertThat(looked.statusCode()).isEqualTo(200);
        Matcher hidden = Pattern.compile("name=\"body\" value=\"([^\"]+)\"").matcher(looked.body());
        assertThat(hidden.find()).isTrue();
        assertThat(finance.post("/tariff", Map.of("from", "2026-11-01", "shipped", "", "body", "?" + hidden.group(1))).statusCode()).as("no text").isEqualTo(422);
        assertThat(finance.post("/tariff", Map.of("from", "2026-11-01", "shipped", "", "body", hidden.group(1))).statusCode()).isEqualTo(303);
        assertThat(given.in(school, () -> sql.sql("select body from billing.tariff where school_id = :s and dropped_at is null").param("s", school).query(String.class).single())).isEqualTo(windows);
    }

    @Test
    void who_came_pays_and_each_line_names_its_clause() {
        charges("EXAMPLE-320999");
        closed(9, LocalDate.of(2026, 10, 2));
        ClosePeriod.Outcome outcome = closed(10, LocalDate.of(2026, 11, 2));
        assertThat(outcome).isEqualTo(new ClosePeriod.Outcome.Done(4, 1_200, 0));
        assertThat(given.in(school, () -> ledger.familyBalances(school, world.pupils()))).isEqualTo(Map.of(child(0), 600L, child(1), 0L, child(2), 0L, child(3), 600L));
        Charged october = statement(0).charges().getFirst();
        assertThat(october.fen()).isEqualTo(600);
        assertThat(october.added()).singleElement().satisfies((Quote.Line line) -> {
            assertThat(line.amountFen()).isEqualTo(600);
            assertThat(line.clause()).startsWith("EXAMPLE-320999 ");
        });
        assertThat(october.days()).anySatisfy(d -> assertThat(d.on(DayMark.ATTENDED)).containsExactly(GivenAfternoon.DAY));
        assertThat(statement(1).charges().getFirst().days()).anySatisfy(d -> assertThat(d.on(DayMark.LEAVE)).containsExactly(GivenAfternoon.DAY));
        isTrue();
    }

    @Test
    void a_doubtful_day_is_shown_costs_nothing_and_counts_by_a_persons_word() {
        charges("EXAMPLE-320999");
        Period october = month(10);
        afternoons.on(LocalDate.of(2026, 11, 2), "09:00");
        PeriodFacts.Preview preview = given.in(school, () -> facts.preview(school, october, periods.all(school), LocalDate.of(2026, 11, 2)));
        assertThat(preview.doubts()).extracting(PeriodFacts.Doubt::pupil).containsExactly(child(2));
        assertThat(preview.unrolled()).as("Tuesdays of the club on which nobody rolled").isNotEmpty();
        given.in(school, () -> {
            facts.rule(school, october.id(), child(2), GivenAfternoon.DAY, DayMark.ATTENDED, new UUID(0, 7), afternoons.moment("17:00"));
            return true;
        });
        closed(9, LocalDate.of(2026, 10, 2));
        closed(10, LocalDate.of(2026, 11, 2));
        assertThat(statement(2).balanceFen()).isEqualTo(600);
    }

    @Test
    @Req("R115")
    void a_roll_put_right_after_locking_becomes_an_adjustment_of_the_next_bill() {
        charges("EXAMPLE-320999");
        closed(9, LocalDate.of(2026, 10, 2));
        closed(10, LocalDate.of(2026, 11, 2));
        assertThat(statement(2).balanceFen()).isZero();
        given.in(school, () -> {
            days.tell(school, GivenAfternoon.DAY, List.of(counted(days.ofDay(school, GivenAfternoon.DAY), child(2), "16:10")));
            return true;
        });
        assertThat(statement(2).balanceFen()).as("nothing changes silently").isZero();
        Period november = month(11);
        PeriodFacts.Preview preview = given.in(school, () -> facts.preview(school, november, periods.all(school), LocalDate.of(2026, 12, 1)));
        assertThat(preview.corrected().values()).containsExactly(1);
        closed(11, LocalDate.of(2026, 12, 1));
        Statements.Statement after = statement(2);
        assertThat(after.balanceFen()).isEqualTo(600);
        assertThat(after.charges().getFirst().added()).anySatisfy(line -> assertThat(after.charges().getFirst().adjusts(line)).isTrue());
        isTrue();
    }

    @Test
    @Req("R119")
    void an_exempt_child_pays_nothing_and_no_entry_tells() {
        given.in(school, () -> sql.sql("insert into roster.standing (school_id, standing_id, pupil_id, category, valid_from) values (:s, :id, :p, 'low-income', '2026-09-01')")
                .param("s", school)
                .param("id", ids.next())
                .param("p", child(3))
                .update());
        charges("EXAMPLE-320999");
        closed(9, LocalDate.of(2026, 10, 2));
        closed(10, LocalDate.of(2026, 11, 2));
        assertThat(statement(3).balanceFen()).isZero();
        assertThat(statement(3).moves()).isEmpty();
        assertThat(statement(3).charges().getFirst().added()).extracting(Quote.Line::unit).contains("exemption");
        isTrue();
    }

    @Test
    @Req("R117")
    void what_was_asked_beforehand_is_settled_by_what_happened() {
        charges("EXAMPLE-320999");
        afternoons.on(LocalDate.of(2026, 10, 9), "09:00");
        UUID key = ids.next();
        Scope finance = Scope.school(school, new UUID(0, 7));
        ClosePeriod.Outcome asked = Scopes.within(finance, () -> close.close(school, month(10).id(), true, new UUID(0, 7), key));
        assertThat(asked).isInstanceOf(ClosePeriod.Outcome.Done.class);
        assertThat(Scopes.within(finance, () -> close.close(school, month(10).id(), true, new UUID(0, 7), key))).as("a second tap").isInstanceOf(ClosePeriod.Outcome.Before.class);
        long planned = statement(0).balanceFen();
        assertThat(planned).isPositive();
        Optional<WhatIf.Answer> stop = given.within(Scope.family(new UUID(0, 9), List.of(school), List.of(child(0))), () -> whatIf.ask(school, child(0), LocalDate.of(2026, 10, 16), LocalDate.of(2026, 10, 14)));
        assertThat(stop).hasValueSatisfying(a -> assertThat(a.stopFen()).as("the Tuesdays after the 16th cost nothing").isLessThan(a.stayFen()));
        closed(9, LocalDate.of(2026, 11, 2));
        closed(10, LocalDate.of(2026, 11, 2));
        assertThat(statement(0).balanceFen()).isEqualTo(600);
        assertThat(statement(1).balanceFen()).as("on leave: all comes back").isZero();
        isTrue();
    }

    @Test
    @Req({"R113", "P4"})
    void what_may_not_be_charged_is_refused_and_nothing_is_written() {
        charges("EXAMPLE-320999");
        assertThat(closed(10, LocalDate.of(2026, 10, 20))).isInstanceOf(ClosePeriod.Outcome.Refused.class);
        assertThat(given.in(school, () -> periods.lockedUntil(school))).isEmpty();
        String committee = shipped.of("EXAMPLE-320999").orElseThrow().body().replace("payee: unit-account", "payee: parents-committee");
        PutTariff.Trial trial = given.in(school, () -> put.trial(school, committee, LocalDate.of(2026, 11, 1)));
        assertThat(trial.possible()).isFalse();
        assertThat(trial.unlawful()).satisfies(no -> {
            assertThat(no).isNotNull();
            if (no != null) {
                assertThat(no.rule()).isEqualTo("fee.payees");
                assertThat(no.clause()).isNotBlank();
                assertThat(no.instead()).isNotBlank();
            }
        });
        assertThat(given.in(school, () -> put.trial(school, shipped.of("GX-2021").orElseThrow().body(), LocalDate.of(2026, 11, 1))).refusals()).as("of another region").isNotEmpty();
        assertThat(given.in(school, () -> put.trial(school, "tariff: [", LocalDate.of(2026, 11, 1))).refusals()).isNotEmpty();
    }

    @Test
    @Req("R121")
    void a_changed_charge_is_a_lie_that_verify_names() {
        charges("EXAMPLE-320999");
        closed(9, LocalDate.of(2026, 10, 2));
        closed(10, LocalDate.of(2026, 11, 2));
        chain.seal(school);
        isTrue();
        tamper("update billing.charge set lines = replace(lines, '\"amountFen\":600', '\"amountFen\":500') where school_id = '" + school + "' and fen = 600");
        tamper("update billing.posting set fen = fen * 2 where school_id = '" + school + "'");
        given.in(school, () -> ledger.post(school, new Draft(ids.next(), Document.CHARGE, ids.next(), "made-up", afternoons.moment("17:00"), GivenAfternoon.DAY, null,
                List.of(Posting.ofPupil("family", child(0), null, 100), Posting.of("service-fund", -100)))));
        VerifyLedger.Report report = Scopes.within(Scope.school(school, null), () -> verify.run(school));
        assertThat(report.lies()).extracting(VerifyLedger.Lie::kind).contains(VerifyLedger.Kind.CHARGE_WITHOUT_FACTS, VerifyLedger.Kind.CHARGE_DIFFERS, VerifyLedger.Kind.CHANGED, VerifyLedger.Kind.AMOUNT_DIFFERS);
    }

    // --- what goes wrong in a term ---

    @Test
    @Req("R113")
    void a_tariff_that_changes_in_mid_term_costs_on_each_day_what_held_on_that_day() {
        charges("EXAMPLE-320999");
        charges(example().replace("EXAMPLE-320999", "EXAMPLE-LATER").replace("price: 3.00", "price: 5.00"), GivenAfternoon.DAY);
        assertThat(given.in(school, () -> periods.all(school))).extracting(Period::from).contains(LocalDate.of(2026, 10, 1), GivenAfternoon.DAY);
        afternoons.on(LocalDate.of(2026, 11, 2), "09:00");
        for (LocalDate from : List.of(LocalDate.of(2026, 9, 1), LocalDate.of(2026, 10, 1), GivenAfternoon.DAY)) {
            UUID period = given.in(school, () -> periods.all(school).stream().filter(p -> p.from().equals(from)).findFirst().orElseThrow().id());
            assertThat(Scopes.within(Scope.school(school, new UUID(0, 7)), () -> close.close(school, period, false, new UUID(0, 7), ids.next()))).isInstanceOf(ClosePeriod.Outcome.Done.class);
        }
        assertThat(statement(0).balanceFen()).as("two periods at the price of the day").isEqualTo(1_000);
        assertThat(statement(0).charges().getFirst().added()).extracting(Quote.Line::clause).allSatisfy(clause -> assertThat(clause).startsWith("EXAMPLE-LATER "));
        PutTariff.Trial back = given.in(school, () -> put.trial(school, example(), LocalDate.of(2026, 10, 20)));
        assertThat(back.refusals()).as("inside what is locked").extracting(no -> no.messageKey()).contains("billing.choose.refused.locked");
        isTrue();
    }

    @Test
    @Req("R115")
    void a_child_that_moves_class_on_the_15th_keeps_the_price_of_the_grade_in_which_it_began() {
        charges(example().replace("    price: 3.00", "    for: {grades: [3]}\n    price: 3.00"), LocalDate.of(2026, 9, 1));
        closed(9, LocalDate.of(2026, 10, 2));
        closed(10, LocalDate.of(2026, 11, 2));
        assertThat(statement(0).balanceFen()).isEqualTo(600);
        UUID other = classes.of(school, 4, 1, 0).id();
        given.in(school, () -> sql.sql("update roster.pupil set class_id = :c where school_id = :s and pupil_id = :p").param("c", other).param("s", school).param("p", child(0)).update());
        closed(11, LocalDate.of(2026, 12, 1));
        assertThat(statement(0).balanceFen()).as("of grade 4 now, and nothing of October is taken back").isEqualTo(600);
        isTrue();
    }

    @Test
    void a_month_without_a_service_day_is_locked_and_costs_nobody_anything() {
        charges("EXAMPLE-320999");
        charges(example().replace("EXAMPLE-320999", "EXAMPLE-HOLIDAY"), LocalDate.of(2026, 10, 1));
        charges(example().replace("EXAMPLE-320999", "EXAMPLE-LATER"), LocalDate.of(2026, 10, 8));
        Period week = given.in(school, () -> periods.all(school).stream().filter(p -> p.from().equals(LocalDate.of(2026, 10, 1))).findFirst().orElseThrow());
        assertThat(week.until()).isEqualTo(LocalDate.of(2026, 10, 7));
        afternoons.on(LocalDate.of(2026, 11, 2), "09:00");
        assertThat(Scopes.within(Scope.school(school, new UUID(0, 7)), () -> close.close(school, week.id(), false, new UUID(0, 7), ids.next()))).isEqualTo(new ClosePeriod.Outcome.Done(0, 0, 0));
        isTrue();
    }

    @Test
    void a_tariff_with_an_amount_that_is_none_is_refused_with_its_line() {
        for (String amount : List.of("-3", "3.005", "99999999999", "1e9", "三元", "3,5", "''"))
            assertThat(given.in(school, () -> put.trial(school, example().replace("price: 3.00", "price: " + amount), LocalDate.of(2026, 11, 1)))).as(amount).satisfies(trial -> {
                assertThat(trial.tariff()).isNull();
                assertThat(trial.refusals()).isNotEmpty();
            });
    }

    @Test
    @Req("R117")
    void a_family_that_stops_is_asked_for_no_month_that_was_collected_beforehand() {
        charges("EXAMPLE-320999");
        afternoons.on(LocalDate.of(2026, 10, 9), "09:00");
        Scope finance = Scope.school(school, new UUID(0, 7));
        Scopes.within(finance, () -> close.close(school, month(10).id(), true, new UUID(0, 7), ids.next()));
        WhatIf.Answer one = stopping(LocalDate.of(2026, 10, 16));
        assertThat(one.stopFen()).isPositive();
        Scopes.within(finance, () -> close.close(school, month(11).id(), true, new UUID(0, 7), ids.next()));
        Scopes.within(finance, () -> close.close(school, month(12).id(), true, new UUID(0, 7), ids.next()));
        WhatIf.Answer three = stopping(LocalDate.of(2026, 10, 16));
        assertThat(three.stayFen()).as("November and December are asked beforehand").isGreaterThan(one.stayFen());
        assertThat(three.stopFen()).as("and given back by who stops in October").isEqualTo(one.stopFen());
        assertThat(three.afterFen()).as("nothing was paid yet").isEqualTo(three.stopFen());
    }

    private WhatIf.Answer stopping(LocalDate last) {
        return given.within(Scope.family(new UUID(0, 9), List.of(school), List.of(child(0))), () -> whatIf.ask(school, child(0), last, LocalDate.of(2026, 10, 14))).orElseThrow();
    }

    @Test
    @Req({"R26", "R117"})
    void a_child_that_leaves_the_school_after_eight_days_of_a_month_pays_for_eight() {
        everyWeekday(List.of(child(0), child(1)));
        charges(shipped.of("WH-2021").orElseThrow().body(), LocalDate.of(2026, 9, 1));
        Period november = month(11);
        given.in(school, () -> {
            periods.countUnrolled(school, november.id(), true);
            return true;
        });
        List<LocalDate> planned = given.in(school, () -> facts.now(school, november, calendars.of(school, november.term()), november.from())).stream()
                .filter(f -> f.pupil().equals(child(0)))
                .flatMap(f -> f.locked().days().stream())
                .sorted()
                .toList();
        LocalDate firstAway = planned.get(8);
        afternoons.on(firstAway, "08:00");
        given.in(school, () -> {
            departures.plan(school, child(0), firstAway, firstAway, new UUID(0, 7));
            return true;
        });
        rolled(planned.get(10), child(1));
        closed(9, LocalDate.of(2026, 12, 1));
        closed(10, LocalDate.of(2026, 12, 1));
        assertThat(closed(11, LocalDate.of(2026, 12, 1))).isInstanceOf(ClosePeriod.Outcome.Done.class);
        Charged charged = statement(0).charges().stream().filter(c -> c.from().equals(november.from())).findFirst().orElseThrow();
        assertThat(charged.days()).singleElement().satisfies(days -> {
            assertThat(days.on(DayMark.ATTENDED)).isEqualTo(planned.subList(0, 8));
            assertThat(days.on(DayMark.WITHDRAWN)).as("also the day on which others were rolled").isEqualTo(planned.subList(8, planned.size()));
        });
        long back = Math.round(13_000.0 * (planned.size() - 8) / planned.size());
        assertThat(charged.added().stream().mapToLong(Quote.Line::amountFen).sum()).as("130 yuan for %d days", planned.size()).isEqualTo(13_000 - back);
        long before = statement(0).balanceFen();
        closed(12, LocalDate.of(2027, 1, 4));
        assertThat(statement(0).balanceFen()).as("a month after it has left costs nothing").isEqualTo(before);
        assertThat(statement(1).balanceFen()).as("whoever stays pays on").isEqualTo(4 * 13_000);
        isTrue();
    }

    /** Clubs on the other days of the week, so that each weekday has service for these children. */
    private void everyWeekday(List<UUID> pupils) {
        for (DayOfWeek day : List.of(DayOfWeek.MONDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY)) {
            UUID section = terms.section(school, world.term(), terms.club("D" + day.getValue(), terms.slot(world.term(), day, 2)).size(1, 60));
            seats.seat(school, section, 3, pupils, LocalDate.of(2026, 9, 1));
        }
        given.in(school, () -> {
            sessions.fill(school, world.term());
            return true;
        });
    }

    /** A roll of another day, on which one child was counted. */
    private void rolled(LocalDate day, UUID pupil) {
        afternoons.on(day, "17:55");
        given.in(school, () -> {
            opening.open(school, day);
            days.replan(school, day);
            ChildStanding standing = Objects.requireNonNull(days.ofDay(school, day).get(pupil));
            Fact counted = new Fact.Counted(standing.custodians().getFirst(), standing.sessions().getFirst(), standing.ends().getFirst());
            days.tell(school, day, List.of(new ToldOf(pupil, new Telling(ids.next(), day.atTime(17, 5).atZone(Screen.ZONE).toInstant(), OFFICE, counted, true))));
            return true;
        });
    }

    @Test
    @Req("R117")
    void a_day_of_which_one_period_fell_out_was_not_held_where_the_document_says_how_long_a_day_is() {
        charges(byMonth("    minutes-a-day: 100\n", "{rule: proportional, causes: [undelivered], divisor: planned-days, clause: 时长不足的天数扣减}"), LocalDate.of(2026, 9, 1));
        given.in(school, () -> {
            periods.countUnrolled(school, month(10).id(), true);
            sql.sql("update timetable.session set state = 'dropped', cause = 'hand', reason = 'teacher' where school_id = :s and session_id = :x").param("s", school).param("x", world.club()).update();
            // Nobody waits in its classroom for the time in which the club would have been.
            afternoons.stay(school, world.pupils(), 1);
            days.replan(school, GivenAfternoon.DAY);
            return true;
        });
        closed(9, LocalDate.of(2026, 10, 2));
        closed(10, LocalDate.of(2026, 11, 2));
        Charged october = statement(0).charges().getFirst();
        int planned = october.days().stream().mapToInt(d -> d.days().size()).sum();
        assertThat(planned).isGreaterThan(1);
        assertThat(october.added().stream().mapToLong(Quote.Line::amountFen).sum()).isEqualTo(10_000 - Math.round(10_000.0 / planned));
        isTrue();
    }

    @Test
    @Req("R115")
    void a_child_that_came_to_the_school_in_mid_month_pays_from_its_first_day_where_the_document_says_so() {
        given.in(school, () -> sql.sql("update roster.pupil set joined_on = :d where school_id = :s and pupil_id = :p").param("d", LocalDate.of(2026, 10, 12)).param("s", school).param("p", child(3)).update());
        charges(byMonth("", "{rule: joining, divisor: statutory-workdays, clause: 中途加入按日收取}"), LocalDate.of(2026, 9, 1));
        given.in(school, () -> {
            periods.countUnrolled(school, month(10).id(), true);
            return true;
        });
        int workdays = month(10).workdays();
        closed(9, LocalDate.of(2026, 10, 2));
        closed(10, LocalDate.of(2026, 11, 2));
        Charged october = statement(3).charges().getFirst();
        int planned = october.days().stream().mapToInt(d -> d.days().size()).sum();
        assertThat(october.added().stream().mapToLong(Quote.Line::amountFen).sum()).isEqualTo(10_000 - Math.round(10_000.0 * (workdays - planned) / workdays)).isLessThan(10_000);
        assertThat(statement(0).charges().getFirst().added()).as("who was there from the beginning pays the month").extracting(Quote.Line::amountFen).containsExactly(10_000L);
        isTrue();
    }

    @Test
    @Req({"R115", "R117"})
    void a_meeting_that_was_dropped_before_a_child_had_its_place_is_nothing_of_that_child() {
        UUID section = terms.section(school, world.term(), terms.club("M1", terms.slot(world.term(), DayOfWeek.MONDAY, 2)).size(1, 60));
        seats.seat(school, section, 3, List.of(child(0), child(2)), LocalDate.of(2026, 9, 1));
        seats.seat(school, section, 3, List.of(child(1)), LocalDate.of(2026, 11, 2));
        given.in(school, () -> {
            sessions.fill(school, world.term());
            return true;
        });
        charges(byMonth("", "{rule: joining, divisor: statutory-workdays, clause: 中途加入按日收取}"), LocalDate.of(2026, 9, 1));
        LocalDate monday = LocalDate.of(2026, 10, 19);
        rolled(monday, child(0));
        given.in(school, () -> sql.sql("update timetable.session set state = 'dropped', cause = 'hand', reason = 'teacher' where school_id = :s and section_id = :x and day = :d").param("s", school).param("x", section).param("d", monday).update());
        assertThat(inOctober(child(0))).contains(monday);
        assertThat(inOctober(child(1))).doesNotContain(monday);
        given.in(school, () -> sql.sql("update roster.pupil set joined_on = :d where school_id = :s and pupil_id = :p").param("d", LocalDate.of(2026, 10, 21)).param("s", school).param("p", child(2)).update());
        assertThat(inOctober(child(2))).as("of days before it came to the school those alone that were rolled").containsExactlyInAnyOrder(GivenAfternoon.DAY, monday, LocalDate.of(2026, 10, 26), LocalDate.of(2026, 10, 27));
    }

    private List<LocalDate> inOctober(UUID pupil) {
        Period october = month(10);
        return given.in(school, () -> facts.now(school, october, calendars.of(school, october.term()), LocalDate.of(2026, 10, 31))).stream()
                .filter(f -> f.pupil().equals(pupil))
                .flatMap(f -> f.locked().days().stream())
                .toList();
    }

    private static String byMonth(String item, String adjust) {
        return """
                tariff: BY-MONTH
                title: {zh: 试, en: Test}
                authority: {zh: 试, en: Test}
                region: "320999"
                effective: {from: 2026-08-01}
                payee: unit-account
                timing: settle
                items:
                  - item: basic
                    name: {zh: 试, en: Test}
                    service: [after-school]
                    price: 100
                    unit: month
                %s    clause: 每月 100 元
                    adjust:
                      - %s
                """.formatted(item, adjust);
    }

    @Test
    @Req("R113")
    void a_boarder_is_not_asked_again_for_what_the_boarding_fee_covers() {
        given.in(school, () -> sql.sql("update roster.pupil set boarding = true where school_id = :s and pupil_id = :p").param("s", school).param("p", child(0)).update());
        charges("EXAMPLE-320999");
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        assertThat(office.post("/rules/fee.boarding-covers/own", Map.of("value", "after-school")).statusCode()).isEqualTo(303);
        assertThat(closed(9, LocalDate.of(2026, 10, 2))).isInstanceOfSatisfying(ClosePeriod.Outcome.Unlawful.class, no -> {
            assertThat(no.by().rule()).isEqualTo("fee.boarders-twice");
            assertThat(no.by().instead()).isNotBlank();
        });
        PutTariff.Trial same = given.in(school, () -> put.trial(school, example().replace("EXAMPLE-320999", "EXAMPLE-AGAIN"), LocalDate.of(2026, 11, 1)));
        assertThat(same.unlawful()).as("found out before it is put to use").isNotNull();
        PutTariff.Trial others = given.in(school, () -> put.trial(school, example().replace("EXAMPLE-320999", "EXAMPLE-DAY").replace("    price: 3.00", "    for: {boarding: no}\n    price: 3.00"), LocalDate.of(2026, 11, 1)));
        assertThat(others.possible()).as(String.valueOf(others.unlawful())).isTrue();
    }

    @Test
    @Req({"R26", "R117"})
    void a_withdrawal_on_paper_is_entered_for_the_family_and_a_late_one_gives_back_once_its_proof_was_seen() {
        String late = example().stripTrailing().replace("counts: attended", "counts: planned") + "\n    adjust:\n      - {rule: cancellation, deadline-day: 10, after: 100, clause: 开学十日内取消全额退，之后凭证明}\n";
        charges(late, LocalDate.of(2026, 9, 1));
        String page = "/charges/children/" + child(0);
        afternoons.on(LocalDate.of(2026, 10, 19), "09:00");
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        assertThat(office.get(page + "/stop").statusCode()).isEqualTo(200);
        assertThat(office.post(page + "/stop", Map.of("last", "")).statusCode()).isEqualTo(422);
        assertThat(office.post(page + "/stop", Map.of("last", "2028-10-16")).statusCode()).isEqualTo(422);
        assertThat(office.post(page + "/stop", Map.of("last", "2026-10-16")).statusCode()).as("the paper lay over the weekend").isEqualTo(303);
        assertThat(given.in(school, () -> sql.sql("select count(*) from messaging.notice where school_id = :s and kind = 'billing.stop_entered' and audience = 'CHILDREN'").param("s", school).query(Long.class).single())).isEqualTo(1);
        assertThat(visitors.signedIn(given.guardian(school, child(0))).get("/children/" + child(0) + "/bill").body()).as("the family reads who entered it").contains("学校代为登记");
        closed(9, LocalDate.of(2026, 11, 2));
        closed(10, LocalDate.of(2026, 11, 2));
        long asked = statement(0).balanceFen();
        assertThat(asked).as("late, and nobody saw a proof").isPositive();
        Visitor finance = visitors.signedIn(given.staff(school, Role.FINANCE));
        assertThat(finance.get(page).body()).contains(page + "/stop/review");
        afternoons.on(LocalDate.of(2027, 1, 25), "09:00");
        assertThat(visitors.signedIn(given.staff(school, Role.FINANCE)).get(page).body()).as("the term is over, and not settled to its end").contains(page + "/stop/review", page + "/stop\"");
        afternoons.on(LocalDate.of(2026, 11, 2), "09:30");
        // A withdrawal of another term, settled long ago, is no business of this page.
        UUID before = terms.term(school, 2025, new TermDates(LocalDate.of(2025, 9, 1), LocalDate.of(2026, 1, 22)));
        UUID old = UUID.randomUUID();
        given.in(school, () -> sql.sql("insert into billing.stop (school_id, stop_id, pupil_id, term_id, from_day, entered, said_by, said_at) values (:s, :id, :p, :t, '2025-11-01', true, :id, '2025-10-30')").param("s", school).param("id", old).param("p", child(0)).param("t", before).update());
        String stop = given.in(school, () -> sql.sql("select stop_id from billing.stop where school_id = :s and stop_id <> :old").param("s", school).param("old", old).query(UUID.class).single()).toString();
        assertThat(finance.get(page).body()).contains("name=\"stop\" value=\"" + stop).doesNotContain(old.toString());
        assertThat(finance.post(page + "/stop/review", Map.of("stop", stop)).statusCode()).isEqualTo(303);
        assertThat(finance.get(page).body()).doesNotContain(page + "/stop/review");
        assertThat(given.in(school, () -> sql.sql("select reviewed from billing.stop where school_id = :s and stop_id = :old").param("s", school).param("old", old).query(Boolean.class).single())).isFalse();
        assertThat(statement(0).balanceFen()).as("nothing changes silently").isEqualTo(asked);
        closed(11, LocalDate.of(2026, 12, 1));
        assertThat(statement(0).balanceFen()).isZero();
        assertThat(visitors.signedIn(given.staff(school, Role.PRINCIPAL)).get(page + "/stop").statusCode()).isEqualTo(403);
        Visitor later = visitors.signedIn(given.staff(school, Role.FINANCE));
        later.get(page);
        assertThat(later.post(page + "/stop/withdrawal", Map.of("stop", stop)).statusCode()).isEqualTo(303);
        assertThat(given.in(school, () -> sql.sql("select stop_id from billing.stop where school_id = :s and withdrawn_at is null").param("s", school).query(UUID.class).list())).as("the other term's stays").containsExactly(old);
        isTrue();
    }

    /** A hand in the database. */
    private void tamper(String act) {
        try (Connection c = DriverManager.getConnection(url, owner, password);
                Statement s = c.createStatement()) {
            c.setAutoCommit(false);
            s.execute("alter table billing.charge no force row level security; alter table billing.posting no force row level security");
            s.execute(act);
            s.execute("alter table billing.charge force row level security; alter table billing.posting force row level security");
            c.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
