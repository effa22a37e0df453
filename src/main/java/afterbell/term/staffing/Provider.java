package afterbell.term.staffing;

import java.util.UUID;

/** An outside institution or a volunteer who leads sections (R12, R72). The name stands on the public menu. */
public record Provider(UUID id, String name, Kind kind, Selection chosenBy, boolean retired) {

    public enum Kind {
        INSTITUTION,
        VOLUNTEER;

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** How the school came to this provider: institutions are chosen by tender or from the bureau's list (R72). */
    public enum Selection {
        NONE,
        TENDER,
        BUREAU_LIST,
        INVITED;

        /** Whether others had the same chance. */
        public boolean open() {
            return this == TENDER || this == BUREAU_LIST;
        }

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }
}
