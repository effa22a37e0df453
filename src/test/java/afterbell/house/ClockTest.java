package afterbell.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Time comes from the one clock that is handed in: only so can demo mode, simulations and tests live another day. */
class ClockTest {
    private static final Set<String> TIME = Set.of(
            "java.time.Instant",
            "java.time.LocalDate",
            "java.time.LocalTime",
            "java.time.LocalDateTime",
            "java.time.ZonedDateTime",
            "java.time.OffsetDateTime",
            "java.time.Year",
            "java.time.YearMonth");
    private static final Pattern SQL_CLOCK = Pattern.compile("(?i)\\b(now\\s*\\(\\s*\\)|current_(date|time|timestamp)\\b|localtimestamp\\b|clock_timestamp\\s*\\(|statement_timestamp\\s*\\(|transaction_timestamp\\s*\\()");

    @Test
    void java_asks_no_clock_but_the_one_it_is_given() {
        assertThat(javaLies(new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("afterbell"))).isEmpty();
    }

    /** Calls that ask a clock of their own. */
    static List<String> javaLies(JavaClasses classes) {
        List<String> lies = new ArrayList<>();
        for (JavaClass c : classes) {
            if (c.getName().equals("afterbell.base.shared.ShiftableClock")) continue;
            c.getMethodCallsFromSelf().forEach(call -> {
                String owner = call.getTargetOwner().getName();
                String name = call.getTarget().getName();
                boolean noClock = call.getTarget().getRawParameterTypes().stream().noneMatch(p -> p.getName().equals("java.time.Clock"));
                if (TIME.contains(owner) && name.equals("now") && noClock
                        || owner.equals("java.time.Clock") && name.startsWith("system")
                        || owner.equals("java.lang.System") && name.equals("currentTimeMillis")) lies.add(call.getDescription());
            });
            c.getConstructorCallsFromSelf().forEach(call -> {
                if (call.getTargetOwner().getName().equals("java.util.Date") && call.getTarget().getRawParameterTypes().isEmpty()) lies.add(call.getDescription());
            });
        }
        return lies;
    }

    @Test
    void sql_asks_no_clock_at_all() {
        assertThat(sqlLies(Sources.under(Sources.JAVA, ".java"), Sources.under(Sources.MIGRATIONS, ".sql"))).isEmpty();
    }

    static List<String> sqlLies(List<Sources.Source> java, List<Sources.Source> migrations) {
        List<String> lies = new ArrayList<>();
        for (Sources.Source s : java) {
            if (s.path().toString().contains("/commands/")) continue;
            Matcher strings = Pattern.compile("(?s)\"\"\".*?\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"").matcher(Sources.withoutComments(s.text()));
            while (strings.find()) if (SQL_CLOCK.matcher(strings.group()).find() && strings.group().matches("(?is).*\\b(select|insert|update|delete)\\b.*")) lies.add(s.path() + ": " + strings.group().strip());
        }
        for (Sources.Source s : migrations) {
            String sql = s.text().replaceAll("--[^\\n]*", "").replaceAll("(?is)comment on .*?;\\n", "");
            Matcher m = SQL_CLOCK.matcher(sql);
            while (m.find()) lies.add(s.path() + ": " + m.group());
        }
        return lies;
    }
}
