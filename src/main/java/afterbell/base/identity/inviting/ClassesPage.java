package afterbell.base.identity.inviting;

import java.util.List;
import java.util.UUID;

public record ClassesPage(List<Row> rows) {

    public record Row(UUID klass, String name, int pupils, int entered, long waiting) {}
}
