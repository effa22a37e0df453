package afterbell.reach.documents;

import afterbell.base.shared.text.DataFile;

/** The texts a school starts from, one file per kind under {@code documents/}. Written for this house; a school changes them as it likes. */
public final class Templates {
    private Templates() {}

    public static LetterText of(LetterKind kind) {
        DataFile file = DataFile.load("documents/" + kind.file() + ".yaml");
        return new LetterText(file.text("title"), file.text("body"));
    }
}
