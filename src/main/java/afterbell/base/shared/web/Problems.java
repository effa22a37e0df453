package afterbell.base.shared.web;

import afterbell.base.shared.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Writes a {@link Problem} in the language of the request. */
@Component
final class Problems {
    private final MessageSource messages;

    Problems(MessageSource messages) {
        this.messages = messages;
    }

    ResponseEntity<Problem> of(HttpServletRequest request, HttpStatusCode status, String incident) {
        String key = "shared.failure." + new FailurePage(status.value(), incident).words();
        Locale locale = Screens.manners(request).locale();
        return answer(status, new Problem("about:blank", words(key, locale), status.value(), words(key + ".next", locale), incident.isEmpty() ? null : incident, null));
    }

    ResponseEntity<Problem> refused(HttpServletRequest request, List<? extends Refusal> refusals) {
        Locale locale = Screens.manners(request).locale();
        List<Problem.Reason> reasons = refusals.stream().map(r -> reason(r, locale)).toList();
        HttpStatus status = HttpStatus.UNPROCESSABLE_CONTENT;
        Problem.Reason first = reasons.getFirst();
        return answer(status, new Problem(Problem.REFUSED, first.says(), status.value(), first.next() == null ? "" : first.next(), null, reasons));
    }

    private Problem.Reason reason(Refusal refusal, Locale locale) {
        Object[] facts = refusal.facts().toArray();
        @Nullable String next = messages.getMessage(refusal.messageKey() + ".next", facts, null, locale);
        String says = Objects.requireNonNull(messages.getMessage(refusal.messageKey(), facts, refusal.messageKey(), locale));
        return new Problem.Reason(refusal.messageKey(), refusal.field().isEmpty() ? null : refusal.field(), says, next);
    }

    private String words(String key, Locale locale) {
        return Objects.requireNonNull(messages.getMessage(key, null, key, locale));
    }

    private static ResponseEntity<Problem> answer(HttpStatusCode status, Problem problem) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (status.value() == HttpStatus.UNAUTHORIZED.value()) answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        return answer.body(problem);
    }
}
