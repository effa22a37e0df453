package afterbell.base.roster.importing;

import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.sheet.ImportPreview.Known;
import afterbell.base.shared.sheet.ImportTarget;
import afterbell.base.shared.sheet.SheetRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A OneRoster bundle becomes one draft per kind of people, staff before children. Ids that are ours answer the question who it is, so that our own bundle
 * read again asks nothing and doubles nothing; people of other programs are recognised as in every file.
 */
@Component
class TakeOneRoster {
    private final Imports imports;

    TakeOneRoster(Imports imports) {
        this.imports = imports;
    }

    @Transactional
    public Outcome<List<UUID>> take(Wearer me, String fileName, byte[] zip) {
        ImportTarget pupils = imports.target(me, "pupils");
        ImportTarget staff = imports.target(me, "staff");
        List<OneRosterIn.Table> tables;
        try {
            tables = OneRosterIn.read(zip, pupils.kind(me.school()), staff.kind(me.school())).stream().filter(t -> !t.ids().isEmpty()).toList();
        } catch (OneRosterIn.Unreadable e) {
            return Outcome.refused(new Refusal.Simple("roster.oneroster.refused." + e.key(), "file", List.of(e.fact())));
        }
        if (tables.isEmpty()) return Outcome.refused(new Refusal.Simple("roster.oneroster.refused.nobody", "file", List.of("")));
        List<UUID> drafts = new ArrayList<>();
        for (OneRosterIn.Table table : tables) {
            switch (imports.take(me, table.kind(), fileName, table.csv())) {
                case Outcome.Done<UUID>(UUID draft) -> {
                    drafts.add(draft);
                    recognise(me, draft, table);
                }
                case Outcome.Refused<UUID> refused -> {
                    return Outcome.refused(refused.refusals());
                }
            }
        }
        return Outcome.done(drafts);
    }

    private void recognise(Wearer me, UUID draft, OneRosterIn.Table table) {
        Set<String> ours = imports.target(me, table.kind()).known(me.school()).stream().map(Known::key).collect(Collectors.toSet());
        try {
            // The answer stands before anything is compared: two of one name and no birthday are told apart by nothing else.
            String tab = imports.look(me, draft).read().tabs().getFirst().tab();
            List<Draft.Answered.Row> rows = new ArrayList<>();
            for (int i = 0; i < table.ids().size(); i++) if (ours.contains(table.ids().get(i))) rows.add(new Draft.Answered.Row(tab, i + 2, table.ids().get(i)));
            if (!rows.isEmpty()) imports.answer(me, draft, rows);
        } catch (SheetRefused e) {
            throw new IllegalStateException("a table of our own making", e);
        }
    }
}
