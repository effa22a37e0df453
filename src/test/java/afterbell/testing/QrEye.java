package afterbell.testing;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ScreenshotCaret;
import com.google.zxing.Binarizer;
import com.google.zxing.common.GlobalHistogramBinarizer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** Reads a QR picture as a phone's camera does: from what is painted on the screen or the paper. */
public final class QrEye {
    private QrEye() {}

    public static String read(Locator picture) {
        return read(picture.screenshot(new Locator.ScreenshotOptions().setCaret(ScreenshotCaret.INITIAL)));
    }

    public static String read(byte[] png) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
            // A camera moves until it sees: nearer, farther, and with both ways of telling dark from light. By halves too: some codes are lost at every whole step.
            for (double nearer = 1; nearer <= 5; nearer += 0.5) {
                RGBLuminanceSource light = light(image, nearer);
                for (Binarizer eye : List.of(new HybridBinarizer(light), new GlobalHistogramBinarizer(light))) {
                    try {
                        MultiFormatReader reader = new MultiFormatReader();
                        reader.setHints(Map.of(DecodeHintType.POSSIBLE_FORMATS, List.of(BarcodeFormat.QR_CODE), DecodeHintType.TRY_HARDER, true));
                        return reader.decodeWithState(new BinaryBitmap(eye)).getText();
                    } catch (NotFoundException unread) {
                        // The next look.
                    }
                }
            }
            Path unread = Files.createDirectories(Path.of("target", "screens")).resolve("unread-" + Integer.toHexString(Arrays.hashCode(png)) + ".png");
            throw new AssertionError("no QR code can be read from the picture " + Files.write(unread, png));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Enlarged, with white paper around it. */
    private static RGBLuminanceSource light(BufferedImage image, double times) {
        int margin = 24;
        int w = (int) (times * image.getWidth()) + 2 * margin;
        int h = (int) (times * image.getHeight()) + 2 * margin;
        BufferedImage near = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
        Graphics2D lens = near.createGraphics();
        lens.setColor(Color.WHITE);
        lens.fillRect(0, 0, w, h);
        lens.drawImage(image, margin, margin, w - 2 * margin, h - 2 * margin, null);
        lens.dispose();
        return new RGBLuminanceSource(w, h, near.getRGB(0, 0, w, h, null, 0, w));
    }
}
