package afterbell.desk.desk.styleguide;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.testing.Browsers;
import afterbell.testing.HouseTest;
import afterbell.testing.Look;
import afterbell.testing.Visitor;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

@HouseTest
@TestPropertySource(properties = "afterbell.styleguide=true")
class StyleguideJourneyIT {
    @Autowired
    private Visitor.Maker visitors;

    static Stream<Look> looks() {
        return Stream.of(Look.PHONE, Look.PHONE.dark(), Look.PHONE.big(), Look.DESK, Look.DESK.dark().english(), new Look(800, "light", false, "zh"));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void every_component_is_accessible_and_fits(Look look) {
        List<String> complaints = new ArrayList<>();
        Page page = Browsers.open(visitors.base(), look, complaints);
        page.navigate("/styleguide");
        page.waitForSelector(".chart-canvas canvas");
        assertThat(Browsers.axe(page)).isEmpty();
        assertThat(Browsers.tooWide(page)).isEmpty();
        assertThat(Browsers.tooSmall(page)).isEmpty();
        assertThat(complaints).as("nothing blocked, nothing missing").isEmpty();
        assertThat(page.content()).as("a key without words").doesNotContainPattern("\\?[a-z]+\\.[a-z_.]+\\?");
        page.context().close();
    }

    @Test
    void a_refused_form_keeps_the_typing_and_stands_at_the_first_fault() {
        Page page = Browsers.open(visitors.base(), Look.PHONE);
        page.navigate("/styleguide");
        page.fill("#f-name", "林知夏");
        page.fill("#f-phone", "13800");
        page.click("#sample .btn-main");
        page.waitForLoadState(LoadState.LOAD);
        assertThat(page.inputValue("#f-name")).isEqualTo("林知夏");
        assertThat(page.inputValue("#f-phone")).isEqualTo("13800");
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("f-phone");
        assertThat(page.getAttribute("#f-phone", "aria-describedby")).contains("f-phone-fault");
        page.context().close();
    }

    @Test
    void typing_survives_a_closed_page_and_is_forgotten_once_sent() {
        Page page = Browsers.open(visitors.base(), Look.PHONE);
        page.navigate("/styleguide");
        page.fill("#f-name", "陈沐阳");
        page.fill("#f-code", "123456");
        page.navigate("/sign-in");
        page.navigate("/styleguide");
        assertThat(page.inputValue("#f-name")).isEqualTo("陈沐阳");
        assertThat(page.inputValue("#f-code")).as("codes are never kept").isEmpty();
        assertThat(page.isVisible("[data-keep-note]")).isTrue();
        page.fill("#f-phone", "13800000000");
        page.click("#sample .btn-main");
        page.waitForSelector(".toast");
        assertThat(page.inputValue("#f-name")).isEmpty();
        page.context().close();
    }

    @Test
    void wishes_move_by_arrow_and_by_grip() {
        Page page = Browsers.open(visitors.base(), Look.DESK);
        page.navigate("/styleguide");
        page.waitForSelector(".ranks.sortable");
        assertThat(order(page)).containsExactly("a", "b", "c");
        page.click("button[data-rank=up][value='up:b']");
        assertThat(order(page)).containsExactly("b", "a", "c");
        Locator grip = page.locator(".rank .grip").nth(2);
        grip.scrollIntoViewIfNeeded();
        grip.hover();
        page.mouse().down();
        var first = page.locator(".rank").first().boundingBox();
        page.mouse().move(first.x + 20, first.y + 20, new com.microsoft.playwright.Mouse.MoveOptions().setSteps(12));
        page.waitForTimeout(250); // the rows slide to their new places
        page.mouse().move(first.x + 20, first.y + 3, new com.microsoft.playwright.Mouse.MoveOptions().setSteps(6));
        page.waitForTimeout(250);
        page.mouse().up();
        assertThat(order(page)).containsExactly("c", "b", "a");
        page.context().close();
    }

    @SuppressWarnings("unchecked")
    private static List<String> order(Page page) {
        return (List<String>) page.evaluate("[...document.querySelectorAll('.ranks input[type=hidden]')].map(e => e.value)");
    }

    @Test
    void saves_as_you_go_and_renews_what_depends_on_it() {
        Page page = Browsers.open(visitors.base(), Look.PHONE);
        page.navigate("/styleguide");
        page.click("label:has(input[name=stay][value=both])");
        page.waitForSelector("[data-save-state=stay-form][data-state=saved]");
        assertThat(page.innerText("#stay-answer")).contains("4");
        assertThat(page.innerText("[data-save-state=stay-form] [data-words]")).matches("已保存 \\d\\d:\\d\\d");
        assertThat(page.url()).as("the address stays").endsWith("/styleguide");
        page.context().close();
    }

    @Test
    void a_refused_save_shows_the_fault_at_its_field_and_the_next_save_mends_it() {
        Page page = Browsers.open(visitors.base(), Look.PHONE);
        page.navigate("/styleguide");
        page.click("label:has(input[name=stay][value=odd])");
        page.waitForSelector("#stay-form .fault");
        assertThat(page.getAttribute("[data-save-state=stay-form]", "data-state")).isEqualTo("refused");
        assertThat(page.isChecked("input[name=stay][value=odd]")).as("the choice stays").isTrue();
        page.click("label:has(input[name=stay][value=first])");
        page.waitForSelector("[data-save-state=stay-form][data-state=saved]");
        page.context().close();
    }

    @Test
    void without_network_the_choice_stays_and_is_saved_when_the_network_is_back() {
        Page page = Browsers.open(visitors.base(), Look.PHONE);
        page.navigate("/styleguide");
        page.context().setOffline(true);
        page.click("label:has(input[name=stay][value=first])");
        page.waitForSelector("[data-save-state=stay-form][data-state=offline]");
        assertThat(page.isVisible("[data-net]")).isTrue();
        assertThat(page.isChecked("input[name=stay][value=first]")).isTrue();
        page.context().setOffline(false);
        page.waitForSelector("[data-save-state=stay-form][data-state=saved]");
        assertThat(page.innerText("#stay-answer")).contains("5");
        assertThat(page.isVisible("[data-net]")).isFalse();
        page.context().close();
    }

    @Test
    void larger_letters_and_the_dark_last() {
        Page page = Browsers.open(visitors.base(), Look.PHONE);
        page.navigate("/styleguide");
        page.click("header .bar-text");
        page.waitForSelector("html[data-text=big]");
        assertThat(page.evaluate("getComputedStyle(document.body).fontSize")).isEqualTo("20px");
        page.click(".topbar summary");
        page.click("button[name=theme][value=dark]");
        page.waitForSelector("html[data-theme=dark]");
        page.navigate("/styleguide");
        assertThat(page.isVisible("html[data-theme=dark][data-text=big]")).isTrue();
        page.context().close();
    }

    @Test
    void paper_is_paper() {
        Page page = Browsers.open(visitors.base(), Look.DESK);
        page.navigate("/styleguide/paper");
        assertThat(Browsers.axe(page)).isEmpty();
        byte[] pdf = page.pdf(new Page.PdfOptions().setPreferCSSPageSize(true));
        String text = new String(pdf, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(text.split("/Type /Page\\b(?!s)", -1).length - 1).as("two sheets, two pages").isEqualTo(2);
        page.context().close();
    }
}
