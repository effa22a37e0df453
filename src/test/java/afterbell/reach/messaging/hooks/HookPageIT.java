package afterbell.reach.messaging.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.base.shared.access.Role;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@HouseTest
class HookPageIT {
    @Autowired
    GivenSchool given;

    @Autowired
    Visitor.Maker visitors;

    @Test
    void the_secret_of_a_new_system_is_shown_once_and_the_system_can_be_stopped() {
        UUID school = given.school();
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        office.get("/office/webhooks");
        assertThat(office.post("/office/webhooks", Map.of("name", "平台", "address", "http://example.org/hear")).statusCode()).isEqualTo(422);
        String made = office.post("/office/webhooks", Map.of("name", "平台", "address", "https://example.org/hear?token=abc")).body();
        Matcher secret = Pattern.compile("id=\"secret\"[^>]*>([A-Za-z0-9_-]{32})<").matcher(made);
        assertThat(secret.find()).isTrue();
        String later = office.get("/office/webhooks").body();
        assertThat(later).contains("平台").contains("example.org").doesNotContain(secret.group(1)).doesNotContain("token=abc");
        Matcher hook = Pattern.compile("/office/webhooks/([0-9a-f-]{36})/end").matcher(later);
        assertThat(hook.find()).isTrue();
        Visitor stranger = visitors.signedIn(given.staff(given.school(), Role.OFFICE));
        stranger.get("/office/webhooks");
        assertThat(stranger.post("/office/webhooks/" + hook.group(1) + "/end", Map.of()).statusCode()).isEqualTo(404);
        assertThat(office.post("/office/webhooks/" + hook.group(1) + "/end", Map.of()).statusCode()).isEqualTo(303);
        assertThat(office.get("/office/webhooks").body()).doesNotContain("平台</h2>");
    }
}
