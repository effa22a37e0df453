package afterbell.base.shared.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what is sensitive about a person under that person's own key (AES-256-GCM). The key itself is stored wrapped by the master key beside the
 * person's row; erasing it erases everything sealed under it, while chains and ledgers stay whole (law 8).
 */
public final class PersonalData {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final byte[] wrapping;
    /** With its key; each trace is made by a copy, which spares looking for the algorithm and taking in the key again. */
    private final Mac finding;

    public PersonalData(MasterKey master) {
        this.wrapping = master.derive("personal-data/wrap");
        this.finding = MasterKey.keyed(master.derive("personal-data/find"));
    }

    /** A new key for one person, wrapped: store it in the person's row. */
    public byte[] newKey() {
        byte[] key = new byte[32];
        random.nextBytes(key);
        return encrypt(wrapping, key);
    }

    public byte[] seal(byte[] wrappedKey, String text) {
        return encrypt(decrypt(wrapping, wrappedKey), text.getBytes(StandardCharsets.UTF_8));
    }

    public String open(byte[] wrappedKey, byte[] sealed) {
        return new String(decrypt(decrypt(wrapping, wrappedKey), sealed), StandardCharsets.UTF_8);
    }

    /** Seals bytes, such as a part of a file. */
    public byte[] sealBytes(byte[] wrappedKey, byte[] plain) {
        return encrypt(decrypt(wrapping, wrappedKey), plain);
    }

    public byte[] openBytes(byte[] wrappedKey, byte[] sealed) {
        return decrypt(decrypt(wrapping, wrappedKey), sealed);
    }

    /** Finds a sealed value again: the same kind and normalised text give the same 32 bytes, which tell nothing without the master key. */
    public byte[] trace(String kind, String normalised) {
        try {
            return ((Mac) finding.clone()).doFinal((kind + '\0' + normalised).getBytes(StandardCharsets.UTF_8));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("HMAC-SHA256 can be copied", e);
        }
    }

    private byte[] encrypt(byte[] key, byte[] plain) {
        try {
            byte[] nonce = new byte[NONCE];
            random.nextBytes(nonce);
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(plain);
            return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] decrypt(byte[] key, byte[] sealed) {
        try {
            byte[] nonce = new byte[NONCE];
            ByteBuffer in = ByteBuffer.wrap(sealed).get(nonce);
            byte[] rest = new byte[in.remaining()];
            in.get(rest);
            return cipher(Cipher.DECRYPT_MODE, key, nonce).doFinal(rest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealed under another key", e);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
