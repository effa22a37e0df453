package afterbell.term.programme.grid;

import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Typed;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
final class GridController {
    private final GridReader reader;
    private final WriteCells writeCells;
    private final MakeOwnClass makeOwnClass;

    GridController(GridReader reader, WriteCells writeCells, MakeOwnClass makeOwnClass) {
        this.reader = reader;
        this.writeCells = writeCells;
        this.makeOwnClass = makeOwnClass;
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL, Role.GRADE_HEAD, Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.DUTY_LEADER, Role.SUPERVISOR})
    @GetMapping("/programme")
    ModelAndView grid(Wearer me, @RequestParam MultiValueMap<String, String> query) {
        return Pages.show("programme/grid/page", reader.page(me.school(), term(query), me.is(Role.OFFICE)));
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL, Role.GRADE_HEAD, Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.DUTY_LEADER, Role.SUPERVISOR})
    @GetMapping("/programme/paper")
    ModelAndView paper(Wearer me, @RequestParam MultiValueMap<String, String> query) {
        return Pages.show("programme/grid/paper", reader.page(me.school(), term(query), false));
    }

    @Allowed(Role.OFFICE)
    @GetMapping("/programme/cells/{slot}")
    ModelAndView cell(Wearer me, @PathVariable String slot, @RequestParam MultiValueMap<String, String> query) {
        Typed asked = new Typed(query);
        return Pages.show("programme/grid/cell", writeCells.page(me.school(), asked.id("term").orElseThrow(NotFound::new), id(slot), asked.number("grade").orElse(0), days(asked)));
    }

    private static List<Integer> days(Typed asked) {
        int from = asked.number("from").orElse(0);
        int until = asked.number("until").orElse(0);
        return from < 1 || until > 7 || from > until ? List.of() : IntStream.rangeClosed(from, until).boxed().toList();
    }

    @Allowed(Role.OFFICE)
    @PostMapping("/programme/cells/{slot}")
    ModelAndView write(Wearer me, @PathVariable String slot, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        return switch (writeCells.write(me.school(), id(slot), new Typed(form))) {
            case WriteCells.Answer.Done(UUID term) -> Pages.done("/programme?term=" + term, redirect, "programme.cell.done");
            case WriteCells.Answer.Refused(CellPage page) -> Pages.refused("programme/grid/cell", page);
        };
    }

    @Allowed(Role.OFFICE)
    @GetMapping("/programme/own-class")
    ModelAndView ownClass(Wearer me, @RequestParam MultiValueMap<String, String> query) {
        return Pages.show("programme/grid/own", makeOwnClass.page(me.school(), term(query), "", true, List.of()));
    }

    @Allowed(Role.OFFICE)
    @PostMapping("/programme/own-class")
    ModelAndView makeOwnClass(Wearer me, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        @Nullable OwnClassPage refused = makeOwnClass.make(me.school(), new Typed(form));
        return refused == null ? Pages.done("/programme/duties", redirect, "programme.own.done") : Pages.refused("programme/grid/own", refused);
    }

    private static @Nullable UUID term(MultiValueMap<String, String> query) {
        return new Typed(query).id("term").orElse(null);
    }

    private static UUID id(String text) {
        return Ids.parse(text).orElseThrow(NotFound::new);
    }
}
