package afterbell.term.enrolment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What a sheet may say. Pure: the same round, menu and sheet give the same answer on every machine. */
final class SheetPolicy {
    private SheetPolicy() {}

    /** Why the sheet can't be saved at this instant; empty where it can. */
    static List<SheetRefusal> refusals(Round round, Menu menu, List<Menu.Fixed> fixed, Sheet asked, Instant at) {
        List<SheetRefusal> all = new ArrayList<>(time(round, at));
        all.addAll(content(menu, fixed, asked));
        return List.copyOf(all);
    }

    static List<SheetRefusal> time(Round round, Instant at) {
        if (at.isBefore(round.opensAt()) || round.state() == Round.State.DRAFT) return List.of(new SheetRefusal.NotYetOpen(round.opensAt()));
        if (!round.takesAnswersAt(at)) return List.of(new SheetRefusal.Closed(round.closesAt()));
        return List.of();
    }

    static List<SheetRefusal> content(Menu menu, List<Menu.Fixed> fixed, Sheet asked) {
        List<SheetRefusal> all = new ArrayList<>();
        days(menu, asked, all);
        if (asked.noon().stream().anyMatch(id -> menu.noon().stream().noneMatch(s -> s.id().equals(id)))) all.add(new SheetRefusal.NoonUnknown());
        wishes(menu, fixed, asked, all);
        return List.copyOf(new LinkedHashSet<>(all));
    }

    private static void days(Menu menu, Sheet asked, List<SheetRefusal> all) {
        asked.until().forEach((weekday, ordinal) -> {
            if (menu.on(weekday).stream().noneMatch(s -> s.ordinal() == ordinal)) all.add(new SheetRefusal.DayUnknown(Math.clamp(weekday, 1, 7)));
        });
    }

    private static void wishes(Menu menu, List<Menu.Fixed> fixed, Sheet asked, List<SheetRefusal> all) {
        asked.wishes().forEach((slot, list) -> {
            if (list.size() > Sheet.MOST_WISHES) all.add(new SheetRefusal.TooMany());
            for (UUID section : list)
                menu.section(section).filter(s -> s.slots().contains(slot)).ifPresentOrElse(s -> clashes(menu, fixed, s, all), () -> all.add(new SheetRefusal.NotOnMenu()));
        });
    }

    private static void clashes(Menu menu, List<Menu.Fixed> fixed, Menu.Section wished, List<SheetRefusal> all) {
        for (UUID slot : wished.slots())
            for (Menu.Fixed team : fixed) {
                int minutes = menu.slot(slot).flatMap(a -> menu.slot(team.slot()).map(a::overlap)).orElse(0);
                if (minutes > 0) all.add(new SheetRefusal.Clash(wished.name(), team.name(), minutes));
            }
    }

    /** A sheet that means the same and can be stored: no wish twice in a list, a section of several slots in the list of each of them. */
    static Sheet tidied(Menu menu, Sheet asked) {
        Map<UUID, Set<UUID>> lists = new LinkedHashMap<>();
        asked.wishes().forEach((slot, list) -> lists.computeIfAbsent(slot, s -> new LinkedHashSet<>()).addAll(list));
        asked.wishes().values().stream()
                .flatMap(List::stream)
                .distinct()
                .forEach(id -> menu.section(id).ifPresent(s -> s.slots().forEach(slot -> lists.computeIfAbsent(slot, x -> new LinkedHashSet<>()).add(id))));
        Map<UUID, List<UUID>> tidy = new LinkedHashMap<>();
        lists.forEach((slot, set) -> tidy.put(slot, List.copyOf(set)));
        return new Sheet(asked.takesPart(), asked.until(), tidy, asked.noon(), asked.waiting());
    }

    /** Whether a wish counts now: the child stays for every slot of its section. The others rest until the day comes back. */
    static boolean counts(Menu menu, Sheet asked, UUID section) {
        return menu.section(section).stream().flatMap(s -> s.slots().stream()).allMatch(slot -> menu.slot(slot).filter(asked::stays).isPresent());
    }

    /** The answers of one child as they suit another: the same days as late as that child's own slots go, and the wishes it may hold as well. */
    static Sheet copied(Menu from, Sheet answers, Menu to, List<Menu.Fixed> fixed) {
        Map<Integer, Integer> until = new LinkedHashMap<>();
        answers.until().forEach((weekday, ordinal) -> to.on(weekday).stream()
                .mapToInt(Menu.Slot::ordinal)
                .filter(o -> o <= ordinal)
                .max()
                .ifPresent(o -> until.put(weekday, o)));
        Map<UUID, List<UUID>> wishes = new LinkedHashMap<>();
        for (Menu.Slot slot : to.choices())
            wishes.put(slot.id(), from.on(slot.weekday()).stream()
                    .flatMap(s -> answers.wishesIn(s.id()).stream())
                    .distinct()
                    .flatMap(id -> to.section(id).stream())
                    .filter(s -> s.slots().contains(slot.id()))
                    .filter(s -> {
                        List<SheetRefusal> found = new ArrayList<>();
                        clashes(to, fixed, s, found);
                        return found.isEmpty();
                    })
                    .map(Menu.Section::id)
                    .toList());
        Set<Integer> noonDays = from.noon().stream().filter(s -> answers.noon().contains(s.id())).map(Menu.Slot::weekday).collect(Collectors.toSet());
        Set<UUID> noon = to.noon().stream().filter(s -> noonDays.contains(s.weekday())).map(Menu.Slot::id).collect(Collectors.toSet());
        return tidied(to, new Sheet(answers.takesPart(), until, wishes, noon, answers.waiting()));
    }

    /** An earlier answer in the bells of now: as many periods of a day as then, and noon on the days on which it was noon; no wishes. */
    static Sheet proposed(Menu then, FamilySheet.Before answer, Menu now) {
        Map<Integer, Integer> until = new LinkedHashMap<>();
        answer.until().forEach((weekday, ordinal) -> {
            long periods = then.on(weekday).stream().filter(s -> s.ordinal() <= ordinal).count();
            now.on(weekday).stream().map(Menu.Slot::ordinal).sorted().limit(periods).max(Integer::compare).ifPresent(o -> until.put(weekday, o));
        });
        Set<Integer> noonDays = then.noon().stream().filter(s -> answer.noon().contains(s.id())).map(Menu.Slot::weekday).collect(Collectors.toSet());
        Set<UUID> noon = now.noon().stream().filter(s -> noonDays.contains(s.weekday())).map(Menu.Slot::id).collect(Collectors.toSet());
        return new Sheet(true, until, Map.of(), noon, Sheet.Waiting.ASK);
    }
}
