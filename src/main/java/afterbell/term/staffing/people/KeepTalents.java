package afterbell.term.staffing.people;

import afterbell.base.audit.Audit;
import afterbell.base.roster.Roster;
import afterbell.base.roster.StaffMember;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Listing;
import afterbell.base.shared.web.Listing.Column;
import afterbell.base.shared.web.Typed;
import afterbell.term.staffing.Availability;
import afterbell.term.staffing.Provider;
import afterbell.term.staffing.Staffing;
import afterbell.term.staffing.Standing;
import afterbell.term.staffing.Talent;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads and writes the talent register. */
@Component
class KeepTalents {
    static final List<Column> COLUMNS = List.of(
            Column.text("name", "staffing.person"),
            Column.text("talents", "staffing.talents").unsorted(),
            Column.text("times", "staffing.times").unsorted(),
            Column.text("checks", "staffing.checks").unsorted());
    private static final Set<String> DOMAINS = Set.of("arts", "sport", "science", "humanities");
    private static final int MOST_TALENTS = 12;
    private static final int LONGEST = 20;

    private final Roster roster;
    private final Staffing staffing;
    private final CommandKeys commands;
    private final Audit audit;
    private final Ids ids;

    KeepTalents(Roster roster, Staffing staffing, CommandKeys commands, Audit audit, Ids ids) {
        this.roster = roster;
        this.staffing = staffing;
        this.commands = commands;
        this.audit = audit;
        this.ids = ids;
    }

    @Transactional(readOnly = true)
    public TalentsPage list(UUID school, Map<String, String[]> parameters, boolean edits) {
        Listing list = Listing.of("/staffing", parameters, COLUMNS, "name");
        Map<UUID, List<Talent>> talents = staffing.talents(school).stream().collect(Collectors.groupingBy(Talent::staff));
        Map<UUID, List<Availability>> times = staffing.availabilities(school).stream().collect(Collectors.groupingBy(Availability::staff));
        Staffing.Outside outside = staffing.outside(school);
        Map<UUID, String> providers = outside.providers().stream().collect(Collectors.toMap(Provider::id, Provider::name));
        List<StaffMember> staff = roster.staff(school);
        List<TalentsPage.Row> rows = staff.stream()
                .filter(s -> s.kind().equals("teacher") || s.kind().equals("outside") || talents.containsKey(s.id()))
                .map(s -> new TalentsPage.Row(
                        s.id(),
                        s.name(),
                        s.code(),
                        s.subject(),
                        s.kind().equals("outside"),
                        providers.getOrDefault(outside.sentBy().getOrDefault(s.id(), s.id()), ""),
                        talents.getOrDefault(s.id(), List.of()),
                        times.getOrDefault(s.id(), List.of()),
                        s.kind().equals("outside") ? outside.ofPerson(s.id()) : null))
                .toList();
        Map<UUID, String> initials = staff.stream().collect(Collectors.toMap(StaffMember::id, StaffMember::initials));
        List<TalentsPage.Row> found = new ArrayList<>(rows.stream().filter(r -> wanted(list, r, initials.getOrDefault(r.id(), ""))).toList());
        if (list.descending()) Collections.reverse(found);
        Listing counted = list.counted(found.size());
        return new TalentsPage(edits, counted, found.stream().skip(counted.offset()).limit(counted.size()).toList());
    }

    private static boolean wanted(Listing list, TalentsPage.Row row, String initials) {
        String q = list.filter("q").toLowerCase(Locale.ROOT);
        String domain = list.filter("domain");
        String day = list.filter("day");
        String who = list.filter("who");
        return (q.isEmpty() || row.name().contains(q) || initials.startsWith(q) || row.subject().contains(q) || row.code().toLowerCase(Locale.ROOT).equals(q) || row.talents().stream().anyMatch(t -> t.what().contains(q)))
                && (domain.isEmpty() || row.talents().stream().anyMatch(t -> t.domain().equals(domain)))
                && (!day.matches("[1-7]") || row.times().isEmpty() || row.times().stream().anyMatch(t -> t.weekday() == Integer.parseInt(day)))
                && (who.isEmpty() || (who.equals("outside") ? row.outside() : row.standing() != null && !row.standing().fit()));
    }

    @Transactional(readOnly = true)
    public PersonPage page(UUID school, UUID id, List<Refusal> refusals) {
        StaffMember person = person(school, id);
        List<Talent> talents = staffing.talents(school);
        List<PersonPage.Line> lines = new ArrayList<>(talents.stream()
                .filter(t -> t.staff().equals(id))
                .map(t -> new PersonPage.Line(t.what(), t.domain(), Integer.toString(t.gradeLo()), Integer.toString(t.gradeHi())))
                .toList());
        List<Availability> times = staffing.availabilities(school).stream().filter(a -> a.staff().equals(id)).toList();
        List<PersonPage.Day> days = new ArrayList<>();
        for (int day = 1; day <= 6; day++) {
            int weekday = day;
            Optional<Availability> at = times.stream().filter(a -> a.weekday() == weekday).findFirst();
            days.add(new PersonPage.Day(day, at.map(a -> a.from().toString()).orElse(""), at.map(a -> a.until().toString()).orElse("")));
        }
        Staffing.Outside outside = staffing.outside(school);
        @Nullable UUID provider = outside.sentBy().get(id);
        return page(person, talents, outside, lines, days, provider == null ? "" : provider.toString(), refusals);
    }

    private static PersonPage page(
            StaffMember person, List<Talent> talents, Staffing.Outside outside, List<PersonPage.Line> typed, List<PersonPage.Day> days, String provider, List<Refusal> refusals) {
        List<PersonPage.Line> lines = new ArrayList<>(typed);
        for (int blank = 0; blank < 2 && lines.size() < MOST_TALENTS; blank++) lines.add(PersonPage.Line.BLANK);
        boolean from = person.kind().equals("outside");
        List<Choice> providers = !from ? List.of() : outside.providers().stream().filter(p -> !p.retired() || p.id().toString().equals(provider)).map(p -> Choice.of(p.id().toString(), p.name())).toList();
        @Nullable Standing standing = from ? outside.ofPerson(person.id()) : null;
        List<String> words = talents.stream().map(Talent::what).distinct().sorted().toList();
        return new PersonPage(person.id(), person.name(), person.subject(), lines, days, from, provider, providers, standing, words, refusals);
    }

    private StaffMember person(UUID school, UUID id) {
        return roster.staff(school).stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow(NotFound::new);
    }

    /** The page as typed where something is refused, empty where it is done. */
    @Transactional
    public Optional<PersonPage> keep(UUID school, UUID id, Typed form) {
        StaffMember person = person(school, id);
        List<Refusal> no = new ArrayList<>();
        List<PersonPage.Line> lines = lines(form);
        List<Talent> talents = talents(id, lines, no);
        List<PersonPage.Day> days = new ArrayList<>();
        List<Availability> times = new ArrayList<>();
        for (int day = 1; day <= 6; day++) time(id, day, form, days, times, no);
        @Nullable UUID provider = form.id("provider").orElse(null);
        Staffing.Outside outside = staffing.outside(school);
        boolean known = provider == null || outside.providers().stream().anyMatch(p -> p.id().equals(provider));
        if (!known) no.add(new Refusal.Simple("staffing.refused.provider", "provider", List.of()));
        if (!no.isEmpty()) return Optional.of(page(person, staffing.talents(school), outside, lines.stream().filter(l -> !l.what().isEmpty()).toList(), days, form.text("provider"), no));
        commands.once(form.key(ids), id + "/" + talents.stream().map(t -> t.what() + t.domain() + t.gradeLo() + "-" + t.gradeHi()).toList() + days + provider, () -> {
            staffing.replaceTalents(school, id, talents);
            staffing.putAvailability(school, List.of(id), times);
            if (provider != null && person.kind().equals("outside")) staffing.send(school, provider, List.of(id));
            audit.record(school, "staffing.person_changed", "staff", id, Map.of("talents", talents.size(), "days", times.size()));
            return id.toString();
        });
        return Optional.empty();
    }

    private static List<PersonPage.Line> lines(Typed form) {
        List<String> what = form.texts("what");
        List<String> domain = form.texts("domain");
        List<String> from = form.texts("from");
        List<String> until = form.texts("until");
        List<PersonPage.Line> lines = new ArrayList<>();
        for (int i = 0; i < Math.min(what.size(), MOST_TALENTS); i++) lines.add(new PersonPage.Line(what.get(i), at(domain, i), at(from, i), at(until, i)));
        return lines;
    }

    private static String at(List<String> texts, int i) {
        return i < texts.size() ? texts.get(i) : "";
    }

    private List<Talent> talents(UUID staff, List<PersonPage.Line> lines, List<Refusal> no) {
        List<Talent> talents = new ArrayList<>();
        Set<String> said = new HashSet<>();
        for (PersonPage.Line line : lines) {
            if (line.what().isEmpty()) continue;
            int from = line.from().matches("\\d{1,2}") ? Integer.parseInt(line.from()) : 0;
            int until = line.until().matches("\\d{1,2}") ? Integer.parseInt(line.until()) : 0;
            if (line.what().codePointCount(0, line.what().length()) > LONGEST) no.add(new Refusal.Simple("staffing.refused.long", "what", List.of(LONGEST)));
            else if (from < 1 || until > 12 || from > until) no.add(new Refusal.Simple("staffing.refused.grades", "what", List.of(line.what())));
            else if (said.add(line.what())) talents.add(new Talent(ids.next(), staff, line.what(), DOMAINS.contains(line.domain()) ? line.domain() : "", from, until));
        }
        return talents;
    }

    private void time(UUID staff, int day, Typed form, List<PersonPage.Day> days, List<Availability> times, List<Refusal> no) {
        String from = form.text("from" + day);
        String until = form.text("until" + day);
        days.add(new PersonPage.Day(day, from, until));
        if (from.isEmpty() && until.isEmpty()) return;
        Optional<LocalTime> starts = form.time("from" + day);
        Optional<LocalTime> ends = form.time("until" + day);
        if (starts.isEmpty() || ends.isEmpty() || !starts.get().isBefore(ends.get())) no.add(new Refusal.Simple("staffing.refused.times", "from" + day, List.of()));
        else times.add(new Availability(ids.next(), staff, day, starts.get(), ends.get()));
    }
}
