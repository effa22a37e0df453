package afterbell.day.safety.incidents;

import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Typed;
import afterbell.day.safety.Book;
import afterbell.day.safety.Entry;
import afterbell.day.safety.Guidance;
import afterbell.day.safety.Incident;
import afterbell.day.safety.Ledger;
import afterbell.day.safety.People;
import afterbell.day.safety.Plan;
import afterbell.reach.messaging.Notices;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What incidents look like. Names of children and what people wrote show to those who lead, and to nobody else. */
@Component
@Transactional(readOnly = true)
class ShowIncident {
    private static final int PAST = 30;
    private static final int FOUND = 8;

    private final Ledger ledger;
    private final Guidance guidance;
    private final People people;
    private final Rooms rooms;
    private final Roster roster;
    private final Notices notices;
    private final Clock clock;

    ShowIncident(Ledger ledger, Guidance guidance, People people, Rooms rooms, Roster roster, Notices notices, Clock clock) {
        this.ledger = ledger;
        this.guidance = guidance;
        this.people = people;
        this.rooms = rooms;
        this.roster = roster;
        this.notices = notices;
        this.clock = clock;
    }

    IncidentsPage list(Wearer me, List<? extends Refusal> refusals) {
        boolean leads = LeadIncident.leads(me);
        LocalDate today = ledger.today();
        LocalDate since = LocalDate.of(Roster.schoolYear(today), 8, 1);
        List<Plan> plans = guidance.plans(me.school());
        People.Names names = people.names(me.school());
        List<Incident> all = new ArrayList<>(ledger.begun(me.school(), Book.INCIDENT, since, today).values().stream().map(Incident::of).toList());
        ledger.without(me.school(), Book.INCIDENT, List.of("opened"), List.of("closed")).values().stream().map(Incident::of).filter(i -> all.stream().noneMatch(a -> a.id().equals(i.id()))).forEach(all::add);
        all.sort(Comparator.comparing(Incident::openedAt).reversed());
        return new IncidentsPage(
                plans,
                all.stream().filter(Incident::open).map(i -> row(i, plans, names)).toList(),
                leads ? all.stream().filter(i -> !i.open()).limit(PAST).map(i -> row(i, plans, names)).toList() : List.of(),
                leads,
                me.is(Role.OFFICE, Role.PRINCIPAL),
                all.stream().filter(i -> !i.drill() && i.hurt() > 0).count(),
                since,
                refusals);
    }

    private static IncidentsPage.Row row(Incident i, List<Plan> plans, People.Names names) {
        return new IncidentsPage.Row(i, plans.stream().filter(p -> p.key().equals(i.plan())).findFirst().orElseThrow(), names.of(i.openedBy()));
    }

    IncidentPage page(Wearer me, UUID id, String search, String at, Typed typed, List<? extends Refusal> refusals) {
        UUID school = me.school();
        Incident incident = Incident.of(ledger.of(school, Book.INCIDENT, id));
        boolean leads = LeadIncident.leads(me);
        Plan plan = guidance.plan(school, incident.plan(), incident.version());
        People.Names names = people.names(school);
        Instant now = clock.instant();
        long minutes = Duration.between(incident.openedAt(), now).toMinutes();
        List<IncidentPage.StepRow> steps = new ArrayList<>();
        for (int i = 0; i < plan.steps().size(); i++) {
            Entry done = incident.done().get(i);
            steps.add(new IncidentPage.StepRow(i, plan.steps().get(i), done == null ? null : done.at(), done == null ? "" : names.of(done.by()), done == null && incident.open() && minutes > plan.steps().get(i).minute()));
        }
        List<IncidentPage.RoomRow> counted = plan.headcount()
                ? rooms.of(school, incident.entries().getFirst().day()).stream().map(r -> {
                    Entry e = incident.counts().get(r.id());
                    return new IncidentPage.RoomRow(r.id(), r.name(), r.used(), r.expected(), e == null ? null : Integer.valueOf(e.fact("found")), e == null ? null : e.at(), e == null ? "" : names.of(e.by()));
                }).toList()
                : List.of();
        List<IncidentPage.ChildRow> children = leads && !incident.children().isEmpty()
                ? roster.children(List.copyOf(incident.children())).stream().map(p -> new IncidentPage.ChildRow(p.id(), p.name(), p.className())).toList()
                : List.of();
        List<IncidentPage.ToldRow> told = incident.entries().stream()
                .filter(e -> e.is("told"))
                .map(e -> new IncidentPage.ToldRow(e.at(), names.of(e.by()), e.fact("whom"), notices.reach(school, UUID.fromString(e.fact("notice")))))
                .toList();
        List<Pupil> found = leads && !search.isBlank() ? roster.search(school, search, FOUND) : List.of();
        return new IncidentPage(
                incident,
                plan,
                leads,
                steps,
                counted,
                children,
                told,
                story(school, incident, names, leads, me.account()),
                incident.entries().getLast().hash(),
                found.stream().map(p -> new IncidentPage.Found(p.id(), p.name(), p.className())).toList(),
                at,
                typed,
                refusals);
    }

    private List<IncidentPage.StoryRow> story(UUID school, Incident incident, People.Names names, boolean leads, UUID me) {
        List<Entry> shown = incident.entries().stream().filter(e -> !e.is("frozen")).toList();
        Map<UUID, SortedMap<String, String>> words = ledger.words(school, shown);
        return shown.reversed().stream()
                .map(e -> {
                    boolean mine = leads || me.equals(e.by());
                    @Nullable SortedMap<String, String> said = mine ? words.get(e.id()) : null;
                    String detail = switch (e.kind()) {
                        case "done", "undone" -> "#" + (Integer.parseInt(e.fact("step")) + 1);
                        case "counted" -> names.of(e.fact("room")) + " " + e.fact("found");
                        default -> "";
                    };
                    String note = said == null ? "" : said.getOrDefault("note", said.getOrDefault("findings", said.getOrDefault("title", "")));
                    return new IncidentPage.StoryRow(e.at(), e.kind(), names.of(e.by()), (detail + " " + note).strip(), mine && e.file() != null ? e.id() : null);
                })
                .toList();
    }
}
