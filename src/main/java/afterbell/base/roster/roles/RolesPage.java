package afterbell.base.roster.roles;

import afterbell.base.roster.SectionLeads;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.Listing;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Everybody who works at the school, with what each may do. */
public record RolesPage(Listing list, List<Row> rows, long without, List<? extends Refusal> refusals) {

    /**
     * @param key id of the staff record, or of the account where there is no record
     * @param code the school's own number of the person, or empty
     * @param entered whether the person has an account; with {@code invitedUntil} it has not been opened yet
     */
    public record Row(UUID key, String name, String code, String kind, List<Held> roles, boolean entered, @Nullable Instant invitedUntil) {}

    /** A role on a scope. @param place class or grade in words, or empty for the whole school */
    public record Held(String role, String place) {}

    /** The page of one person. @param sections of the present term; none for somebody who stands on no list of staff */
    public record PersonPage(
            UUID key, String name, String code, String kind, List<Grant> grants, boolean entered, @Nullable Invitation invitation, List<Choice> classes, List<Choice> grades, List<SectionLeads.Led> sections, Typed typed, List<? extends Refusal> refusals) {
        public List<SectionLeads.Led> led() {
            return sections.stream().filter(SectionLeads.Led::leads).toList();
        }

        public List<Choice> open() {
            return sections.stream().filter(s -> !s.leads()).map(s -> Choice.of(s.section().toString(), s.code() + " " + s.name())).toList();
        }

        public String href() {
            return "/roles/" + key;
        }
    }

    /** @param klass and grade: what the role is held on; both null for the school */
    public record Grant(String role, @Nullable UUID klass, @Nullable Integer grade, String place, Instant since) {}

    /** A link that has not been opened. @param reachable false where the link would lead nowhere on another phone */
    public record Invitation(String link, String qr, String spelled, Instant until, boolean reachable) {}

    public record Typed(String role, String klass, String grade) {
        static final Typed NOTHING = new Typed("", "", "");
    }

    /** Somebody who is on no list of the school yet. */
    public record NewPage(String name, List<? extends Refusal> refusals) {}

    /** Slips for print, eight on a sheet. */
    public record SlipsPage(String school, List<List<Slip>> sheets) {
        public record Slip(String name, String qr, String address, String spelled, Instant until) {}
    }
}
