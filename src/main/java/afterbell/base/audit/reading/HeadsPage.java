package afterbell.base.audit.reading;

import java.util.List;

public record HeadsPage(List<Row> rows) {
    public record Row(String school, String code, long entries, String when, String head) {}
}
