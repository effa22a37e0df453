package afterbell.term.enrolment.choosing;

import afterbell.base.shared.Ids;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.Week;
import afterbell.term.enrolment.FamilySheet;
import afterbell.term.enrolment.Menu;
import afterbell.term.enrolment.Round;
import afterbell.term.enrolment.Sheet;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sheet of one child on a phone.
 *
 * @param stored the sheet as it is in the school's books; differs from {@code form} after a refusal
 * @param forFamily the class on whose page the school fills the sheet in for the family; null where the family does itself
 * @param drawHref where anybody reads how this round's places are given
 */
public record SheetPage(
        UUID account,
        FamilySheet stored,
        boolean editable,
        Menu menu,
        List<Menu.Fixed> fixed,
        @Nullable Boolean part,
        Sheet typed,
        int version,
        List<Sibling> siblings,
        List<FamilySheet.Change> changes,
        boolean conflict,
        @Nullable UUID forFamily,
        String drawHref,
        List<Refusal> refusals) {

    /** Another child of the person in the same round. */
    public record Sibling(UUID id, String name, String className, String href, boolean here, boolean answered) {}

    /** Where a day may end for the child. @param ordinal 0: goes home after lessons */
    public record End(int ordinal, Menu.@Nullable Slot slot) {}

    /** A slot with a choice. */
    public record Group(Menu.Slot slot, boolean stays, Optional<Menu.Fixed> team, List<Wished> wishes, List<Card> cards, boolean open) {}

    /** @param rests the child goes home before it is over, so it does not count at the moment */
    public record Wished(Menu.Section section, String value, boolean rests) {}

    /** @param others the other slots that the section takes as well */
    public record Card(Menu.Section section, String value, @Nullable Integer rank, List<Menu.Slot> others) {}

    public String href() {
        return forFamily == null ? href(stored.child().id(), stored.round().id()) : back() + "/children/" + stored.child().id();
    }

    public String back() {
        return forFamily == null ? "/sheets" : "/classes/" + forFamily + "/round/" + stored.round().id();
    }

    /** Message key of the main button. */
    public String doneKey() {
        return forFamily != null ? "enrolment.class.save" : nextSibling().isPresent() ? "enrolment.sheet.next" : "enrolment.sheet.done";
    }

    static String href(UUID child, UUID round) {
        return "/children/" + child + "/sheet/" + round;
    }

    public Round round() {
        return stored.round();
    }

    public FamilySheet.Child child() {
        return stored.child();
    }

    /** Saved, complete, and as typed. */
    public boolean answered() {
        return refusals.isEmpty() && stored.answered();
    }

    public @Nullable Instant savedAt() {
        return stored.sheet() == null ? null : stored.savedAt();
    }

    public boolean proposed() {
        return stored.sheet() == null && part == null && (!typed.until().isEmpty() || !typed.noon().isEmpty());
    }

    /** Message key of what stands above the days: where the filled-in ones come from. */
    public String daysHint() {
        FamilySheet.@Nullable Before before = stored.before();
        if (stored.sheet() != null || before == null || typed.until().isEmpty() && typed.noon().isEmpty()) return "enrolment.sheet.days.hint";
        return before.term().equals(stored.round().term()) ? "enrolment.sheet.days.before" : "enrolment.sheet.days.last";
    }

    /** Message key of the one sentence that says what a short list means: by the order "da" it changes nothing, by the others it weighs less. */
    public String stoppingHint() {
        return stored.round().drawOrder().equals("da") ? "enrolment.sheet.stopping.da" : "enrolment.sheet.stopping";
    }

    public List<End> ends(int weekday) {
        List<End> ends = new ArrayList<>();
        ends.add(new End(0, null));
        menu.on(weekday).forEach(s -> ends.add(new End(s.ordinal(), s)));
        return ends;
    }

    public int until(int weekday) {
        return typed.until().getOrDefault(weekday, 0);
    }

    /** The hours at which all days together could end, for the one-tap answers. */
    public List<Menu.Slot> shortcuts() {
        return menu.slots().stream().collect(Collectors.toMap(Menu.Slot::ordinal, s -> s, (a, b) -> a, TreeMap::new)).values().stream().toList();
    }

    public List<Group> groups() {
        List<Group> groups = new ArrayList<>();
        boolean opened = false;
        for (Menu.Slot slot : menu.choices()) {
            boolean stays = typed.stays(slot);
            List<UUID> list = typed.wishesIn(slot.id());
            Optional<Menu.Fixed> team = fixed.stream().filter(f -> f.slot().equals(slot.id())).findFirst();
            boolean open = !opened && stays && team.isEmpty() && list.isEmpty();
            opened |= open;
            groups.add(new Group(slot, stays, team, wished(slot, list), cards(slot, list), open));
        }
        return groups;
    }

    private List<Wished> wished(Menu.Slot slot, List<UUID> list) {
        return list.stream()
                .flatMap(id -> menu.section(id).stream())
                .map(s -> new Wished(s, slot.id() + "." + s.id(), s.slots().stream().anyMatch(x -> menu.slot(x).filter(typed::stays).isEmpty())))
                .toList();
    }

    private List<Card> cards(Menu.Slot slot, List<UUID> list) {
        return menu.in(slot.id()).stream()
                .map(s -> new Card(
                        s,
                        slot.id() + "." + s.id(),
                        list.contains(s.id()) ? list.indexOf(s.id()) + 1 : null,
                        s.slots().stream().filter(x -> !x.equals(slot.id())).flatMap(x -> menu.slot(x).stream()).toList()))
                .toList();
    }

    public boolean hasChoices() {
        return !menu.choices().isEmpty();
    }

    /** Wishes that stand on days on which the child goes home before. */
    public long resting() {
        return groups().stream().flatMap(g -> g.wishes().stream()).filter(Wished::rests).map(w -> w.section().id()).distinct().count();
    }

    public int wishedSlots() {
        return (int) menu.choices().stream().filter(typed::stays).filter(s -> !typed.wishesIn(s.id()).isEmpty()).count();
    }

    /** The week as it would be: own class unless a team or a wish stands there. */
    public Week week(Screen screen) {
        List<Week.Day> days = new ArrayList<>();
        boolean noon = !menu.noon().isEmpty();
        List<Integer> ordinals = menu.slots().stream().map(Menu.Slot::ordinal).distinct().sorted().toList();
        for (int weekday : menu.weekdays()) {
            List<Week.Slot> slots = new ArrayList<>();
            if (noon) slots.add(noonBox(weekday, screen));
            for (int ordinal : ordinals) {
                Optional<Menu.Slot> slot = menu.on(weekday).stream().filter(s -> s.ordinal() == ordinal).findFirst();
                slots.add(slot.map(s -> box(s, screen)).orElse(new Week.Slot(Week.Kind.NONE, "", "")));
            }
            days.add(new Week.Day(screen.t("enrolment.weekday.short." + weekday), "", false, slots));
        }
        List<String> names = new ArrayList<>();
        if (noon) names.add(screen.t("enrolment.sheet.noon.short"));
        ordinals.forEach(o -> names.add(ordinals.size() == 1 && !noon ? "" : screen.time(endOf(o))));
        return new Week(names, days);
    }

    private Week.Slot noonBox(int weekday, Screen screen) {
        boolean stays = !Boolean.FALSE.equals(part) && menu.noon().stream().anyMatch(s -> s.weekday() == weekday && typed.noon().contains(s.id()));
        return stays ? new Week.Slot(Week.Kind.OWN, screen.t("enrolment.own_class.short"), "") : new Week.Slot(Week.Kind.NONE, "", "");
    }

    private LocalTime endOf(int ordinal) {
        return menu.slots().stream().filter(s -> s.ordinal() == ordinal).map(Menu.Slot::ends).findFirst().orElseThrow();
    }

    private Week.Slot box(Menu.Slot slot, Screen screen) {
        Optional<Menu.Fixed> team = fixed.stream().filter(f -> f.slot().equals(slot.id())).findFirst();
        List<Wished> wishes = wished(slot, typed.wishesIn(slot.id()));
        if (team.isPresent() && !wishes.isEmpty()) return new Week.Slot(Week.Kind.CLASH, team.get().name(), wishes.getFirst().section().name());
        if (!Boolean.TRUE.equals(part) && part != null || !stays(slot)) return new Week.Slot(Week.Kind.NONE, "", "");
        if (team.isPresent()) return new Week.Slot(Week.Kind.CLUB, team.get().name(), "");
        return wishes.stream()
                .filter(w -> !w.rests())
                .findFirst()
                .map(w -> new Week.Slot(Week.Kind.WISH, w.section().name(), wishes.size() > 1 ? screen.t("enrolment.week.more", wishes.size() - 1) : ""))
                .orElse(new Week.Slot(Week.Kind.OWN, screen.t("enrolment.own_class.short"), ""));
    }

    private boolean stays(Menu.Slot slot) {
        return typed.until().getOrDefault(slot.weekday(), 0) >= slot.ordinal();
    }

    public Optional<Sibling> nextSibling() {
        return siblings.stream().filter(s -> !s.here() && !s.answered()).findFirst();
    }

    /** Another child whose answers can be taken over with one tap while this one has none. */
    public Optional<Sibling> model() {
        return stored.sheet() != null || !editable ? Optional.empty() : siblings.stream().filter(s -> !s.here() && s.answered()).findFirst();
    }

    public boolean schoolTyped() {
        return stored.enteredForFamily() && stored.sheet() != null;
    }

    /** Changes by somebody else than the reader, latest first. */
    public List<FamilySheet.Change> othersChanges() {
        return changes.stream().filter(c -> !c.by().equals(account)).toList();
    }

    /** A day of a former version of the sheet on which the child stayed. */
    public record StayedDay(int weekday, LocalTime ends) {}

    public List<StayedDay> days(FamilySheet.Change change) {
        List<StayedDay> days = new ArrayList<>();
        for (String day : change.days().split(" ")) {
            int colon = day.indexOf(':');
            if (colon < 1) continue;
            int weekday = Integer.parseInt(day.substring(0, colon));
            int ordinal = Integer.parseInt(day.substring(colon + 1));
            menu.on(weekday).stream().filter(s -> s.ordinal() == ordinal).findFirst().ifPresent(s -> days.add(new StayedDay(weekday, s.ends())));
        }
        return days;
    }

    /** The wished sections of a former version that are still on the menu. */
    public List<String> names(FamilySheet.Change change) {
        return Stream.of(change.wishes().split(" ")).flatMap(id -> Ids.parse(id).stream()).flatMap(id -> menu.section(id).stream()).map(Menu.Section::name).toList();
    }
}
