package afterbell.reach.documents;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.CubicCurve2D;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

/**
 * A signature drawn with a finger: strokes and dots, read from the SVG that the page sends. Nothing of that SVG is kept but numbers, so that no picture
 * can carry anything else; kept, shown and printed is only what is written anew from them.
 */
public final class Drawing {
    private static final int LONGEST_TEXT = 400_000;
    private static final int MOST_PIECES = 20_000;
    private static final double LARGEST = 10_000;
    private static final String NUMBER = "(-?\\d{1,6}(?:\\.\\d{1,6})?)";
    private static final Pattern STROKE = Pattern.compile("<path d=\"M ?" + NUMBER + "[, ]" + NUMBER + " ?C ?" + NUMBER + "[, ]" + NUMBER + "[, ]" + NUMBER + "[, ]" + NUMBER + "[, ]" + NUMBER + "[, ]" + NUMBER + "\"[^>]*?stroke-width=\"" + NUMBER + "\"");
    private static final Pattern DOT = Pattern.compile("<circle(?=[^>]*? r=\"" + NUMBER + "\")(?=[^>]*? cx=\"" + NUMBER + "\")(?=[^>]*? cy=\"" + NUMBER + "\")[^>]*>");

    /** A piece: a curve from (0,1) over two helpers (2-5) to (6,7) of width (8); or a dot at (0,1) of radius (2). */
    private final List<double[]> pieces;

    private Drawing(List<double[]> pieces) {
        this.pieces = pieces;
    }

    /** Reads what the page sent; empty where nothing was drawn or it is no drawing of ours. */
    public static Optional<Drawing> read(String svg) {
        if (svg.isBlank() || svg.length() > LONGEST_TEXT) return Optional.empty();
        List<double[]> pieces = new ArrayList<>();
        add(pieces, STROKE.matcher(svg), 9);
        addDots(pieces, DOT.matcher(svg));
        return pieces.isEmpty() || pieces.size() > MOST_PIECES ? Optional.empty() : Optional.of(new Drawing(pieces));
    }

    private static void add(List<double[]> pieces, Matcher m, int numbers) {
        while (m.find()) {
            double[] piece = new double[numbers];
            for (int i = 0; i < numbers; i++) piece[i] = bounded(m.group(i + 1));
            pieces.add(piece);
        }
    }

    private static void addDots(List<double[]> pieces, Matcher m) {
        while (m.find()) pieces.add(new double[] {bounded(m.group(2)), bounded(m.group(3)), bounded(m.group(1))});
    }

    private static double bounded(String number) {
        return Math.max(-LARGEST, Math.min(LARGEST, Double.parseDouble(number)));
    }

    /** The drawing as a compact text for keeping; {@link #ofKept} reads it. */
    public String kept() {
        return pieces.stream().map(p -> java.util.Arrays.stream(p).mapToObj(n -> String.format(Locale.ROOT, "%.1f", n)).collect(Collectors.joining(","))).collect(Collectors.joining(";"));
    }

    public static Drawing ofKept(String kept) {
        return new Drawing(java.util.Arrays.stream(kept.split(";")).map(p -> java.util.Arrays.stream(p.split(",")).mapToDouble(Double::parseDouble).toArray()).toList());
    }

    /** A PNG of the drawing, cropped and black on white, as an address for {@code <img>}. */
    public String address() {
        double left = Double.MAX_VALUE, top = Double.MAX_VALUE, right = -Double.MAX_VALUE, bottom = -Double.MAX_VALUE;
        for (double[] p : pieces) {
            for (int i = 0; i < (p.length == 3 ? 2 : 8); i += 2) {
                left = Math.min(left, p[i]);
                right = Math.max(right, p[i]);
                top = Math.min(top, p[i + 1]);
                bottom = Math.max(bottom, p[i + 1]);
            }
        }
        double scale = Math.min(600 / Math.max(20, right - left), 220 / Math.max(20, bottom - top));
        int margin = 10;
        BufferedImage image = new BufferedImage((int) ((right - left) * scale) + 2 * margin + 1, (int) ((bottom - top) * scale) + 2 * margin + 1, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D g = image.createGraphics();
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, image.getWidth(), image.getHeight());
        g.setColor(Color.BLACK);
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.translate(margin, margin);
        g.scale(scale, scale);
        g.translate(-left, -top);
        for (double[] p : pieces) {
            if (p.length == 3) g.fill(new Ellipse2D.Double(p[0] - p[2], p[1] - p[2], 2 * p[2], 2 * p[2]));
            else {
                g.setStroke(new BasicStroke((float) Math.max(0.5, p[8]), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
                g.draw(new CubicCurve2D.Double(p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]));
            }
        }
        g.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(out.toByteArray());
    }
}
