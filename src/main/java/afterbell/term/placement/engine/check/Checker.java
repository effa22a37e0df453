package afterbell.term.placement.engine.check;

import afterbell.term.placement.engine.Closing;
import afterbell.term.placement.engine.Explanation;
import afterbell.term.placement.engine.FamilyTree;
import afterbell.term.placement.engine.Instance;
import afterbell.term.placement.engine.Order;
import afterbell.term.placement.engine.Outcome;
import afterbell.term.placement.engine.Pupil;
import afterbell.term.placement.engine.ResultFiles;
import afterbell.term.placement.engine.Seat;
import afterbell.term.placement.engine.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Finds what is not so in a result: from the input and the published rows alone, without solving anything. */
public final class Checker {
    /**
     * @param lies empty where everything is so
     * @param levels the order's values, computed here
     * @param envy pupils who rank a section before what they have while a child after them in the order holds a seat in
     *     it; each of them reads a reason for it
     * @param explanations the true ones
     */
    public record Report(List<Lie> lies, Map<String, Long> levels, int envy, List<Explanation> explanations) {}

    private final Instance instance;
    private final Order order;
    private final List<Lie> lies = new ArrayList<>();

    private Checker(Instance instance, Order order) {
        this.instance = instance;
        this.order = order;
    }

    /** Checks what a run just made, before anything is written. */
    public static Report check(Instance instance, Outcome outcome) {
        Map<String, Object> certificate = outcome.certificate().asJson();
        Checker checker = new Checker(instance, outcome.certificate().order());
        return checker.check(outcome.result(), outcome.closings(), null, certificate);
    }

    /** Checks files that were read back. */
    static Report check(Instance instance, Order order, PublishedFiles.Published files) {
        return new Checker(instance, order)
                .check(files.result(), files.closings(), files.explanations(), files.certificate());
    }

    private Report check(
            List<Seat> result,
            List<Closing> closings,
            @org.jspecify.annotations.Nullable List<Explanation> told,
            Map<String, Object> certificate) {
        rowsAreLawful(result);
        Register register = new Register(instance, order);
        register.seat(result);
        fixedMembersAreSeated(register, result);
        sizesAreLawful(register);
        closingsAreTrue(register, closings, result);
        Map<String, Long> levels = register.levels();
        Explanations.Findings findings = new Explanations(register, closings).derive();
        for (String pair : findings.unexplained()) {
            lie(ResultFiles.RESULT, pair, "the seat should have been given by the published order, no reason holds");
        }
        if (told != null) {
            explanationsAreTrue(findings.explanations(), told);
        }
        certificateIsTrue(levels, result, certificate);
        Set<String> envious = new HashSet<>();
        findings.explanations().stream()
                .filter(e -> switch (e.reason()) {
                    case EXCHANGE, BAND, SIBLING, CONTINUITY -> true;
                    case NOT_ELIGIBLE, NOT_RUN, CLASH, ORDER, LOTTERY -> false;
                })
                .forEach(e -> envious.add(e.pupil()));
        return new Report(List.copyOf(lies), levels, envious.size(), findings.explanations());
    }

    private void rowsAreLawful(List<Seat> result) {
        Register listed = new Register(instance, order);
        Set<String> rows = new HashSet<>();
        Map<String, List<Seat>> byPupil = new LinkedHashMap<>();
        for (Seat seat : result) {
            String where = seat.pupil() + " " + seat.slot() + " " + seat.course();
            if (!listed.pupils.containsKey(seat.pupil()) || !listed.sections.containsKey(seat.course())) {
                lie(ResultFiles.RESULT, where, "names a pupil or section that the input does not have");
                continue;
            }
            if (!rows.add(where)) {
                lie(ResultFiles.RESULT, where, "stands twice");
                continue;
            }
            byPupil.computeIfAbsent(seat.pupil(), p -> new ArrayList<>()).add(seat);
            if (seat.rank() > 0) {
                rankIsTrue(listed, seat, where);
            } else if (!isFixed(seat)) {
                lie(ResultFiles.RESULT, where, "has rank 0, but the pupil is not a fixed member");
            }
        }
        byPupil.forEach((pupil, seats) -> pupilIsLawful(listed, listed.pupil(pupil), seats));
    }

    private void rankIsTrue(Register listed, Seat seat, String where) {
        Ask ask = listed.asks(seat.pupil()).get(seat.course());
        int rank = ask == null
                ? 0
                : ask.rows().stream()
                        .filter(row -> row.slot().equals(seat.slot()))
                        .mapToInt(Ask.Row::rank)
                        .findFirst()
                        .orElse(0);
        if (rank == 0) {
            lie(ResultFiles.RESULT, where, "the pupil did not list this section there");
        } else if (rank != seat.rank()) {
            lie(ResultFiles.RESULT, where, "says rank " + seat.rank() + ", the list says " + rank);
        }
    }

    private boolean isFixed(Seat seat) {
        return instance.fixed().stream()
                .anyMatch(fixed -> fixed.pupil().equals(seat.pupil()) && fixed.course().equals(seat.course()));
    }

    private void pupilIsLawful(Register listed, Pupil pupil, List<Seat> seats) {
        Map<String, Set<String>> slotsOf = new LinkedHashMap<>();
        int units = 0;
        for (Seat seat : seats) {
            slotsOf.computeIfAbsent(seat.course(), c -> new HashSet<>()).add(seat.slot());
            units += seat.rank() > 0 ? 1 : 0;
        }
        Map<Integer, String> busy = new HashMap<>();
        Map<String, String> activities = new HashMap<>();
        slotsOf.forEach((course, slots) -> {
            Section section = listed.section(course);
            String where = pupil.pupil() + " " + course;
            boolean fixed = seats.stream().anyMatch(seat -> seat.course().equals(course) && seat.rank() == 0);
            if (!fixed && !section.admits(pupil.grade())) {
                lie(ResultFiles.RESULT, where, "grade " + pupil.grade() + " is not eligible");
            }
            Set<String> all = new HashSet<>();
            section.slots().forEach(slot -> all.add("" + slot));
            if (!slots.equals(Set.of("*")) && !slots.equals(all)) {
                lie(ResultFiles.RESULT, where, "a section is taken in all its slots or not at all");
            }
            String other = activities.putIfAbsent(section.activity(), course);
            if (other != null) {
                lie(ResultFiles.RESULT, where, "is in two sections of one activity, the other is " + other);
            }
            for (int slot : section.slots()) {
                String there = busy.putIfAbsent(slot, course);
                if (there != null) {
                    lie(ResultFiles.RESULT, where, "is at the same time in " + there);
                }
            }
        });
        if (units > pupil.demand()) {
            lie(ResultFiles.RESULT, pupil.pupil(), "got " + units + " of " + pupil.demand() + " wanted");
        }
        if (pupil.limit() != null && slotsOf.size() > pupil.limit()) {
            lie(ResultFiles.RESULT, pupil.pupil(), "is in " + slotsOf.size() + " clubs, the limit is " + pupil.limit());
        }
    }

    private void fixedMembersAreSeated(Register register, List<Seat> result) {
        Set<String> rows = new HashSet<>();
        result.stream().filter(seat -> seat.rank() == 0)
                .forEach(seat -> rows.add(seat.pupil() + " " + seat.course() + " " + seat.slot()));
        register.fixed.forEach((pupil, sections) -> sections.forEach(section -> section.slots().forEach(slot -> {
            if (!rows.contains(pupil + " " + section.course() + " " + slot)) {
                lie(ResultFiles.RESULT, pupil + " " + section.course(), "the fixed member has no row for slot " + slot);
            }
        })));
    }

    private void sizesAreLawful(Register register) {
        for (Section section : instance.sections()) {
            String course = section.course();
            int load = register.load(course);
            if (load > section.capacity()) {
                lie(ResultFiles.RESULT, course, load + " pupils in " + section.capacity() + " seats");
            }
            if (load > 0 && !register.mayRunWith(course, load)) {
                lie(ResultFiles.RESULT, course, load + " pupils, under its minimum of " + section.minSize());
            }
            Set<String> homes = new HashSet<>();
            register.members(course).forEach(pupil -> {
                String home = register.pupil(pupil).home();
                if (home != null && homes.add(home) && section.classSeats() != null
                        && register.classLoad(course, home) > section.classSeats()) {
                    lie(ResultFiles.RESULT, course, "more pupils of one class than its " + section.classSeats() + " seats");
                }
            });
        }
    }

    private void closingsAreTrue(Register register, List<Closing> told, List<Seat> result) {
        List<Closing> truth;
        if (order == Order.DA) {
            TurnRule turns = new TurnRule(instance);
            Register again = turns.run();
            truth = turns.closings();
            for (Pupil pupil : instance.pupils()) {
                Set<String> is = new HashSet<>();
                register.held(pupil.pupil()).forEach(ask -> is.add(ask.course()));
                Set<String> ought = new HashSet<>();
                again.held(pupil.pupil()).forEach(ask -> ought.add(ask.course()));
                if (!is.equals(ought)) {
                    lie(ResultFiles.RESULT, pupil.pupil(), "taking turns gives this pupil other places");
                }
            }
        } else {
            truth = new ClosingRule(register).closings();
            for (Closing closing : truth) {
                if (closing.placeable() >= closing.minSize()) {
                    lie(ResultFiles.CLOSED, closing.course(), "does not run, though " + closing.placeable()
                            + " pupils would gain from it and its minimum is " + closing.minSize());
                }
            }
        }
        compare(ResultFiles.CLOSED, byCourse(truth), byCourse(told), told.size());
    }

    private static Map<String, Closing> byCourse(List<Closing> closings) {
        Map<String, Closing> map = new LinkedHashMap<>();
        closings.forEach(closing -> map.put(closing.course(), closing));
        return map;
    }

    private void explanationsAreTrue(List<Explanation> truth, List<Explanation> told) {
        Map<String, Explanation> expected = new LinkedHashMap<>();
        truth.forEach(e -> expected.put(e.pupil() + " " + e.course(), e));
        Map<String, Explanation> given = new LinkedHashMap<>();
        told.forEach(e -> given.put(e.pupil() + " " + e.course(), e));
        compare(ResultFiles.EXPLANATIONS, expected, given, told.size());
    }

    private <T> void compare(String file, Map<String, T> truth, Map<String, T> told, int rows) {
        truth.forEach((key, value) -> {
            T said = told.get(key);
            if (said == null) {
                lie(file, key, "is missing; true is " + value);
            } else if (!said.equals(value)) {
                lie(file, key, "says " + said + "; true is " + value);
            }
        });
        told.forEach((key, value) -> {
            if (!truth.containsKey(key)) {
                lie(file, key, "says " + value + "; nothing of the kind is so");
            }
        });
        if (rows != told.size()) {
            lie(file, "", "holds " + (rows - told.size()) + " rows twice");
        }
    }

    private void certificateIsTrue(Map<String, Long> levels, List<Seat> result, Map<String, Object> certificate) {
        field(certificate, "input_sha256", afterbell.term.placement.engine.Digests.ofInput(instance));
        field(certificate, "families_root", FamilyTree.over(instance, result).root());
        field(certificate, "result_sha256", PublishedFiles.sha256(ResultFiles.result(result)));
        field(certificate, "order", order.name().toLowerCase(Locale.ROOT));
        // Certificates of releases before the second do not say it; theirs is the first.
        if (certificate.containsKey("order_version")) {
            field(certificate, "order_version", Order.VERSION);
        }
        field(certificate, "levels", levels);
        Tally tally = Tally.of(instance, result);
        field(certificate, "counts", tally.counts());
        field(certificate, "nothing", tally.nothing());
        field(certificate, "cost", tally.cost());
        boundsAreConsistent(levels, certificate);
    }

    private void boundsAreConsistent(Map<String, Long> levels, Map<String, Object> certificate) {
        boolean proved = Boolean.TRUE.equals(certificate.get("proved"));
        Map<?, ?> bounds = certificate.get("bound") instanceof Map<?, ?> map ? map : Map.of();
        List<String> mayBeProved = order.levels().subList(0, order.provedLevels());
        for (String level : mayBeProved) {
            long value = levels.getOrDefault(level, 0L);
            if (!(bounds.get(level) instanceof Number bound)) {
                lie(ResultFiles.CERTIFICATE, "bound." + level, "is missing");
            } else if (bound.longValue() > value) {
                lie(ResultFiles.CERTIFICATE, "bound." + level, "is above the value of " + value);
            } else if (proved && bound.longValue() != value) {
                lie(ResultFiles.CERTIFICATE, "proved", "is claimed, but the bound of " + level + " is not its value");
            }
        }
        if (proved && Boolean.TRUE.equals(certificate.get("preview"))) {
            lie(ResultFiles.CERTIFICATE, "proved", "is claimed of a preview");
        }
    }

    private void field(Map<String, Object> certificate, String name, Object truth) {
        Object told = certificate.get(name);
        if (told == null) {
            lie(ResultFiles.CERTIFICATE, name, "is missing; true is " + truth);
        } else if (!sameValue(told, truth)) {
            lie(ResultFiles.CERTIFICATE, name, "says " + told + "; true is " + truth);
        }
    }

    private static boolean sameValue(Object told, Object truth) {
        if (told instanceof Number a && truth instanceof Number b) {
            return a.longValue() == b.longValue() && !(told instanceof Double);
        }
        if (told instanceof Map<?, ?> a && truth instanceof Map<?, ?> b) {
            return a.keySet().equals(b.keySet())
                    && b.entrySet().stream().allMatch(e -> a.get(e.getKey()) instanceof Object said
                            && e.getValue() instanceof Object is && sameValue(said, is));
        }
        return told.equals(truth);
    }

    private void lie(String file, String where, String what) {
        lies.add(new Lie(file, where, what));
    }
}
