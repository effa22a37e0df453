package afterbell.reach.messaging.ways;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.identity.RateLimits;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.crypto.PersonalData;
import afterbell.base.shared.web.Offscreen;
import afterbell.base.shared.web.PublicAddress;
import afterbell.reach.messaging.Handed;
import afterbell.reach.messaging.MailSettings;
import afterbell.reach.messaging.Mailer;
import afterbell.reach.messaging.ShortMessages;
import afterbell.reach.messaging.StopSecret;
import afterbell.testing.GivenClass;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Multipart;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@HouseTest
class WayIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenClass classes;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    WayStore store;

    @Autowired
    StopSecret stops;

    @Autowired
    PersonalData personal;

    @Autowired
    Offscreen offscreen;

    @Autowired
    PublicAddress address;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    Clock clock;

    @Autowired
    Ids ids;

    @Autowired
    JdbcClient sql;

    @Autowired
    RateLimits limits;

    private final GreenMail post = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final List<String> texts = new ArrayList<>();

    @BeforeEach
    void open() {
        post.start();
    }

    @AfterEach
    void close() {
        post.stop();
    }

    private ChooseWay ways() {
        Mailer mailer = new Mailer(new MailSettings("127.0.0.1", post.getSmtp().getPort(), MailSettings.Security.NONE, "", "", null, "school@afterbell.test"), address, clock);
        ShortMessages phones = new ShortMessages() {
            @Override
            public boolean ready() {
                return true;
            }

            @Override
            public Handed send(UUID id, String phone, String text) {
                texts.add(text);
                return new Handed.Sent();
            }
        };
        return new ChooseWay(store, mailer, phones, stops, personal, offscreen, address, limits, transactions, clock, ids);
    }

    private record Mother(UUID school, Wearer wearer) {}

    private Mother mother() {
        UUID school = given.school();
        GivenClass.Made a = classes.of(school, 3, 2, 1);
        GivenClass.Grown m = classes.grown(school, a.pupils().getFirst(), Role.GUARDIAN, "guardian", "母");
        return new Mother(school, new Wearer(m.account(), "母", afterbell.base.shared.access.Hat.FAMILY, List.of(new Wearer.Grant(Role.GUARDIAN, school, null, null, a.pupils().getFirst(), null)), false));
    }

    private <T> T as(Mother m, Supplier<T> work) {
        return Scopes.within(m.wearer().scope(), work);
    }

    private Map<String, Object> way(Mother m, String channel) {
        return given.in(m.school(), () -> sql.sql("select chosen, confirmed_at is not null as confirmed, encode(sealed, 'escape') as sealed from messaging.way where account_id = :a and channel = :c")
                .param("a", m.wearer().account())
                .param("c", channel)
                .query()
                .singleRow());
    }

    @Test
    @Req("R54")
    void a_mail_address_is_used_only_after_the_link_in_the_mail_was_confirmed_and_stops_with_one_post() throws Exception {
        Mother m = mother();
        assertThat(as(m, () -> ways().mail(m.wearer(), " mother@families.test ", Locale.SIMPLIFIED_CHINESE))).isInstanceOf(Outcome.Done.class);
        assertThat(way(m, "MAIL")).containsEntry("confirmed", false);
        assertThat(way(m, "MAIL").get("sealed").toString()).as("sealed, not written").doesNotContain("mother");
        String text = ((Multipart) post.getReceivedMessages()[0].getContent()).getBodyPart(0).getContent().toString();
        Matcher link = Pattern.compile("https?://[^/]+(/mail-confirm/[A-Za-z0-9_-]+)").matcher(text);
        assertThat(link.find()).isTrue();
        Visitor anyone = visitors.stranger();
        assertThat(anyone.get(link.group(1)).body()).contains("确认邮箱");
        assertThat(way(m, "MAIL")).as("a GET confirms nothing").containsEntry("confirmed", false);
        assertThat(anyone.post(link.group(1), Map.of()).body()).contains("邮箱已确认");
        assertThat(way(m, "MAIL")).containsEntry("confirmed", true).containsEntry("chosen", true);
        assertThat(anyone.post(link.group(1), Map.of()).body()).contains("已经失效");

        byte[] key = given.in(m.school(), () -> sql.sql("select way_key from messaging.way where account_id = :a").param("a", m.wearer().account()).query(byte[].class).single());
        String stop = "/mail-stop/" + stops.of(key).text();
        assertThat(visitors.stranger().get(stop).body()).contains("不再收邮件");
        // A mail program has no cookie and no token of a form (RFC 8058).
        HttpResponse<String> one = HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create(visitors.base() + stop)).header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString("List-Unsubscribe=One-Click")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(one.statusCode()).isEqualTo(200);
        assertThat(way(m, "MAIL")).containsEntry("chosen", false);
        assertThat(GreenMailUtil.getBody(post.getReceivedMessages()[0])).as("the mail to confirm has no list to leave").doesNotContain("mail-stop");
    }

    @Test
    void a_wrong_secret_confirms_and_stops_nothing() {
        Visitor anyone = visitors.stranger();
        for (String path : List.of("/mail-confirm/nonsense", "/mail-stop/nonsense", "/mail-stop/" + "A".repeat(32))) {
            assertThat(anyone.get(path).body()).contains("已经失效");
            assertThat(anyone.post(path, Map.of()).body()).contains("已经失效");
        }
    }

    @Test
    @Req("R54")
    void a_telephone_is_used_after_its_code_and_five_wrong_codes_end_it() {
        Mother m = mother();
        assertThat(as(m, () -> ways().phone(m.wearer(), "12345", Locale.SIMPLIFIED_CHINESE))).isInstanceOf(Outcome.Refused.class);
        as(m, () -> ways().phone(m.wearer(), "138 0000 " + String.format(Locale.ROOT, "%04d", Math.floorMod(m.school().hashCode(), 10_000)), Locale.SIMPLIFIED_CHINESE));
        String code = texts.getLast().replaceAll(".*?(\\d{6}).*", "$1");
        String wrong = code.equals("000000") ? "000001" : "000000";
        assertThat(as(m, () -> ways().code(m.wearer(), wrong))).isInstanceOf(Outcome.Refused.class);
        assertThat(as(m, () -> ways().code(m.wearer(), code.substring(0, 3) + " " + code.substring(3)))).isInstanceOf(Outcome.Done.class);
        assertThat(way(m, "SMS")).containsEntry("confirmed", true);

        Mother n = mother();
        as(n, () -> ways().phone(n.wearer(), "139 0000 " + String.format(Locale.ROOT, "%04d", Math.floorMod(n.school().hashCode(), 10_000)), Locale.SIMPLIFIED_CHINESE));
        String right = texts.getLast().replaceAll(".*?(\\d{6}).*", "$1");
        for (int i = 0; i < 5; i++) as(n, () -> ways().code(n.wearer(), right.equals("000000") ? "000001" : "000000"));
        assertThat(as(n, () -> ways().code(n.wearer(), right))).as("the sixth try, right or not").isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void addresses_that_are_none_are_refused() {
        Mother m = mother();
        for (String bad : List.of("", "x", "a@b", "a b@c.de", "a@b..de", "<a@b.de>", "a@b.de\r\nBcc: c@d.ef", "a@" + "b".repeat(300) + ".de"))
            assertThat(as(m, () -> ways().mail(m.wearer(), bad, Locale.SIMPLIFIED_CHINESE))).as(bad).isInstanceOf(Outcome.Refused.class);
        assertThat(post.getReceivedMessages()).isEmpty();
        assertThat(ChooseWay.hiddenMail("mother@families.test")).isEqualTo("mo***@families.test");
        assertThat(ChooseWay.hiddenPhone("13800001234")).isEqualTo("138****1234");
    }

    @Test
    void the_page_offers_only_what_this_node_can_send_and_there_is_no_demo_telephone_on_a_real_node() {
        UUID school = given.school();
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        assertThat(office.get("/me/ways").body()).contains("学校还没有开通邮件").contains("学校还没有开通短信");
        assertThat(office.post("/me/ways/mail", Map.of("mail", "a@b.cn")).statusCode()).isEqualTo(422);
        assertThat(visitors.stranger().get("/demo/phone").statusCode()).isEqualTo(404);
    }
}
