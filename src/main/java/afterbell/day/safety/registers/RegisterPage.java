package afterbell.day.safety.registers;

import java.time.LocalDate;
import java.util.List;

/** @param rows one text per column @param cut rows that the screen leaves out; files hold all */
public record RegisterPage(Register register, LocalDate from, LocalDate until, List<List<String>> rows, int cut) {
    public String query() {
        return "?from=" + from + "&until=" + until;
    }

    public List<Register> all() {
        return List.of(Register.values());
    }
}
