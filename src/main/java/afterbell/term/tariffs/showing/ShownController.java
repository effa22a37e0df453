package afterbell.term.tariffs.showing;

import afterbell.base.schools.Schools;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.OpenToAll;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.files.Files;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import afterbell.term.tariffs.PriceDocument;
import afterbell.term.tariffs.Tariffs;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

@Controller
@OpenToAll
class ShownController {
    private final Tariffs tariffs;
    private final Schools schools;
    private final Files files;
    private final TransactionTemplate transactions;
    private final Clock clock;

    ShownController(Tariffs tariffs, Schools schools, Files files, TransactionTemplate transactions, Clock clock) {
        this.tariffs = tariffs;
        this.schools = schools;
        this.files = files;
        this.transactions = transactions;
        this.clock = clock;
    }

    @GetMapping("/schools/{code}/prices")
    ModelAndView prices(@PathVariable String code) {
        UUID school = school(code);
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        return Pages.show("tariffs/showing/prices", Scopes.publicly(school, () -> transactions.execute(t -> new ShownPage(schools.get(school), tariffs.inForce(school, today)))));
    }

    /** The authority's document itself. */
    @GetMapping("/schools/{code}/prices/{id}/document")
    void document(@PathVariable String code, @PathVariable UUID id, HttpServletResponse response) {
        UUID school = school(code);
        Scopes.publicly(school, () -> {
            Optional<UUID> file = tariffs.documents(school).stream().filter(d -> d.id().equals(id)).findFirst().map(PriceDocument::file);
            files.send(school, file.orElseThrow(NotFound::new), response);
            return true;
        });
    }

    private UUID school(String code) {
        return Scopes.within(Scope.DOOR, () -> schools.byCode(code)).orElseThrow(NotFound::new);
    }
}
