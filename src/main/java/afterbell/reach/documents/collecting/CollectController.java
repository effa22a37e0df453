package afterbell.reach.documents.collecting;

import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.reach.documents.Signature.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
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

@Controller
@Allowed({Role.CLASS_TEACHER, Role.OFFICE, Role.PRINCIPAL})
final class CollectController {
    private final CollectAnswers collect;

    CollectController(CollectAnswers collect) {
        this.collect = collect;
    }

    @Allowed(Role.CLASS_TEACHER)
    @GetMapping("/class/letters")
    ModelAndView classes(Wearer me) {
        return Pages.show("documents/collecting/letters", collect.classes(me));
    }

    @GetMapping("/classes/{schoolClass}/letters/{letter}")
    ModelAndView ofClass(Wearer me, @PathVariable UUID schoolClass, @PathVariable UUID letter) {
        return Pages.show("documents/collecting/letter", collect.ofClass(me, schoolClass, letter));
    }

    @GetMapping("/classes/{schoolClass}/letters/{letter}/children/{child}/paper")
    ModelAndView paper(Wearer me, @PathVariable UUID schoolClass, @PathVariable UUID letter, @PathVariable UUID child) {
        return Pages.show("documents/collecting/paper", collect.paper(me, schoolClass, letter, child, List.of()));
    }

    @PostMapping("/classes/{schoolClass}/letters/{letter}/children/{child}/paper")
    ModelAndView enter(
            Wearer me,
            @PathVariable UUID schoolClass,
            @PathVariable UUID letter,
            @PathVariable UUID child,
            @RequestParam(defaultValue = "") String answer,
            @RequestParam(defaultValue = "") String signer,
            @RequestParam(required = false) @Nullable MultipartFile photo,
            @RequestParam("_key") UUID key,
            RedirectAttributes redirect)
            throws IOException {
        try (InputStream picture = photo == null || photo.isEmpty() ? null : photo.getInputStream()) {
            return switch (collect.enter(me, schoolClass, letter, child, answer(answer), signer, picture, key)) {
                case Outcome.Done<UUID> done -> Pages.done("/classes/" + schoolClass + "/letters/" + letter, redirect, "documents.flash.paper");
                case Outcome.Refused<UUID> refused -> Pages.refused("documents/collecting/paper", collect.paper(me, schoolClass, letter, child, refused.refusals()));
            };
        }
    }

    /** The link is shown in the answer itself and nowhere again: its secret is not kept. */
    @PostMapping("/classes/{schoolClass}/letters/{letter}/children/{child}/links")
    ModelAndView link(Wearer me, @PathVariable UUID schoolClass, @PathVariable UUID letter, @PathVariable UUID child, @RequestParam UUID adult) {
        return Pages.show("documents/collecting/paper", collect.link(me, schoolClass, letter, child, adult));
    }

    private static Optional<Answer> answer(String text) {
        return switch (text) {
            case "YES" -> Optional.of(Answer.YES);
            case "NO" -> Optional.of(Answer.NO);
            default -> Optional.empty();
        };
    }
}
