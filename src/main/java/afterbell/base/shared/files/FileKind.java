package afterbell.base.shared.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What a file is, told by its first bytes. Whatever is not one of these is not taken. */
public enum FileKind {
    JPEG("image/jpeg", "jpg", true),
    PNG("image/png", "png", true),
    WEBP("image/webp", "webp", true),
    PDF("application/pdf", "pdf", false),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", false);

    /** Bytes that {@link #of} wants to see. */
    public static final int HEAD = 12;

    private final String mediaType;
    private final String ending;
    private final boolean picture;

    FileKind(String mediaType, String ending, boolean picture) {
        this.mediaType = mediaType;
        this.ending = ending;
        this.picture = picture;
    }

    public String mediaType() {
        return mediaType;
    }

    public String ending() {
        return ending;
    }

    public boolean picture() {
        return picture;
    }

    /** The kind that a file's first bytes tell. An .xlsx is any ZIP here; its inside is looked at when it is kept. */
    static Optional<FileKind> of(byte[] head) {
        if (starts(head, 0xFF, 0xD8, 0xFF)) return Optional.of(JPEG);
        if (starts(head, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A)) return Optional.of(PNG);
        if (text(head, 0, "RIFF") && text(head, 8, "WEBP")) return Optional.of(WEBP);
        if (text(head, 0, "%PDF-")) return Optional.of(PDF);
        if (starts(head, 'P', 'K', 3, 4)) return Optional.of(XLSX);
        return Optional.empty();
    }

    private static boolean starts(byte[] head, int... wanted) {
        if (head.length < wanted.length) return false;
        for (int i = 0; i < wanted.length; i++) if ((head[i] & 0xFF) != wanted[i]) return false;
        return true;
    }

    private static boolean text(byte[] head, int at, String wanted) {
        byte[] bytes = wanted.getBytes(StandardCharsets.US_ASCII);
        return head.length >= at + bytes.length && Arrays.equals(head, at, at + bytes.length, bytes, 0, bytes.length);
    }
}
