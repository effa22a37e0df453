package afterbell.reach.documents.collecting;

import afterbell.base.audit.Audit;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.crypto.PersonalData;
import afterbell.base.shared.files.Files;
import afterbell.base.shared.web.PublicAddress;
import afterbell.reach.documents.Answers;
import afterbell.reach.documents.Letter;
import afterbell.reach.documents.Letters;
import afterbell.reach.documents.LinkSecret;
import afterbell.reach.documents.SignLetter;
import afterbell.reach.documents.Signature.Answer;
import afterbell.reach.documents.Signature.Proof;
import afterbell.reach.documents.Signature.Standing;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionInterceptor;

/** The class's answers, paper receipts and links; one transaction each. A class teacher acts for the own classes, the office for all. */
@Component
class CollectAnswers {
    private static final Duration LINK_LIFE = Duration.ofDays(7);

    private final Letters letters;
    private final Answers answers;
    private final Roster roster;
    private final CollectStore store;
    private final SignLetter sign;
    private final Files files;
    private final PersonalData personal;
    private final PublicAddress address;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    CollectAnswers(Letters letters, Answers answers, Roster roster, CollectStore store, SignLetter sign, Files files, PersonalData personal, PublicAddress address, Audit audit, Ids ids, Clock clock) {
        this.letters = letters;
        this.answers = answers;
        this.roster = roster;
        this.store = store;
        this.sign = sign;
        this.files = files;
        this.personal = personal;
        this.address = address;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    ClassLettersPage classes(Wearer me) {
        return new ClassLettersPage(store.ofClasses(me.school(), me.classes()));
    }

    @Transactional(readOnly = true)
    ClassLetterPage ofClass(Wearer me, UUID schoolClass, UUID letter) {
        mayActFor(me, schoolClass);
        Letter l = published(me.school(), letter);
        String back = office(me) ? "/office/letters/" + letter : "/class/letters";
        return new ClassLetterPage(l, letters.published(l).title(), schoolClass, roster.schoolClass(me.school(), schoolClass).name(), answers.ofClass(me.school(), letter, schoolClass), address.of("/letters").toString(), back);
    }

    @Transactional(readOnly = true)
    PaperPage paper(Wearer me, UUID schoolClass, UUID letter, UUID pupil, List<? extends Refusal> refusals) {
        return paper(me, schoolClass, letter, pupil, null, "", refusals);
    }

    private PaperPage paper(Wearer me, UUID schoolClass, UUID letter, UUID pupil, @Nullable String link, String linkFor, List<? extends Refusal> refusals) {
        Pupil child = childOf(me, schoolClass, pupil);
        Letter l = published(me.school(), letter);
        if (!l.isFor(child.grade())) throw new NotFound();
        boolean answered = answers.ofClass(me.school(), letter, schoolClass).stream().anyMatch(c -> c.pupil().equals(pupil) && c.answered());
        return new PaperPage(l, letters.published(l).title(), schoolClass, pupil, child.name(), child.className(), answered, store.guardians(me.school(), pupil), link, linkFor, refusals);
    }

    /** Enters a receipt on paper; with a photograph of it where there is one. It counts as much as one on screen, and the family is told. */
    @Transactional
    Outcome<UUID> enter(Wearer me, UUID schoolClass, UUID letter, UUID pupil, Optional<Answer> answer, String signer, @Nullable InputStream photo, UUID key) {
        childOf(me, schoolClass, pupil);
        UUID school = me.school();
        @Nullable UUID file = null;
        if (photo != null) {
            switch (files.put(Files.Wanted.photo(school, pupil, "photo"), photo)) {
                case Outcome.Done<Files.Kept>(Files.Kept kept) -> file = kept.id();
                case Outcome.Refused<Files.Kept> refused -> {
                    return Outcome.refused(refused.refusals());
                }
            }
        }
        SignLetter.Command command = new SignLetter.Command(school, letter, pupil, answer, "", signer, "", "", "", file, key);
        Outcome<UUID> outcome = sign.sign(command, new SignLetter.Signer(Standing.GUARDIAN, Proof.PAPER, null, null, signer.strip(), "", me.account(), null));
        // A refused receipt keeps no photograph.
        if (outcome instanceof Outcome.Refused<UUID>) TransactionInterceptor.currentTransactionStatus().setRollbackOnly();
        return outcome;
    }

    /** Makes a link through which one guardian may sign, once, within seven days. */
    @Transactional
    PaperPage link(Wearer me, UUID schoolClass, UUID letter, UUID pupil, UUID adult) {
        childOf(me, schoolClass, pupil);
        UUID school = me.school();
        PaperPage.Adult guardian = store.guardians(school, pupil).stream().filter(a -> a.id().equals(adult)).findFirst().orElseThrow(NotFound::new);
        Instant now = clock.instant();
        LinkSecret secret = LinkSecret.fresh();
        byte[] wrapped = personal.newKey();
        store.revokeLinks(school, letter, pupil, adult, now);
        UUID id = ids.next();
        store.addLink(school, id, letter, pupil, adult, secret.hash(), wrapped, personal.seal(wrapped, guardian.name() + "\n" + guardian.label()), me.account(), now, now.plus(LINK_LIFE));
        audit.record(school, "documents.link_made", "pupil", pupil, Map.of("letter", letter, "link", id));
        return paper(me, schoolClass, letter, pupil, address.of("/sign/" + secret.text()).toString(), guardian.name(), List.of());
    }

    private Letter published(UUID school, UUID letter) {
        Letter l = letters.get(school, letter);
        if (l.state() == Letter.State.DRAFT) throw new NotFound();
        return l;
    }

    private Pupil childOf(Wearer me, UUID schoolClass, UUID pupil) {
        mayActFor(me, schoolClass);
        Pupil child = roster.pupil(me.school(), pupil);
        if (!child.schoolClass().equals(schoolClass)) throw new NotFound();
        return child;
    }

    private static void mayActFor(Wearer me, UUID schoolClass) {
        if (!office(me) && !me.classes().contains(schoolClass)) throw new NotFound();
    }

    private static boolean office(Wearer me) {
        return me.is(Role.OFFICE, Role.PRINCIPAL);
    }
}
