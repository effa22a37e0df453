package afterbell.reach.documents.drafting;

import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Term;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.PublicAddress;
import afterbell.base.shared.web.Screen;
import afterbell.reach.documents.Answers;
import afterbell.reach.documents.Letter;
import afterbell.reach.documents.LetterFields;
import afterbell.reach.documents.LetterKind;
import afterbell.reach.documents.LetterText;
import afterbell.reach.documents.Letters;
import afterbell.reach.messaging.Notices;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@Allowed({Role.OFFICE, Role.PRINCIPAL})
final class DraftController {
    private static final DateTimeFormatter TYPED = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm", Locale.ROOT);

    private final Letters letters;
    private final DraftLetter drafts;
    private final Answers answers;
    private final Calendars calendars;
    private final Schools schools;
    private final Notices notices;
    private final PublicAddress address;
    private final Clock clock;

    DraftController(Letters letters, DraftLetter drafts, Answers answers, Calendars calendars, Schools schools, Notices notices, PublicAddress address, Clock clock) {
        this.letters = letters;
        this.drafts = drafts;
        this.answers = answers;
        this.calendars = calendars;
        this.schools = schools;
        this.notices = notices;
        this.address = address;
        this.clock = clock;
    }

    @GetMapping("/office/letters")
    ModelAndView list(Wearer me, @RequestParam(defaultValue = "") String term) {
        UUID school = me.school();
        List<Term> terms = calendars.terms(school);
        Optional<Term> shown = Ids.parse(term)
                .map(id -> calendars.term(school, id))
                .or(() -> Calendars.at(terms, LocalDate.ofInstant(clock.instant(), Screen.ZONE)));
        if (shown.isEmpty()) return Pages.show("documents/drafting/letters", new LettersPage(null, List.of(), List.of(), List.of()));
        Term t = shown.get();
        Map<UUID, Answers.OfLetter> sums = answers.ofTerm(school, t.id()).stream().collect(Collectors.toMap(Answers.OfLetter::letter, Function.identity()));
        List<Letter> all = letters.ofTerm(school, t.id());
        Map<UUID, String> titles = letters.titles(school, t.id());
        List<LettersPage.Row> rows = all.stream()
                .map(l -> {
                    Answers.OfLetter sum = sums.getOrDefault(l.id(), new Answers.OfLetter(l.id(), 0, 0));
                    return new LettersPage.Row(l.id(), titles.getOrDefault(l.id(), ""), l.kind(), l.state(), sum.children(), sum.answered());
                })
                .toList();
        List<LetterKind> missing = Arrays.stream(LetterKind.values()).filter(k -> all.stream().noneMatch(l -> l.kind() == k && l.state() != Letter.State.WITHDRAWN)).toList();
        return Pages.show("documents/drafting/letters", new LettersPage(t, terms, rows, missing));
    }

    @PostMapping("/office/letters")
    ModelAndView begin(Wearer me, @RequestParam UUID term, @RequestParam LetterKind kind, @RequestParam("_key") UUID key) {
        return Pages.done("/office/letters/" + drafts.begin(me.school(), term, kind, key) + "/text");
    }

    @GetMapping("/office/letters/{letter}")
    ModelAndView overview(Wearer me, @PathVariable UUID letter) {
        Letter l = letters.get(me.school(), letter);
        if (l.state() == Letter.State.DRAFT) return Pages.done("/office/letters/" + letter + "/text");
        return Pages.show(
                "documents/drafting/overview",
                new OverviewPage(l, letters.published(l), answers.perClass(me.school(), letter), notices.about(me.school(), letter), address.of("/letters").toString()));
    }

    @GetMapping("/office/letters/{letter}/text")
    ModelAndView edit(Wearer me, @PathVariable UUID letter) {
        Letter l = editable(me, letter);
        return Pages.show("documents/drafting/edit", page(l, l.source(), l.grades().stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new)), typed(l.answerBy()), List.of()));
    }

    @PostMapping("/office/letters/{letter}/text")
    ModelAndView save(
            Wearer me,
            @PathVariable UUID letter,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String body,
            @RequestParam(required = false) @Nullable Set<String> grades,
            @RequestParam(defaultValue = "") String answerBy,
            @RequestParam int version,
            @RequestParam(defaultValue = "save") String act,
            @RequestParam(defaultValue = "false") boolean askAgain,
            @RequestParam(defaultValue = "false") boolean tell,
            @RequestParam("_key") UUID key,
            RedirectAttributes redirect) {
        Letter l = editable(me, letter);
        LetterText text = new LetterText(title, body);
        Set<String> chosen = grades == null ? Set.of() : new TreeSet<>(grades);
        if (act.equals("look")) return Pages.show("documents/drafting/edit", page(l, text, chosen, answerBy, List.of()));
        List<Refusal> no = new ArrayList<>();
        @Nullable Instant by = null;
        try {
            if (!answerBy.isBlank()) by = LocalDateTime.parse(answerBy.strip()).atZone(Screen.ZONE).toInstant();
        } catch (DateTimeParseException e) {
            no.add(new DraftRefusal.NotATime());
        }
        if (no.isEmpty()) {
            switch (drafts.save(me.school(), letter, version, text, chosen.stream().filter(g -> g.matches("\\d{1,2}")).map(Integer::valueOf).toList(), by)) {
                case Outcome.Done<Integer>(Integer saved) -> {
                    if (!act.equals("publish")) return Pages.done("/office/letters/" + letter + "/text", redirect, "documents.flash.saved");
                    switch (drafts.publish(me.school(), letter, saved, askAgain, tell, key)) {
                        case Outcome.Done<Integer> published -> {
                            return Pages.done("/office/letters/" + letter, redirect, "documents.flash.published");
                        }
                        case Outcome.Refused<Integer> refused -> no.addAll(refused.refusals());
                    }
                }
                case Outcome.Refused<Integer> refused -> no.addAll(refused.refusals());
            }
        }
        // The text is kept as typed; where only publishing was refused, it has been saved and its version goes on.
        Letter now = letters.get(me.school(), letter);
        return Pages.refused("documents/drafting/edit", page(now, text, chosen, answerBy, no));
    }

    @PostMapping("/office/letters/{letter}/withdrawal")
    ModelAndView withdraw(Wearer me, @PathVariable UUID letter, RedirectAttributes redirect) {
        drafts.withdraw(me.school(), letter);
        return Pages.done("/office/letters", redirect, "documents.flash.withdrawn");
    }

    private Letter editable(Wearer me, UUID letter) {
        Letter l = letters.get(me.school(), letter);
        if (l.state() == Letter.State.WITHDRAWN) throw new NotFound();
        return l;
    }

    private EditPage page(Letter letter, LetterText source, Set<String> grades, String answerBy, List<? extends Refusal> refusals) {
        Map<String, LetterFields.Field> known = drafts.fields(letter);
        LetterText filled = drafts.filled(letter, source, known);
        List<LetterFields.Field> fields = new ArrayList<>(known.values());
        fields.add(new LetterFields.Field("answer_by", "documents.field.answer_by", ""));
        fields.add(new LetterFields.Field("child.name", "documents.field.child_name", ""));
        fields.add(new LetterFields.Field("child.class", "documents.field.child_class", ""));
        List<Integer> all = schools.grades(letter.school()).stream().map(Schools.Grade::grade).toList();
        return new EditPage(letter, source.title(), source.body(), grades, all, answerBy, filled, filled.open(), fields, refusals);
    }

    private static String typed(@Nullable Instant at) {
        return at == null ? "" : TYPED.format(at.atZone(Screen.ZONE));
    }
}
