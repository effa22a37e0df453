package afterbell.term.placement.draws;

import afterbell.term.placement.engine.Instance;
import afterbell.term.placement.engine.InstanceFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** Files that the database keeps, laid into a folder for the engine to read, and the folder taken away again. */
final class KeptFiles {
    interface Work<T> {
        T in(Path folder) throws IOException;
    }

    private KeptFiles() {}

    static <T> T within(Map<String, byte[]> files, Work<T> work) {
        try {
            Path folder = Files.createTempDirectory("afterbell-kept-");
            try {
                for (Map.Entry<String, byte[]> f : files.entrySet()) Files.write(folder.resolve(f.getKey()), f.getValue());
                return work.in(folder);
            } finally {
                remove(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The instance that the files are; empty where there are none, or where they are none. */
    static Optional<Instance> instance(Map<String, byte[]> files) {
        return within(files, folder -> switch (InstanceFiles.read(folder)) {
            case InstanceFiles.Read read -> Optional.of(read.instance());
            case InstanceFiles.Refused refused -> Optional.empty();
        });
    }

    private static void remove(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (Path p : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(p);
        }
    }
}
