package afterbell.base.shared.files;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;

/**
 * Draws a picture anew, upright and at most {@value #LONGEST} points long: place, device and time that a phone wrote into it are gone. A WebP picture,
 * which the JDK can't draw, keeps its points and loses the pieces that carry such data.
 */
final class Picture {
    static final int LONGEST = 2200;
    private static final long MOST_POINTS = 120_000_000;
    private static final int EXIF_ORIENTATION = 0x0112;

    private Picture() {}

    /** @return the picture's new bytes, or empty where it can't be read */
    static Optional<byte[]> redrawn(FileKind kind, byte[] raw) {
        try {
            return switch (kind) {
                case WEBP -> webpWithoutNotes(raw);
                case JPEG, PNG -> drawn(kind, raw);
                case PDF, XLSX -> throw new IllegalArgumentException("no picture: " + kind);
            };
        } catch (IOException | RuntimeException e) {
            // Damaged pictures fail in many ways inside the decoders; each of them means the same to the person.
            return Optional.empty();
        }
    }

    private static Optional<byte[]> drawn(FileKind kind, byte[] raw) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(raw))) {
            Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(kind == FileKind.JPEG ? "jpeg" : "png");
            if (!readers.hasNext()) return Optional.empty();
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                int width = reader.getWidth(0);
                int height = reader.getHeight(0);
                if (width < 1 || height < 1 || (long) width * height > MOST_POINTS) return Optional.empty();
                ImageReadParam param = reader.getDefaultReadParam();
                // Every second, third, ... point is read, so that a huge picture never stands in memory as a whole.
                int step = Math.max(1, Math.max(width, height) / LONGEST);
                param.setSourceSubsampling(step, step, 0, 0);
                BufferedImage image = upright(reader.read(0, param), kind == FileKind.JPEG ? orientation(raw) : 1, kind == FileKind.PNG);
                return Optional.of(written(image, kind));
            } finally {
                reader.dispose();
            }
        }
    }

    /** @param orientation as EXIF counts it: 1 upright, 3 upside down, 6 and 8 on a side, 2, 4, 5, 7 mirrored as well */
    private static BufferedImage upright(BufferedImage source, int orientation, boolean alpha) {
        double scale = Math.min(1.0, (double) LONGEST / Math.max(source.getWidth(), source.getHeight()));
        int w = Math.max(1, (int) Math.round(source.getWidth() * scale));
        int h = Math.max(1, (int) Math.round(source.getHeight() * scale));
        boolean lying = orientation >= 5;
        BufferedImage target = new BufferedImage(lying ? h : w, lying ? w : h, alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        Graphics2D g = target.createGraphics();
        if (!alpha) {
            g.setColor(Color.WHITE);
            g.fillRect(0, 0, target.getWidth(), target.getHeight());
        }
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        AffineTransform turn = switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, w, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, w, h);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, h);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, h, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, h, w);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, w);
            default -> new AffineTransform();
        };
        turn.scale((double) w / source.getWidth(), (double) h / source.getHeight());
        g.drawImage(source, turn, null);
        g.dispose();
        return target;
    }

    private static byte[] written(BufferedImage image, FileKind kind) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName(kind == FileKind.JPEG ? "jpeg" : "png").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (kind == FileKind.JPEG) {
                param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                param.setCompressionQuality(0.82f);
            }
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** Reads the one EXIF value that changes how a picture stands (CIPA DC-008, tag 0112); 1 where it is missing or unreadable. */
    static int orientation(byte[] jpeg) {
        int at = 2;
        while (at + 4 <= jpeg.length && (jpeg[at] & 0xFF) == 0xFF) {
            int marker = jpeg[at + 1] & 0xFF;
            if (marker == 0xDA || marker == 0xD9) return 1;
            int length = (jpeg[at + 2] & 0xFF) << 8 | jpeg[at + 3] & 0xFF;
            if (marker == 0xE1 && at + 10 <= jpeg.length && new String(jpeg, at + 4, 4, StandardCharsets.US_ASCII).equals("Exif")) return inExif(jpeg, at + 10, at + 2 + length);
            at += 2 + length;
        }
        return 1;
    }

    private static int inExif(byte[] jpeg, int start, int wantedEnd) {
        int end = Math.min(wantedEnd, jpeg.length);
        if (start + 8 > end) return 1;
        ByteBuffer tiff = ByteBuffer.wrap(jpeg, start, end - start).slice();
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        if (directory < 8 || directory + 2 > tiff.limit()) return 1;
        int entries = tiff.getShort(directory) & 0xFFFF;
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + 12 * i;
            if (entry + 12 > tiff.limit()) return 1;
            if ((tiff.getShort(entry) & 0xFFFF) == EXIF_ORIENTATION) {
                int value = tiff.getShort(entry + 8) & 0xFFFF;
                return value >= 1 && value <= 8 ? value : 1;
            }
        }
        return 1;
    }

    // RIFF container (WebP specification): keep what draws the picture, drop EXIF and XMP, clear their flags in the head.
    private static Optional<byte[]> webpWithoutNotes(byte[] raw) {
        ByteBuffer in = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
        ByteArrayOutputStream kept = new ByteArrayOutputStream(raw.length);
        int at = 12;
        boolean drawn = false;
        while (at + 8 <= raw.length) {
            String name = new String(raw, at, 4, StandardCharsets.US_ASCII);
            int length = in.getInt(at + 4);
            int padded = length + (length & 1);
            if (length < 0 || at + 8 + (long) length > raw.length) return Optional.empty();
            boolean note = name.equals("EXIF") || name.equals("XMP ");
            if (name.equals("VP8 ") || name.equals("VP8L") || name.equals("ANMF")) drawn = true;
            if (!note) {
                byte[] piece = new byte[8 + padded];
                System.arraycopy(raw, at, piece, 0, Math.min(piece.length, raw.length - at));
                if (name.equals("VP8X") && piece.length > 8) piece[8] &= (byte) ~0b0000_1100;
                kept.writeBytes(piece);
            }
            at += 8 + padded;
        }
        if (!drawn) return Optional.empty();
        ByteBuffer out = ByteBuffer.allocate(12 + kept.size()).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(4 + kept.size()).put("WEBP".getBytes(StandardCharsets.US_ASCII)).put(kept.toByteArray());
        return Optional.of(out.array());
    }
}
