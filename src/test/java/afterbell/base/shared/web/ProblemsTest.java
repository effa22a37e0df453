package afterbell.base.shared.web;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Each way in which an operation can fail, and the problem that a program then reads. */
class ProblemsTest {
    MockMvc api;

    record Body(int number) {}

    @RestController
    static final class Planted {
        @PutMapping("/api/v1/things/{id}")
        Body save(@PathVariable UUID id, @RequestHeader(Api.KEY) UUID key, @RequestBody Body body) {
            if (body.number() == 13) throw new IllegalStateException("Zhang Canary 13800138000");
            if (body.number() == 14) throw new CommandKeys.OtherCommand();
            Outcome<Body> outcome = body.number() < 0 ? Outcome.refused(new Refusal.Simple("files.refused.too_large", "number", List.of(20)), new Refusal.Simple("shared.api.other_command")) : Outcome.done(body);
            return Api.take(outcome);
        }

        @GetMapping("/api/v1/things/{id}")
        Body show(@PathVariable UUID id) {
            return new Body(1);
        }
    }

    @BeforeEach
    void start() throws IOException {
        Problems problems = new Problems(new WebConfiguration(null).messageSource());
        api = MockMvcBuilders.standaloneSetup(new Planted()).setControllerAdvice(new Failures(new Ids(Clock.systemUTC()), problems)).build();
    }

    @Test
    void a_refusal_is_422_with_every_reason_in_the_words_of_the_pages() throws Exception {
        api.perform(command("{\"number\": -1}").header("Accept-Language", "en"))
                .andExpect(status().is(422))
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(jsonPath("$.type").value("urn:afterbell:refused"))
                .andExpect(jsonPath("$.reasons.length()").value(2))
                .andExpect(jsonPath("$.reasons[0].field").value("number"))
                .andExpect(jsonPath("$.reasons[1].field").doesNotExist())
                .andExpect(jsonPath("$.reasons[1].says").value("This key was used for another command"))
                .andExpect(jsonPath("$.reasons[1].next").isNotEmpty());
    }

    @Test
    void the_sentences_are_chinese_unless_english_is_asked_for() throws Exception {
        api.perform(command("{\"number\": 14}")).andExpect(status().is(422)).andExpect(jsonPath("$.title").value(Matchers.startsWith("\u8fd9\u4e2a\u7f16\u53f7")));
    }

    @Test
    void a_bug_is_500_with_an_incident_id_and_nothing_of_its_text() throws Exception {
        api.perform(command("{\"number\": 13}"))
                .andExpect(status().is(500))
                .andExpect(jsonPath("$.incident").isNotEmpty())
                .andExpect(content().string(Matchers.not(Matchers.containsString("Canary"))));
    }

    @Test
    void a_body_or_key_that_cannot_be_read_is_400_and_a_mistyped_address_404() throws Exception {
        UUID id = UUID.randomUUID();
        api.perform(command("{\"number\": ")).andExpect(status().is(400)).andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON));
        api.perform(put("/api/v1/things/" + id).contentType(MediaType.APPLICATION_JSON).content("{\"number\": 1}")).andExpect(status().is(400));
        api.perform(put("/api/v1/things/" + id).header(Api.KEY, "one").contentType(MediaType.APPLICATION_JSON).content("{\"number\": 1}")).andExpect(status().is(400));
        api.perform(get("/api/v1/things/mistyped")).andExpect(status().is(404)).andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON));
    }

    private static org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder command(String body) {
        return put("/api/v1/things/" + UUID.randomUUID()).header(Api.KEY, UUID.randomUUID().toString()).contentType(MediaType.APPLICATION_JSON).content(body);
    }
}
