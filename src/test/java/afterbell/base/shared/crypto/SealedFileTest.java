package afterbell.base.shared.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedFileTest {
    private static final int HEAD = 19 + 32;
    private static final int PIECE = 64 * 1024 + 16;

    @TempDir
    Path folder;

    private byte[] sealed(byte[] content) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (OutputStream out = SealedFile.writing(file, MasterKey.at(folder.resolve("a.key")), "test")) {
            out.write(content);
        }
        return file.toByteArray();
    }

    private byte[] opened(byte[] file, String key) throws IOException {
        return SealedFile.reading(new ByteArrayInputStream(file), MasterKey.at(folder.resolve(key)), "test").readAllBytes();
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(20261122).nextBytes(content);
        return content;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 200_000})
    void what_is_sealed_is_read_again(int length) throws IOException {
        byte[] content = content(length);
        byte[] file = sealed(content);
        assertThat(opened(file, "a.key")).isEqualTo(content);
        assertThat(sealed(content)).as("another salt each time").isNotEqualTo(file);
    }

    @Test
    void any_changed_byte_is_noticed() throws IOException {
        byte[] file = sealed(content(150_000));
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            byte[] changed = file.clone();
            changed[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
            assertThatThrownBy(() -> opened(changed, "a.key")).isInstanceOf(SealedFile.Damaged.class);
        }
    }

    @Test
    void a_piece_that_is_cut_off_left_out_or_moved_is_noticed() throws IOException {
        byte[] file = sealed(content(200_000));
        for (int length : new int[] {0, 10, HEAD, HEAD + 5, HEAD + PIECE, HEAD + 2 * PIECE, file.length - 1})
            assertThatThrownBy(() -> opened(Arrays.copyOf(file, length), "a.key")).as("cut at " + length).isInstanceOf(SealedFile.Damaged.class);
        byte[] swapped = file.clone();
        System.arraycopy(file, HEAD, swapped, HEAD + PIECE, PIECE);
        System.arraycopy(file, HEAD + PIECE, swapped, HEAD, PIECE);
        assertThatThrownBy(() -> opened(swapped, "a.key")).isInstanceOf(SealedFile.Damaged.class);
        byte[] without = new byte[file.length - PIECE];
        System.arraycopy(file, 0, without, 0, HEAD);
        System.arraycopy(file, HEAD + PIECE, without, HEAD, without.length - HEAD);
        assertThatThrownBy(() -> opened(without, "a.key")).isInstanceOf(SealedFile.Damaged.class);
    }

    @Test
    void another_master_key_opens_nothing() throws IOException {
        byte[] file = sealed(content(100));
        assertThatThrownBy(() -> opened(file, "b.key")).isInstanceOf(SealedFile.Damaged.class).hasMessageContaining("another master key");
    }
}
