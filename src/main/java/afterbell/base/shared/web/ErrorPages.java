package afterbell.base.shared.web;

import afterbell.base.shared.access.OpenToAll;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.apache.tomcat.util.http.fileupload.InvalidFileNameException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** What fails outside every handler, while a page is drawn or in a filter, gets the same page as all else; {@link Failures} logs it and gives the incident id. */
@Controller
final class ErrorPages implements ErrorController {
    private final Failures failures;

    ErrorPages(Failures failures) {
        this.failures = failures;
    }

    @OpenToAll
    @RequestMapping("/error")
    Object show(HttpServletRequest request) {
        String path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String asked ? asked : "/";
        @Nullable Object thrown = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        if (thrown instanceof ServletException wrapper && wrapper.getCause() != null) thrown = wrapper.getCause();
        // A form too large for its bounds is noticed by the first filter that reads a field of it: the sender's fault, no bug.
        if (thrown instanceof InvalidParameterException wrong) return failures.outside(wrong.getErrorCode(), request, path);
        // A file whose name holds a NUL, which no device has: the container reads no field of such a form.
        if (thrown instanceof InvalidFileNameException) return failures.outside(HttpStatus.BAD_REQUEST.value(), request, path);
        if (thrown instanceof Exception cause) return failures.outside(cause, request, path);
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : HttpStatus.NOT_FOUND.value();
        return failures.outside(status, request, path);
    }

    /** What the service worker shows for a page it has never seen. */
    @OpenToAll
    @GetMapping("/offline")
    ModelAndView offline() {
        return new ModelAndView("layout/offline");
    }
}
