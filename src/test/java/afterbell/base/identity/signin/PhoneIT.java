package afterbell.base.identity.signin;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.identity.Accounts;
import afterbell.base.identity.Consents;
import afterbell.base.identity.LinkSender;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Wearer;
import afterbell.testing.GivenFamily;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

/** With an outbox in place of the gateway, which is another house's. */
@HouseTest
@Import(PhoneIT.Gateway.class)
@Req("P18")
class PhoneIT {
    private static final AtomicInteger NEXT = new AtomicInteger(1000);

    @TestConfiguration(proxyBeanMethods = false)
    static class Gateway {
        @Bean
        @Primary
        Outbox outbox() {
            return new Outbox();
        }
    }

    static final class Outbox implements LinkSender {
        private final Map<String, BlockingQueue<String>> sent = new ConcurrentHashMap<>();

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public void send(Kind kind, String phone, String text) {
            of(phone).add(text);
        }

        private BlockingQueue<String> of(String phone) {
            return sent.computeIfAbsent(phone, p -> new LinkedBlockingQueue<>());
        }

        String next(String phone) throws InterruptedException {
            String text = of(phone).poll(5, TimeUnit.SECONDS);
            assertThat(text).as("a message to the phone").isNotNull();
            return text;
        }

        boolean silent(String phone) throws InterruptedException {
            return of(phone).poll(300, TimeUnit.MILLISECONDS) == null;
        }
    }

    @Autowired
    Outbox outbox;

    @Autowired
    GivenSchool given;

    @Autowired
    GivenFamily family;

    @Autowired
    Accounts accounts;

    @Autowired
    Consents consents;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    @Autowired
    Clock clock;

    UUID school;
    UUID klass;
    String phone;
    Visitor visitor;

    @BeforeEach
    void a_family_with_a_phone() {
        school = given.school();
        klass = family.schoolClass(school);
        phone = "1390000" + NEXT.incrementAndGet();
        parent("\u6797\u5927\u5c71", phone);
        visitor = visitors.stranger();
        visitor.get("/sign-in/phone");
    }

    @Test
    void a_code_signs_in_once_and_leads_back() throws InterruptedException {
        assertThat(ask(phone).headers().firstValue("Location")).hasValue("/sign-in/code");
        String page = visitor.get("/sign-in/code").body();
        assertThat(page).contains("139****" + phone.substring(7)).doesNotContain(phone);
        String code = outbox.next(phone);
        assertThat(code).matches("\\d{6}");
        assertThat(enter(visitor, code).headers().firstValue("Location")).hasValue("/account");
        assertThat(visitor.get("/account").statusCode()).isEqualTo(200);
        assertThat(proved(phone)).isTrue();

        Visitor thief = visitors.stranger();
        thief.get("/sign-in/phone");
        thief.post("/sign-in/phone", Map.of("phone", phone));
        assertThat(enter(thief, code).statusCode()).as("without having asked for one, and a used code").isNotEqualTo(200).isNotEqualTo(422);
    }

    @Test
    void a_phone_that_nobody_has_gets_the_same_pages_and_no_message() throws InterruptedException {
        String nobody = "1380000" + NEXT.incrementAndGet();
        HttpResponse<String> unknown = ask(nobody);
        String unknownPage = visitor.get("/sign-in/code").body().replace(nobody.substring(7), "#");
        Visitor other = visitors.stranger();
        other.get("/sign-in/phone");
        HttpResponse<String> known = other.post("/sign-in/phone", Map.of("phone", phone, "back", "/account"));
        assertThat(unknown.statusCode()).isEqualTo(known.statusCode());
        assertThat(unknown.headers().firstValue("Location")).isEqualTo(known.headers().firstValue("Location"));
        assertThat(strip(unknownPage.replace("138****", "139****"))).isEqualTo(strip(other.get("/sign-in/code").body().replace(phone.substring(7), "#")));
        assertThat(enter(visitor, "000000").statusCode()).isEqualTo(422);
        assertThat(enter(other, wrong(outbox.next(phone))).statusCode()).isEqualTo(422);
        assertThat(outbox.silent(nobody)).isTrue();
        assertThat(visitor.post("/sign-in/phone", Map.of("phone", nobody)).statusCode()).as("and the same wait").isEqualTo(422);
        assertThat(other.post("/sign-in/phone", Map.of("phone", phone)).statusCode()).isEqualTo(422);
    }

    @Test
    void five_wrong_tries_end_a_code() throws InterruptedException {
        ask(phone);
        String code = outbox.next(phone);
        for (int i = 0; i < 5; i++) assertThat(enter(visitor, wrong(code)).statusCode()).isEqualTo(422);
        assertThat(enter(visitor, code).statusCode()).isEqualTo(422);
    }

    @Test
    void of_twenty_guesses_at_once_no_more_than_five_are_looked_at() throws Exception {
        ask(phone);
        String code = outbox.next(phone);
        visitor.get("/sign-in/code");
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> guesses = IntStream.range(0, 20).<Callable<Integer>>mapToObj(i -> () -> enter(visitor, wrong(code)).statusCode()).toList();
            assertThat(all.invokeAll(guesses).stream().map(f -> f.resultNow()).distinct()).containsExactly(422);
        }
        assertThat(given.within(Scope.DOOR, () -> sql.sql("select identity.door_try_phone_code(:p, :c, :now)")
                        .param("p", accounts.trace(phone))
                        .param("c", new byte[1])
                        .param("now", Timestamp.from(clock.instant()))
                        .query(Boolean.class)
                        .single()))
                .isFalse();
        assertThat(enter(visitor, code).statusCode()).isEqualTo(422);
    }

    @Test
    void several_people_with_one_phone_choose_who_they_are() throws InterruptedException {
        UUID grandmother = parent("\u738b\u79c0\u82f1", phone);
        ask(phone);
        assertThat(enter(visitor, outbox.next(phone)).headers().firstValue("Location")).hasValue("/sign-in/who");
        assertThat(visitor.get("/account").statusCode()).as("not yet").isEqualTo(303);
        String page = visitor.get("/sign-in/who").body();
        assertThat(page).contains("\u738b\u79c0\u82f1").contains("\u6797\u5927\u5c71");
        UUID stranger = parent("\u8d75\u4e00", "1370000" + NEXT.incrementAndGet());
        assertThat(visitor.post("/sign-in/who", Map.of("account", stranger.toString())).statusCode()).as("another phone's account").isEqualTo(404);
        assertThat(visitor.post("/sign-in/who", Map.of("account", grandmother.toString())).headers().firstValue("Location")).hasValue("/account");
        assertThat(visitor.get("/account").body()).contains("\u738b\u79c0\u82f1");
        Visitor outsider = visitors.stranger();
        outsider.get("/sign-in/phone");
        assertThat(outsider.post("/sign-in/who", Map.of("account", grandmother.toString())).headers().firstValue("Location")).hasValue("/sign-in/phone");
    }

    @Test
    void a_link_shows_itself_often_and_signs_in_once() throws InterruptedException {
        visitor.post("/sign-in/phone", Map.of("phone", phone, "by", "link"));
        String path = URI.create(outbox.next(phone)).getPath();
        for (int i = 0; i < 3; i++) assertThat(visitors.stranger().get(path).statusCode()).as("a chat app looks").isEqualTo(200);
        Visitor mother = visitors.stranger();
        mother.get(path);
        assertThat(mother.post(path, Map.of()).statusCode()).isEqualTo(303);
        assertThat(mother.get("/account").statusCode()).isEqualTo(200);
        Visitor late = visitors.stranger();
        assertThat(late.get(path).statusCode()).isEqualTo(410);
        late.get("/sign-in");
        assertThat(late.post(path, Map.of()).statusCode()).isEqualTo(410);
        assertThat(late.get("/l/AAAAAAAAAAAAAAAAAAAAAAAAAAA").statusCode()).isEqualTo(410);
    }

    @Test
    void a_phone_gets_one_code_a_minute_and_ten_a_day_on_all_nodes() {
        byte[] trace = accounts.trace("1360000" + NEXT.incrementAndGet());
        for (int i = 0; i < 12; i++) {
            assertThat(code(trace, Duration.ofSeconds(61L * i))).as("number " + (i + 1)).isEqualTo(i < 10);
            assertThat(code(trace, Duration.ofSeconds(61L * i + 30))).as("half a minute later").isFalse();
        }
        assertThat(code(trace, Duration.ofDays(2))).isTrue();
    }

    @Test
    void what_is_no_mobile_number_is_refused_at_the_field_and_stays() {
        for (String bad : List.of("", "12345", "021-61234567", "abc", "1390000123")) {
            HttpResponse<String> answer = visitor.post("/sign-in/phone", Map.of("phone", bad));
            assertThat(answer.statusCode()).as(bad).isEqualTo(422);
            assertThat(answer.body()).contains("f-phone-fault").contains("value=\"" + bad + "\"");
        }
        assertThat(visitor.get("/sign-in/code").headers().firstValue("Location")).hasValue("/sign-in/phone");
    }

    @Test
    void a_person_proves_the_own_phone_before_it_counts() throws InterruptedException {
        Visitor me = visitors.signedIn(given.guardian(school, family.pupil(school, klass, "\u5c0f\u660e")));
        String mine = "1350000" + NEXT.incrementAndGet();
        me.get("/account/phone");
        assertThat(me.post("/account/phone", Map.of("phone", mine)).headers().firstValue("Location")).hasValue("/account/phone/code");
        String code = outbox.next(mine);
        me.get("/account/phone/code");
        assertThat(me.post("/account/phone/code", Map.of("code", wrong(code))).statusCode()).isEqualTo(422);
        assertThat(proved(mine)).as("not before the code").isFalse();
        ask(mine);
        assertThat(outbox.silent(mine)).as("nobody signs in by it yet").isTrue();
        assertThat(enter(visitor, code).statusCode()).as("a code that proves a phone does not sign in").isEqualTo(422);
        assertThat(me.post("/account/phone/code", Map.of("code", code)).statusCode()).isEqualTo(303);
        assertThat(proved(mine)).isTrue();
        assertThat(me.get("/account").body()).contains("135****" + mine.substring(7)).doesNotContain(mine);
    }

    @Test
    void the_last_way_in_is_not_given_up() throws InterruptedException {
        ask(phone);
        enter(visitor, outbox.next(phone));
        visitor.get("/account/phone");
        assertThat(visitor.post("/account/phone/removal", Map.of()).statusCode()).isEqualTo(422);
        visitor.get("/account/password");
        visitor.post("/account/password", Map.of("user", "lin" + NEXT.incrementAndGet(), "password", "three blue kites"));
        visitor.get("/account/phone");
        assertThat(visitor.post("/account/phone/removal", Map.of()).statusCode()).isEqualTo(303);
        assertThat(visitors.stranger().get("/sign-in").body()).contains("/sign-in/phone");
    }

    private HttpResponse<String> ask(String number) {
        return visitor.post("/sign-in/phone", Map.of("phone", number, "back", "/account"));
    }

    private static HttpResponse<String> enter(Visitor who, String code) {
        return who.post("/sign-in/code", Map.of("code", code));
    }

    private static String wrong(String code) {
        return code.equals("111111") ? "222222" : "111111";
    }

    private UUID parent(String name, String number) {
        UUID child = family.pupil(school, klass, "\u5c0f\u96e8" + NEXT.incrementAndGet());
        return given.in(school, () -> {
            UUID account = accounts.addByPhone(number, name);
            accounts.grant(account, new Wearer.Grant(Role.GUARDIAN, school, null, null, child, null), null);
            consents.decide(school, child, account, Consents.Decision.GIVEN, "test");
            return account;
        });
    }

    private boolean code(byte[] trace, Duration after) {
        Timestamp at = Timestamp.from(clock.instant().plus(after));
        return given.within(Scope.DOOR, () -> sql.sql("select identity.door_phone_code(:p, :c, :at, :at)").param("p", trace).param("c", new byte[1]).param("at", at).query(Boolean.class).single());
    }

    private boolean proved(String number) {
        return given.within(Scope.DOOR, () -> sql.sql("select account_id from identity.door_account(null, :p)").param("p", accounts.trace(number)).query(UUID.class).list()).stream()
                .anyMatch(a -> given.within(Scope.account(a), () -> sql.sql("select phone_proved_at is not null from identity.credential where account_id = :a").param("a", a).query(Boolean.class).single()));
    }

    private static String strip(String page) {
        return page.replaceAll("name=\"_(csrf|key)\" value=\"[^\"]*\"", "");
    }
}
