package afterbell.base.roster.people;

import afterbell.base.roster.Pupil;
import afterbell.base.roster.SchoolClass;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.Listing;
import java.util.ArrayList;
import java.util.List;

/** @param classes to filter by */
public record PeoplePage(List<SchoolClass> classes, Listing list, List<Pupil> rows, boolean mayChange) {

    public List<Choice> choices(String all) {
        List<Choice> choices = new ArrayList<>(List.of(Choice.of("", all)));
        for (SchoolClass each : classes) choices.add(Choice.of(each.id().toString(), each.name()));
        return choices;
    }
}
