package afterbell.day.custody.registers;

import afterbell.base.shared.web.Screen;
import afterbell.day.custody.DayRegister;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who was there, came when, left how (R79, R80); for a class and a month as a grid. */
@Component
class Attendance implements DayRegister {
    static final String CODE = "attendance";

    private final AttendanceStore store;

    Attendance(AttendanceStore store) {
        this.store = store;
    }

    @Override
    public String code() {
        return CODE;
    }

    @Override
    public int order() {
        return 1;
    }

    @Override
    public String titleKey() {
        return "custody.register.attendance";
    }

    @Override
    public List<String> columnKeys() {
        return List.of(
                "custody.register.column.day", "custody.register.column.class", "custody.register.column.child", "custody.register.column.mark", "custody.register.column.came", "custody.register.column.keeper",
                "custody.register.column.went", "custody.register.column.how");
    }

    @Override
    public boolean ofClass() {
        return true;
    }

    @Override
    public List<List<String>> rows(Span span, Screen words) {
        return store.days(span).stream()
                .filter(r -> r.mark() != Mark.NONE)
                .map(r -> List.of(
                        words.date(r.day()), r.className(), r.name(), words.t("custody.mark." + r.mark().code() + ".word"), time(r.came(), words), r.keeper(), time(r.went(), words),
                        r.how() == null ? "" : words.t("custody.state." + r.how())))
                .toList();
    }

    Grid grid(Span span) {
        return Grid.of(store.days(span));
    }

    static String time(@Nullable Instant at, Screen words) {
        return at == null ? "" : words.time(at.atZone(Screen.ZONE).toLocalTime());
    }
}
