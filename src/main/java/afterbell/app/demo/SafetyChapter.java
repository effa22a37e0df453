package afterbell.app.demo;

import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.text.DataFile;
import afterbell.base.shared.web.Screen;
import afterbell.day.safety.Act;
import afterbell.day.safety.Book;
import afterbell.day.safety.Guidance;
import afterbell.day.safety.Ledger;
import afterbell.day.safety.People;
import afterbell.day.safety.Place;
import afterbell.day.safety.Places;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What happened at the gate and on the walks of the last days, and what stands open today, so that guard and duty leader have something to do. */
@Component
@Order(100)
@ConditionalOnProperty("afterbell.demo")
final class SafetyChapter implements DemoChapter {
    private static final int PAST_DAYS = 6;

    private final Ledger ledger;
    private final Guidance guidance;
    private final People people;
    private final Places places;
    private final Schools schools;
    private final JdbcClient sql;
    private final Ids ids;
    private final Clock clock;
    private final TransactionTemplate transactions;
    private final DataFile words = DataFile.load("demo/safety.yaml");

    SafetyChapter(Ledger ledger, Guidance guidance, People people, Places places, Schools schools, JdbcClient sql, Ids ids, Clock clock, TransactionTemplate transactions) {
        this.ledger = ledger;
        this.guidance = guidance;
        this.people = people;
        this.places = places;
        this.schools = schools;
        this.sql = sql;
        this.ids = ids;
        this.clock = clock;
        this.transactions = transactions;
    }

    @Override
    public void load(DemoSchool plan, UUID school) {
        transactions.executeWithoutResult(t -> tell(school));
    }

    private void tell(UUID school) {
        if (places.of(school, ledger.today()).stream().noneMatch(p -> p.kind() == Place.Kind.AREA)) words.at("areas").texts().forEach(a -> schools.addArea(school, ids.next(), a));
        List<Place> areas = places.of(school, ledger.today()).stream().filter(p -> p.kind() == Place.Kind.AREA).toList();
        List<People.Member> staff = people.staff(school).stream().filter(m -> m.account() != null).toList();
        People.Member shown = staff.isEmpty() ? people.staff(school).getFirst() : staff.getFirst();
        UUID guard = account(school, "GUARD");
        UUID leader = account(school, "DUTY_LEADER");
        UUID office = account(school, "OFFICE");
        List<LocalDate> days = pastDays();
        visits(school, days, guard, shown);
        walks(school, days, areas, leader, shown);
        hazards(school, days, leader, office, shown);
        incidents(school, days, leader);
        care(school, shown);
    }

    private UUID account(UUID school, String role) {
        return sql.sql("select account_id from identity.pub_grant where school_id = :s and role = :r order by granted_at, account_id limit 1").param("s", school).param("r", role).query(UUID.class).single();
    }

    /** School days before today, oldest first. */
    private List<LocalDate> pastDays() {
        List<LocalDate> days = new ArrayList<>();
        for (LocalDate d = ledger.today().minusDays(1); days.size() < PAST_DAYS; d = d.minusDays(1)) if (d.getDayOfWeek() != DayOfWeek.SATURDAY && d.getDayOfWeek() != DayOfWeek.SUNDAY) days.addFirst(d);
        return days;
    }

    // What is told of today has happened already, whatever the hour.
    private Instant at(LocalDate day, String time) {
        Instant planned = day.atTime(LocalTime.parse(time)).atZone(Screen.ZONE).toInstant();
        Instant now = clock.instant();
        return planned.isAfter(now) ? now : planned;
    }

    private void visits(UUID school, List<LocalDate> days, UUID guard, People.Member host) {
        List<DataFile> visitors = words.at("visitors").list();
        for (int i = 0; i < days.size(); i++) {
            DataFile v = visitors.get(i % visitors.size());
            UUID id = visit(school, "asked", v, host, at(days.get(i), "16:05"), guard, "");
            ledger.append(new Act(school, Book.VISIT, id, "entered", Map.of("how", "host")), at(days.get(i), "16:08"), host.account());
            ledger.append(new Act(school, Book.VISIT, id, "left", Map.of()), at(days.get(i), "17:10"), guard);
        }
        LocalDate today = ledger.today();
        UUID inside = visit(school, "asked", visitors.getFirst(), host, at(today, "15:50"), guard, "");
        ledger.append(new Act(school, Book.VISIT, inside, "entered", Map.of("how", "phone")), at(today, "15:53"), guard);
        visit(school, "announced", words.at("expected"), host, at(today, "09:00"), host.account() == null ? guard : host.account(), today.toString());
        visit(school, "asked", words.at("waiting"), host, at(today, "16:20"), guard, "");
    }

    private UUID visit(UUID school, String kind, DataFile v, People.Member host, Instant at, UUID by, String on) {
        UUID id = ids.next();
        Map<String, String> facts = new HashMap<>(Map.of("host", host.staff().toString(), "purpose", v.text("purpose"), "people", v.text("people")));
        if (!on.isEmpty()) facts.put("for", on);
        Map<String, String> said = new HashMap<>(Map.of("name", v.text("name"), "phone", v.text("phone"), "note", v.text("note")));
        if (v.has("plate")) said.put("plate", v.text("plate"));
        ledger.append(new Act(school, Book.VISIT, id, kind, facts).words(said), at, by);
        return id;
    }

    private void walks(UUID school, List<LocalDate> days, List<Place> areas, UUID leader, People.Member contact) {
        for (LocalDate day : days) for (Place area : areas) ledger.append(new Act(school, Book.PATROL, ids.next(), "walked", walk(area, "good")), at(day, "17:20"), leader);
        if (areas.isEmpty()) return;
        LocalDate today = ledger.today();
        ledger.append(new Act(school, Book.PATROL, ids.next(), "walked", walk(areas.getLast(), "good")), at(today, "16:10"), leader);
        UUID settled = ids.next();
        ledger.append(new Act(school, Book.PATROL, settled, "found", found(areas.getLast(), contact)).words(Map.of("note", words.at("settled").text("found"))), at(days.getLast(), "16:40"), leader);
        ledger.append(new Act(school, Book.PATROL, settled, "settled", Map.of()).words(Map.of("note", words.at("settled").text("note"))), at(days.getLast(), "17:05"), leader);
        ledger.append(new Act(school, Book.PATROL, ids.next(), "found", found(areas.getFirst(), contact)).words(Map.of("note", words.at("found").text("note"))), at(today, "16:15"), leader);
    }

    private static Map<String, String> walk(Place area, String rating) {
        return Map.of("place", "area", "ref", area.id().toString(), "rating", rating);
    }

    private static Map<String, String> found(Place area, People.Member contact) {
        Map<String, String> facts = new HashMap<>(walk(area, "minor"));
        facts.put("contact", contact.staff().toString());
        facts.put("told", contact.account() == null ? "no" : "yes");
        return facts;
    }

    private void hazards(UUID school, List<LocalDate> days, UUID leader, UUID office, People.Member mender) {
        int n = 0;
        for (var check : guidance.checks(school)) {
            LocalDate day = days.get(n++ % days.size());
            Map<String, String> facts = Map.of("check", check.key(), "version", Integer.toString(check.version()), "answers", "1".repeat(check.items().size()), "faults", "0");
            ledger.append(new Act(school, Book.HAZARD, ids.next(), "checked", facts), at(day, "15:00"), office);
        }
        for (DataFile h : words.at("hazards").list()) {
            UUID id = ids.next();
            LocalDate due = ledger.today().plusDays(h.number("due"));
            Map<String, String> facts = Map.of("check", h.text("check"), "due", due.toString(), "responsible", mender.staff().toString(), "told", "yes", "severe", "no");
            ledger.append(new Act(school, Book.HAZARD, id, "opened", facts).words(Map.of("what", h.text("what"), "note", h.text("note"))), at(days.get(days.size() - 3), "15:30"), leader);
            if (h.has("mended")) ledger.append(new Act(school, Book.HAZARD, id, "mended", Map.of()).words(Map.of("note", h.text("mended"))), at(days.getLast(), "15:30"), mender.account());
        }
    }

    private void incidents(UUID school, List<LocalDate> days, UUID leader) {
        UUID injury = open(school, "injury", false, at(days.get(1), "17:02"), leader);
        for (int step = 0; step < 5; step++) ledger.append(new Act(school, Book.INCIDENT, injury, "done", Map.of("step", Integer.toString(step))), at(days.get(1), "17:0" + (3 + step)), leader);
        ledger.append(new Act(school, Book.INCIDENT, injury, "noted", Map.of()).words(Map.of("note", words.at("injury").text("note"))), at(days.get(1), "17:12"), leader);
        ledger.append(new Act(school, Book.INCIDENT, injury, "closed", Map.of("hurt", "1")).words(Map.of("findings", words.at("injury").text("findings"))), at(days.get(1), "17:40"), leader);
        UUID drill = open(school, "disaster", true, at(days.get(2), "16:30"), leader);
        for (int step = 0; step < 4; step++) ledger.append(new Act(school, Book.INCIDENT, drill, "done", Map.of("step", Integer.toString(step))), at(days.get(2), "16:3" + (1 + step)), leader);
        ledger.append(new Act(school, Book.INCIDENT, drill, "closed", Map.of("hurt", "0")).words(Map.of("findings", words.at("drill").text("findings"))), at(days.get(2), "16:45"), leader);
    }

    private UUID open(UUID school, String plan, boolean drill, Instant at, UUID by) {
        UUID id = ids.next();
        ledger.append(new Act(school, Book.INCIDENT, id, "opened", Map.of("plan", plan, "version", "0", "drill", drill ? "yes" : "no")), at, by);
        return id;
    }

    private void care(UUID school, People.Member teacher) {
        for (DataFile c : words.at("care").list())
            ledger.append(new Act(school, Book.CARE, ids.next(), "noted", Map.of("urgent", c.flag("urgent") ? "yes" : "no")).words(Map.of("note", c.text("note"))), at(ledger.today(), "17:30"), teacher.account());
    }
}
