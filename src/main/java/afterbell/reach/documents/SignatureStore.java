package afterbell.reach.documents;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.crypto.PersonalData;
import afterbell.reach.documents.Signature.Answer;
import afterbell.reach.documents.Signature.Means;
import afterbell.reach.documents.Signature.Proof;
import afterbell.reach.documents.Signature.Standing;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Signatures as stored, and opened again with a check of their seal; for this room's slices. */
@Repository
public class SignatureStore {
    private static final String INSERT =
            """
            insert into documents.signature (school_id, signature_id, letter_id, edition, pupil_id, answer, standing, means, proof, account_id, adult_id, entered_by, link_id, paper_file,
                                             device, signed_at, text_hash, signer_sealed, text_sealed, drawing_sealed, reason_sealed, seal)
            values (:s, :id, :letter, :edition, :pupil, :answer, :standing, :means, :proof, :account, :adult, :enteredBy, :link, :paper,
                    :device, :at, :hash, :signer, :text, :drawing, :reason, :seal)
            """;
    private static final String INSERT_KEY = "insert into documents.signature_key (school_id, signature_id, pupil_id, person_key) values (:s, :id, :pupil, :key)";
    private static final String COLUMNS =
            """
            select s.signature_id, s.letter_id, s.edition, s.pupil_id, s.answer, s.standing, s.means, s.proof, s.account_id, s.entered_by, s.paper_file, s.device, s.signed_at,
                   s.signature_id = a.signature_id as counts
            from documents.signature s left join documents.answer a on a.school_id = s.school_id and a.letter_id = s.letter_id and a.pupil_id = s.pupil_id
            """;

    private final JdbcClient sql;
    private final NamedParameterJdbcTemplate batch;
    private final PersonalData personal;
    private final SignatureSeal seal;

    SignatureStore(JdbcClient sql, NamedParameterJdbcTemplate batch, PersonalData personal, SignatureSeal seal) {
        this.sql = sql;
        this.batch = batch;
        this.personal = personal;
        this.seal = seal;
    }

    void add(SignLetter.Kept kept) {
        add(List.of(kept));
    }

    void add(List<SignLetter.Kept> many) {
        batch.batchUpdate(INSERT, many.stream().map(SignatureStore::row).toArray(MapSqlParameterSource[]::new));
        batch.batchUpdate(
                INSERT_KEY,
                many.stream()
                        .map(k -> new MapSqlParameterSource("s", k.letter().school()).addValue("id", k.id()).addValue("pupil", k.pupil()).addValue("key", k.key()))
                        .toArray(MapSqlParameterSource[]::new));
    }

    private static MapSqlParameterSource row(SignLetter.Kept k) {
        SignLetter.Signer by = k.signer();
        return new MapSqlParameterSource("s", k.letter().school())
                .addValue("id", k.id())
                .addValue("letter", k.letter().id())
                .addValue("edition", k.letter().edition())
                .addValue("pupil", k.pupil())
                .addValue("answer", k.answer().name())
                .addValue("standing", by.standing().name())
                .addValue("means", k.means().name())
                .addValue("proof", by.proof().name())
                .addValue("account", by.account(), Types.OTHER)
                .addValue("adult", by.adult(), Types.OTHER)
                .addValue("enteredBy", by.enteredBy(), Types.OTHER)
                .addValue("link", by.link(), Types.OTHER)
                .addValue("paper", k.paperFile(), Types.OTHER)
                .addValue("device", k.device())
                .addValue("at", Timestamp.from(k.at()))
                .addValue("hash", k.textHash())
                .addValue("signer", k.signerSealed())
                .addValue("text", k.textSealed())
                .addValue("drawing", k.drawingSealed(), Types.BINARY)
                .addValue("reason", k.reasonSealed(), Types.BINARY)
                .addValue("seal", k.seal());
    }

    /** Everything that was answered about a child to a letter, the latest first. */
    @Transactional(readOnly = true)
    public List<Signature> history(UUID school, UUID letter, UUID pupil) {
        return sql.sql(COLUMNS + "where s.school_id = :s and s.letter_id = :l and s.pupil_id = :p order by s.signature_id desc")
                .param("s", school)
                .param("l", letter)
                .param("p", pupil)
                .query((r, n) -> signature(r))
                .list();
    }

    private static Signature signature(ResultSet r) throws SQLException {
        return new Signature(
                r.getObject("signature_id", UUID.class),
                r.getObject("letter_id", UUID.class),
                r.getInt("edition"),
                r.getObject("pupil_id", UUID.class),
                Answer.valueOf(r.getString("answer")),
                Standing.valueOf(r.getString("standing")),
                Means.valueOf(r.getString("means")),
                Proof.valueOf(r.getString("proof")),
                r.getObject("account_id", UUID.class),
                r.getObject("entered_by", UUID.class),
                r.getObject("paper_file", UUID.class),
                r.getString("device"),
                r.getTimestamp("signed_at").toInstant(),
                r.getBoolean("counts"));
    }

    /** What became of a signature's sealed parts. */
    public enum Trust {
        /** Text, hash and seal agree. */
        SOUND,
        /** Something was changed after signing. */
        TAMPERED,
        /** The key was erased on somebody's request; the fact of the signature stays. */
        ERASED
    }

    /**
     * A signature with its sealed parts.
     *
     * @param drawing strokes as an image address, or empty
     * @param reason why not, or empty; for the office alone
     */
    public record Opened(Signature signature, Trust trust, LetterText text, String hash, String name, String label, String drawing, String reason) {}

    @Transactional(readOnly = true)
    public Opened open(UUID school, UUID id) {
        return sql.sql("""
                select s.signature_id, s.letter_id, s.edition, s.pupil_id, s.answer, s.standing, s.means, s.proof, s.account_id, s.entered_by, s.paper_file, s.device, s.signed_at,
                       s.signature_id = a.signature_id as counts, s.text_hash, s.signer_sealed, s.text_sealed, s.drawing_sealed, s.reason_sealed, s.seal, k.person_key
                from documents.signature s
                left join documents.answer a on a.school_id = s.school_id and a.letter_id = s.letter_id and a.pupil_id = s.pupil_id
                left join documents.signature_key k on k.school_id = s.school_id and k.signature_id = s.signature_id
                where s.school_id = :s and s.signature_id = :id
                """)
                .param("s", school)
                .param("id", id)
                .query((r, n) -> opened(r))
                .optional()
                .orElseThrow(NotFound::new);
    }

    private Opened opened(ResultSet r) throws SQLException {
        Signature s = signature(r);
        byte[] hash = r.getBytes("text_hash");
        String hashText = HexFormat.of().formatHex(hash);
        byte @Nullable [] key = r.getBytes("person_key");
        if (key == null) return new Opened(s, Trust.ERASED, new LetterText("", ""), hashText, "", "", "", "");
        try {
            LetterText text = LetterText.ofWhole(personal.open(key, r.getBytes("text_sealed")));
            String[] signer = personal.open(key, r.getBytes("signer_sealed")).split("\n", 2);
            byte @Nullable [] drawing = r.getBytes("drawing_sealed");
            byte @Nullable [] reason = r.getBytes("reason_sealed");
            String strokes = drawing == null ? "" : personal.open(key, drawing);
            byte[] expected = seal.of(s.id(), s.letter(), s.edition(), s.pupil(), s.answer(), s.standing().name(), s.proof().name(), s.means(), s.at(), hash, strokes, signer[0]);
            boolean sound = MessageDigest.isEqual(text.hash(), hash) && MessageDigest.isEqual(expected, r.getBytes("seal"));
            return new Opened(s, sound ? Trust.SOUND : Trust.TAMPERED, text, hashText, signer[0], signer.length > 1 ? signer[1] : "", strokes.isEmpty() ? "" : Drawing.ofKept(strokes).address(), reason == null ? "" : personal.open(key, reason));
        } catch (IllegalStateException e) {
            // AES-GCM refuses what was changed: the sealed part itself was tampered with.
            return new Opened(s, Trust.TAMPERED, new LetterText("", ""), hashText, "", "", "", "");
        }
    }

    /** True for the one who uses it first. */
    boolean useLink(UUID school, UUID link, Instant now) {
        return sql.sql("update documents.link set used_at = :now where school_id = :s and link_id = :k and used_at is null and revoked_at is null and expires_at > :now")
                        .param("now", Timestamp.from(now))
                        .param("s", school)
                        .param("k", link)
                        .update()
                == 1;
    }
}
