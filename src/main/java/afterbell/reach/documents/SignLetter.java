package afterbell.reach.documents;

import afterbell.base.audit.Audit;
import afterbell.base.roster.Pupil;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.crypto.PersonalData;
import afterbell.base.shared.web.CommandKeys;
import afterbell.reach.documents.Signature.Answer;
import afterbell.reach.documents.Signature.Means;
import afterbell.reach.documents.Signature.Proof;
import afterbell.reach.documents.Signature.Standing;
import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import afterbell.reach.messaging.Words;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes an answer to a published letter: on screen by a guardian (counts) or a carer (asks for the guardian's), through a link, or from paper. The latest
 * guardian's answer counts; nothing is ever overwritten. R48-R55.
 */
@Component
public class SignLetter {
    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_REASON = 300;

    private final Letters letters;
    private final SignatureStore store;
    private final SignatureSeal seal;
    private final PersonalData personal;
    private final CommandKeys keys;
    private final Notices notices;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    SignLetter(Letters letters, SignatureStore store, SignatureSeal seal, PersonalData personal, CommandKeys keys, Notices notices, Audit audit, Ids ids, Clock clock) {
        this.letters = letters;
        this.store = store;
        this.seal = seal;
        this.personal = personal;
        this.keys = keys;
        this.notices = notices;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Who answers and how that is known.
     *
     * @param name as it stands under the signature; sealed
     * @param label what the person is to the child, as people say it
     * @param enteredBy staff who entered a paper receipt
     */
    public record Signer(Standing standing, Proof proof, @Nullable UUID account, @Nullable UUID adult, String name, String label, @Nullable UUID enteredBy, @Nullable UUID link) {}

    /**
     * An answer as given.
     *
     * @param answer empty where none was chosen
     * @param drawing SVG of the strokes, or empty
     * @param typed name typed instead of drawn, or empty
     * @param reason why not, or empty; never asked for twice
     * @param readHash what the page showed, as {@link LetterText#hashText}; empty for paper, whose text is the one printed
     * @param key idempotency key of the form
     */
    public record Command(UUID school, UUID letter, UUID pupil, Optional<Answer> answer, String drawing, String typed, String reason, String readHash, String device, @Nullable UUID paperFile, UUID key) {}

    @Transactional
    public Outcome<UUID> sign(Command command, Signer signer) {
        Letters.Read read = letters.read(command.school(), command.letter(), command.pupil());
        Optional<Drawing> drawing = signer.proof() == Proof.PAPER ? Optional.empty() : Drawing.read(command.drawing());
        String typed = command.typed().strip();
        if (command.answer().isEmpty()) return Outcome.refused(new SignRefusal.NoAnswer());
        if (typed.codePointCount(0, typed.length()) > LONGEST_NAME) return Outcome.refused(new SignRefusal.NameTooLong(LONGEST_NAME));
        if (signer.proof() != Proof.PAPER) {
            // A "no" must not cost more than a "yes": who says no to a page need not sign it as well.
            if (read.letter().kind().signed() && drawing.isEmpty() && typed.isEmpty() && command.answer().get() == Answer.YES) return Outcome.refused(new SignRefusal.NotSigned());
            if (!read.text().hashText().equals(command.readHash())) return Outcome.refused(new SignRefusal.TextChanged());
        }
        if (signer.link() != null && !store.useLink(command.school(), signer.link(), clock.instant())) return Outcome.refused(new SignRefusal.LinkUsed());
        String what = command.letter() + "/" + command.pupil() + "/" + command.answer() + "/" + read.letter().edition();
        String kept = keys.once(command.key(), what, () -> add(read, command, signer, drawing, typed).toString());
        return Outcome.done(UUID.fromString(kept));
    }

    /** An answer that another list already holds, to be taken over with many others. */
    public record Given(Pupil pupil, Answer answer, String name, String label, Instant at) {}

    /** Takes over many answers to one letter at once; tells nobody. For the demonstration and scenarios. */
    @Transactional
    public void signAll(UUID school, UUID letter, List<Given> all) {
        Letter of = letters.get(school, letter);
        LetterText text = letters.published(of);
        store.add(all.stream()
                .map(g -> {
                    Letters.Read read = new Letters.Read(of, g.pupil(), text.filled(Letters.childFields(g.pupil())));
                    Command command = new Command(school, letter, g.pupil().id(), Optional.of(g.answer()), "", g.name(), "", "", "", null, new UUID(0, 0));
                    Signer signer = new Signer(Standing.GUARDIAN, Proof.SESSION, null, null, g.name(), g.label(), null, null);
                    return kept(read, command, signer, Optional.empty(), g.name(), Means.TYPED, g.at().truncatedTo(ChronoUnit.MILLIS));
                })
                .toList());
    }

    private UUID add(Letters.Read read, Command command, Signer signer, Optional<Drawing> drawing, String typed) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Means means = signer.proof() == Proof.PAPER ? Means.PAPER : drawing.isPresent() ? Means.DRAWN : Means.TYPED;
        String name = means == Means.TYPED && !typed.isEmpty() ? typed : signer.name();
        Kept kept = kept(read, command, signer, drawing, name, means, now);
        store.add(kept);
        audit.record(command.school(), "documents.answered", "pupil", command.pupil(), Map.of("letter", command.letter(), "edition", read.letter().edition(), "means", means.name(), "standing", signer.standing().name()));
        notices.opened(command.school(), signer.account() == null ? new UUID(0, 0) : signer.account(), command.letter());
        if (signer.standing() == Standing.PROPOSED) tell(read, "documents.guardian_asked", "documents.notice.guardian_asked", true);
        if (means == Means.PAPER) tell(read, "documents.paper_entered", "documents.notice.paper_entered", false);
        return kept.id();
    }

    /** A signature ready to be stored. */
    record Kept(UUID id, Letter letter, UUID pupil, Signature.Answer answer, Signer signer, Means means, String device, @Nullable UUID paperFile, Instant at, byte[] textHash, byte[] key, byte[] signerSealed, byte[] textSealed, byte @Nullable [] drawingSealed, byte @Nullable [] reasonSealed, byte[] seal) {}

    Kept kept(Letters.Read read, Command command, Signer signer, Optional<Drawing> drawing, String name, Means means, Instant now) {
        UUID id = ids.next();
        byte[] key = personal.newKey();
        String reason = command.reason().strip();
        String strokes = drawing.map(Drawing::kept).orElse("");
        Answer answer = command.answer().orElseThrow();
        byte[] hash = read.text().hash();
        return new Kept(
                id,
                read.letter(),
                command.pupil(),
                answer,
                signer,
                means,
                command.device(),
                command.paperFile(),
                now,
                hash,
                key,
                personal.seal(key, name + "\n" + signer.label()),
                personal.seal(key, read.text().whole()),
                strokes.isEmpty() ? null : personal.seal(key, strokes),
                reason.isEmpty() ? null : personal.seal(key, reason.substring(0, reason.offsetByCodePoints(0, Math.min(LONGEST_REASON, reason.codePointCount(0, reason.length()))))),
                seal.of(id, read.letter(), command.pupil(), answer, signer, means, now, hash, strokes, name));
    }

    private void tell(Letters.Read read, String kind, String words, boolean guardiansOnly) {
        Letter letter = read.letter();
        notices.tell(new NewNotice(letter.school(), kind, Words.of(words, read.text().title()), "/children/" + read.pupil().id() + "/letters/" + letter.id(), new Audience.Children(Set.of(read.pupil().id()), guardiansOnly))
                .about(letter.id()));
    }
}
