package afterbell.testing;

import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Scope;
import afterbell.reach.documents.Drafts;
import afterbell.reach.documents.LetterKind;
import afterbell.reach.documents.LetterText;
import java.util.List;
import java.util.UUID;

/** Publishes letters of a term. */
public final class GivenLetter {
    public static final String BODY = "您好，{{child.class}} {{child.name}} 的家长：\n\n## 一、时间\n- 每天到 17:30\n\n学校电话 {{school.phone}}";

    private final GivenSchool given;
    private final Drafts drafts;
    private final Ids ids;

    GivenLetter(GivenSchool given, Drafts drafts, Ids ids) {
        this.given = given;
        this.drafts = drafts;
        this.ids = ids;
    }

    public UUID published(UUID school, UUID term, LetterKind kind) {
        return given.within(Scope.school(school, ids.next()), () -> {
            UUID letter = drafts.begin(school, term, kind, ids.next());
            done(drafts.save(school, letter, 0, new LetterText("{{school.name}}" + kind, BODY), List.of(), null));
            done(drafts.publish(school, letter, 1, false, true, ids.next()));
            return letter;
        });
    }

    private static void done(Outcome<Integer> outcome) {
        if (outcome instanceof Outcome.Refused<Integer> refused) throw new AssertionError(refused.toString());
    }
}
