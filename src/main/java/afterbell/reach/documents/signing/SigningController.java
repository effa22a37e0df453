package afterbell.reach.documents.signing;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.reach.documents.Device;
import afterbell.reach.documents.PaperSheets;
import afterbell.reach.documents.SignLetter;
import afterbell.reach.documents.Signature.Answer;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@Allowed({Role.GUARDIAN, Role.CARER})
final class SigningController {
    private final ReadLetter read;
    private final PaperSheets sheets;

    SigningController(ReadLetter read, PaperSheets sheets) {
        this.read = read;
        this.sheets = sheets;
    }

    @GetMapping("/letters")
    ModelAndView letters(Wearer me) {
        return Pages.show("documents/signing/letters", read.all(me.children(Role.GUARDIAN, Role.CARER)));
    }

    @GetMapping("/children/{child}/letters/{letter}")
    ModelAndView letter(Wearer me, @PathVariable UUID child, @PathVariable UUID letter) {
        return Pages.show("documents/signing/letter", read.page(mine(me, child), child, letter, SignPage.Typed.NOTHING, List.of()));
    }

    @PostMapping("/children/{child}/letters/{letter}/signatures")
    ModelAndView sign(
            Wearer me,
            @PathVariable UUID child,
            @PathVariable UUID letter,
            @RequestParam(defaultValue = "") String answer,
            @RequestParam(defaultValue = "") String drawing,
            @RequestParam(defaultValue = "") String typed,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String read,
            @RequestParam("_key") UUID key,
            @RequestHeader(value = "User-Agent", defaultValue = "") String agent,
            RedirectAttributes redirect) {
        SignLetter.Command command = new SignLetter.Command(mine(me, child).schoolOf(child), letter, child, answer(answer), drawing, typed, reason, read, Device.of(agent), null, key);
        return switch (this.read.answer(me, command)) {
            case Outcome.Done<UUID> done -> Pages.done("/children/" + child + "/letters/" + letter, redirect, me.children(Role.GUARDIAN).contains(child) ? "documents.flash.answered" : "documents.flash.proposed");
            case Outcome.Refused<UUID> refused -> Pages.refused("documents/signing/letter", this.read.page(me, child, letter, new SignPage.Typed(answer, typed, reason), refused.refusals()));
        };
    }

    @GetMapping("/children/{child}/letters/{letter}/paper")
    ModelAndView paper(Wearer me, @PathVariable UUID child, @PathVariable UUID letter) {
        return Pages.show("documents/signing/paper", read.page(mine(me, child), child, letter, SignPage.Typed.NOTHING, List.of()));
    }

    @GetMapping("/children/{child}/letters/{letter}.pdf")
    void pdf(Wearer me, @PathVariable UUID child, @PathVariable UUID letter, HttpServletResponse response) {
        sheets.ofChild(mine(me, child).schoolOf(child), letter, child, false, response);
    }

    static Optional<Answer> answer(String text) {
        return switch (text) {
            case "YES" -> Optional.of(Answer.YES);
            case "NO" -> Optional.of(Answer.NO);
            default -> Optional.empty();
        };
    }

    private static Wearer mine(Wearer me, UUID child) {
        if (!me.children(Role.GUARDIAN, Role.CARER).contains(child)) throw new NotFound();
        return me;
    }
}
