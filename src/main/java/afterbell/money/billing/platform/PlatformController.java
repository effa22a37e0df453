package afterbell.money.billing.platform;

import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.FileNames;
import afterbell.base.shared.web.Pages;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Lists out, results in. */
@Controller
@Allowed({Role.FINANCE, Role.PRINCIPAL, Role.OFFICE})
final class PlatformController {
    private static final String PAGE = "billing/platform/platform";
    private static final String FILE = "billing/platform/file";

    private final Platform platform;

    PlatformController(Platform platform) {
        this.platform = platform;
    }

    @GetMapping("/payments/platform")
    ModelAndView show(Wearer me) {
        return Pages.show(PAGE, platform.page(me, "", List.of()));
    }

    @Fresh
    @Allowed(Role.FINANCE)
    @PostMapping("/payments/platform/lists")
    ModelAndView list(Wearer me, @RequestParam(defaultValue = "") String layout, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        return switch (platform.list(me, layout, key)) {
            case Outcome.Refused<UUID>(List<Refusal> no) -> Pages.refused(PAGE, platform.page(me, layout, no));
            case Outcome.Done<UUID> done -> Pages.done("/payments/platform", redirect, "billing.platform.flash.listed");
        };
    }

    @Allowed(Role.FINANCE)
    @GetMapping("/payments/platform/lists/{list}")
    void file(Wearer me, @PathVariable UUID list, HttpServletResponse response) throws IOException {
        Platform.Sent sent = platform.write(me, list);
        response.setContentType(sent.workbook() ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv");
        response.setHeader("Cache-Control", "private, no-store");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + sent.name() + (sent.workbook() ? ".xlsx" : ".csv") + "\"");
        response.getOutputStream().write(sent.bytes());
    }

    @Fresh
    @Allowed(Role.FINANCE)
    @PostMapping("/payments/platform/files")
    ModelAndView bring(Wearer me, @RequestParam(defaultValue = "") String layout, @RequestParam(required = false) @Nullable MultipartFile file) throws IOException {
        if (file == null || file.isEmpty()) return Pages.refused(PAGE, platform.page(me, layout, List.of(new Refusal.Simple("billing.platform.refused.no_file", "file", List.of()))));
        return switch (platform.bring(me, layout, FileNames.of(file), file.getBytes())) {
            case Outcome.Refused<UUID>(List<Refusal> no) -> Pages.refused(PAGE, platform.page(me, layout, no));
            case Outcome.Done<UUID>(UUID id) -> Pages.done("/payments/platform/files/" + id);
        };
    }

    @GetMapping("/payments/platform/files/{file}")
    ModelAndView look(Wearer me, @PathVariable UUID file) {
        return Pages.show(FILE, platform.look(me, file, List.of()));
    }

    @Fresh
    @Allowed(Role.FINANCE)
    @PostMapping("/payments/platform/files/{file}")
    ModelAndView apply(Wearer me, @PathVariable UUID file, @RequestParam(defaultValue = "") String seen, RedirectAttributes redirect) {
        return switch (platform.apply(me, file, seen)) {
            case Outcome.Refused<Platform.Applied>(List<Refusal> no) -> Pages.refused(FILE, platform.look(me, file, no));
            case Outcome.Done<Platform.Applied>(Platform.Applied done) -> Pages.done("/payments/platform/files/" + file, redirect, "billing.platform.flash.booked", done.paid(), done.suspended());
        };
    }
}
