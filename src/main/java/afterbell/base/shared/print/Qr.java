package afterbell.base.shared.print;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import javax.imageio.ImageIO;

/** A QR picture of a short text, usually an address: as SVG for screen and print, as PNG to save into a phone and send into a chat group. */
public final class Qr {
    private static final int QUIET = 4;

    /** Points of a module on a screen: whole ones, or its modules are of unequal width and cameras fail on them. */
    private static final int POINTS = 3;

    private final ByteMatrix modules;

    private Qr(ByteMatrix modules) {
        this.modules = modules;
    }

    public static Qr of(String text) {
        try {
            return new Qr(Encoder.encode(text, ErrorCorrectionLevel.M, Map.of(EncodeHintType.CHARACTER_SET, "UTF-8")).getMatrix());
        } catch (WriterException e) {
            throw new IllegalArgumentException("too long for a QR picture", e);
        }
    }

    /**
     * Without a width of its own in a style it is as large as it can be read: three points a module.
     *
     * @param label what the picture is, for people who don't see it; escaped by the caller's template where it is shown beside
     */
    public String svg(String label) {
        int side = modules.getWidth() + 2 * QUIET;
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < modules.getHeight(); y++)
            for (int x = 0; x < modules.getWidth(); x++) if (modules.get(x, y) == 1) path.append('M').append(x + QUIET).append(' ').append(y + QUIET).append("h1v1h-1z");
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " + side + "\" width=\"" + side * POINTS + "\" height=\"" + side * POINTS + "\" role=\"img\" aria-label=\"" + escaped(label)
                + "\" shape-rendering=\"crispEdges\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><path fill=\"#000\" d=\"" + path + "\"/></svg>";
    }

    /** @param points size of one module, 1-40 */
    public byte[] png(int points) {
        int side = (modules.getWidth() + 2 * QUIET) * points;
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_BINARY);
        for (int y = 0; y < side; y++) for (int x = 0; x < side; x++) image.setRGB(x, y, dark(x / points - QUIET, y / points - QUIET) ? 0 : 0xFFFFFF);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** For an {@code <img>} that a finger can press and save, and for printed pages. */
    public String pngAddress(int points) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png(points));
    }

    private boolean dark(int x, int y) {
        return x >= 0 && y >= 0 && x < modules.getWidth() && y < modules.getHeight() && modules.get(x, y) == 1;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
