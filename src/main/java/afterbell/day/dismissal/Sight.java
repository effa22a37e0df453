package afterbell.day.dismissal;

import afterbell.base.roster.Roster;
import afterbell.base.roster.StaffMember;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.day.custody.childday.Teller;
import afterbell.day.custody.childday.Teller.Duty;
import afterbell.day.duty.Day;
import afterbell.day.duty.Duties;
import afterbell.day.duty.PostKind;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What a person sees and may do at the end of a day: all children of the school at a gate, otherwise the children in his own hands. */
@Component
public class Sight {
    private final Duties duties;
    private final Roster roster;

    Sight(Duties duties, Roster roster) {
        this.duties = duties;
        this.roster = roster;
    }

    /**
     * @param staff the member of staff that the person is, or null
     * @param all whether he sees every child of the school
     * @param leader whether he leads the day
     */
    public record Seen(Wearer me, LocalDate date, Day duty, @Nullable UUID staff, boolean all, boolean leader) {

        /** As whom he speaks of a child. @throws NotFound of a child that is none of his business */
        public Teller teller(LeavingStore.Leaving child) {
            return teller(child.schoolClass(), child.custodian(), child.answers());
        }

        /**
         * As whom he speaks of a child in these hands.
         *
         * @param answers who answers by now for the session that the child is in; null for nobody besides
         * @throws NotFound of a child that is none of his business
         */
        public Teller teller(UUID schoolClass, @Nullable UUID custodian, @Nullable UUID answers) {
            return tells(schoolClass, custodian, answers).orElseThrow(NotFound::new);
        }

        /** The same; empty for a child that is none of his business. */
        public Optional<Teller> tells(UUID schoolClass, @Nullable UUID custodian, @Nullable UUID answers) {
            Set<Duty> as = EnumSet.noneOf(Duty.class);
            Set<PostKind> posts = duty.kinds(me.account());
            if (staff != null && (staff.equals(custodian) || staff.equals(answers)) || posts.contains(PostKind.LATE)) as.add(Duty.SERVICE_TEACHER);
            if (me.classes().contains(schoolClass)) as.add(Duty.CLASS_TEACHER);
            if (me.is(Role.GUARD) || posts.contains(PostKind.GATE)) as.add(Duty.GATE);
            if (leader) as.add(Duty.DUTY_LEADER);
            return as.isEmpty() ? Optional.empty() : Optional.of(new Teller(me.account(), as));
        }

        /** Whether it is any of his business to act for the child; whoever only looks on may not. */
        public boolean may(LeavingStore.Leaving child) {
            return all || me.classes().contains(child.schoolClass()) || staff != null && (staff.equals(child.custodian()) || staff.equals(child.answers()));
        }

        /** Whose children are listed; null for everybody's. */
        public @Nullable UUID only() {
            return all ? null : staff == null ? new UUID(0, 0) : staff;
        }
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public Seen of(Wearer me, LocalDate day) {
        // The late room's own room matters to nobody here, and costs a statement.
        Day duty = new Day(day, duties.posts(me.school(), day, day), null);
        Set<PostKind> posts = duty.kinds(me.account());
        boolean leader = me.is(Role.DUTY_LEADER) || posts.contains(PostKind.LEADER);
        boolean all = leader || me.is(Role.GUARD, Role.OFFICE, Role.PRINCIPAL) || posts.contains(PostKind.GATE) || posts.contains(PostKind.LATE);
        @Nullable UUID staff = roster.staffOf(me.school(), me.account()).map(StaffMember::id).orElse(null);
        return new Seen(me, day, duty, staff, all, leader);
    }
}
