package afterbell.base.shared.web;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;

@Req("P9")
class KeyboardOnlyTest {
    @Test
    void takes_out_what_no_keyboard_types_and_leaves_lines_tabs_and_rare_characters() throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/notices");
        request.addParameter("text", "a\u0000b\u0007\u001b\u0085c", "d\r\n\te\ud842\udfb7\u202e");
        MockFilterChain chain = new MockFilterChain();
        new KeyboardOnly().doFilter(request, new MockHttpServletResponse(), chain);
        HttpServletRequest seen = (HttpServletRequest) Objects.requireNonNull(chain.getRequest());
        assertThat(seen.getParameter("text")).isEqualTo("abc");
        assertThat(seen.getParameterValues("text")).containsExactly("abc", "d\r\n\te\ud842\udfb7\u202e");
        assertThat(seen.getParameterMap().get("text")).containsExactly("abc", "d\r\n\te\ud842\udfb7\u202e");
        assertThat(seen.getParameter("title")).isNull();
    }

    @Test
    void the_name_of_a_file_loses_the_same_and_may_be_missing() {
        assertThat(FileNames.of(new MockMultipartFile("file", "a\u0000\u001bb.xlsx", null, new byte[1]))).isEqualTo("ab.xlsx");
        assertThat(FileNames.of(new MockMultipartFile("file", null, null, new byte[1]))).isEmpty();
    }
}
