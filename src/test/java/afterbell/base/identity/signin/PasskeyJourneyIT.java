package afterbell.base.identity.signin;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.access.Role;
import afterbell.testing.Browsers;
import afterbell.testing.GivenFamily;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Look;
import afterbell.testing.Visitor;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** With the virtual authenticator of a real browser, under the name localhost. */
@HouseTest
@Req("P13")
class PasskeyJourneyIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenFamily family;

    @Autowired
    Visitor.Maker visitors;

    String base;
    String user;
    UUID school;

    @BeforeEach
    void a_parent() {
        base = visitors.base().replace("127.0.0.1", "localhost");
        school = given.school();
        user = given.guardian(school, family.pupil(school, family.schoolClass(school), "\u6797\u5c0f\u96e8"));
    }

    @Test
    void a_passkey_is_made_on_the_account_page_and_signs_in_later() {
        Page page = Browsers.open(base, Look.PHONE);
        CDPSession devtools = authenticator(page, true);
        signIn(page);
        make(page, "my phone");
        assertThat(page.locator("main").textContent()).contains("my phone");

        signOut(page);
        page.locator("form[data-passkey=get] button").click();
        page.waitForURL(base + "/account");
        assertThat(page.locator("main").textContent()).contains(user);

        signOut(page);
        devtools.send("WebAuthn.setUserVerified", json("authenticatorId", id, "isUserVerified", false));
        page.locator("form[data-passkey=get] button").click();
        page.locator("[data-passkey-words]:not(:empty)").waitFor();
        assertThat(page.url()).as("without finger or PIN nobody gets in").contains("/sign-in");
        page.context().close();
    }

    @Test
    void a_removed_passkey_opens_nothing() {
        Page page = Browsers.open(base, Look.PHONE);
        authenticator(page, true);
        signIn(page);
        make(page, "old phone");
        page.locator("form[action$='/removal'] button").click();
        page.waitForURL(base + "/account/passkeys");
        signOut(page);
        page.locator("form[data-passkey=get] button").click();
        page.waitForURL(base + "/sign-in*");
        page.locator("text=" + "\u6ca1\u6709\u901a\u8fc7").first().waitFor();
        page.context().close();
    }

    @Test
    void a_browser_without_passkeys_sees_none_of_it() {
        Page page = Browsers.open(base, Look.PHONE);
        page.addInitScript("delete window.PublicKeyCredential");
        page.navigate("/sign-in");
        page.locator("form#sign-in").waitFor();
        assertThat(page.locator("form[data-passkey=get]").isVisible()).isFalse();
        signIn(page);
        page.navigate("/account/passkeys");
        assertThat(page.locator("form[data-passkey=create]").isVisible()).isFalse();
        assertThat(page.locator("[data-passkey-missing]").isVisible()).isTrue();
        page.context().close();
    }

    @Test
    void what_no_authenticator_signed_is_refused() {
        Visitor forger = visitors.signedIn(given.staff(school, Role.OFFICE));
        forger.get("/account/passkeys");
        for (String forged : new String[] {"{}", "x", "{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\",\"response\":{}}"}) {
            assertThat(forger.post("/account/passkeys", Map.of("label", "x", "credential", forged)).statusCode()).as(forged).isEqualTo(422);
            Visitor stranger = visitors.stranger();
            stranger.get("/sign-in");
            assertThat(stranger.post("/sign-in/passkey", Map.of("credential", forged)).headers().firstValue("Location")).hasValue("/sign-in");
        }
    }

    private String id = "";

    private CDPSession authenticator(Page page, boolean verified) {
        CDPSession devtools = page.context().newCDPSession(page);
        devtools.send("WebAuthn.enable");
        JsonObject options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "internal");
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", verified);
        options.addProperty("automaticPresenceSimulation", true);
        JsonObject wrapped = new JsonObject();
        wrapped.add("options", options);
        id = devtools.send("WebAuthn.addVirtualAuthenticator", wrapped).get("authenticatorId").getAsString();
        return devtools;
    }

    private static JsonObject json(String a, String value, String b, boolean flag) {
        JsonObject json = new JsonObject();
        json.addProperty(a, value);
        json.addProperty(b, flag);
        return json;
    }

    private void signIn(Page page) {
        page.navigate("/sign-in?back=/account");
        page.fill("form#sign-in input[name=user]", user);
        page.fill("form#sign-in input[name=password]", GivenSchool.PASSWORD);
        page.locator("form#sign-in button[type=submit]").click();
        page.waitForURL(base + "/account");
    }

    private void make(Page page, String label) {
        page.navigate("/account/passkeys");
        page.fill("input[name=label]", label);
        page.locator("form[data-passkey=create] button").click();
        page.locator(".rows").waitFor(new com.microsoft.playwright.Locator.WaitForOptions().setState(WaitForSelectorState.VISIBLE));
    }

    private void signOut(Page page) {
        page.context().clearCookies();
        page.navigate("/sign-in?back=/account");
        page.locator("form[data-passkey=get] button").waitFor();
    }
}
