package afterbell.term.enrolment.rounds;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Rounds, for the service office; the principal looks on. */
@Controller
@Allowed(Role.OFFICE)
final class RoundController {
    private static final String LIST = "enrolment/rounds/rounds";
    private static final String ONE = "enrolment/rounds/round";
    private static final MediaType XLSX = MediaType.parseMediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    private final PlanRound planRound;
    private final ShowRound showRound;
    private final WriteRoundSheet writeRoundSheet;

    RoundController(PlanRound planRound, ShowRound showRound, WriteRoundSheet writeRoundSheet) {
        this.planRound = planRound;
        this.showRound = showRound;
        this.writeRoundSheet = writeRoundSheet;
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @GetMapping("/rounds")
    ModelAndView rounds(Wearer me, @RequestParam(required = false) @Nullable UUID term) {
        return Pages.show(LIST, showRound.list(me, term, null, List.of()));
    }

    @PostMapping("/rounds")
    ModelAndView add(Wearer me, @RequestParam UUID term, @RequestParam("_key") UUID key, HttpServletRequest request, RedirectAttributes redirect) {
        RoundForm typed = RoundForm.of(request.getParameterMap());
        return switch (planRound.add(me.school(), term, typed, key)) {
            case Outcome.Refused<UUID>(List<Refusal> refusals) -> Pages.refused(LIST, showRound.list(me, term, typed, refusals));
            case Outcome.Done<UUID>(UUID round) -> Pages.done("/rounds/" + round, redirect, "enrolment.round.flash.planned");
        };
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @GetMapping("/rounds/{round}")
    ModelAndView show(Wearer me, @PathVariable UUID round) {
        return Pages.show(ONE, showRound.page(me, round, null, List.of()));
    }

    @PostMapping("/rounds/{round}")
    ModelAndView change(Wearer me, @PathVariable UUID round, HttpServletRequest request, RedirectAttributes redirect) {
        RoundForm typed = RoundForm.of(request.getParameterMap());
        return answered(me, round, planRound.change(me.school(), round, typed), typed, redirect, "enrolment.round.flash.changed");
    }

    @PostMapping("/rounds/{round}/opening")
    ModelAndView open(Wearer me, @PathVariable UUID round, RedirectAttributes redirect) {
        return answered(me, round, planRound.open(me.school(), round), null, redirect, "enrolment.round.flash.opened");
    }

    @PostMapping("/rounds/{round}/ending")
    ModelAndView end(Wearer me, @PathVariable UUID round, RedirectAttributes redirect) {
        return answered(me, round, planRound.end(me.school(), round), null, redirect, "enrolment.round.flash.ended");
    }

    private ModelAndView answered(Wearer me, UUID round, Outcome<UUID> outcome, @Nullable RoundForm typed, RedirectAttributes redirect, String flash) {
        return switch (outcome) {
            case Outcome.Refused<UUID>(List<Refusal> refusals) -> Pages.refused(ONE, showRound.page(me, round, typed, refusals));
            case Outcome.Done<UUID> done -> Pages.done("/rounds/" + round, redirect, flash);
        };
    }

    /** The page as a workbook; before the close it says who has answered and nothing more. */
    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @GetMapping("/rounds/{round}/workbook")
    ResponseEntity<byte[]> workbook(Wearer me, @PathVariable UUID round, Locale locale) {
        RoundPage page = showRound.page(me, round, null, List.of());
        if (page.draft()) throw new NotFound();
        return ResponseEntity.ok()
                .contentType(XLSX)
                .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename("round.xlsx").build().toString())
                .body(writeRoundSheet.bytes(page, locale));
    }
}
