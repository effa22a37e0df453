package afterbell.day.custody;

import afterbell.base.rules.Choices.Hearer;
import afterbell.base.rules.Rule;
import afterbell.base.rules.RuleTable;
import afterbell.base.rules.Rules;
import afterbell.base.shared.access.Role;
import afterbell.day.duty.Day;
import afterbell.day.duty.Duties;
import afterbell.day.duty.Post;
import afterbell.day.duty.PostKey;
import afterbell.day.duty.PostKind;
import afterbell.reach.messaging.Audience;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Who hears of what waits too long, as the rules say it. */
@Component
public class Alerting {
    private final Rules rules;
    private final Duties duties;

    Alerting(Rules rules, Duties duties) {
        this.rules = rules;
        this.duties = duties;
    }

    /** Who hears of a step of the search for a child; 0 is its beginning. */
    public Set<Hearer> ofSearch(UUID school, LocalDate day, int step) {
        return heard(rules.value(school, day, Rule.CUSTODY_ESCALATION_HEARD), step);
    }

    /** Who hears of a step of a wait, the first being 1. */
    public Set<Hearer> ofWait(UUID school, LocalDate day, int step) {
        return heard(rules.value(school, day, Rule.DISMISSAL_LATE_HEARD), step);
    }

    /** Who of the school that is, for children of these classes: by today's posts where there are some, otherwise by role. */
    public List<Audience> staff(UUID school, LocalDate day, Set<Hearer> who, Collection<UUID> classes) {
        Day duty = duties.day(school, day);
        Set<UUID> people = new HashSet<>();
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Hearer hearer : who)
            switch (hearer) {
                case CLASS_TEACHER -> duty.posts().stream().filter(p -> p.key().kind() == PostKind.CLASS && classes.contains(p.key().ref()) && p.account() != null).map(Post::account).forEach(people::add);
                case DUTY_LEADER -> {
                    Optional<UUID> leader = duty.posts().stream().filter(p -> p.key().equals(PostKey.LEADER) && p.account() != null).map(Post::account).findFirst();
                    leader.ifPresentOrElse(people::add, () -> roles.add(Role.DUTY_LEADER));
                }
                case OFFICE -> roles.add(Role.OFFICE);
                case PRINCIPAL -> roles.add(Role.PRINCIPAL);
                case GUARDIANS -> {}
            }
        List<Audience> all = new ArrayList<>();
        if (!people.isEmpty()) all.add(new Audience.People(people));
        if (!roles.isEmpty()) all.add(new Audience.Staff(roles));
        return all;
    }

    static Set<Hearer> heard(RuleTable table, int step) {
        int nearest = table.rows().stream().mapToInt(r -> r.number("step")).filter(n -> n <= step).max().orElse(-1);
        Set<Hearer> who = EnumSet.noneOf(Hearer.class);
        for (RuleTable.Row row : table.rows()) if (row.number("step") == nearest) who.addAll(row.some("who", Hearer.class));
        return who;
    }
}
