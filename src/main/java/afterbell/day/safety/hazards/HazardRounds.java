package afterbell.day.safety.hazards;

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
import afterbell.day.safety.Check;
import afterbell.day.safety.Entry;
import afterbell.day.safety.Guidance;
import afterbell.day.safety.Ledger;
import afterbell.day.safety.People;
import afterbell.day.safety.Photos;
import afterbell.day.safety.Said;
import afterbell.day.safety.Told;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.multipart.MultipartFile;

/** Rounds, and the hazards that they open. */
@Component
@Transactional
class HazardRounds {
    static final int NOTE = 500;
    private static final int MOST_ITEMS = 40;
    private static final int LAST_ROUNDS = 400;

    private final Ledger ledger;
    private final Guidance guidance;
    private final People people;
    private final Photos photos;
    private final Told told;
    private final CommandKeys keys;
    private final Ids ids;

    HazardRounds(Ledger ledger, Guidance guidance, People people, Photos photos, Told told, CommandKeys keys, Ids ids) {
        this.ledger = ledger;
        this.guidance = guidance;
        this.people = people;
        this.photos = photos;
        this.told = told;
        this.keys = keys;
        this.ids = ids;
    }

    static boolean leads(Wearer me) {
        return me.is(Role.DUTY_LEADER, Role.OFFICE, Role.PRINCIPAL, Role.GUARD);
    }

    /** One finding of a round. */
    private record Fault(int item, String what, String note, @Nullable MultipartFile photo) {}

    /** A whole round at once: every item answered; each fault becomes a hazard with its deadline, told to who must mend it. Answers how many were found. */
    Outcome<Integer> round(Wearer me, String key, Typed typed, Map<String, MultipartFile> files, UUID command, Locale locale) {
        Check check = guidance.check(me.school(), key);
        String params = "safety.round " + key + typed.values();
        Optional<String> before = keys.kept(command, params);
        if (before.isPresent()) return Outcome.done(Integer.valueOf(before.get()));
        List<Refusal> no = new ArrayList<>();
        if (typed.number("version").orElse(-1) != check.version()) no.add(new Refusal.Simple("safety.hazard.refused.version"));
        List<Fault> faults = new ArrayList<>();
        StringBuilder answers = new StringBuilder();
        for (int i = 0; i < check.items().size(); i++) {
            String note = typed.text("note" + i);
            switch (typed.text("answer" + i)) {
                case "good" -> answers.append('1');
                case "none" -> answers.append('-');
                case "bad" -> {
                    answers.append('0');
                    if (note.isEmpty() || note.length() > NOTE) no.add(new Refusal.Simple("safety.hazard.refused.note", "note" + i, List.of(NOTE)));
                    faults.add(new Fault(i, check.items().get(i).in(locale), note, files.get("photo" + i)));
                }
                default -> no.add(new Refusal.Simple("safety.hazard.refused.answer", "answer" + i, List.of()));
            }
        }
        Optional<People.Member> responsible = typed.id("responsible").flatMap(r -> people.member(me.school(), r));
        if (!faults.isEmpty() && responsible.isEmpty()) no.add(new Refusal.Simple("safety.hazard.refused.responsible", "responsible", List.of()));
        if (!no.isEmpty()) return Outcome.refused(no);
        Map<Integer, Photos.Taken> taken = new HashMap<>();
        for (Fault f : faults) taken.put(f.item(), photos.take(me.school(), f.photo(), "photo" + f.item()));
        List<Refusal> wrong = taken.values().stream().flatMap(t -> t.refusals().stream()).toList();
        if (!wrong.isEmpty()) return Outcome.refused(wrong);
        String found = keys.once(command, params, () -> {
            ledger.append(new Act(me.school(), Book.HAZARD, ids.next(), "checked", Map.of("check", key, "version", Integer.toString(check.version()), "answers", answers.toString(), "faults", Integer.toString(faults.size()))));
            for (Fault f : faults) open(me, key, f.what(), f.note(), ledger.today().plusDays(check.mend()), responsible.orElseThrow(), false, java.util.Objects.requireNonNull(taken.get(f.item())));
            return Integer.toString(faults.size());
        });
        return Outcome.done(Integer.valueOf(found));
    }

    private UUID open(Wearer me, String check, String what, String note, LocalDate due, People.Member responsible, boolean severe, Photos.Taken photo) {
        UUID id = ids.next();
        boolean reached = told.colleague(me.school(), responsible, "hazard", "/hazards/" + id, id, "safety/hazard/" + id);
        Map<String, String> facts = Map.of("check", check, "due", due.toString(), "responsible", responsible.staff().toString(), "told", reached ? "yes" : "no", "severe", severe ? "yes" : "no");
        ledger.append(new Act(me.school(), Book.HAZARD, id, "opened", facts).words(Map.of("what", what, "note", note)).photo(photo.kept()));
        return id;
    }

    /** Something seen outside a round. */
    Outcome<UUID> report(Wearer me, Typed typed, @Nullable MultipartFile photo, UUID key) {
        String params = "safety.hazard " + typed.values();
        Optional<String> before = keys.kept(key, params);
        if (before.isPresent()) return Outcome.done(UUID.fromString(before.get()));
        String what = typed.text("what");
        LocalDate today = ledger.today();
        Optional<LocalDate> due = typed.date("due").filter(d -> !d.isBefore(today) && !d.isAfter(today.plusDays(366)));
        Optional<People.Member> responsible = typed.id("responsible").flatMap(r -> people.member(me.school(), r));
        List<Refusal> no = new ArrayList<>();
        if (what.isEmpty() || what.length() > NOTE) no.add(new Refusal.Simple("safety.hazard.refused.what", "what", List.of(NOTE)));
        if (due.isEmpty()) no.add(new Refusal.Simple("safety.hazard.refused.due", "due", List.of()));
        if (responsible.isEmpty()) no.add(new Refusal.Simple("safety.hazard.refused.responsible", "responsible", List.of()));
        if (!no.isEmpty()) return Outcome.refused(no);
        Photos.Taken taken = photos.take(me.school(), photo, "photo");
        if (!taken.refusals().isEmpty()) return Outcome.refused(taken.refusals());
        return Outcome.done(UUID.fromString(keys.once(key, params, () -> open(me, "other", what, "", due.orElseThrow(), responsible.orElseThrow(), typed.yes("severe"), taken).toString())));
    }

    /** Mended, and the photo shows it. */
    Outcome<UUID> mend(Wearer me, UUID id, String note, @Nullable MultipartFile photo, UUID key) {
        ledger.lock(id);
        Hazard hazard = hazard(me, id);
        if (!mends(me, hazard)) throw new NotFound();
        String params = "safety.mended " + id + note;
        if (keys.kept(key, params).isPresent()) return Outcome.done(id);
        if (hazard.state() != Hazard.State.OPEN) return Outcome.refused(new Refusal.Simple("safety.hazard.refused.already"));
        if (photo == null || photo.isEmpty()) return Outcome.refused(new Refusal.Simple("safety.hazard.refused.photo", "photo", List.of()));
        if (note.length() > NOTE) return Outcome.refused(new Refusal.Simple("safety.hazard.refused.note", "note", List.of(NOTE)));
        Photos.Taken taken = photos.take(me.school(), photo, "photo");
        if (!taken.refusals().isEmpty()) return Outcome.refused(taken.refusals());
        keys.once(key, params, () -> ledger.append(new Act(me.school(), Book.HAZARD, id, "mended", Map.of()).words(note.isEmpty() ? Map.of() : Map.of("note", note)).photo(taken.kept())).id().toString());
        return Outcome.done(id);
    }

    /** A second pair of eyes: mended indeed, or once more with a new deadline. */
    Outcome<UUID> judge(Wearer me, UUID id, boolean good, String note, UUID key) {
        ledger.lock(id);
        Hazard hazard = hazard(me, id);
        String params = "safety.judged " + id + good + note;
        if (keys.kept(key, params).isPresent()) return Outcome.done(id);
        if (hazard.state() != Hazard.State.MENDED) return Outcome.refused(new Refusal.Simple("safety.hazard.refused.already"));
        if (!confirms(me, hazard)) return Outcome.refused(new Refusal.Simple("safety.hazard.refused.own_eyes"));
        if (!good && (note.isEmpty() || note.length() > NOTE)) return Outcome.refused(new Refusal.Simple("safety.hazard.refused.note", "note", List.of(NOTE)));
        keys.once(key, params, () -> {
            if (good) ledger.append(new Act(me.school(), Book.HAZARD, id, "confirmed", Map.of()).words(note.isEmpty() ? Map.of() : Map.of("note", note)));
            else {
                ledger.append(new Act(me.school(), Book.HAZARD, id, "reopened", Map.of("due", ledger.today().plusDays(1).toString())).words(Map.of("note", note)));
                UUID who = hazard.responsible();
                if (who != null) people.member(me.school(), who).ifPresent(m -> told.colleague(me.school(), m, "hazard", "/hazards/" + id, id, "safety/hazard/" + id + "/" + key));
            }
            return id.toString();
        });
        return Outcome.done(id);
    }

    private Hazard hazard(Wearer me, UUID id) {
        return Hazard.of(ledger.of(me.school(), Book.HAZARD, id)).orElseThrow(NotFound::new);
    }

    private boolean mends(Wearer me, Hazard hazard) {
        return leads(me) || people.byAccount(me.school(), me.account()).filter(m -> m.staff().equals(hazard.responsible())).isPresent();
    }

    private static boolean confirms(Wearer me, Hazard hazard) {
        Optional<Entry> mended = hazard.entries().stream().filter(e -> e.is("mended")).reduce((a, b) -> b);
        return me.is(Role.DUTY_LEADER, Role.OFFICE, Role.PRINCIPAL) && mended.filter(e -> me.account().equals(e.by())).isEmpty();
    }

    @Transactional(readOnly = true)
    HazardsPage page(Wearer me) {
        UUID school = me.school();
        LocalDate today = ledger.today();
        List<Hazard> open = ledger.without(school, Book.HAZARD, List.of("opened"), List.of("confirmed")).values().stream().map(Hazard::of).flatMap(Optional::stream).toList();
        Map<UUID, SortedMap<String, String>> words = ledger.words(school, open.stream().map(h -> h.entries().getFirst()).toList());
        People.Names names = people.names(school);
        Map<String, LocalDate> last = new HashMap<>();
        ledger.begun(school, Book.HAZARD, today.minusDays(LAST_ROUNDS), today).values().forEach(es -> {
            Entry e = es.getFirst();
            if (e.is("checked")) last.merge(e.fact("check"), e.day(), (a, b) -> a.isAfter(b) ? a : b);
        });
        List<HazardsPage.Round> rounds = guidance.checks(school).stream()
                .map(c -> {
                    LocalDate done = last.get(c.key());
                    return new HazardsPage.Round(c, done, done == null ? today : done.plusDays(c.every()));
                })
                .sorted(Comparator.comparing(HazardsPage.Round::next))
                .toList();
        boolean all = me.is(Role.DUTY_LEADER, Role.OFFICE, Role.PRINCIPAL, Role.GUARD, Role.SUPERVISOR);
        Optional<UUID> self = all ? Optional.empty() : people.byAccount(school, me.account()).map(People.Member::staff);
        return new HazardsPage(
                today,
                open.stream()
                        .filter(h -> all || self.filter(s -> s.equals(h.responsible())).isPresent())
                        .sorted(Comparator.comparing((Hazard h) -> h.state() == Hazard.State.MENDED).thenComparing(Hazard::due))
                        .map(h -> new HazardsPage.Row(h, what(words.get(h.entries().getFirst().id())), names.of(h.responsible())))
                        .toList(),
                rounds,
                leads(me),
                me.is(Role.OFFICE, Role.PRINCIPAL));
    }

    static String what(@Nullable SortedMap<String, String> words) {
        if (words == null) return "";
        String note = words.getOrDefault("note", "");
        return note.isEmpty() ? words.getOrDefault("what", "") : note;
    }

    @Transactional(readOnly = true)
    RoundPage roundPage(Wearer me, String key, Typed typed, List<? extends Refusal> refusals) {
        Check check = guidance.check(me.school(), key);
        return new RoundPage(check, ledger.today().plusDays(check.mend()), People.choices(people.staff(me.school())), typed, refusals);
    }

    @Transactional(readOnly = true)
    NewHazardPage fresh(Wearer me, Typed typed, List<? extends Refusal> refusals) {
        return new NewHazardPage(People.choices(people.staff(me.school())), ledger.today(), typed, refusals);
    }

    @Transactional(readOnly = true)
    HazardPage hazardPage(Wearer me, UUID id, String typed, List<? extends Refusal> refusals) {
        Hazard hazard = hazard(me, id);
        boolean mends = mends(me, hazard);
        if (!mends && !me.is(Role.SUPERVISOR)) throw new NotFound();
        Map<UUID, SortedMap<String, String>> words = ledger.words(me.school(), hazard.entries());
        People.Names names = people.names(me.school());
        List<HazardPage.Step> steps = hazard.entries().stream()
                .map(e -> {
                    SortedMap<String, String> said = words.get(e.id());
                    return new HazardPage.Step(e.kind(), e.fact("which"), e.at(), names.of(e.by()), said == null ? "" : said.getOrDefault("note", ""), e.file() == null ? null : e.id());
                })
                .toList();
        Said name = guidance.checks(me.school()).stream().filter(c -> c.key().equals(hazard.check())).map(Check::name).findFirst().orElse(null);
        SortedMap<String, String> first = words.get(hazard.entries().getFirst().id());
        return new HazardPage(hazard, name, first == null ? "" : first.getOrDefault("what", ""), names.of(hazard.responsible()), ledger.today(), mends, confirms(me, hazard), steps, typed, refusals);
    }

    @Transactional(readOnly = true)
    ChecklistPage checklist(Wearer me, String key, Locale locale) {
        Check c = guidance.check(me.school(), key);
        return new ChecklistPage(c, Integer.toString(c.every()), Integer.toString(c.mend()), String.join("\n", c.items().stream().map(i -> i.in(locale)).toList()), List.of());
    }

    /** The school's own list from now on; the next round asks by it. */
    Outcome<String> change(Wearer me, String key, Typed typed, UUID command) {
        Check c = guidance.check(me.school(), key);
        int every = typed.number("every").orElse(0);
        int mend = typed.number("mend").orElse(-1);
        List<String> items = typed.text("items").lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
        List<Refusal> no = new ArrayList<>();
        if (every < 1 || every > 366) no.add(new Refusal.Simple("safety.checklist.refused.every", "every", List.of()));
        if (mend < 0 || mend > 90) no.add(new Refusal.Simple("safety.checklist.refused.mend", "mend", List.of()));
        if (items.isEmpty() || items.size() > MOST_ITEMS || items.stream().anyMatch(i -> i.length() > 120)) no.add(new Refusal.Simple("safety.checklist.refused.items", "items", List.of(MOST_ITEMS)));
        if (!no.isEmpty()) return Outcome.refused(no);
        keys.once(command, "safety.checklist " + key + typed.values(), () -> Integer.toString(guidance.put(me.school(), me.account(), c.key(), every, mend, items)));
        return Outcome.done(c.key());
    }
}
