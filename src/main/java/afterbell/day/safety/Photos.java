package afterbell.day.safety;

import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.files.FileKind;
import afterbell.base.shared.files.Files;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.multipart.MultipartFile;

/** Takes the photographs of this room: looked at by content, drawn anew without place and device, sealed for the school's staff. */
@Component
public class Photos {
    /** A phone's picture is smaller; megabytes. */
    static final int LARGEST = 15;

    private final Files files;

    Photos(Files files) {
        this.files = files;
    }

    /** @param kept null where none was handed in */
    public record Taken(Files.@Nullable Kept kept, List<Refusal> refusals) {}

    @Transactional(propagation = Propagation.MANDATORY)
    public Taken take(UUID school, @Nullable MultipartFile photo, String field) {
        if (photo == null || photo.isEmpty()) return new Taken(null, List.of());
        Files.Wanted wanted = new Files.Wanted(school, Files.Audience.STAFF, null, Set.of(FileKind.JPEG, FileKind.PNG, FileKind.WEBP), field, LARGEST);
        try (InputStream in = photo.getInputStream()) {
            return switch (files.put(wanted, in)) {
                case Outcome.Done<Files.Kept>(Files.Kept kept) -> new Taken(kept, List.of());
                case Outcome.Refused<Files.Kept>(List<Refusal> no) -> new Taken(null, no);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
