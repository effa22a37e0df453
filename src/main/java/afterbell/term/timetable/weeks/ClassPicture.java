package afterbell.term.timetable.weeks;

import afterbell.base.shared.print.Typefaces;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** A class's week as one picture for the class's group: name and where to, nothing else (no phone needs an app to read it). */
@Component
class ClassPicture {
    private static final int NAME = 150;
    private static final int DAY = 230;
    private static final int LINE = 30;
    private static final int HEAD = 110;
    private static final Color INK = new Color(0x1f2a33);
    private static final Color SOFT = new Color(0x5b6b76);
    private static final Color RULE = new Color(0xd9e0e4);
    private static final Color BAND = new Color(0xf4f7f8);
    private static final Color CLUB = new Color(0x0b6b74);

    private final MessageSource messages;

    ClassPicture(MessageSource messages) {
        this.messages = messages;
    }

    byte[] png(WeekPage.OfClass week, Locale locale) {
        int width = NAME + DAY * week.weekdays().size() + 40;
        int height = HEAD + week.rows().stream().mapToInt(ClassPicture::height).sum() + 40;
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        try {
            g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setColor(Color.WHITE);
            g.fillRect(0, 0, width, height);
            List<Font> face = Typefaces.forPictures();
            head(g, face, week, locale);
            int y = HEAD;
            for (int i = 0; i < week.rows().size(); i++) {
                row(g, face, week.rows().get(i), y, width, i % 2 == 0, locale);
                y += height(week.rows().get(i));
            }
        } finally {
            g.dispose();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private void head(Graphics2D g, List<Font> face, WeekPage.OfClass week, Locale locale) {
        g.setColor(INK);
        new Type(face, 28f).draw(g, say("timetable.picture", locale, week.name()), 20, 44);
        Type type = new Type(face, 18f);
        g.setColor(SOFT);
        for (int d = 0; d < week.weekdays().size(); d++) type.draw(g, say("shared.weekday." + week.weekdays().get(d), locale), 20 + NAME + d * DAY, HEAD - 14);
        g.setColor(RULE);
        g.setStroke(new BasicStroke(2));
        g.drawLine(20, HEAD - 2, 20 + NAME + DAY * week.weekdays().size(), HEAD - 2);
    }

    private void row(Graphics2D g, List<Font> face, WeekPage.Row row, int y, int width, boolean striped, Locale locale) {
        if (striped) {
            g.setColor(BAND);
            g.fillRect(10, y, width - 20, height(row));
        }
        g.setColor(INK);
        Type names = new Type(face, 20f);
        names.draw(g, names.cut(g, row.name(), NAME - 10), 20, y + 22);
        Type type = new Type(face, 17f);
        for (int d = 0; d < row.cells().size(); d++) {
            WeekPage.Stop stop = row.cells().get(d);
            List<String> lines = new ArrayList<>(stop.where());
            if (lines.isEmpty() && stop.own()) lines.add(say("timetable.own", locale));
            g.setColor(stop.where().isEmpty() ? SOFT : CLUB);
            for (int i = 0; i < lines.size(); i++) type.draw(g, type.cut(g, lines.get(i), DAY - 12), 20 + NAME + d * DAY, y + 22 + i * (LINE - 6));
        }
    }

    private static int height(WeekPage.Row row) {
        int most = row.cells().stream().mapToInt(c -> c.where().size()).max().orElse(1);
        return LINE + Math.max(0, most - 1) * (LINE - 6);
    }

    /** Two faces at one size; each character is drawn by the first that has it. */
    private record Type(Font text, Font rare) {
        Type(List<Font> faces, float size) {
            this(faces.get(0).deriveFont(size), faces.get(1).deriveFont(size));
        }

        private Font of(int character) {
            return text.canDisplay(character) ? text : rare;
        }

        private int width(Graphics2D g, int character) {
            return g.getFontMetrics(of(character)).stringWidth(Character.toString(character));
        }

        void draw(Graphics2D g, String words, int x, int y) {
            int at = x;
            for (int c : words.codePoints().toArray()) {
                g.setFont(of(c));
                g.drawString(Character.toString(c), at, y);
                at += width(g, c);
            }
        }

        String cut(Graphics2D g, String words, int limit) {
            int[] points = words.codePoints().toArray();
            int used = 0;
            for (int i = 0; i < points.length; i++) {
                used += width(g, points[i]);
                if (used > limit) return new String(points, 0, Math.max(1, i - 1)) + "…";
            }
            return words;
        }
    }

    private String say(String key, Locale locale, Object... facts) {
        String words = messages.getMessage(key, facts, key, locale);
        return words == null ? key : words;
    }
}
