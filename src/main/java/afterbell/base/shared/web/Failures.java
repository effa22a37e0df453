package afterbell.base.shared.web;

import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Forbidden;
import afterbell.base.shared.access.SecondFactorFirst;
import afterbell.base.shared.access.SignInFirst;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.servlet.ModelAndView;

/** The one place where something unexpected becomes an answer: a page with an incident id, never the exception's text (which may hold data). */
@ControllerAdvice
final class Failures {
    private static final Logger log = LoggerFactory.getLogger(Failures.class);
    private final Ids ids;
    private final Problems problems;

    Failures(Ids ids, Problems problems) {
        this.ids = ids;
        this.problems = problems;
    }

    @ExceptionHandler
    Object notFound(NotFound e, HttpServletRequest request) {
        return answer(request, HttpStatus.NOT_FOUND, "");
    }

    // A place in the address that is no id is an address that does not exist; a header that is no id is a mistake of the program that sent it.
    @ExceptionHandler
    Object unreadable(MethodArgumentTypeMismatchException e, HttpServletRequest request) {
        return answer(request, e.getParameter().hasParameterAnnotation(RequestHeader.class) ? HttpStatus.BAD_REQUEST : HttpStatus.NOT_FOUND, "");
    }

    @ExceptionHandler
    Object unreadable(HttpMessageNotReadableException e, HttpServletRequest request) {
        return answer(request, HttpStatus.BAD_REQUEST, "");
    }

    /** Bytes that are no text, in an address: the sender's fault, no bug. */
    @ExceptionHandler
    Object unreadable(InvalidParameterException e, HttpServletRequest request) {
        return answer(request, HttpStatusCode.valueOf(e.getErrorCode()), "");
    }

    @ExceptionHandler
    Object refused(Api.Refused e, HttpServletRequest request) {
        return problems.refused(request, e.refusals());
    }

    @ExceptionHandler
    Object otherCommand(CommandKeys.OtherCommand e, HttpServletRequest request) {
        if (api(request)) return problems.refused(request, List.of(new Refusal.Simple("shared.api.other_command")));
        return answer(request, HttpStatus.UNPROCESSABLE_CONTENT, "");
    }

    @ExceptionHandler
    Object forbidden(Forbidden e, HttpServletRequest request) {
        return answer(request, HttpStatus.FORBIDDEN, "");
    }

    @ExceptionHandler
    Object plainHttp(PlainHttp.Refused e, HttpServletRequest request) {
        if (api(request)) return answer(request, HttpStatus.FORBIDDEN, "");
        ModelAndView view = Pages.show("layout/plainhttp", new PlainHttpPage(e.reason() == PlainHttp.Reason.PROXY));
        view.setStatus(HttpStatus.FORBIDDEN);
        return view;
    }

    @ExceptionHandler
    Object signInFirst(SignInFirst e, HttpServletRequest request) {
        if (api(request)) return answer(request, HttpStatus.UNAUTHORIZED, "");
        return Pages.done("/sign-in?back=" + URLEncoder.encode(back(request), StandardCharsets.UTF_8));
    }

    @ExceptionHandler
    Object secondFactorFirst(SecondFactorFirst e, HttpServletRequest request) {
        if (api(request)) return answer(request, HttpStatus.FORBIDDEN, "");
        return Pages.done("/second-factor?back=" + URLEncoder.encode(back(request), StandardCharsets.UTF_8));
    }

    @ExceptionHandler
    Object tooMany(TooMany e, HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Retry-After", Long.toString(e.seconds()));
        return answer(request, HttpStatus.TOO_MANY_REQUESTS, "");
    }

    @ExceptionHandler
    Object tooLarge(MaxUploadSizeExceededException e, HttpServletRequest request) {
        return answer(request, HttpStatus.CONTENT_TOO_LARGE, "");
    }

    @ExceptionHandler
    Object busy(CannotCreateTransactionException e, HttpServletRequest request) {
        return answer(request, HttpStatus.SERVICE_UNAVAILABLE, incident(e));
    }

    /** The caller went away before the answer was whole: nobody reads it, and nothing failed here. */
    @ExceptionHandler
    void gone(AsyncRequestNotUsableException e) {}

    @ExceptionHandler
    Object other(Exception e, HttpServletRequest request) {
        if (e instanceof ErrorResponse known) return answer(request, known.getStatusCode(), "");
        return answer(request, HttpStatus.INTERNAL_SERVER_ERROR, incident(e));
    }

    private String incident(Exception e) {
        String incident = ids.next().toString();
        log.atError().addKeyValue("incident", incident).addKeyValue("kind", e.getClass().getName()).addKeyValue("trace", Traces.of(e)).log("a request failed");
        return incident;
    }

    /** A bug outside the handlers. */
    Object outside(Exception e, HttpServletRequest request, String path) {
        return answer(request, path, HttpStatus.INTERNAL_SERVER_ERROR, incident(e));
    }

    /** A refusal of the container or of a filter; the one filter that answers 403 is the check of the form token. */
    Object outside(int status, HttpServletRequest request, String path) {
        if (status != HttpStatus.FORBIDDEN.value() || api(path)) return answer(request, path, HttpStatusCode.valueOf(status), "");
        ModelAndView view = Pages.show("layout/failure", new FailurePage(419, ""));
        view.setStatus(HttpStatus.FORBIDDEN);
        return view;
    }

    private Object answer(HttpServletRequest request, HttpStatusCode status, String incident) {
        return answer(request, request.getRequestURI(), status, incident);
    }

    private Object answer(HttpServletRequest request, String path, HttpStatusCode status, String incident) {
        if (api(path)) return problems.of(request, status, incident);
        ModelAndView view = Pages.show("layout/failure", new FailurePage(status.value(), incident));
        view.setStatus(Objects.requireNonNull(status));
        return view;
    }

    private static String back(HttpServletRequest request) {
        if (!request.getMethod().equals("GET")) return "/";
        return request.getRequestURI() + (request.getQueryString() == null ? "" : "?" + request.getQueryString());
    }

    private static boolean api(HttpServletRequest request) {
        return api(request.getRequestURI());
    }

    private static boolean api(String path) {
        return path.startsWith("/api/");
    }
}
