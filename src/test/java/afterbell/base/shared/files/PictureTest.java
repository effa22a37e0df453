package afterbell.base.shared.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PictureTest {
    private static final long SEED = 41;

    /** A JPEG with the upper half red, and in its EXIF an orientation and a place name. */
    private static byte[] photo(int orientation, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setColor(Color.BLUE);
        g.fillRect(0, 0, width, height);
        g.setColor(Color.RED);
        g.fillRect(0, 0, width, height / 2);
        g.dispose();
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", plain);
        byte[] jpeg = plain.toByteArray();
        ByteArrayOutputStream exif = new ByteArrayOutputStream();
        exif.writeBytes("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1));
        exif.writeBytes(new byte[] {0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte) orientation, 0, 0, 0, 0, 0, 0});
        exif.writeBytes("GPS-HOME-ADDRESS".getBytes(StandardCharsets.US_ASCII));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        int length = exif.size() + 2;
        out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE1, (byte) (length >> 8), (byte) length});
        out.writeBytes(exif.toByteArray());
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    @Test
    void what_a_phone_wrote_into_a_photograph_is_gone() throws IOException {
        byte[] raw = photo(1, 400, 200);
        assertThat(new String(raw, StandardCharsets.ISO_8859_1)).contains("GPS-HOME");
        byte[] kept = Picture.redrawn(FileKind.JPEG, raw).orElseThrow();
        assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain("GPS-HOME").doesNotContain("Exif");
    }

    @Test
    void a_photograph_taken_sideways_stands_upright() throws IOException {
        BufferedImage turned = ImageIO.read(new ByteArrayInputStream(Picture.redrawn(FileKind.JPEG, photo(6, 400, 200)).orElseThrow()));
        assertThat(turned.getWidth()).isEqualTo(200);
        assertThat(turned.getHeight()).isEqualTo(400);
        assertThat(new Color(turned.getRGB(190, 200)).getRed()).as("the red half lies on the right after a quarter turn").isGreaterThan(200);
        assertThat(new Color(turned.getRGB(10, 200)).getBlue()).isGreaterThan(200);
        BufferedImage upsideDown = ImageIO.read(new ByteArrayInputStream(Picture.redrawn(FileKind.JPEG, photo(3, 400, 200)).orElseThrow()));
        assertThat(new Color(upsideDown.getRGB(200, 190)).getRed()).isGreaterThan(200);
    }

    @Test
    void a_large_photograph_is_made_smaller() throws IOException {
        BufferedImage small = ImageIO.read(new ByteArrayInputStream(Picture.redrawn(FileKind.JPEG, photo(1, 5000, 3000)).orElseThrow()));
        assertThat(small.getWidth()).isLessThanOrEqualTo(Picture.LONGEST).isGreaterThan(Picture.LONGEST / 2);
    }

    @Test
    void damaged_bytes_are_refused_and_never_fail() throws IOException {
        Random random = new Random(SEED);
        byte[] photo = photo(6, 300, 200);
        for (int i = 0; i < 300; i++) {
            byte[] bad = photo.clone();
            for (int n = 0; n < 12; n++) bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            Picture.redrawn(FileKind.JPEG, java.util.Arrays.copyOf(bad, random.nextInt(bad.length) + 1));
            Picture.orientation(bad);
        }
        assertThat(Picture.redrawn(FileKind.PNG, photo)).as("seed " + SEED).isEmpty();
    }

    @Test
    void a_webp_loses_its_notes_and_keeps_its_points() {
        ByteArrayOutputStream riff = new ByteArrayOutputStream();
        riff.writeBytes("RIFF\0\0\0\0WEBP".getBytes(StandardCharsets.ISO_8859_1));
        riff.writeBytes("VP8X\n\0\0\0".getBytes(StandardCharsets.ISO_8859_1));
        riff.writeBytes(new byte[] {0x0C, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        riff.writeBytes("VP8L\4\0\0\0abcd".getBytes(StandardCharsets.ISO_8859_1));
        riff.writeBytes("EXIF\10\0\0\0GPS-HOME".getBytes(StandardCharsets.ISO_8859_1));
        byte[] kept = Picture.redrawn(FileKind.WEBP, riff.toByteArray()).orElseThrow();
        String text = new String(kept, StandardCharsets.ISO_8859_1);
        assertThat(text).contains("VP8L", "abcd").doesNotContain("GPS-HOME");
        assertThat(kept[20]).as("flags of notes").isZero();
    }
}
