package afterbell.base.shared.web;

import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/** What somebody's file is called on their device. A browser may write a name percent-encoded, with anything in it; {@link KeyboardOnly} sees fields alone. One with a NUL never comes so far ({@link ErrorPages}). */
public final class FileNames {
    private FileNames() {}

    /** The name without what no keyboard types; empty where there is none. */
    public static String of(MultipartFile file) {
        @Nullable String name = file.getOriginalFilename();
        return name == null ? "" : KeyboardOnly.typeable(name);
    }
}
