package afterbell.reach.messaging.packs;

import java.util.List;

/** Notices told, the latest first. @param office true for the office's own page */
public record ToldPage(List<Row> rows, boolean office) {

    /** @param className on a class teacher's page, else empty */
    public record Row(Told told, int families, int opened, String href, String className) {}
}
