package afterbell.term.enrolment;

import afterbell.base.audit.Audit;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.web.CommandKeys;
import afterbell.reach.messaging.Notices;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Saves a sheet, or says why not; the same command twice is one save. */
@Component
class SaveSheet {
    private final SheetStore sheets;
    private final MenuStore menus;
    private final CommandKeys keys;
    private final Audit audit;
    private final Notices notices;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transactions;

    SaveSheet(SheetStore sheets, MenuStore menus, CommandKeys keys, Audit audit, Notices notices, ApplicationEventPublisher events, TransactionTemplate transactions) {
        this.sheets = sheets;
        this.menus = menus;
        this.keys = keys;
        this.audit = audit;
        this.notices = notices;
        this.events = events;
        this.transactions = transactions;
    }

    /** Leaves the transaction without a trace, so that a refused command does not consume its key. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient List<? extends SheetRefusal> refusals;

        Stopped(List<? extends SheetRefusal> refusals) {
            super("refused", null, false, false);
            this.refusals = refusals;
        }
    }

    /** @return the version now stored */
    Outcome<Integer> save(SheetCommand command) {
        try {
            String version = transactions.execute(t -> keys.once(command.key(), command.fingerprint(), () -> Integer.toString(write(command))));
            return Outcome.done(Integer.valueOf(version));
        } catch (Stopped e) {
            return Outcome.refused(e.refusals);
        } catch (PermissionDeniedDataAccessException e) {
            // PostgreSQL kept staff from writing over a sealed sheet that was saved a moment ago.
            return Outcome.refused(new SheetRefusal.AnsweredItself());
        }
    }

    private int write(SheetCommand command) {
        sheets.holdRound(command.round());
        FamilySheet before = sheets.read(command.school(), command.round(), command.child()).orElseThrow(NotFound::new);
        if (before.round().state() == Round.State.DRAFT) throw new NotFound();
        if (command.forFamily() && sheets.answeredItself(command.school(), command.round(), command.child())) throw new Stopped(List.of(new SheetRefusal.AnsweredItself()));
        Menu menu = menus.now(command.school(), before.round().term(), before.child().grade());
        Sheet asked = SheetPolicy.tidied(menu, command.asked());
        refuse(command, before, menu, asked);
        if (asked.equals(before.sheet()) && before.enteredForFamily() == command.forFamily()) return before.version();
        if (command.basedOn() != before.version() || !sheets.putHead(command, asked)) throw new Stopped(List.of(new SheetRefusal.ChangedMeanwhile()));
        sheets.putBody(command, asked, menu);
        sheets.putChange(command, asked, menu);
        sheets.putAnswer(command, asked.complete());
        audit.record(command.school(), command.forFamily() ? "enrolment.sheet_entered" : "enrolment.sheet_saved", "pupil", command.child(), Map.of("round", command.round(), "version", before.version() + 1));
        if (command.forFamily()) events.publishEvent(new EnrolmentEvent.EnteredForFamily(command.school(), command.round(), command.child(), command.by()));
        // Who answers has seen what it was told of; once is enough, the pages save after each tap.
        if (!command.forFamily() && before.version() == 0) notices.opened(command.school(), command.by(), command.round());
        return before.version() + 1;
    }

    private void refuse(SheetCommand command, FamilySheet before, Menu menu, Sheet asked) {
        List<Menu.Fixed> fixed = asked.wishes().isEmpty() ? List.of() : menus.fixed(command.school(), before.round().term(), command.child());
        List<SheetRefusal> refusals = before.openReturn() && before.editableAt(command.at())
                ? SheetPolicy.content(menu, fixed, asked)
                : SheetPolicy.refusals(before.round(), menu, fixed, asked, command.at());
        if (!refusals.isEmpty()) throw new Stopped(refusals);
        if (command.finish() && !asked.complete()) throw new Stopped(List.of(new SheetRefusal.NoDay()));
    }
}
