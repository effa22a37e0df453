package afterbell.reach.documents.drafting;

import afterbell.base.audit.Audit;
import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.TermCalendar;
import afterbell.base.schools.School;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Offscreen;
import afterbell.reach.documents.Drafts;
import afterbell.reach.documents.Letter;
import afterbell.reach.documents.LetterFields;
import afterbell.reach.documents.LetterKind;
import afterbell.reach.documents.LetterText;
import afterbell.reach.documents.Letters;
import afterbell.reach.documents.Templates;
import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import afterbell.reach.messaging.Words;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionInterceptor;

/** Writes and publishes a letter. What was published is frozen as an edition; a later change is a new one. R48-R53. */
@Component
class DraftLetter implements Drafts {
    static final int LONGEST_TITLE = 60;
    static final int LONGEST_BODY = 20_000;

    private final Letters letters;
    private final DraftStore store;
    private final List<LetterFields> rooms;
    private final Schools schools;
    private final Calendars calendars;
    private final Offscreen offscreen;
    private final Notices notices;
    private final CommandKeys keys;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    DraftLetter(Letters letters, DraftStore store, List<LetterFields> rooms, Schools schools, Calendars calendars, Offscreen offscreen, Notices notices, CommandKeys keys, Audit audit, Ids ids, Clock clock) {
        this.letters = letters;
        this.store = store;
        this.rooms = rooms;
        this.schools = schools;
        this.calendars = calendars;
        this.offscreen = offscreen;
        this.notices = notices;
        this.keys = keys;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    @Transactional
    public UUID begin(UUID school, UUID term, LetterKind kind, UUID key) {
        calendars.term(school, term);
        return UUID.fromString(keys.once(key, "begin/" + term + "/" + kind, () -> {
            UUID id = ids.next();
            store.add(school, id, term, kind, store.former(school, term, kind).orElseGet(() -> Templates.of(kind)), clock.instant(), account());
            return id.toString();
        }));
    }

    @Override
    @Transactional
    public Outcome<Integer> save(UUID school, UUID id, int version, LetterText text, List<Integer> grades, @Nullable Instant answerBy) {
        Letter letter = letters.get(school, id);
        if (letter.state() == Letter.State.WITHDRAWN) throw new NotFound();
        List<Refusal> no = new ArrayList<>();
        if (text.title().isEmpty()) no.add(new DraftRefusal.NoTitle());
        if (text.title().length() > LONGEST_TITLE) no.add(new DraftRefusal.TooLong("title", LONGEST_TITLE));
        if (text.body().length() > LONGEST_BODY) no.add(new DraftRefusal.TooLong("body", LONGEST_BODY));
        if (!no.isEmpty()) return Outcome.refused(no);
        if (letter.version() != version || !store.save(letter, text, grades, answerBy, clock.instant(), account())) return Outcome.refused(new DraftRefusal.ChangedMeanwhile());
        audit.record(school, "documents.letter_saved", "letter", id, Map.of("version", version + 1));
        return Outcome.done(version + 1);
    }

    @Override
    @Transactional
    public Outcome<Integer> publish(UUID school, UUID id, int version, boolean askAgain, boolean tell, UUID key) {
        Letter letter = letters.get(school, id);
        LetterText text = filled(letter, letter.source(), fields(letter));
        List<String> open = text.open();
        if (!open.isEmpty()) return Outcome.refused(new DraftRefusal.StillOpen(open));
        if (letter.version() != version && !repeated(letter, version)) return Outcome.refused(new DraftRefusal.ChangedMeanwhile());
        String edition = keys.once(key, "publish/" + id + "/" + version, () -> {
            // Between reading and publishing somebody may have saved another text: nobody publishes what he has not read.
            if (letter.version() != version || !store.publish(letter, text, askAgain, clock.instant(), account())) return "";
            audit.record(school, "documents.letter_published", "letter", id, Map.of("edition", letter.edition() + 1));
            if (tell) tell(letter, text);
            return Integer.toString(letter.edition() + 1);
        });
        if (!edition.isEmpty()) return Outcome.done(Integer.parseInt(edition));
        TransactionInterceptor.currentTransactionStatus().setRollbackOnly();
        return Outcome.refused(new DraftRefusal.ChangedMeanwhile());
    }

    // A publication sent twice: the first has raised the version by one.
    private static boolean repeated(Letter letter, int version) {
        return letter.state() == Letter.State.PUBLISHED && letter.version() == version + 1;
    }

    private void tell(Letter letter, LetterText text) {
        Audience families = letter.grades().isEmpty() ? new Audience.WholeSchool() : new Audience.OfGrades(Set.copyOf(letter.grades()));
        Words words = letter.answerBy() == null ? Words.of("documents.notice.published", text.title()) : Words.of("documents.notice.published_by", text.title(), letter.answerBy());
        notices.tell(new NewNotice(letter.school(), "documents.letter_published", words, "/letters", families).about(letter.id()));
    }

    private String by(Letter letter) {
        return letter.answerBy() == null ? "" : offscreen.screen(Locale.SIMPLIFIED_CHINESE, "").dateTime(letter.answerBy());
    }

    @Override
    @Transactional
    public void withdraw(UUID school, UUID id) {
        Letter letter = letters.get(school, id);
        if (letter.state() == Letter.State.DRAFT) {
            store.remove(letter);
            return;
        }
        if (store.withdraw(letter, clock.instant(), account())) audit.record(school, "documents.letter_withdrawn", "letter", id, Map.of("edition", letter.edition()));
    }

    /** All fields of all rooms for a letter's term, by name, in the order rooms give them. */
    @Transactional(readOnly = true)
    public Map<String, LetterFields.Field> fields(Letter letter) {
        School school = schools.get(letter.school());
        TermCalendar calendar = calendars.of(letter.school(), letter.term());
        Map<String, LetterFields.Field> all = new LinkedHashMap<>();
        for (LetterFields room : rooms) for (LetterFields.Field f : room.fields(school, calendar)) all.putIfAbsent(f.name(), f);
        return all;
    }

    /** The text with everything filled that is known now, the child's fields left open. */
    LetterText filled(Letter letter, LetterText source, Map<String, LetterFields.Field> fields) {
        Map<String, String> values = new LinkedHashMap<>();
        fields.forEach((name, f) -> values.put(name, f.value()));
        if (letter.answerBy() != null) values.put("answer_by", offscreen.screen(Locale.SIMPLIFIED_CHINESE, "").t("documents.answer_by.words", by(letter)));
        return source.filled(values);
    }

    private static @Nullable UUID account() {
        return Scopes.current().map(Scope::account).orElse(null);
    }
}
