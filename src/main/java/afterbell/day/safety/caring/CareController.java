package afterbell.day.safety.caring;

import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Typed;
import afterbell.day.safety.Act;
import afterbell.day.safety.Book;
import afterbell.day.safety.Entry;
import afterbell.day.safety.Ledger;
import afterbell.day.safety.People;
import afterbell.day.safety.Photos;
import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import afterbell.reach.messaging.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@Allowed({Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.GRADE_HEAD, Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER, Role.GUARD})
final class CareController {
    private static final int NOTE = 1000;

    private final Ledger ledger;
    private final People people;
    private final Photos photos;
    private final Roster roster;
    private final Notices notices;
    private final CommandKeys keys;
    private final TransactionTemplate transactions;
    private final Ids ids;

    CareController(Ledger ledger, People people, Photos photos, Roster roster, Notices notices, CommandKeys keys, TransactionTemplate transactions, Ids ids) {
        this.ledger = ledger;
        this.people = people;
        this.photos = photos;
        this.roster = roster;
        this.notices = notices;
        this.keys = keys;
        this.transactions = transactions;
        this.ids = ids;
    }

    @GetMapping("/care")
    ModelAndView today(Wearer me) {
        return Pages.show("safety/caring/care", page(me, "", "", false, List.of()));
    }

    @PostMapping("/care")
    ModelAndView write(Wearer me, @RequestParam MultiValueMap<String, String> typed, @RequestParam(required = false) @Nullable MultipartFile photo, RedirectAttributes redirect) {
        Typed t = new Typed(typed);
        return switch (transactions.execute(s -> write(me, t, photo))) {
            case Outcome.Done<UUID> done -> Pages.done("/care", redirect, t.yes("urgent") ? "safety.flash.care_urgent" : "safety.flash.care");
            case Outcome.Refused<UUID>(List<Refusal> no) -> Pages.refused("safety/caring/care", page(me, t.text("note"), t.text("class"), t.yes("urgent"), no));
        };
    }

    private Outcome<UUID> write(Wearer me, Typed t, @Nullable MultipartFile photo) {
        String params = "safety.care " + t.values();
        UUID key = t.key(ids);
        Optional<String> before = keys.kept(key, params);
        if (before.isPresent()) return Outcome.done(UUID.fromString(before.get()));
        String note = t.text("note");
        List<Refusal> no = new ArrayList<>();
        if (note.isEmpty() || note.length() > NOTE) no.add(new Refusal.Simple("safety.care.refused.note", "note", List.of(NOTE)));
        Optional<UUID> schoolClass = t.id("class").filter(c -> roster.classes(me.school()).stream().anyMatch(k -> k.id().equals(c)));
        if (t.has("class") && schoolClass.isEmpty()) no.add(new Refusal.Simple("safety.care.refused.class", "class", List.of()));
        if (!no.isEmpty()) return Outcome.refused(no);
        Photos.Taken taken = photos.take(me.school(), photo, "photo");
        if (!taken.refusals().isEmpty()) return Outcome.refused(taken.refusals());
        return Outcome.done(UUID.fromString(keys.once(key, params, () -> {
            UUID id = ids.next();
            Map<String, String> facts = new HashMap<>(Map.of("urgent", t.yes("urgent") ? "yes" : "no"));
            schoolClass.ifPresent(c -> facts.put("class", c.toString()));
            ledger.append(new Act(me.school(), Book.CARE, id, "noted", facts).words(Map.of("note", note)).photo(taken.kept()));
            if (t.yes("urgent"))
                notices.tell(new NewNotice(me.school(), "safety.care", Words.of("safety.notice.care"), "/care", new Audience.Staff(Set.of(Role.DUTY_LEADER, Role.PRINCIPAL))).urgently().about(id).once("safety/care/" + id));
            return id.toString();
        })));
    }

    private CarePage page(Wearer me, String note, String schoolClass, boolean urgent, List<? extends Refusal> refusals) {
        return transactions.execute(s -> {
            boolean all = me.is(Role.DUTY_LEADER, Role.OFFICE, Role.PRINCIPAL);
            List<SchoolClass> classes = roster.classes(me.school());
            Map<String, String> classNames = classes.stream().collect(Collectors.toMap(c -> c.id().toString(), SchoolClass::name));
            List<Entry> entries = ledger.begun(me.school(), Book.CARE, ledger.today(), ledger.today()).values().stream().map(List::getFirst).filter(e -> all || me.account().equals(e.by())).toList();
            Map<UUID, SortedMap<String, String>> words = ledger.words(me.school(), entries);
            People.Names names = people.names(me.school());
            List<CarePage.Row> rows = entries.reversed().stream()
                    .map(e -> {
                        SortedMap<String, String> said = words.get(e.id());
                        return new CarePage.Row(e.at(), names.of(e.by()), classNames.getOrDefault(e.fact("class"), ""), said == null ? "" : said.getOrDefault("note", ""), e.fact("urgent").equals("yes"), e.file() == null ? null : e.id());
                    })
                    .toList();
            return new CarePage(ledger.today(), all, rows, classes.stream().map(c -> Choice.of(c.id().toString(), c.name())).toList(), note, schoolClass, urgent, refusals);
        });
    }
}
