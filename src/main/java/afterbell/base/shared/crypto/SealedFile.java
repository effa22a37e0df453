package afterbell.base.shared.crypto;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A file of any length under AES-256-GCM, in pieces of 64 KiB that carry their number and whether they are the last: a piece that is changed, left out,
 * moved or cut off is noticed. Each file has a key of its own, made of the master key and a random salt at its head.
 */
public final class SealedFile {
    private static final byte[] MAGIC = "AFTERBELL-SEALED-1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT = 32;
    private static final int PIECE = 64 * 1024;
    private static final int TAG = 16;

    private SealedFile() {}

    /** The file was made under another key, or is not as it was written. */
    public static final class Damaged extends IOException {
        private static final long serialVersionUID = 1;

        Damaged(String why) {
            super(why);
        }
    }

    /** Closing it writes the last piece: a file that was not closed is not whole. */
    public static OutputStream writing(OutputStream file, MasterKey master, String purpose) throws IOException {
        byte[] salt = new byte[SALT];
        new SecureRandom().nextBytes(salt);
        file.write(MAGIC);
        file.write(salt);
        return new Out(file, key(master, purpose, salt));
    }

    public static InputStream reading(InputStream file, MasterKey master, String purpose) throws IOException {
        if (!Arrays.equals(file.readNBytes(MAGIC.length), MAGIC)) throw new Damaged("this is no sealed file of this product");
        byte[] salt = file.readNBytes(SALT);
        if (salt.length != SALT) throw new Damaged("the file is cut off");
        return new In(new PushbackInputStream(file), key(master, purpose, salt));
    }

    private static SecretKeySpec key(MasterKey master, String purpose, byte[] salt) {
        return new SecretKeySpec(MasterKey.hmac(master.derive(purpose), salt), "AES");
    }

    private static byte[] piece(int mode, SecretKeySpec key, long number, boolean last, byte[] content, int length) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        byte[] nonce = ByteBuffer.allocate(12).putShort((short) 0).put((byte) 0).put((byte) (last ? 1 : 0)).putLong(number).array();
        cipher.init(mode, key, new GCMParameterSpec(TAG * 8, nonce));
        return cipher.doFinal(content, 0, length);
    }

    private static final class Out extends FilterOutputStream {
        private final SecretKeySpec key;
        private final byte[] buffer = new byte[PIECE];
        private int filled;
        private long number;
        private boolean closed;

        Out(OutputStream file, SecretKeySpec key) {
            super(file);
            this.key = key;
        }

        @Override
        public void write(int b) throws IOException {
            if (filled == PIECE) piece(false);
            buffer[filled++] = (byte) b;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int at = from;
            int left = length;
            while (left > 0) {
                if (filled == PIECE) piece(false);
                int some = Math.min(left, PIECE - filled);
                System.arraycopy(bytes, at, buffer, filled, some);
                filled += some;
                at += some;
                left -= some;
            }
        }

        private void piece(boolean last) throws IOException {
            try {
                out.write(SealedFile.piece(Cipher.ENCRYPT_MODE, key, number++, last, buffer, filled));
                filled = 0;
            } catch (GeneralSecurityException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            if (closed) return;
            closed = true;
            piece(true);
            super.close();
        }
    }

    private static final class In extends InputStream {
        private final PushbackInputStream file;
        private final SecretKeySpec key;
        private byte[] piece = new byte[0];
        private int at;
        private long number;
        private boolean ended;

        In(PushbackInputStream file, SecretKeySpec key) {
            this.file = file;
            this.key = key;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (length == 0) return 0;
            while (at == piece.length) {
                if (ended) return -1;
                next();
            }
            int some = Math.min(length, piece.length - at);
            System.arraycopy(piece, at, into, from, some);
            at += some;
            return some;
        }

        private void next() throws IOException {
            byte[] sealed = file.readNBytes(PIECE + TAG);
            int peek = file.read();
            if (peek >= 0) file.unread(peek);
            ended = peek < 0;
            if (sealed.length < TAG) throw new Damaged("the file is cut off");
            try {
                piece = SealedFile.piece(Cipher.DECRYPT_MODE, key, number++, ended, sealed, sealed.length);
                at = 0;
            } catch (GeneralSecurityException e) {
                throw new Damaged("the file was made under another master key, or it is damaged or cut off");
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
