package afterbell.testing;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.microsoft.playwright.Locator;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** Reads a QR picture as a phone's camera does: from what is painted on the screen or the paper. */
public final class QrEye {
    private QrEye() {}

    public static String read(Locator picture) {
        return read(picture.screenshot());
    }

    public static String read(byte[] png) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
            // A camera comes nearer: where a module is two or three points wide, some codes cannot be told.
            int w = 3 * image.getWidth();
            int h = 3 * image.getHeight();
            BufferedImage near = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
            Graphics2D lens = near.createGraphics();
            lens.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            lens.drawImage(image, 0, 0, w, h, null);
            lens.dispose();
            RGBLuminanceSource light = new RGBLuminanceSource(w, h, near.getRGB(0, 0, w, h, null, 0, w));
            MultiFormatReader reader = new MultiFormatReader();
            reader.setHints(Map.of(DecodeHintType.POSSIBLE_FORMATS, List.of(BarcodeFormat.QR_CODE), DecodeHintType.TRY_HARDER, true));
            return reader.decodeWithState(new BinaryBitmap(new HybridBinarizer(light))).getText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NotFoundException e) {
            throw new AssertionError("no QR code can be read from the picture", e);
        }
    }
}
