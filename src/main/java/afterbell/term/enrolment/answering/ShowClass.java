package afterbell.term.enrolment.answering;

import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.term.enrolment.Enrolments;
import afterbell.term.enrolment.Round;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
@Transactional(readOnly = true)
class ShowClass {
    private final Enrolments enrolments;
    private final ClassStore store;
    private final Roster roster;
    private final Clock clock;

    ShowClass(Enrolments enrolments, ClassStore store, Roster roster, Clock clock) {
        this.enrolments = enrolments;
        this.store = store;
        this.roster = roster;
        this.clock = clock;
    }

    /** A class that the person answers for: the teacher's own, the head's grade, the whole school for the office. Another one is not found. */
    SchoolClass mine(Wearer me, UUID id) {
        SchoolClass c = roster.schoolClass(me.school(), id);
        if (me.is(Role.OFFICE, Role.PRINCIPAL) || me.classes().contains(id) || me.grades().contains(c.grade())) return c;
        throw new NotFound();
    }

    ClassPage page(Wearer me, UUID id, UUID roundId, String link, @Nullable EntryForm typed, int saved, List<Refusal> refusals) {
        SchoolClass c = mine(me, id);
        Round round = enrolments.round(me.school(), roundId);
        if (round.state() == Round.State.DRAFT) throw new NotFound();
        List<ClassPage.Child> children = store.rows(me.school(), id, roundId).stream().map(r -> child(r, typed == null ? null : typed.lines().get(r.pupil()))).toList();
        return new ClassPage(id, c.name(), round, clock.instant(), me.is(Role.OFFICE) || me.classes().contains(id), children, enrolments.menu(me.school(), round.term(), c.grade()), link, saved, refusals);
    }

    private static ClassPage.Child child(ClassStore.Row r, EntryForm.@Nullable Line typed) {
        ClassPage.State state = r.objected() ? ClassPage.State.OBJECTED : !r.answered() ? ClassPage.State.MISSING : r.forFamily() ? ClassPage.State.TYPED : ClassPage.State.ITSELF;
        if (typed != null && !typed.blank() && state != ClassPage.State.ITSELF) return new ClassPage.Child(r.pupil(), r.name(), state, r.version(), typed.whole(), typed.days(), typed.wishes(), typed.noon().equals("all"), r.takesPart());
        Map<Integer, String> days = new LinkedHashMap<>();
        if (Boolean.TRUE.equals(r.takesPart()))
            for (String day : r.days().split(" ")) if (day.indexOf(':') == 1) days.put(day.charAt(0) - '0', day.substring(2));
        List<UUID> wishes = Stream.of(r.wishes().split(" ")).flatMap(w -> Ids.parse(w).stream()).distinct().toList();
        return new ClassPage.Child(r.pupil(), r.name(), state, r.version(), Boolean.FALSE.equals(r.takesPart()) ? "no" : "", days, wishes, r.noon(), r.takesPart());
    }
}
