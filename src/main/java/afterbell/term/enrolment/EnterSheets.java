package afterbell.term.enrolment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import afterbell.reach.messaging.Words;
import org.springframework.stereotype.Component;

/** Saves many first sheets in a few statements; the policy judges each of them as if it came alone. */
@Component
class EnterSheets {
    private final SheetStore sheets;
    private final MenuStore menus;
    private final Notices notices;

    EnterSheets(SheetStore sheets, MenuStore menus, Notices notices) {
        this.sheets = sheets;
        this.menus = menus;
        this.notices = notices;
    }

    int enter(UUID school, Round round, List<Enrolments.Entry> entries, boolean forFamily) {
        sheets.holdRound(round.id());
        Map<Integer, Menu> byGrade = new HashMap<>();
        Map<UUID, List<Menu.Fixed>> fixed = menus.fixed(school, round.term());
        List<SheetStore.Row> rows = new ArrayList<>();
        Set<UUID> known = sheets.answered(school, round.id());
        for (Enrolments.Entry e : entries) {
            if (known.contains(e.child()) || !round.takesAnswersAt(e.at())) continue;
            Menu menu = byGrade.computeIfAbsent(e.grade(), g -> menus.recent(school, round.term(), g));
            Sheet asked = SheetPolicy.tidied(menu, e.asked());
            if (asked.complete() && SheetPolicy.content(menu, fixed.getOrDefault(e.child(), List.of()), asked).isEmpty()) rows.add(new SheetStore.Row(e, asked, menu));
        }
        sheets.putAll(school, round.id(), rows, forFamily);
        if (forFamily && !rows.isEmpty()) notices.tell(notice(school, round.id(), rows.stream().map(r -> r.entry().child()).collect(Collectors.toSet())));
        return rows.size();
    }

    /** What the school typed reaches the family, who may take it back with one tap. */
    static NewNotice notice(UUID school, UUID round, Set<UUID> children) {
        return new NewNotice(school, "enrolment.entered_for_family", Words.of("enrolment.notice.entered"), "/sheets", new Audience.Children(children, true)).about(round);
    }
}
