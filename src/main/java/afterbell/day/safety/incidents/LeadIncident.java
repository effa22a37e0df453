package afterbell.day.safety.incidents;

import afterbell.base.audit.Audit;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Typed;
import afterbell.day.safety.Act;
import afterbell.day.safety.Book;
import afterbell.day.safety.CustodyFacts;
import afterbell.day.safety.Guidance;
import afterbell.day.safety.Incident;
import afterbell.day.safety.Ledger;
import afterbell.day.safety.People;
import afterbell.day.safety.Photos;
import afterbell.day.safety.Plan;
import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import afterbell.reach.messaging.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.multipart.MultipartFile;

/** What people do while something happens. Each act is one entry; a repeated tap changes nothing; after the closing nothing more is written. */
@Component
@Transactional
class LeadIncident {
    static final int NOTE = 2000;
    static final int TITLE = 60;
    static final int TEXT = 1000;
    private static final int MOST_CHILDREN = 5000;

    private final Ledger ledger;
    private final Guidance guidance;
    private final People people;
    private final Rooms rooms;
    private final CustodyMark custody;
    private final CustodyFacts chains;
    private final Photos photos;
    private final Notices notices;
    private final Roster roster;
    private final CommandKeys keys;
    private final Audit audit;
    private final Ids ids;

    LeadIncident(Ledger ledger, Guidance guidance, People people, Rooms rooms, CustodyMark custody, CustodyFacts chains, Photos photos, Notices notices, Roster roster, CommandKeys keys, Audit audit, Ids ids) {
        this.ledger = ledger;
        this.guidance = guidance;
        this.people = people;
        this.rooms = rooms;
        this.custody = custody;
        this.chains = chains;
        this.photos = photos;
        this.notices = notices;
        this.roster = roster;
        this.keys = keys;
        this.audit = audit;
        this.ids = ids;
    }

    static boolean leads(Wearer me) {
        return me.is(Role.DUTY_LEADER, Role.OFFICE, Role.PRINCIPAL);
    }

    /** One button: the plan is open, the leaders are told, and what the room knows of the day is frozen. */
    UUID open(Wearer me, String plan, boolean drill, UUID key) {
        Plan opened = guidance.plan(me.school(), plan);
        return UUID.fromString(keys.once(key, "safety.incident " + plan + drill, () -> {
            UUID id = ids.next();
            ledger.append(new Act(me.school(), Book.INCIDENT, id, "opened", Map.of("plan", plan, "version", Integer.toString(opened.version()), "drill", drill ? "yes" : "no")));
            freeze(me.school(), id, Map.of());
            String what = drill ? "drill" : "incident";
            notices.tell(new NewNotice(me.school(), "safety." + what, Words.of("safety.notice." + what), "/incidents/" + id, new Audience.Staff(Set.of(Role.DUTY_LEADER, Role.PRINCIPAL, Role.OFFICE)))
                    .urgently()
                    .about(id)
                    .once("safety/incident/" + id));
            audit.record(me.school(), "safety.incident_opened", "incident", id, Map.of("plan", plan, "drill", drill));
            return id.toString();
        }));
    }

    /** @param children of whom it is about, as their chains of custody stand */
    private void freeze(UUID school, UUID id, Map<String, String> children) {
        Map<String, String> facts = new HashMap<>(custody.of(school, ledger.today()));
        facts.putAll(children);
        Map<String, String> lines = new LinkedHashMap<>();
        for (Ledger.Frozen f : ledger.frozen(school, ledger.today())) {
            facts.put(f.book().code() + ".count", Integer.toString(f.lines().size()));
            facts.put(f.book().code() + ".digest", f.digest());
            lines.put(f.book().code(), String.join("\n", f.lines()));
        }
        ledger.append(new Act(school, Book.INCIDENT, id, "frozen", facts).words(lines));
    }

    Outcome<UUID> tick(Wearer me, UUID id, int step, boolean done, UUID key) {
        return act(me, id, key, "safety.step " + id + step + done, incident -> {
            if (step < 0 || step >= guidance.plan(me.school(), incident.plan(), incident.version()).steps().size()) throw new NotFound();
            return done == incident.done().containsKey(step) ? null : new Act(me.school(), Book.INCIDENT, id, done ? "done" : "undone", Map.of("step", Integer.toString(step)));
        });
    }

    Outcome<UUID> count(Wearer me, UUID id, UUID room, Typed typed, UUID key) {
        int found = typed.number("found").orElse(-1);
        if (rooms.of(me.school(), ledger.today()).stream().noneMatch(r -> r.id().equals(room))) throw new NotFound();
        if (found < 0 || found > MOST_CHILDREN) return Outcome.refused(new Refusal.Simple("safety.incident.refused.found", "found", List.of()));
        return act(me, id, key, "safety.count " + id + room + found, incident -> new Act(me.school(), Book.INCIDENT, id, "counted", Map.of("room", room.toString(), "found", Integer.toString(found))));
    }

    Outcome<UUID> note(Wearer me, UUID id, String note, @Nullable MultipartFile photo, UUID key) {
        boolean picture = photo != null && !photo.isEmpty();
        if (note.isEmpty() && !picture || note.length() > NOTE) return Outcome.refused(new Refusal.Simple("safety.incident.refused.note", "note", List.of(NOTE)));
        String params = "safety.note " + id + note;
        if (keys.kept(key, params).isPresent()) return Outcome.done(id);
        Photos.Taken taken = photos.take(me.school(), photo, "photo");
        if (!taken.refusals().isEmpty()) return Outcome.refused(taken.refusals());
        return act(me, id, key, params, incident -> new Act(me.school(), Book.INCIDENT, id, "noted", Map.of()).words(note.isEmpty() ? Map.of() : Map.of("note", note)).photo(taken.kept()));
    }

    /** Whom it is about, and how its chain of custody stands; a child of another school is not found. */
    Outcome<UUID> child(Wearer me, UUID id, UUID pupil, UUID key) {
        Pupil child = roster.pupil(me.school(), pupil);
        return act(me, id, key, "safety.child " + id + pupil, incident -> {
            if (incident.children().contains(child.id())) return null;
            Map<String, String> facts = new HashMap<>(chains.marks(me.school(), incident.day(), List.of(pupil)));
            facts.put("pupil", pupil.toString());
            return new Act(me.school(), Book.INCIDENT, id, "child", facts);
        });
    }

    /** Tells guardians of the whole school or of the children concerned; who was reached and who opened it is the proof. */
    Outcome<UUID> tell(Wearer me, UUID id, Typed typed, UUID key) {
        String title = typed.text("title");
        String text = typed.text("text");
        String whom = typed.text("whom");
        List<Refusal> no = new ArrayList<>();
        Incident before = get(me, id);
        if (before.drill()) no.add(new Refusal.Simple("safety.incident.refused.drill"));
        if (title.isEmpty() || title.length() > TITLE) no.add(new Refusal.Simple("safety.incident.refused.title", "title", List.of(TITLE)));
        if (text.isEmpty() || text.length() > TEXT) no.add(new Refusal.Simple("safety.incident.refused.text", "text", List.of(TEXT)));
        if (people.namesAChild(me.school(), title + "\n" + text)) no.add(new Refusal.Simple("safety.incident.refused.names", "text", List.of()));
        if (!whom.equals("school") && !whom.equals("children")) no.add(new Refusal.Simple("safety.incident.refused.whom", "whom", List.of()));
        if (whom.equals("children") && before.children().isEmpty()) no.add(new Refusal.Simple("safety.incident.refused.nobody", "whom", List.of()));
        if (!no.isEmpty()) return Outcome.refused(no);
        return act(me, id, key, "safety.tell " + id + whom + title + text, incident -> {
            Audience audience = whom.equals("school") ? new Audience.WholeSchool() : new Audience.Children(incident.children());
            UUID notice = notices.tell(new NewNotice(me.school(), "safety.guardians", new Words.Written(title, text, "", ""), "", audience).urgently().about(id)).orElseThrow();
            audit.record(me.school(), "safety.guardians_told", "incident", id, Map.of("notice", notice, "whom", whom));
            return new Act(me.school(), Book.INCIDENT, id, "told", Map.of("notice", notice.toString(), "whom", whom)).words(Map.of("title", title, "text", text));
        });
    }

    /** The end, with what was found; the room's knowledge is frozen once more. */
    Outcome<UUID> close(Wearer me, UUID id, Typed typed, UUID key) {
        String findings = typed.text("findings");
        int hurt = typed.has("hurt") ? typed.number("hurt").orElse(-1) : 0;
        List<Refusal> no = new ArrayList<>();
        if (findings.isEmpty() || findings.length() > NOTE) no.add(new Refusal.Simple("safety.incident.refused.findings", "findings", List.of(NOTE)));
        if (hurt < 0 || hurt > MOST_CHILDREN) no.add(new Refusal.Simple("safety.incident.refused.hurt", "hurt", List.of()));
        if (!no.isEmpty()) return Outcome.refused(no);
        String params = "safety.close " + id + hurt + findings;
        return act(me, id, key, params, incident -> {
            freeze(me.school(), id, chains.marks(me.school(), incident.day(), incident.children()));
            audit.record(me.school(), "safety.incident_closed", "incident", id, Map.of("hurt", hurt));
            return new Act(me.school(), Book.INCIDENT, id, "closed", Map.of("hurt", Integer.toString(hurt))).words(Map.of("findings", findings));
        });
    }

    private interface Deciding {
        /** Null where there is nothing to write any more. */
        @Nullable Act on(Incident incident);
    }

    private Outcome<UUID> act(Wearer me, UUID id, UUID key, String params, Deciding decide) {
        ledger.lock(id);
        if (keys.kept(key, params).isPresent()) return Outcome.done(id);
        Incident incident = get(me, id);
        if (!incident.open()) return Outcome.refused(new Refusal.Simple("safety.incident.refused.closed"));
        Supplier<String> write = () -> {
            Act act = decide.on(incident);
            return act == null ? id.toString() : ledger.append(act).id().toString();
        };
        keys.once(key, params, write);
        return Outcome.done(id);
    }

    private Incident get(Wearer me, UUID id) {
        return Incident.of(ledger.of(me.school(), Book.INCIDENT, id));
    }

    /** The school's own plan for what is opened from now on. */
    Outcome<String> change(Wearer me, String key, Typed typed, UUID command) {
        Plan before = guidance.plan(me.school(), key);
        List<Refusal> no = new ArrayList<>();
        Plan plan = PlanText.read(before, typed, no);
        if (!no.isEmpty()) return Outcome.refused(no);
        keys.once(command, "safety.plan " + key + typed.values(), () -> Integer.toString(guidance.put(me.school(), me.account(), plan)));
        return Outcome.done(key);
    }
}
