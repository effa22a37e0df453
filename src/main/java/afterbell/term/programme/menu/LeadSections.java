package afterbell.term.programme.menu;

import afterbell.base.audit.Audit;
import afterbell.base.calendar.Term;
import afterbell.base.roster.SectionLeads;
import afterbell.base.roster.StaffMember;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Screen;
import afterbell.term.programme.PlanFacts;
import afterbell.term.programme.Plans;
import afterbell.term.programme.Problem;
import afterbell.term.programme.ProgrammeStore;
import afterbell.term.programme.PublishPolicy;
import afterbell.term.programme.Section;
import afterbell.term.staffing.Fitness;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who leads a section, changed from the page of a person; the page of the section changes the same. */
@Component
class LeadSections implements SectionLeads {
    private final Plans plans;
    private final ProgrammeStore store;
    private final JdbcClient sql;
    private final Audit audit;
    private final Clock clock;

    LeadSections(Plans plans, ProgrammeStore store, JdbcClient sql, Audit audit, Clock clock) {
        this.plans = plans;
        this.store = store;
        this.sql = sql;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY, readOnly = true)
    public List<Led> of(UUID school, UUID staff) {
        return sql.sql("""
                select x.section_id, x.code, x.name, t.staff_id is not null, coalesce(t.main, false)
                from programme.section x left join programme.section_teacher t on t.school_id = x.school_id and t.section_id = x.section_id and t.staff_id = :staff
                where x.school_id = :s and x.state <> 'withdrawn'
                  and x.term_id = (select p.term_id from calendar.pub_term p where p.school_id = :s order by p.ends_on < :today, case when p.ends_on < :today then -(p.starts_on - date '2000-01-01') else p.starts_on - date '2000-01-01' end limit 1)
                order by x.code
                """)
                .param("s", school)
                .param("staff", staff)
                .param("today", LocalDate.ofInstant(clock.instant(), Screen.ZONE))
                .query((r, n) -> new Led(r.getObject(1, UUID.class), r.getString(2), r.getString(3), r.getBoolean(4), r.getBoolean(5)))
                .list();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Refusal> give(UUID school, UUID section, UUID staff) {
        return change(school, section, staff, true);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Refusal> take(UUID school, UUID section, UUID staff) {
        return change(school, section, staff, false);
    }

    private List<Refusal> change(UUID school, UUID id, UUID staff, boolean leads) {
        Term term = plans.term(school, store.termOf(school, id).orElseThrow(NotFound::new)).orElseThrow(NotFound::new);
        PlanFacts facts = plans.facts(school, term);
        Section before = facts.sections().stream().filter(s -> s.id().equals(id) && s.state() != Section.State.WITHDRAWN).findFirst().orElseThrow(NotFound::new);
        StaffMember person = facts.staff().stream().filter(m -> m.id().equals(staff)).findFirst().orElseThrow(NotFound::new);
        if (before.teachers().contains(staff) == leads) return List.of();
        @Nullable Fitness fitness = facts.outside().get(staff);
        if (leads && person.kind().equals("outside") && (fitness == null || !fitness.fit())) return List.of(new Refusal.Simple("programme.section.refused.not_vetted", "section", List.of(person.name())));
        List<UUID> teachers = new ArrayList<>(before.teachers());
        if (leads) teachers.add(staff);
        else teachers.remove(staff);
        Section after = before.ledBy(teachers);
        boolean published = before.state() == Section.State.PUBLISHED;
        if (published && spoils(facts, facts.with(after, Objects.requireNonNull(facts.offeringsById().get(before.offering()))), id))
            return List.of(new Refusal.Simple(leads ? "programme.section.refused.lead" : "programme.section.refused.lead_last", "section", List.of(before.name())));
        store.putSections(school, List.of(after));
        if (published) plans.changed(school, term.id());
        audit.record(school, leads ? "programme.lead_given" : "programme.lead_taken", "section", id, Map.of("staff", staff));
        return List.of();
    }

    // What stood in the way of publishing before this change is not its fault.
    private static boolean spoils(PlanFacts before, PlanFacts after, UUID section) {
        Set<Problem> known = new HashSet<>(PublishPolicy.of(before, section));
        return PublishPolicy.of(after, section).stream().anyMatch(p -> p.stops() && !known.contains(p));
    }
}
