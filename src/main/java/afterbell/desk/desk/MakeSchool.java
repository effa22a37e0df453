package afterbell.desk.desk;

import afterbell.base.schools.School;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Writes a school with its grades and campuses; in the transaction and under the scope of the school itself. */
@Component
public class MakeSchool {
    private final Schools schools;
    private final Ids ids;

    MakeSchool(Schools schools, Ids ids) {
        this.schools = schools;
        this.ids = ids;
    }

    /** @param path the school's bureaus from the root down; empty where it has none */
    @Transactional(propagation = Propagation.MANDATORY)
    public void make(NewSchool form, UUID school, List<UUID> path) {
        schools.add(new School(school, form.code(), form.school(), form.region(), form.kind(), form.setting(), form.ownership(), form.boarding(), form.phone()), path);
        for (int grade = form.lowest(); grade <= form.highest(); grade++) schools.putGrade(school, new Schools.Grade(grade, Integer.toString(grade), NewSchool.band(grade)));
        for (String campus : form.campusNames()) schools.addCampus(school, ids.next(), campus);
    }
}
