package afterbell.base.shared.web;

import afterbell.base.shared.access.OpenToAll;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Language, letter size and light or dark: kept in a cookie, needs no account. */
@Controller
final class MannersController {
    static final String COOKIE = "ab_manners";

    @OpenToAll
    @PostMapping("/manners")
    ModelAndView keep(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String lang,
            @RequestParam(defaultValue = "") String bigText,
            @RequestParam(defaultValue = "") String theme,
            @RequestParam(defaultValue = "/") String back) {
        Screen.Manners now = Screens.manners(request);
        String language = lang.isEmpty() ? now.locale().getLanguage() : lang.startsWith("en") ? "en" : "zh";
        boolean big = bigText.isEmpty() ? now.bigText() : bigText.equals("true");
        String look = Set.of("auto", "light", "dark").contains(theme) ? theme : now.theme();
        Cookies.set(request, response, COOKIE, language + "." + (big ? "big" : "plain") + "." + look, Duration.ofDays(400));
        return Pages.done(LocalPath.of(back));
    }
}
