package afterbell.base.roster.erasing;

import afterbell.base.roster.ChildRecords;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** @param asked when erasing was asked for; null where nobody has */
public record CopyPage(UUID child, String name, String className, List<ChildRecords.Line> lines, @Nullable Instant asked) {

    /** Lines under their headings, in the order of the rooms. */
    public Map<String, List<ChildRecords.Line>> sections() {
        return lines.stream().collect(Collectors.groupingBy(ChildRecords.Line::section, LinkedHashMap::new, Collectors.toList()));
    }
}
