package afterbell.term.enrolment.choosing;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Api;
import afterbell.base.shared.web.Problem;
import afterbell.term.enrolment.Enrolments;
import afterbell.term.enrolment.FamilySheet;
import afterbell.term.enrolment.Menu;
import afterbell.term.enrolment.Round;
import afterbell.term.enrolment.Sheet;
import afterbell.term.enrolment.SheetCommand;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The sheet for programs: the same use cases as the page, with version and key. */
@RestController
@Allowed(Role.GUARDIAN)
@Tag(name = "sheet")
final class SheetApi {
    private final Enrolments enrolments;
    private final TransactionTemplate transactions;
    private final MessageSource messages;
    private final Clock clock;

    SheetApi(Enrolments enrolments, TransactionTemplate transactions, MessageSource messages, Clock clock) {
        this.enrolments = enrolments;
        this.transactions = transactions;
        this.messages = messages;
        this.clock = clock;
    }

    @GetMapping("/api/v1/children/{child}/sheet")
    SheetJson read(Wearer me, @PathVariable UUID child) {
        UUID school = schoolOf(me, child);
        return Objects.requireNonNull(transactions.execute(t -> json(school, current(school), child)));
    }

    /** Replaces the sheet. Without {@code round} the round that runs now is meant. */
    @ApiResponse(responseCode = "200", description = "the sheet as it now stands")
    @ApiResponse(responseCode = "409", description = "another save came between: both versions", content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = SheetJson.Conflict.class)))
    @PutMapping("/api/v1/children/{child}/sheet")
    ResponseEntity<?> save(Wearer me, @PathVariable UUID child, @RequestHeader(Api.KEY) UUID key, @RequestBody SheetJson.Put put, Locale locale) {
        Instant at = clock.instant();
        UUID school = schoolOf(me, child);
        if (put.takesPart() == null) throw Api.refusal(new Refusal.Simple("enrolment.refused.no_answer", "takesPart", List.of()));
        UUID round = put.round() == null ? Objects.requireNonNull(transactions.execute(t -> current(school))) : put.round();
        Sheet asked = put.sheet();
        Outcome<Integer> outcome = enrolments.save(new SheetCommand(school, child, round, asked, put.version() == null ? 0 : put.version(), me.account(), false, true, key, at));
        if (outcome instanceof Outcome.Refused<Integer>(List<Refusal> refusals) && SheetController.conflict(refusals)) return conflict(school, round, child, asked, put, refusals.getFirst(), locale);
        Api.take(outcome);
        return ResponseEntity.ok(Objects.requireNonNull(transactions.execute(t -> json(school, round, child))));
    }

    /** What the school entered for the family is not what it said: the answer is taken back. Without {@code round} the round that runs now is meant. Again changes nothing. */
    @PostMapping("/api/v1/children/{child}/sheet/objection")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void object(Wearer me, @PathVariable UUID child, @RequestBody ObjectionJson objection) {
        UUID school = schoolOf(me, child);
        UUID round = objection.round() == null ? Objects.requireNonNull(transactions.execute(t -> current(school))) : objection.round();
        enrolments.object(school, round, child, me.account(), clock.instant());
    }

    record ObjectionJson(@Nullable UUID round) {}

    private ResponseEntity<SheetJson.Conflict> conflict(UUID school, UUID round, UUID child, Sheet asked, SheetJson.Put put, Refusal refusal, Locale locale) {
        FamilySheet saved = Objects.requireNonNull(transactions.execute(t -> enrolments.sheet(school, round, child)));
        Menu menu = Objects.requireNonNull(transactions.execute(t -> menu(school, saved)));
        boolean editable = saved.editableAt(clock.instant());
        String title = say("enrolment.api.conflict", locale);
        String detail = say("enrolment.api.conflict.next", locale);
        return ResponseEntity.status(409)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(new SheetJson.Conflict(
                        "urn:afterbell:refused",
                        title,
                        409,
                        detail,
                        List.of(new Problem.Reason(refusal.messageKey(), "version", title, detail)),
                        SheetJson.of(saved, menu, saved.sheet(), saved.version(), editable),
                        SheetJson.of(saved, menu, asked, put.version() == null ? 0 : put.version(), editable)));
    }

    private String say(String key, Locale locale) {
        return Objects.requireNonNull(messages.getMessage(key, null, key, locale));
    }

    private SheetJson json(UUID school, UUID round, UUID child) {
        FamilySheet saved = enrolments.sheet(school, round, child);
        return SheetJson.of(saved, menu(school, saved), saved.sheet(), saved.version(), saved.editableAt(clock.instant()));
    }

    private Menu menu(UUID school, FamilySheet saved) {
        return enrolments.menu(school, saved.round().term(), saved.child().grade());
    }

    private UUID current(UUID school) {
        return enrolments.current(school, clock.instant()).map(Round::id).orElseThrow(NotFound::new);
    }

    private static UUID schoolOf(Wearer me, UUID child) {
        if (!me.children(Role.GUARDIAN).contains(child)) throw new NotFound();
        return me.schoolOf(child);
    }
}
