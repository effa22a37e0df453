package afterbell.reach.documents;

import afterbell.base.shared.crypto.MasterKey;
import afterbell.reach.documents.Signature.Answer;
import afterbell.reach.documents.Signature.Means;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Binds all parts of a signature together under a key of this node (HMAC-SHA-256), so that whoever changes the database without the key is found: the
 * text, its hash, the name, the strokes, the time, the answer.
 */
@Component
class SignatureSeal {
    private final byte[] key;

    SignatureSeal(MasterKey master) {
        this.key = master.derive("documents/signature");
    }

    byte[] of(UUID id, Letter letter, UUID pupil, Answer answer, SignLetter.Signer signer, Means means, Instant at, byte[] textHash, String strokes, String name) {
        return of(id, letter.id(), letter.edition(), pupil, answer, signer.standing().name(), signer.proof().name(), means, at, textHash, strokes, name);
    }

    byte[] of(UUID id, UUID letter, int edition, UUID pupil, Answer answer, String standing, String proof, Means means, Instant at, byte[] textHash, String strokes, String name) {
        String all = String.join("\n", id.toString(), letter.toString(), Integer.toString(edition), pupil.toString(), answer.name(), standing, proof, means.name(), Long.toString(at.toEpochMilli()), HexFormat.of().formatHex(textHash), strokes, name);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(all.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
