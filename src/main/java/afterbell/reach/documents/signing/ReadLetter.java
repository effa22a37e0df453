package afterbell.reach.documents.signing;

import afterbell.base.schools.Schools;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.reach.documents.Documents;
import afterbell.reach.documents.Letters;
import afterbell.reach.documents.SignLetter;
import afterbell.reach.documents.Signature.Proof;
import afterbell.reach.documents.Signature.Standing;
import afterbell.reach.documents.SignatureStore;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a family's pages show, and the family's answer; one transaction each. */
@Component
class ReadLetter {
    private final Letters letters;
    private final SignatureStore signatures;
    private final FamilyStore store;
    private final Documents documents;
    private final Schools schools;
    private final SignLetter sign;

    ReadLetter(Letters letters, SignatureStore signatures, FamilyStore store, Documents documents, Schools schools, SignLetter sign) {
        this.letters = letters;
        this.signatures = signatures;
        this.store = store;
        this.documents = documents;
        this.schools = schools;
        this.sign = sign;
    }

    @Transactional(readOnly = true)
    FamilyLettersPage all(List<UUID> children) {
        return new FamilyLettersPage(store.ofChildren(children));
    }

    @Transactional(readOnly = true)
    SignPage page(Wearer me, UUID pupil, UUID letter, SignPage.Typed typed, List<? extends Refusal> refusals) {
        UUID school = me.schoolOf(pupil);
        Letters.Read read = letters.read(school, letter, pupil);
        String base = "/children/" + pupil + "/letters/" + letter;
        boolean carer = !guardian(me, pupil);
        String next = documents.unsigned(me.children(Role.GUARDIAN, Role.CARER)).stream().filter(u -> !(u.letter().equals(letter) && u.pupil().equals(pupil))).map(Documents.Unsigned::href).findFirst().orElse("");
        return new SignPage(
                schools.nameOf(school),
                read.letter(),
                read.pupil().name(),
                read.pupil().className(),
                read.text(),
                read.text().hashText(),
                base + "/signatures",
                base,
                carer,
                signer(me, school, pupil).name(),
                history(school, letter, pupil, me.account()),
                next,
                typed,
                refusals);
    }

    List<SignPage.Entry> history(UUID school, UUID letter, UUID pupil, @Nullable UUID reader) {
        return signatures.history(school, letter, pupil).stream()
                .map(s -> {
                    SignatureStore.Opened o = signatures.open(school, s.id());
                    return new SignPage.Entry(s, o.name(), o.label(), o.drawing(), s.account() != null && s.account().equals(reader));
                })
                .toList();
    }

    @Transactional
    Outcome<UUID> answer(Wearer me, SignLetter.Command command) {
        FamilyStore.Adult adult = signer(me, command.school(), command.pupil());
        Standing standing = guardian(me, command.pupil()) ? Standing.GUARDIAN : Standing.PROPOSED;
        return sign.sign(command, new SignLetter.Signer(standing, me.strong() ? Proof.SECOND_FACTOR : Proof.SESSION, me.account(), adult.adult().equals(NOBODY) ? null : adult.adult(), adult.name(), adult.label(), null, null));
    }

    private static final UUID NOBODY = new UUID(0, 0);

    // The school's own list says how the person is called; a person it doesn't know goes by the account's name.
    private FamilyStore.Adult signer(Wearer me, UUID school, UUID pupil) {
        return Optional.of(me.account()).flatMap(a -> store.adult(school, pupil, a)).orElseGet(() -> new FamilyStore.Adult(NOBODY, me.name(), ""));
    }

    private static boolean guardian(Wearer me, UUID pupil) {
        return me.children(Role.GUARDIAN).contains(pupil);
    }
}
