package afterbell.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Afterbell;
import afterbell.base.identity.DemoAccounts.Card;
import afterbell.base.shared.ShiftableClock;
import afterbell.testing.Statements;
import afterbell.testing.TestDatabase;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/** The demo world's time is put by a visitor. Shares the demo world of {@code StatementsIT}. */
@SpringBootTest(classes = Afterbell.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "afterbell.demo=true")
@ContextConfiguration(initializers = TestDatabase.class)
@Import({Statements.Counting.class, Visitor.Maker.class})
@Tag("house")
class DemoClockIT {
    private static final Pattern MOMENT = Pattern.compile("name=\"at\" value=\"([^\"]+)\"");

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    ShiftableClock clock;

    Duration before;

    @BeforeEach
    void remember() {
        before = clock.shift();
    }

    @AfterEach
    void the_clock_is_as_it_was() {
        clock.shiftBy(before.minus(clock.shift()));
    }

    private Visitor signedIn(String role) {
        Card card = DemoCards.of(role);
        return visitors.signedIn(card.user(), card.password());
    }

    private static List<String> moments(Visitor visitor) {
        List<String> all = new ArrayList<>();
        for (Matcher m = MOMENT.matcher(visitor.get("/demo/clock").body()); m.find(); ) all.add(m.group(1));
        return all;
    }

    @Test
    void the_time_is_put_ahead_day_by_day_and_every_role_finds_its_first_page_there() {
        Visitor office = signedIn("OFFICE");
        for (int i = 0; i < 4; i++) {
            String next = moments(office).getFirst();
            assertThat(office.post("/demo/clock", Map.of("at", next)).statusCode()).isEqualTo(303);
            assertThat(Duration.between(Instant.parse(next), clock.instant())).isBetween(Duration.ZERO, Duration.ofMinutes(2));
            for (Card card : DemoCards.CARDS) assertThat(signedIn(card.role()).get("/").statusCode()).as(card.role() + " at " + next).isEqualTo(200);
            assertThat(office.get("/board").statusCode()).as("whoever put the time stays signed in").isEqualTo(200);
        }
    }

    @Test
    void somebody_elses_session_of_yesterday_has_ended_as_it_would_have() {
        Visitor office = signedIn("OFFICE");
        Visitor guest = visitors.stranger();
        String last = moments(guest).getLast();
        assertThat(guest.post("/demo/clock", Map.of("at", last)).statusCode()).as("no need to sign in").isEqualTo(303);
        assertThat(office.get("/board").headers().firstValue("Location")).hasValueSatisfying(to -> assertThat(to).contains("/sign-in"));
    }

    @Test
    void only_the_near_future_is_taken_and_the_real_time_comes_back() {
        Visitor office = signedIn("OFFICE");
        office.get("/demo/clock");
        for (String at : List.of("soon", clock.instant().minusSeconds(60).toString(), clock.instant().plus(Duration.ofDays(90)).toString())) {
            HttpResponse<String> refused = office.post("/demo/clock", Map.of("at", at));
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body()).contains("只能跳到一个月之内的将来", "跳到早上");
        }
        assertThat(clock.shift()).isEqualTo(before);
        assertThat(office.post("/demo/clock", Map.of("at", "")).statusCode()).isEqualTo(303);
        assertThat(clock.shift()).isZero();
        assertThat(office.get("/demo/clock").body()).doesNotContain("回到真实时间");
        assertThat(office.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void the_bureau_has_four_schools_and_sees_whose_office_has_not_come_in() {
        Visitor bureau = signedIn("BUREAU");
        String schools = bureau.get("/bureau/schools").body();
        List<String> pages = Pattern.compile("href=\"(/bureau/schools/[0-9a-f-]{36})\"").matcher(schools).results().map(m -> m.group(1)).distinct().toList();
        assertThat(pages).hasSize(4);
        assertThat(schools).contains(DemoSchool.standard().name());
        assertThat(pages.stream().filter(p -> bureau.get(p).body().contains("invitation-text"))).as("one waits").hasSize(1);
    }
}
