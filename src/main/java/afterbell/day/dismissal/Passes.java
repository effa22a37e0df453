package afterbell.day.dismissal;

import afterbell.base.shared.Ids;
import afterbell.base.shared.crypto.PersonalData;
import afterbell.base.shared.web.Screen;
import afterbell.day.custody.childday.Fact.Proof;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Printed cards and codes on phones (R86, P14): made for the family, read at the gate. Under a school's scope. A pass says who stands there, never that he may. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Passes {
    private static final int CARD_BYTES = 18;
    private static final Pattern DIGITS = Pattern.compile("\\d{6}");
    private static final Pattern CARD = Pattern.compile("c[A-Za-z0-9_-]{24}");
    private static final Pattern PHONE = Pattern.compile("p[A-Za-z0-9_-]{22}\\d{6}");
    private static final int ID_CHARS = 22;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final JdbcClient sql;
    private final PersonalData personal;
    private final GoingHomeLimits limits;
    private final Ids ids;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Passes(JdbcClient sql, PersonalData personal, GoingHomeLimits limits, Ids ids, Clock clock) {
        this.sql = sql;
        this.personal = personal;
        this.limits = limits;
        this.ids = ids;
        this.clock = clock;
    }

    /** What was shown at the gate. */
    public sealed interface Shown {
        /** @param step of a code, which is spent by the release; empty for a card */
        record Known(UUID pass, UUID pupil, UUID adult, Proof proof, OptionalLong step) implements Shown {}

        /** @param why key of the refusal */
        record Refused(String why) implements Shown {}
    }

    /** A pass as its family reads it again. @param secret what the card's picture holds; empty for a phone */
    public record Pass(UUID id, UUID adult, String secret, Instant madeAt) {}

    private record Row(UUID id, UUID pupil, UUID adult, String kind, byte[] key, byte[] secret, boolean revoked) {}

    private static final String ROWS = "select pass_id as id, pupil_id as pupil, adult_id as adult, kind, person_key as key, secret_sealed as secret, revoked_at is not null as revoked from dismissal.pass ";

    /** Whether this is something that a pass shows: six digits, or what a picture holds. */
    public static boolean shaped(String text) {
        return DIGITS.matcher(text).matches() || CARD.matcher(text).matches() || PHONE.matcher(text).matches();
    }

    /** Reads what was shown, typed or scanned. @param pupil whose page it is; null where the picture itself must say it. Consumes nothing. */
    public Shown read(UUID school, @Nullable UUID pupil, String text) {
        if (CARD.matcher(text).matches()) return card(school, pupil, text);
        if (PHONE.matcher(text).matches()) {
            Optional<Row> row = id(text.substring(1, 1 + ID_CHARS)).flatMap(id -> one(ROWS + "where school_id = :s and pass_id = :x and kind = 'phone'", school, id));
            return row.<Shown>map(r -> phone(school, pupil, r, text.substring(1 + ID_CHARS))).orElse(new Shown.Refused("dismissal.refused.code_forged"));
        }
        if (pupil == null || !DIGITS.matcher(text).matches()) return new Shown.Refused("dismissal.refused.code");
        List<Row> rows = sql.sql(ROWS + "where school_id = :s and pupil_id = :p and kind = 'phone' and revoked_at is null order by pass_id").param("s", school).param("p", pupil).query(Row.class).list();
        Shown best = new Shown.Refused("dismissal.refused.code");
        for (Row row : rows) {
            Shown shown = phone(school, pupil, row, text);
            if (shown instanceof Shown.Known) return shown;
            if (shown instanceof Shown.Refused(String why) && !why.equals("dismissal.refused.code_forged")) best = shown;
        }
        return best;
    }

    private Shown card(UUID school, @Nullable UUID pupil, String text) {
        Optional<Row> row = one(ROWS + "where school_id = :s and trace = :x and kind = 'card'", school, trace(text));
        if (row.isEmpty()) return new Shown.Refused("dismissal.refused.card_unknown");
        if (row.get().revoked()) return new Shown.Refused("dismissal.refused.card_revoked");
        if (pupil != null && !pupil.equals(row.get().pupil())) return new Shown.Refused("dismissal.refused.card_other_child");
        return new Shown.Known(row.get().id(), row.get().pupil(), row.get().adult(), Proof.CARD, OptionalLong.empty());
    }

    private Shown phone(UUID school, @Nullable UUID pupil, Row row, String digits) {
        if (row.revoked()) return new Shown.Refused("dismissal.refused.code_forged");
        if (pupil != null && !pupil.equals(row.pupil())) return new Shown.Refused("dismissal.refused.card_other_child");
        byte[] secret = Base64.getUrlDecoder().decode(personal.open(row.key(), row.secret()));
        return switch (RotatingCode.read(secret, digits, RotatingCode.stepAt(clock.instant(), step(school)))) {
            case RotatingCode.Reading.Good(long step) ->
                spent(school, row.id(), step) ? new Shown.Refused("dismissal.refused.code_spent") : new Shown.Known(row.id(), row.pupil(), row.adult(), Proof.CODE, OptionalLong.of(step));
            case RotatingCode.Reading.Old _ -> new Shown.Refused("dismissal.refused.code_old");
            case RotatingCode.Reading.None _ -> new Shown.Refused("dismissal.refused.code_forged");
        };
    }

    private boolean spent(UUID school, UUID pass, long step) {
        return sql.sql("select exists (select 1 from dismissal.code_use where school_id = :s and pass_id = :p and step >= :step)")
                .param("s", school)
                .param("p", pass)
                .param("step", step)
                .query(Boolean.class)
                .single();
    }

    /** Spends the code with the release that it proved; false where somebody else has just done so. A card stays good. */
    public boolean spend(UUID school, Shown.Known known, UUID by) {
        if (known.step().isEmpty()) return true;
        return sql.sql("insert into dismissal.code_use (school_id, pass_id, step, used_at, used_by) values (:s, :p, :step, :at, :by) on conflict do nothing")
                        .param("s", school)
                        .param("p", known.pass())
                        .param("step", known.step().getAsLong())
                        .param("at", Timestamp.from(clock.instant()))
                        .param("by", by)
                        .update()
                == 1;
    }

    /** A card for somebody of the child's list; one that is out already is answered again. */
    public UUID card(UUID school, UUID pupil, UUID adult, UUID by) {
        return make(school, pupil, adult, "card", "c" + TEXT.encodeToString(bytes(CARD_BYTES)), by);
    }

    /** The secret of a phone; made once. */
    public UUID phone(UUID school, UUID pupil, UUID adult, UUID by) {
        return make(school, pupil, adult, "phone", TEXT.encodeToString(bytes(RotatingCode.SECRET_BYTES)), by);
    }

    private UUID make(UUID school, UUID pupil, UUID adult, String kind, String secret, UUID by) {
        byte[] own = personal.newKey();
        sql.sql("""
                insert into dismissal.pass (school_id, pass_id, pupil_id, adult_id, kind, trace, person_key, secret_sealed, made_by, made_at)
                values (:s, :id, :p, :a, :kind, :trace, :k, :sealed, :by, :at) on conflict (school_id, pupil_id, adult_id, kind) where revoked_at is null do nothing
                """)
                .param("s", school)
                .param("id", ids.next())
                .param("p", pupil)
                .param("a", adult)
                .param("kind", kind)
                .param("trace", kind.equals("card") ? trace(secret) : null, java.sql.Types.BINARY)
                .param("k", own)
                .param("sealed", personal.seal(own, secret))
                .param("by", by)
                .param("at", Timestamp.from(clock.instant()))
                .update();
        return sql.sql("select pass_id from dismissal.pass where school_id = :s and pupil_id = :p and adult_id = :a and kind = :kind and revoked_at is null")
                .param("s", school)
                .param("p", pupil)
                .param("a", adult)
                .param("kind", kind)
                .query(UUID.class)
                .single();
    }

    /** The cards of a child that are out. */
    public List<Pass> cards(UUID school, UUID pupil) {
        return sql.sql("select pass_id, adult_id, person_key, secret_sealed, made_at from dismissal.pass where school_id = :s and pupil_id = :p and kind = 'card' and revoked_at is null order by made_at, pass_id")
                .param("s", school)
                .param("p", pupil)
                .query((r, n) -> new Pass(r.getObject(1, UUID.class), r.getObject(2, UUID.class), personal.open(r.getBytes(3), r.getBytes(4)), r.getTimestamp(5).toInstant()))
                .list();
    }

    /** A code as the phone shows it. @param picture what its QR picture holds @param until when the next one comes */
    public record Code(String digits, String picture, Instant until) {}

    /** The code of this moment; empty before the phone's pass was made. */
    public Optional<Code> code(UUID school, UUID pupil, UUID adult) {
        Duration step = step(school);
        long now = RotatingCode.stepAt(clock.instant(), step);
        return sql.sql(ROWS + "where school_id = :s and pupil_id = :p and adult_id = :a and kind = 'phone' and revoked_at is null")
                .param("s", school)
                .param("p", pupil)
                .param("a", adult)
                .query(Row.class)
                .optional()
                .map(row -> {
                    String digits = RotatingCode.code(Base64.getUrlDecoder().decode(personal.open(row.key(), row.secret())), now);
                    return new Code(digits, "p" + text(row.id()) + digits, Instant.ofEpochSecond((now + 1) * step.toSeconds()));
                });
    }

    /** The pass is worth nothing from now on. */
    public boolean revoke(UUID school, UUID pupil, UUID pass, UUID by) {
        return sql.sql("update dismissal.pass set revoked_by = :by, revoked_at = :at where school_id = :s and pupil_id = :p and pass_id = :id and revoked_at is null")
                        .param("by", by)
                        .param("at", Timestamp.from(clock.instant()))
                        .param("s", school)
                        .param("p", pupil)
                        .param("id", pass)
                        .update()
                > 0;
    }

    private Duration step(UUID school) {
        return limits.code(school, LocalDate.ofInstant(clock.instant(), Screen.ZONE));
    }

    private Optional<Row> one(String select, UUID school, Object x) {
        return sql.sql(select).param("s", school).param("x", x).query(Row.class).optional();
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] trace(String secret) {
        return personal.trace("pick-up-card", secret);
    }

    private static String text(UUID id) {
        return TEXT.encodeToString(ByteBuffer.allocate(16).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()).array());
    }

    private static Optional<UUID> id(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            return Optional.of(new UUID(bytes.getLong(), bytes.getLong()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
