package afterbell.term.programme;

import afterbell.base.roster.SchoolClass;
import afterbell.base.roster.StaffMember;
import afterbell.base.rules.RuleSource;
import afterbell.base.rules.Situation;
import afterbell.base.schools.Schools;
import afterbell.term.staffing.Availability;
import afterbell.term.staffing.Fitness;
import afterbell.term.staffing.Provider;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Everything that decides whether a plan may be published, read once.
 *
 * @param bands grade to the band whose bells it keeps in this term
 * @param from first day of the term
 * @param until last day of the term
 * @param classSizes children of each class; a class without any is not in it
 * @param providersFit fitness of outside providers on the first day of clubs
 * @param outside fitness of outside teachers on that day
 * @param sentBy outside teacher to provider
 * @param charges whether a price document is in force
 */
public record PlanFacts(
        LocalDate from,
        LocalDate until,
        SortedMap<Integer, String> bands,
        List<SlotTime> slots,
        List<Cell> cells,
        List<Offering> offerings,
        List<Section> sections,
        List<OwnClassDuty> duties,
        List<FixedMember> members,
        List<SchoolClass> classes,
        Map<UUID, Integer> classSizes,
        List<Schools.Room> rooms,
        List<StaffMember> staff,
        List<Availability> availability,
        List<Provider> providers,
        Map<UUID, Fitness> providersFit,
        Map<UUID, Fitness> outside,
        Map<UUID, UUID> sentBy,
        boolean charges,
        RuleSource rules,
        Situation situation) {

    public Map<UUID, SlotTime> slotsById() {
        return byId(slots, SlotTime::id);
    }

    public Map<UUID, Offering> offeringsById() {
        return byId(offerings, Offering::id);
    }

    public Map<UUID, Schools.Room> roomsById() {
        return byId(rooms, Schools.Room::id);
    }

    public Map<UUID, StaffMember> staffById() {
        return byId(staff, StaffMember::id);
    }

    public Map<UUID, Provider> providersById() {
        return byId(providers, Provider::id);
    }

    public Map<UUID, SchoolClass> classesById() {
        return byId(classes, SchoolClass::id);
    }

    /** The same plan with one section as it would be. */
    public PlanFacts with(Section changed, Offering of) {
        return new PlanFacts(
                from,
                until,
                bands,
                slots,
                cells,
                replaced(offerings, of, Offering::id),
                replaced(sections, changed, Section::id),
                duties,
                members,
                classes,
                classSizes,
                rooms,
                staff,
                availability,
                providers,
                providersFit,
                outside,
                sentBy,
                charges,
                rules,
                situation);
    }

    private static <T> List<T> replaced(List<T> all, T one, Function<T, UUID> id) {
        List<T> others = all.stream().filter(t -> !id.apply(t).equals(id.apply(one))).collect(Collectors.toCollection(ArrayList::new));
        others.add(one);
        return List.copyOf(others);
    }

    private static <T> Map<UUID, T> byId(List<T> all, Function<T, UUID> id) {
        return all.stream().collect(Collectors.toMap(id, Function.identity(), (a, b) -> a));
    }

}
