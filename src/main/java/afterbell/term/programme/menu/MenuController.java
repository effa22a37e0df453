package afterbell.term.programme.menu;

import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Typed;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
final class MenuController {
    private final MenuReader reader;
    private final KeepSection keepSection;
    private final TakeOver takeOver;

    MenuController(MenuReader reader, KeepSection keepSection, TakeOver takeOver) {
        this.reader = reader;
        this.keepSection = keepSection;
        this.takeOver = takeOver;
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL, Role.GRADE_HEAD, Role.SUPERVISOR})
    @GetMapping("/programme/sections")
    ModelAndView sections(Wearer me, HttpServletRequest request, @RequestParam MultiValueMap<String, String> query) {
        return Pages.show("programme/menu/list", reader.page(me.school(), new Typed(query).id("term").orElse(null), request.getParameterMap(), me.is(Role.OFFICE)));
    }

    @Allowed(Role.OFFICE)
    @GetMapping("/programme/sections/new")
    ModelAndView blank(Wearer me, @RequestParam MultiValueMap<String, String> query) {
        return Pages.show("programme/menu/section", keepSection.blank(me.school(), new Typed(query).id("term").orElse(null), new Typed(query).text("name")));
    }

    @Allowed(Role.OFFICE)
    @PostMapping("/programme/sections")
    ModelAndView add(Wearer me, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        return answer(keepSection.keep(me.school(), null, new Typed(form)), redirect);
    }

    @Allowed(Role.OFFICE)
    @GetMapping("/programme/sections/{id}")
    ModelAndView section(Wearer me, @PathVariable String id) {
        return Pages.show("programme/menu/section", keepSection.page(me.school(), id(id)));
    }

    @Allowed(Role.OFFICE)
    @PostMapping("/programme/sections/{id}")
    ModelAndView change(Wearer me, @PathVariable String id, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        return answer(keepSection.keep(me.school(), id(id), new Typed(form)), redirect);
    }

    private static ModelAndView answer(KeepSection.Answer answer, RedirectAttributes redirect) {
        return switch (answer) {
            case KeepSection.Answer.Done(UUID section, String state, boolean problems) ->
                problems
                        ? Pages.done("/programme/sections/" + section, redirect, "programme.section.done.problems")
                        : Pages.done("/programme/sections", redirect, state.equals("draft") ? "programme.section.done.draft" : "programme.section.done");
            case KeepSection.Answer.Refused(SectionPage page) -> Pages.refused("programme/menu/section", page);
        };
    }

    @Allowed(Role.OFFICE)
    @PostMapping("/programme/sections/{id}/withdrawal")
    ModelAndView withdraw(Wearer me, @PathVariable String id, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        keepSection.withdraw(me.school(), id(id), new Typed(form));
        return Pages.done("/programme/sections", redirect, "programme.section.withdrawn");
    }

    @Allowed(Role.OFFICE)
    @PostMapping("/programme/sections/{id}/removal")
    ModelAndView remove(Wearer me, @PathVariable String id, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        return switch (keepSection.remove(me.school(), id(id), new Typed(form))) {
            case Outcome.Done<UUID> done -> Pages.done("/programme/sections", redirect, "programme.section.removed");
            case Outcome.Refused<UUID> no -> Pages.done("/programme/sections/" + id(id), redirect, no.refusals().getFirst().messageKey());
        };
    }

    @Allowed(Role.OFFICE)
    @PostMapping("/programme/sections/{id}/picture")
    ModelAndView picture(Wearer me, @PathVariable String id, @RequestParam(required = false) @Nullable MultipartFile picture, RedirectAttributes redirect) throws IOException {
        List<Refusal> no = List.of(new Refusal.Simple("programme.section.refused.no_picture", "picture", List.of()));
        if (picture != null && !picture.isEmpty()) {
            try (InputStream content = picture.getInputStream()) {
                no = keepSection.picture(me.school(), id(id), content);
            }
        }
        return no.isEmpty()
                ? Pages.done("/programme/sections/" + id(id), redirect, "programme.section.picture.done")
                : Pages.refused("programme/menu/section", keepSection.page(me.school(), id(id), no));
    }

    @Allowed(Role.OFFICE)
    @PostMapping("/programme/sections/{id}/picture/removal")
    ModelAndView noPicture(Wearer me, @PathVariable String id, RedirectAttributes redirect) {
        keepSection.picture(me.school(), id(id), null);
        return Pages.done("/programme/sections/" + id(id), redirect, "programme.section.picture.done");
    }

    @Allowed(Role.OFFICE)
    @PostMapping("/programme/takeovers")
    ModelAndView take(Wearer me, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        int sections = takeOver.take(me.school(), new Typed(form));
        return Pages.done("/programme/sections", redirect, "programme.takeover.done", sections);
    }

    private static UUID id(@Nullable String text) {
        return Ids.parse(text == null ? "" : text).orElseThrow(NotFound::new);
    }
}
