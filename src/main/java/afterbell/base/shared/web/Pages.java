package afterbell.base.shared.web;

import java.io.Serializable;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.view.RedirectView;

/** The three answers of a page handler: shown, done (303) and refused (422 with the form as typed). */
public final class Pages {
    static final String FLASH = "flash";

    /** A sentence shown once after a done act. */
    record Flash(String key, List<Object> facts) implements Serializable {
        private static final long serialVersionUID = 1;
    }

    private Pages() {}

    /** @param template for example {@code enrolment/choosing/sheet} */
    public static ModelAndView show(String template, Object page) {
        return new ModelAndView(template, "page", page);
    }

    public static ModelAndView refused(String template, Object page) {
        ModelAndView view = show(template, page);
        view.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        return view;
    }

    /** Done: leads on to a page of this application. */
    public static ModelAndView done(String path) {
        RedirectView to = new RedirectView(path, false, false, false);
        to.setStatusCode(HttpStatus.SEE_OTHER);
        return new ModelAndView(to);
    }

    /** Done, with a sentence that the next page shows once. */
    public static ModelAndView done(String path, RedirectAttributes redirect, String messageKey, Object... facts) {
        redirect.addFlashAttribute(FLASH, new Flash(messageKey, List.of(facts)));
        return done(path);
    }
}
