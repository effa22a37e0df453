package afterbell.app.demo;

import afterbell.base.calendar.SchoolAfternoon;
import afterbell.base.shared.web.Screen;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where a visitor may want the demo world's time: always ahead, for what has happened does not go away. Pure. */
final class DemoMoments {
    private static final LocalTime MORNING = LocalTime.of(7, 50);
    /** A Tuesday-like day where the school has no service of its own. */
    private static final LocalTime BELL = LocalTime.of(16, 0);
    private static final LocalTime END = LocalTime.of(17, 50);
    /** So long before the bell, and so long after the last session. */
    private static final int MINUTES_BEFORE = 2;
    private static final int MINUTES_AFTER = 10;
    private static final int DAYS_AHEAD = 21;

    /** @param word of the messages {@code face.clock.*} */
    record Moment(String word, Instant at) {}

    private DemoMoments() {}

    /** @param afternoons the school's calendar; empty on a day that it does not know */
    static List<Moment> ahead(Instant now, Function<LocalDate, Optional<SchoolAfternoon>> afternoons) {
        LocalDateTime here = LocalDateTime.ofInstant(now, Screen.ZONE);
        List<Moment> all = new ArrayList<>();
        @Nullable LocalDate tomorrow = null;
        LocalDate last = here.toLocalDate().plusDays(DAYS_AHEAD);
        for (LocalDate day = here.toLocalDate(); !day.isAfter(last) && (all.size() < 3 || tomorrow == null); day = day.plusDays(1)) {
            Optional<SchoolAfternoon> afternoon = afternoons.apply(day);
            if (!serves(day, afternoon)) continue;
            if (tomorrow == null && day.isAfter(here.toLocalDate())) tomorrow = day;
            add(all, "morning", day.atTime(MORNING), here);
            add(all, "bell", day.atTime(first(afternoon).minusMinutes(MINUTES_BEFORE)), here);
            add(all, "dusk", day.atTime(end(afternoon).plusMinutes(MINUTES_AFTER)), here);
        }
        if (tomorrow != null) add(all, "day", tomorrow.atTime(here.toLocalTime()), here);
        return all.stream().sorted(Comparator.comparing(Moment::at)).toList();
    }

    // Only days on which children stay; a calendar that knows nothing of the day leaves Mondays to Fridays.
    private static boolean serves(LocalDate day, Optional<SchoolAfternoon> afternoon) {
        return afternoon.map(SchoolAfternoon::serves).orElse(day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0);
    }

    private static LocalTime first(Optional<SchoolAfternoon> afternoon) {
        return afternoon.stream().flatMap(a -> a.bands().stream()).flatMap(b -> b.lastBell().stream()).min(LocalTime::compareTo).orElse(BELL);
    }

    private static LocalTime end(Optional<SchoolAfternoon> afternoon) {
        return afternoon.stream().flatMap(a -> a.bands().stream()).flatMap(b -> b.ends().stream()).max(LocalTime::compareTo).orElse(END);
    }

    private static void add(List<Moment> all, String word, LocalDateTime at, LocalDateTime here) {
        if (at.isAfter(here) && all.stream().noneMatch(m -> m.word().equals(word))) all.add(new Moment(word, at.atZone(Screen.ZONE).toInstant()));
    }
}
