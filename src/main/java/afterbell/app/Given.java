package afterbell.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/**
 * Files and folders that a command is given by name. What isn't there is wrong usage (exit code 2, one line on standard error); what is there and can't be
 * used is refused (1, the reason on standard output, {@code {"refused": [...]}} with {@code --json}). {@link Main} says both in the same words for all
 * commands.
 */
public final class Given {
    /** Plans, tariffs and facts are written by hand: most bytes of one. */
    private static final long MOST_TEXT = 4L << 20;

    private Given() {}

    /** Nothing of that name can be read: exit code 2. */
    public static final class Missing extends RuntimeException implements CommandLine.IExitCodeGenerator {
        private static final long serialVersionUID = 1;

        public Missing(String reason) {
            super(reason, null, false, false);
        }

        @Override
        public int getExitCode() {
            return 2;
        }
    }

    /** Its content is no such thing as the command asks for: exit code 1. */
    public static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Unusable(String reason) {
            super(reason, null, false, false);
        }
    }

    public static Path file(Path file) {
        if (Files.isDirectory(file)) throw new Missing(file + " is a folder; name a file");
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) throw new Missing("there is no file " + file + " that can be read");
        return file;
    }

    public static Path folder(Path folder) {
        if (Files.isRegularFile(folder)) throw new Missing(folder + " is a file; name the folder that it stands in");
        if (!Files.isDirectory(folder) || !Files.isReadable(folder)) throw new Missing("there is no folder " + folder + " that can be read");
        return folder;
    }

    /** The text of a file that people write by hand. */
    public static String text(Path file) {
        try {
            long bytes = Files.size(file(file));
            if (bytes > MOST_TEXT) throw new Unusable(file + " has " + bytes + " bytes; more than " + MOST_TEXT + " are not read");
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new Unusable(file + " is not text in UTF-8; save it again as such");
        } catch (IOException unreadable) {
            throw new Missing("there is no file " + file + " that can be read");
        }
    }
}
