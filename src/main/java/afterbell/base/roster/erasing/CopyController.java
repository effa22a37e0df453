package afterbell.base.roster.erasing;

import afterbell.base.roster.Erasures;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A guardian's rights to the child's data. They hold without consent too, so these pages stay open to whoever said no. */
@Controller
@Allowed(Role.GUARDIAN)
@Fresh
final class CopyController {
    private final Erasures erasures;
    private final Roster roster;
    private final TransactionTemplate transactions;

    CopyController(Erasures erasures, Roster roster, TransactionTemplate transactions) {
        this.erasures = erasures;
        this.roster = roster;
        this.transactions = transactions;
    }

    @GetMapping("/consent/{pupil}/copy")
    ModelAndView copy(Wearer me, @PathVariable UUID pupil) {
        UUID school = schoolOf(me, pupil);
        return Pages.show("roster/erasing/copy", Objects.requireNonNull(transactions.execute(t -> {
            Pupil child = roster.children(List.of(pupil)).stream().findFirst().orElseThrow(NotFound::new);
            return new CopyPage(pupil, child.name(), child.className(), erasures.copy(school, pupil), erasures.asked(school, pupil).orElse(null));
        })));
    }

    @PostMapping("/consent/{pupil}/erasure")
    ModelAndView ask(Wearer me, @PathVariable UUID pupil, RedirectAttributes redirect) {
        erasures.ask(schoolOf(me, pupil), pupil, Erasures.Ground.FAMILY, me.account());
        return Pages.done("/consent/" + pupil + "/copy", redirect, "roster.copy.asked");
    }

    private static UUID schoolOf(Wearer me, UUID child) {
        if (!me.children(Role.GUARDIAN).contains(child)) throw new NotFound();
        return me.schoolOf(child);
    }
}
