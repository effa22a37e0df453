package afterbell.desk.desk.styleguide;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.OpenToAll;
import afterbell.base.shared.web.Listing;
import afterbell.base.shared.web.Pages;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@ConditionalOnExpression("${afterbell.demo:false} or ${afterbell.styleguide:false}")
final class StyleguideController {
    private final Clock clock;

    StyleguideController(Clock clock) {
        this.clock = clock;
    }

    @OpenToAll
    @GetMapping("/styleguide")
    ModelAndView show(HttpServletRequest request) {
        return Pages.show("desk/styleguide/page", page(request, List.of(), Map.of()));
    }

    @OpenToAll
    @GetMapping("/styleguide/paper")
    ModelAndView paper() {
        return new ModelAndView("desk/styleguide/paper");
    }

    /** The sample form: refuses an empty name and an odd phone number, and keeps what was typed. */
    @OpenToAll
    @PostMapping("/styleguide")
    ModelAndView send(
            HttpServletRequest request,
            RedirectAttributes redirect,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String phone) {
        List<Refusal> refusals = new ArrayList<>();
        if (name.isBlank()) refusals.add(new Refusal.Simple("styleguide.refused.name", "name", List.of()));
        if (!phone.matches("1\\d{10}")) refusals.add(new Refusal.Simple("styleguide.refused.phone", "phone", List.of(phone.length())));
        if (refusals.isEmpty()) return Pages.done("/styleguide", redirect, "styleguide.sent");
        return Pages.refused("desk/styleguide/page", page(request, refusals, Map.of("name", name, "phone", phone)));
    }

    /** Saves as you go: any answer is taken, save "odd", which is refused. */
    @OpenToAll
    @PostMapping("/styleguide/saved")
    ModelAndView save(HttpServletRequest request, @RequestParam(defaultValue = "") String stay) {
        if (!stay.equals("odd")) return Pages.done("/styleguide?stay=" + URLEncoder.encode(stay, StandardCharsets.UTF_8));
        return Pages.refused("desk/styleguide/page", page(request, List.of(new Refusal.Simple("styleguide.refused.stay", "stay", List.of())), Map.of("stay", stay)));
    }

    private StyleguidePage page(HttpServletRequest request, List<Refusal> refusals, Map<String, String> typed) {
        Listing list = Listing.of("/styleguide", request.getParameterMap(), StyleguidePage.COLUMNS, "name").sized(4).counted(31);
        int progress = (int) (clock.instant().getEpochSecond() % 61);
        return new StyleguidePage(list, refusals, typed, Objects.requireNonNullElse(request.getParameter("stay"), ""), progress);
    }
}
