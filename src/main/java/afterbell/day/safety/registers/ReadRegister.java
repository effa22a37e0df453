package afterbell.day.safety.registers;

import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.shared.Ids;
import afterbell.base.shared.web.Offscreen;
import afterbell.base.shared.web.Screen;
import afterbell.day.safety.Book;
import afterbell.day.safety.Check;
import afterbell.day.safety.Entry;
import afterbell.day.safety.Guidance;
import afterbell.day.safety.Incident;
import afterbell.day.safety.Ledger;
import afterbell.day.safety.People;
import afterbell.day.safety.Plan;
import afterbell.reach.messaging.Notices;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads a register from the entries of its days. */
@Component
@Transactional(readOnly = true)
class ReadRegister {
    private final Ledger ledger;
    private final Guidance guidance;
    private final People people;
    private final Roster roster;
    private final Notices notices;
    private final Offscreen offscreen;

    ReadRegister(Ledger ledger, Guidance guidance, People people, Roster roster, Notices notices, Offscreen offscreen) {
        this.ledger = ledger;
        this.guidance = guidance;
        this.people = people;
        this.roster = roster;
        this.notices = notices;
        this.offscreen = offscreen;
    }

    /** What all rows need: the words of one language, names by id, what was written by entry. */
    private record Reading(UUID school, Screen screen, People.Names names, Map<UUID, SortedMap<String, String>> words) {
        String said(Entry e, String name) {
            SortedMap<String, String> all = words.get(e.id());
            return all == null ? "" : all.getOrDefault(name, "");
        }

        String at(Optional<Entry> e) {
            return e.map(x -> at(x.at())).orElse("");
        }

        /** Day and time, short enough for a column on paper; the year stands above the table. */
        String at(Instant moment) {
            ZonedDateTime z = moment.atZone(Screen.ZONE);
            return screen.t("safety.registers.moment", z.getMonthValue(), z.getDayOfMonth(), screen.time(z.toLocalTime()));
        }
    }

    /** Oldest first; a subject stands on the day on which it began. */
    List<List<String>> rows(UUID school, Register register, LocalDate from, LocalDate until, Locale locale) {
        Book book = switch (register) {
            case VISITS -> Book.VISIT;
            case PASSES -> Book.PASS;
            case PATROL -> Book.PATROL;
            case CARE -> Book.CARE;
            case HAZARDS, ROUNDS -> Book.HAZARD;
            case INCIDENTS, DRILLS -> Book.INCIDENT;
        };
        Collection<List<Entry>> subjects = ledger.begun(school, book, from, until).values();
        Reading r = new Reading(school, offscreen.screen(locale, ""), people.names(school), ledger.words(school, subjects.stream().flatMap(List::stream).filter(e -> !e.is("frozen")).toList()));
        return switch (register) {
            case VISITS -> subjects.stream().map(s -> visit(s, r)).toList();
            case PASSES -> passes(subjects, r);
            case PATROL -> subjects.stream().map(s -> patrol(s, r)).toList();
            case CARE -> care(subjects, r);
            case HAZARDS -> hazards(subjects.stream().filter(s -> s.getFirst().is("opened")).toList(), r);
            case ROUNDS -> rounds(subjects.stream().filter(s -> s.getFirst().is("checked")).toList(), r);
            case INCIDENTS -> incidents(subjects, r, false);
            case DRILLS -> incidents(subjects, r, true);
        };
    }

    private static Optional<Entry> one(List<Entry> subject, String kind) {
        return subject.stream().filter(e -> e.is(kind)).reduce((a, b) -> b);
    }

    private static List<String> visit(List<Entry> s, Reading r) {
        Entry first = s.getFirst();
        Optional<Entry> in = one(s, "entered");
        Entry last = s.getLast();
        String how = in.isPresent() ? r.screen().t("safety.visit.step.entered." + in.get().fact("how")) : r.screen().t("safety.visit.step." + last.kind() + (last.fact("how").isEmpty() ? "" : "." + last.fact("how")));
        return List.of(
                r.at(in.orElse(first).at()), r.said(first, "name"), first.fact("people"), r.screen().t("safety.purpose." + first.fact("purpose")), r.names().of(first.fact("host")), how, r.at(one(s, "left")));
    }

    private List<List<String>> passes(Collection<List<Entry>> subjects, Reading r) {
        List<UUID> children = subjects.stream().map(s -> Ids.parse(s.getFirst().fact("pupil"))).flatMap(Optional::stream).distinct().toList();
        Map<String, List<String>> who = new HashMap<>();
        roster.children(children).forEach(p -> who.put(p.id().toString(), List.of(p.name(), p.className())));
        return subjects.stream()
                .map(s -> {
                    Entry e = s.getFirst();
                    List<String> child = who.getOrDefault(e.fact("pupil"), List.of("", ""));
                    return List.of(r.at(e.at()), child.get(0), child.get(1), r.screen().t("safety.pass.why." + e.fact("state")), r.names().of(e.by()));
                })
                .toList();
    }

    private static List<String> patrol(List<Entry> s, Reading r) {
        Entry e = s.getFirst();
        Optional<Entry> settled = one(s, "settled");
        String done = settled.map(x -> r.at(x.at()) + " " + r.said(x, "note")).orElse("");
        return List.of(r.at(e.at()), r.names().of(e.fact("ref")), r.screen().t("safety.rating." + e.fact("rating")), r.said(e, "note"), r.names().of(e.fact("contact")), done, r.names().of(e.by()));
    }

    private List<List<String>> care(Collection<List<Entry>> subjects, Reading r) {
        Map<String, String> classes = roster.classes(r.school()).stream().collect(Collectors.toMap(c -> c.id().toString(), SchoolClass::name));
        return subjects.stream()
                .map(List::getFirst)
                .map(e -> List.of(r.at(e.at()), classes.getOrDefault(e.fact("class"), ""), r.said(e, "note"), e.fact("urgent").equals("yes") ? r.screen().t("safety.care.urgent.chip") : "", r.names().of(e.by())))
                .toList();
    }

    private Map<String, String> lists(Reading r) {
        return guidance.checks(r.school()).stream().collect(Collectors.toMap(Check::key, c -> c.name().in(r.screen())));
    }

    private List<List<String>> hazards(List<List<Entry>> subjects, Reading r) {
        Map<String, String> lists = lists(r);
        return subjects.stream()
                .map(s -> {
                    Entry e = s.getFirst();
                    String note = r.said(e, "note");
                    String due = one(s, "reopened").orElse(e).fact("due");
                    return List.of(
                            r.screen().date(e.day()),
                            r.said(e, "what") + (note.isEmpty() ? "" : " " + note),
                            lists.getOrDefault(e.fact("check"), ""),
                            r.names().of(e.fact("responsible")),
                            r.screen().date(LocalDate.parse(due)),
                            r.at(one(s, "mended")),
                            r.at(one(s, "confirmed")));
                })
                .toList();
    }

    private List<List<String>> rounds(List<List<Entry>> subjects, Reading r) {
        Map<String, String> lists = lists(r);
        return subjects.stream()
                .map(List::getFirst)
                .map(e -> List.of(r.screen().date(e.day()), lists.getOrDefault(e.fact("check"), ""), Integer.toString(e.fact("answers").length()), e.fact("faults"), r.names().of(e.by())))
                .toList();
    }

    private List<List<String>> incidents(Collection<List<Entry>> subjects, Reading r, boolean drills) {
        Map<String, Plan> plans = guidance.plans(r.school()).stream().collect(Collectors.toMap(Plan::key, p -> p));
        List<List<String>> rows = new ArrayList<>();
        for (List<Entry> s : subjects) {
            Incident i = Incident.of(s);
            if (i.drill() != drills) continue;
            Plan plan = guidance.plan(r.school(), i.plan(), i.version());
            Optional<Entry> closed = one(s, "closed");
            List<String> row = new ArrayList<>(List.of(
                    r.at(i.openedAt()),
                    plans.getOrDefault(i.plan(), plan).name().in(r.screen()),
                    r.names().of(i.openedBy()),
                    i.done().size() + " / " + plan.steps().size(),
                    i.counts().isEmpty() ? "" : Integer.toString(i.counted())));
            if (!drills) {
                row.add(i.notices().stream().map(n -> notices.reach(r.school(), n)).map(n -> n.opened() + " / " + n.families()).collect(Collectors.joining(", ")));
                row.add(i.hurt() < 0 ? "" : Integer.toString(i.hurt()));
            }
            row.add(r.at(closed));
            row.add(closed.map(e -> r.said(e, "findings")).orElse(""));
            rows.add(List.copyOf(row));
        }
        return rows;
    }
}
