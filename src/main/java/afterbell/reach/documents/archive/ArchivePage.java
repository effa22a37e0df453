package afterbell.reach.documents.archive;

import afterbell.base.roster.SchoolClass;
import afterbell.base.shared.web.Listing;
import afterbell.reach.documents.LetterKind;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The archive of a term, as filtered. */
public record ArchivePage(String term, List<Titled> letters, List<SchoolClass> classes, Listing list, List<Row> rows) {
    public record Titled(UUID id, String title) {}

    /**
     * @param answer YES, NO or empty
     * @param means DRAWN, TYPED, PAPER or empty
     * @param reasoned a reason was given; read on the child's page by the office alone
     */
    public record Row(UUID letter, LetterKind kind, String title, UUID pupil, String child, UUID schoolClass, String className, String answer, String means, boolean byStaff, boolean reasoned, @Nullable Instant at) {
        public String href() {
            return "/office/letters/" + letter + "/children/" + pupil;
        }
    }
}
