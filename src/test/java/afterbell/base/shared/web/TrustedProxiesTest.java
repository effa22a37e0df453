package afterbell.base.shared.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Whose word about the caller counts, and who is answered over plain http. */
class TrustedProxiesTest {
    private final TrustedProxies filter = new TrustedProxies(Networks.of("10.0.0.7, 10.9.0.0/16"));
    private final PlainHttp plain = new PlainHttp();

    private static MockHttpServletRequest from(String address, String host) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
        request.setRemoteAddr(address);
        request.addHeader("Host", host);
        return request;
    }

    private HttpServletRequest seen(MockHttpServletRequest request) throws Exception {
        MockFilterChain chain = new MockFilterChain();
        filter.doFilter(request, new MockHttpServletResponse(), chain);
        return (HttpServletRequest) chain.getRequest();
    }

    @Test
    void a_listed_proxy_is_believed() throws Exception {
        MockHttpServletRequest request = from("10.0.0.7", "school.example");
        request.addHeader("X-Forwarded-For", "203.0.113.9");
        request.addHeader("X-Forwarded-Proto", "https");
        HttpServletRequest seen = seen(request);
        assertThat(seen.getRemoteAddr()).isEqualTo("203.0.113.9");
        assertThat(seen.isSecure()).isTrue();
        assertThatCode(() -> plain.preHandle(seen, new MockHttpServletResponse(), "")).doesNotThrowAnyException();
    }

    @Test
    void anybody_elses_headers_count_for_nothing() throws Exception {
        MockHttpServletRequest request = from("10.0.0.8", "school.example");
        request.addHeader("X-Forwarded-For", "127.0.0.1");
        request.addHeader("X-Forwarded-Proto", "https");
        HttpServletRequest seen = seen(request);
        assertThat(seen.getRemoteAddr()).isEqualTo("10.0.0.8");
        assertThat(seen.isSecure()).isFalse();
        refused(seen, PlainHttp.Reason.PROXY);
    }

    @Test
    void what_the_caller_wrote_before_the_proxy_is_not_the_caller() throws Exception {
        MockHttpServletRequest request = from("10.0.0.7", "school.example");
        request.addHeader("X-Forwarded-For", "127.0.0.1, 203.0.113.9, 10.9.3.3");
        request.addHeader("X-Forwarded-Proto", "https");
        assertThat(seen(request).getRemoteAddr()).isEqualTo("203.0.113.9");
    }

    @Test
    void one_plain_stretch_makes_the_way_plain() throws Exception {
        MockHttpServletRequest request = from("10.0.0.7", "school.example");
        request.addHeader("X-Forwarded-For", "203.0.113.9");
        request.addHeader("X-Forwarded-Proto", "http, https");
        refused(seen(request), PlainHttp.Reason.PROXY);
    }

    @Test
    void this_machine_is_answered_and_its_network_is_not() {
        assertThatCode(() -> plain.preHandle(from("127.0.0.1", "localhost:8080"), new MockHttpServletResponse(), "")).doesNotThrowAnyException();
        assertThatCode(() -> plain.preHandle(from("0:0:0:0:0:0:0:1", "[::1]:8080"), new MockHttpServletResponse(), "")).doesNotThrowAnyException();
        refused(from("192.168.1.20", "192.168.1.5:8080"), PlainHttp.Reason.PLAIN);
    }

    @Test
    void a_proxy_on_this_machine_that_is_not_listed_does_not_make_strangers_local() {
        MockHttpServletRequest forwarded = from("127.0.0.1", "localhost:8080");
        forwarded.addHeader("X-Forwarded-For", "203.0.113.9");
        refused(forwarded, PlainHttp.Reason.PROXY);
        refused(from("127.0.0.1", "school.example"), PlainHttp.Reason.PLAIN);
    }

    private void refused(HttpServletRequest request, PlainHttp.Reason reason) {
        assertThatThrownBy(() -> plain.preHandle(request, new MockHttpServletResponse(), ""))
                .isInstanceOfSatisfying(PlainHttp.Refused.class, r -> assertThat(r.reason()).isEqualTo(reason));
    }
}
