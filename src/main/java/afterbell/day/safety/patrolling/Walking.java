package afterbell.day.safety.patrolling;

import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.CommandKeys;
import afterbell.day.safety.Act;
import afterbell.day.safety.Book;
import afterbell.day.safety.Entry;
import afterbell.day.safety.Ledger;
import afterbell.day.safety.People;
import afterbell.day.safety.Photos;
import afterbell.day.safety.Place;
import afterbell.day.safety.Places;
import afterbell.day.safety.Told;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.multipart.MultipartFile;

/** The walk of a day. */
@Component
@Transactional
class Walking {
    private final Ledger ledger;
    private final Places places;
    private final People people;
    private final Photos photos;
    private final Told told;
    private final CommandKeys keys;
    private final Ids ids;

    Walking(Ledger ledger, Places places, People people, Photos photos, Told told, CommandKeys keys, Ids ids) {
        this.ledger = ledger;
        this.places = places;
        this.people = people;
        this.photos = photos;
        this.told = told;
        this.keys = keys;
        this.ids = ids;
    }

    /** Everything in order there, one tap. */
    Place inOrder(Wearer me, Place.Kind kind, UUID id, UUID key) {
        Place place = place(me, kind, id);
        keys.once(key, "safety.walked " + id, () -> ledger.append(new Act(me.school(), Book.PATROL, ids.next(), "walked", facts(place, "good"))).id().toString());
        return place;
    }

    private static Map<String, String> facts(Place place, String rating) {
        return Map.of("place", place.kind().code(), "ref", place.id().toString(), "rating", rating);
    }

    /** Something is wrong: written down with a photo, and a colleague told in the same moment. */
    Outcome<UUID> found(Wearer me, Place.Kind kind, UUID id, FoundForm form, @Nullable MultipartFile photo, UUID key) {
        Place place = place(me, kind, id);
        String params = "safety.found " + id + form;
        Optional<String> before = keys.kept(key, params);
        if (before.isPresent()) return Outcome.done(UUID.fromString(before.get()));
        List<Refusal> no = form.refusals();
        Optional<People.Member> contact = Ids.parse(form.contact()).flatMap(c -> people.member(me.school(), c));
        if (contact.isEmpty()) no.add(FoundForm.no("contact"));
        if (contact.isEmpty() || !no.isEmpty()) return Outcome.refused(no);
        Photos.Taken taken = photos.take(me.school(), photo, "photo");
        if (!taken.refusals().isEmpty()) return Outcome.refused(taken.refusals());
        String problem = keys.once(key, params, () -> {
            UUID subject = ids.next();
            boolean reached = told.colleague(me.school(), contact.get(), "found", "/patrol/problems/" + subject, subject, "safety/found/" + subject);
            Map<String, String> facts = new HashMap<>(facts(place, form.rating()));
            facts.put("contact", contact.get().staff().toString());
            facts.put("told", reached ? "yes" : "no");
            ledger.append(new Act(me.school(), Book.PATROL, subject, "found", facts).words(Map.of("note", form.note())).photo(taken.kept()));
            return subject.toString();
        });
        return Outcome.done(UUID.fromString(problem));
    }

    Outcome<UUID> settle(Wearer me, UUID id, String note, @Nullable MultipartFile photo, UUID key) {
        ledger.lock(id);
        Problem problem = problem(me, id);
        if (!may(me, problem)) throw new NotFound();
        String params = "safety.settled " + id + note;
        if (keys.kept(key, params).isPresent()) return Outcome.done(id);
        if (!problem.open()) return Outcome.refused(new Refusal.Simple("safety.patrol.refused.settled"));
        if (note.isEmpty() || note.length() > FoundForm.NOTE) return Outcome.refused(new Refusal.Simple("safety.patrol.refused.done", "note", List.of(FoundForm.NOTE)));
        Photos.Taken taken = photos.take(me.school(), photo, "photo");
        if (!taken.refusals().isEmpty()) return Outcome.refused(taken.refusals());
        keys.once(key, params, () -> ledger.append(new Act(me.school(), Book.PATROL, id, "settled", Map.of()).words(Map.of("note", note)).photo(taken.kept())).id().toString());
        return Outcome.done(id);
    }

    private Problem problem(Wearer me, UUID id) {
        return Problem.of(ledger.of(me.school(), Book.PATROL, id)).orElseThrow(NotFound::new);
    }

    private boolean may(Wearer me, Problem problem) {
        return me.is(Role.DUTY_LEADER, Role.OFFICE, Role.PRINCIPAL) || people.byAccount(me.school(), me.account()).filter(m -> m.staff().equals(problem.contact())).isPresent();
    }

    private Place place(Wearer me, Place.Kind kind, UUID id) {
        return places.of(me.school(), ledger.today()).stream().filter(p -> p.kind() == kind && p.id().equals(id)).findFirst().orElseThrow(NotFound::new);
    }

    @Transactional(readOnly = true)
    WalkPage day(Wearer me) {
        UUID school = me.school();
        Map<UUID, Entry> last = new HashMap<>();
        ledger.begun(school, Book.PATROL, ledger.today(), ledger.today()).values().forEach(es -> Ids.parse(es.getFirst().fact("ref")).ifPresent(ref -> last.put(ref, es.getFirst())));
        List<Problem> open = ledger.without(school, Book.PATROL, List.of("found"), List.of("settled")).values().stream().map(Problem::of).flatMap(Optional::stream).toList();
        Map<UUID, SortedMap<String, String>> words = ledger.words(school, open.stream().map(p -> p.entries().getFirst()).toList());
        People.Names names = people.names(school);
        List<WalkPage.Row> areas = new ArrayList<>();
        List<WalkPage.Row> rooms = new ArrayList<>();
        for (Place p : places.of(school, ledger.today())) {
            Entry e = last.get(p.id());
            WalkPage.Row row = new WalkPage.Row(p, names.of(p.responsible()), e == null ? null : e.at(), e == null ? "" : names.of(e.by()), open.stream().anyMatch(o -> o.place().equals(p.id())));
            (p.kind() == Place.Kind.AREA ? areas : rooms).add(row);
        }
        return new WalkPage(ledger.today(), areas, rooms, open.stream().map(p -> new WalkPage.Found(p, names.of(p.place()), note(words.get(p.entries().getFirst().id())), names.of(p.contact()))).toList(), List.of());
    }

    private static String note(@Nullable SortedMap<String, String> words) {
        return words == null ? "" : words.getOrDefault("note", "");
    }

    @Transactional(readOnly = true)
    PlacePage placePage(Wearer me, Place.Kind kind, UUID id, FoundForm typed, List<? extends Refusal> refusals) {
        Place place = place(me, kind, id);
        UUID answers = place.responsible();
        FoundForm form = typed.contact().isEmpty() && answers != null ? new FoundForm(typed.rating(), typed.note(), answers.toString()) : typed;
        return new PlacePage(place, form, People.choices(people.staff(me.school())), refusals);
    }

    @Transactional(readOnly = true)
    ProblemPage problemPage(Wearer me, UUID id, String typed, List<? extends Refusal> refusals) {
        Problem problem = problem(me, id);
        People.Names names = people.names(me.school());
        Map<UUID, SortedMap<String, String>> words = ledger.words(me.school(), problem.entries());
        List<ProblemPage.Step> steps = problem.entries().stream().map(e -> new ProblemPage.Step(e.kind(), e.at(), names.of(e.by()), note(words.get(e.id())), e.file() == null ? null : e.id())).toList();
        return new ProblemPage(problem, names.of(problem.place()), names.of(problem.contact()), may(me, problem), steps, typed, refusals);
    }
}
