package afterbell.term.programme.publishing;

import afterbell.base.calendar.Term;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Typed;
import afterbell.term.programme.PlanFacts;
import afterbell.term.programme.Plans;
import afterbell.term.programme.Problem;
import afterbell.term.programme.ProgrammeStore;
import afterbell.term.programme.PublishPolicy;
import afterbell.term.programme.Section;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Publishes the plan of a term, all drafts with it, unless something stops it. */
@Component
class PublishPlan {
    private final Plans plans;
    private final ProgrammeStore store;
    private final Schools schools;
    private final CommandKeys commands;
    private final Ids ids;

    PublishPlan(Plans plans, ProgrammeStore store, Schools schools, CommandKeys commands, Ids ids) {
        this.plans = plans;
        this.store = store;
        this.schools = schools;
        this.commands = commands;
        this.ids = ids;
    }

    @Transactional(readOnly = true)
    public PublicationPage page(UUID school, @Nullable UUID asked, boolean tried) {
        @Nullable Term term = plans.term(school, asked).orElse(null);
        String menu = "/schools/" + schools.get(school).code() + "/menu";
        if (term == null) return new PublicationPage(null, null, 0, 0, List.of(), menu, tried);
        PlanFacts facts = plans.facts(school, term);
        List<Section> alive = facts.sections().stream().filter(s -> s.state() != Section.State.WITHDRAWN).toList();
        int drafts = (int) alive.stream().filter(s -> s.state() == Section.State.DRAFT).count();
        return new PublicationPage(term, store.publishedAt(school, term.id()).orElse(null), alive.size(), drafts, PublishPolicy.problems(facts), menu, tried);
    }

    /** The page with its problems where refused, empty where published. */
    @Transactional
    public Optional<PublicationPage> publish(Wearer me, Typed form) {
        UUID school = me.school();
        Term term = plans.term(school, form.id("term").orElse(null)).orElseThrow(NotFound::new);
        UUID key = form.key(ids);
        String command = "publish/" + term.id();
        if (commands.kept(key, command).isPresent()) return Optional.empty();
        if (!plans.publish(school, term, me.account()).isEmpty()) return Optional.of(page(school, term.id(), true));
        commands.once(key, command, () -> term.id().toString());
        return Optional.empty();
    }
}
