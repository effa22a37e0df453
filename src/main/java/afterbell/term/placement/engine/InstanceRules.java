package afterbell.term.placement.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** What the parts of an instance must say about each other. One rule, one method. */
final class InstanceRules {
    /** Finds the line of the nth row (from 0) of a file. */
    interface Lines {
        int of(String file, int row);
    }

    private final Lines lines;
    private final List<Complaint> complaints = new ArrayList<>();
    private final Map<String, Section> sections = new HashMap<>();
    private final Map<String, Pupil> pupils = new HashMap<>();

    InstanceRules(Lines lines) {
        this.lines = lines;
    }

    List<Complaint> complaints(
            List<Section> givenSections,
            List<Pupil> givenPupils,
            List<Wish> wishes,
            List<Band> bands,
            List<FixedSeat> fixed) {
        for (int i = 0; i < givenSections.size(); i++) {
            sectionMakesSense(i, givenSections.get(i));
        }
        Map<Integer, String> lotteries = new HashMap<>();
        for (int i = 0; i < givenPupils.size(); i++) {
            pupilMakesSense(i, givenPupils.get(i), lotteries);
        }
        wishesMakeSense(wishes);
        bandsMakeSense(bands);
        fixedSeatsMakeSense(fixed);
        return complaints;
    }

    private void sectionMakesSense(int row, Section section) {
        String file = "courses.csv";
        if (sections.putIfAbsent(section.course(), section) != null) {
            complain(file, row, "course", section.course(), "stands twice", "give every section its own id");
        }
        if (section.slots().isEmpty()) {
            complain(file, row, "slots", "", "the section meets in no slot", "write at least one, e.g. 0 or 0;2");
        }
        if (new HashSet<>(section.slots()).size() < section.slots().size()) {
            complain(file, row, "slots", section.slots().toString(), "names a slot twice", "write each slot once");
        }
        if (section.minSize() > Objects.requireNonNull(section).capacity()) {
            complain(file, row, "min_size", "" + section.minSize(),
                    "is above the capacity of " + section.capacity() + ", so the section could never run",
                    "lower the minimum or raise the capacity");
        }
        if (section.gradeLo() > section.gradeHi()) {
            complain(file, row, "grade_lo", "" + section.gradeLo(), "is above grade_hi", "write the lower grade first");
        }
    }

    private void pupilMakesSense(int row, Pupil pupil, Map<Integer, String> lotteries) {
        String file = "pupils.csv";
        if (pupils.putIfAbsent(pupil.pupil(), pupil) != null) {
            complain(file, row, "pupil", pupil.pupil(), "stands twice", "give every pupil one row");
        } else if (lotteries.putIfAbsent(pupil.lottery(), pupil.pupil()) != null) {
            complain(file, row, "lottery", "" + pupil.lottery(),
                    "is also the number of " + lotteries.get(pupil.lottery()), "give every pupil its own number");
        }
    }

    private void wishesMakeSense(List<Wish> wishes) {
        Map<String, Set<String>> slotsOf = new HashMap<>();
        Map<String, Set<Integer>> unfilledOf = new HashMap<>();
        for (int i = 0; i < wishes.size(); i++) {
            Wish wish = wishes.get(i);
            Set<String> slots = slotsOf.computeIfAbsent(wish.pupil(), p -> new TreeSet<>(Text.ORDER));
            Set<Integer> unfilled = unfilledOf.computeIfAbsent(wish.pupil(), p -> new HashSet<>());
            unfilled.add(wish.unfilled());
            wishMakesSense(i, wish, slots, unfilled);
        }
    }

    private void wishMakesSense(int row, Wish wish, Set<String> slots, Set<Integer> unfilled) {
        String file = "prefs.csv";
        Pupil pupil = pupils.get(wish.pupil());
        if (pupil == null) {
            complain(file, row, "pupil", wish.pupil(), "is not in pupils.csv", "add the pupil or take the list out");
            return;
        }
        if (!slots.add(wish.slot())) {
            complain(file, row, "slot", wish.slot(), "has a second list of the same pupil", "keep one list per slot");
        } else if (slots.size() > 1 && slots.contains(Wish.WEEK)) {
            complain(file, row, "slot", wish.slot(), "stands beside a list for the week",
                    "give a pupil either one list with slot * or lists by slot");
        }
        if (unfilled.size() > 1 && (slots.size() > pupil.demand())) {
            complain(file, row, "unfilled", "" + wish.unfilled(), "differs between lists of a pupil who wants fewer slots",
                    "use one value for all lists of a pupil whose demand is below its number of lists");
        }
        Set<String> listed = new HashSet<>();
        for (String course : wish.ranks().stream().flatMap(List::stream).toList()) {
            Section section = sections.get(course);
            if (section == null) {
                complain(file, row, "ranked", course, "is not in courses.csv", "correct the id or take it out");
            } else if (!wish.forWeek() && !section.slots().contains(Integer.parseInt(wish.slot()))) {
                complain(file, row, "ranked", course, "does not meet in slot " + wish.slot(),
                        "list it only where it meets: " + section.slots());
            }
            if (!listed.add(course)) {
                complain(file, row, "ranked", course, "is listed twice", "list a section once");
            }
        }
    }

    private void bandsMakeSense(List<Band> bands) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < bands.size(); i++) {
            Band band = bands.get(i);
            knownPair("bands.csv", i, band.course(), band.pupil());
            if (!seen.add(band.course() + "," + band.pupil())) {
                complain("bands.csv", i, "pupil", band.pupil(), "has a second band in this section", "keep one");
            }
        }
    }

    private void fixedSeatsMakeSense(List<FixedSeat> fixed) {
        String file = "fixed.csv";
        Map<String, List<Section>> held = new HashMap<>();
        Map<String, Integer> load = new HashMap<>();
        for (int i = 0; i < fixed.size(); i++) {
            FixedSeat seat = fixed.get(i);
            if (!knownPair(file, i, seat.course(), seat.pupil())) {
                continue;
            }
            Section section = sections.get(seat.course());
            if (load.merge(seat.course(), 1, Integer::sum) > Objects.requireNonNull(section).capacity()) {
                complain(file, i, "course", seat.course(), "has more fixed members than its capacity of "
                        + section.capacity(), "raise the capacity or untick members");
            }
            List<Section> others = held.computeIfAbsent(seat.pupil(), p -> new ArrayList<>());
            for (Section other : others) {
                if (other.activity().equals(section.activity())
                        || other.slots().stream().anyMatch(section.slots()::contains)) {
                    complain(file, i, "pupil", seat.pupil(), "is already fixed in " + other.course()
                            + " at that time or in that activity", "keep one of the two");
                }
            }
            others.add(section);
            Integer limit = Objects.requireNonNull(pupils.get(seat.pupil())).limit();
            if (limit != null && others.size() > limit) {
                complain(file, i, "pupil", seat.pupil(), "has more fixed places than its limit of " + limit,
                        "raise the limit or untick the pupil");
            }
        }
    }

    private boolean knownPair(String file, int row, String course, String pupil) {
        if (!sections.containsKey(course)) {
            complain(file, row, "course", course, "is not in courses.csv", "correct the id or take the row out");
        }
        if (!pupils.containsKey(pupil)) {
            complain(file, row, "pupil", pupil, "is not in pupils.csv", "correct the id or take the row out");
        }
        return sections.containsKey(course) && pupils.containsKey(pupil);
    }

    private void complain(String file, int row, String column, String value, String problem, String remedy) {
        complaints.add(new Complaint(file, lines.of(file, row), column, value, problem, remedy));
    }
}
