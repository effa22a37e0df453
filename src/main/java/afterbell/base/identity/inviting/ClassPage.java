package afterbell.base.identity.inviting;

import afterbell.base.shared.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Families of one class.
 *
 * @param qr picture of the class code; empty where the class has none yet
 * @param joinAddress what the picture opens
 * @param reachable false where the node doesn't know its outside address: pictures would lead nowhere
 * @param invited second guardians who wait
 * @param slips open printed slips
 */
public record ClassPage(
        List<? extends Refusal> refusals, UUID klass, String name, boolean severalClasses, List<Invited> invited, List<Request> requests, List<Row> rows, String qr, String joinAddress, boolean reachable, int slips) {

    public int entered() {
        return (int) rows.stream().filter(r -> !r.adults().isEmpty()).count();
    }

    /**
     * A family that asks.
     *
     * @param matches children of the class with the typed name; the first choice where there is one
     */
    public record Request(UUID id, String name, String relation, boolean guardian, String child, Instant askedAt, List<Row> matches) {}

    /** A second guardian whom a guardian of the child invited. @param relation key of the word */
    public record Invited(UUID id, UUID pupil, String name, String relation, String child, Instant askedAt) {}

    public record Row(UUID pupil, String name, @Nullable LocalDate birthday, boolean homonym, List<Adult> adults, @Nullable Instant slipMadeAt) {}

    /** @param relation key of the word, or empty */
    public record Adult(String name, String relation, String role) {}
}
