package afterbell.app.demo;

import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Term;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.web.Screen;
import afterbell.reach.documents.Drafts;
import afterbell.reach.documents.LetterKind;
import afterbell.reach.documents.LetterText;
import afterbell.reach.documents.SignLetter;
import afterbell.reach.documents.Signature.Answer;
import afterbell.reach.documents.Templates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The demo school's letter and two agreements of this term: published, and answered by about seven families of ten. */
@Component
@Order(50)
@ConditionalOnProperty("afterbell.demo")
final class DocumentsChapter implements DemoChapter {
    private static final double ANSWERED = 0.7;
    private static final double TAKES_PART = 0.87;
    private static final String PHONE = "0000-8000001";

    private final Drafts drafts;
    private final SignLetter sign;
    private final Calendars calendars;
    private final Roster roster;
    private final Ids ids;
    private final Clock clock;
    private final TransactionTemplate transactions;

    DocumentsChapter(Drafts drafts, SignLetter sign, Calendars calendars, Roster roster, Ids ids, Clock clock, TransactionTemplate transactions) {
        this.drafts = drafts;
        this.sign = sign;
        this.calendars = calendars;
        this.roster = roster;
        this.ids = ids;
        this.clock = clock;
        this.transactions = transactions;
    }

    @Override
    public void load(DemoSchool plan, UUID school) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        Scopes.within(Scope.school(school, new UUID(0, 1)), () -> transactions.executeWithoutResult(t -> {
            Optional<Term> term = calendars.termAt(school, today);
            if (term.isPresent()) letters(plan, school, term.get(), today);
        }));
    }

    private void letters(DemoSchool plan, UUID school, Term term, LocalDate today) {
        Instant answerBy = today.plusDays(3).atTime(LocalTime.of(20, 0)).atZone(Screen.ZONE).toInstant();
        List<Pupil> pupils = roster.pupils(school);
        Map<String, String> adults = plan.pupils().stream().collect(Collectors.toMap(DemoSchool.Pupil::name, p -> plan.familyOf(p).adults().getFirst().name(), (a, b) -> a));
        Set<String> shown = plan.pupils().stream().filter(p -> p.family().equals(RosterChapter.shownFamily(plan))).map(DemoSchool.Pupil::name).collect(Collectors.toSet());
        for (LetterKind kind : List.of(LetterKind.LETTER, LetterKind.SAFETY, LetterKind.PICKUP)) {
            Random random = new Random(plan.seed() + 50);
            UUID letter = drafts.begin(school, term.id(), kind, ids.next());
            LetterText text = Templates.of(kind);
            drafts.save(school, letter, 0, new LetterText(text.title(), text.body().replaceAll("\\[\\[[^\\]]*\\]\\]", PHONE)), List.of(), answerBy);
            drafts.publish(school, letter, 1, false, true, ids.next());
            sign.signAll(school, letter, pupils.stream().filter(p -> !shown.contains(p.name())).flatMap(p -> answer(p, kind, adults, random).stream()).toList());
        }
    }

    // The same draws for each letter: who takes no part is asked for no agreement.
    private Optional<SignLetter.Given> answer(Pupil pupil, LetterKind kind, Map<String, String> adults, Random random) {
        boolean answered = random.nextDouble() < ANSWERED;
        boolean yes = random.nextDouble() < TAKES_PART;
        Instant at = clock.instant().minus(Duration.ofMinutes(30 + random.nextInt(2_400)));
        if (!answered || kind != LetterKind.LETTER && !yes) return Optional.empty();
        return Optional.of(new SignLetter.Given(pupil, yes ? Answer.YES : Answer.NO, adults.getOrDefault(pupil.name(), pupil.name()), "", at));
    }
}
