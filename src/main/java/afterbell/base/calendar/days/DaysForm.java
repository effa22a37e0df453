package afterbell.base.calendar.days;

import afterbell.base.calendar.Closure;
import afterbell.base.calendar.GradeBand;
import afterbell.base.calendar.SchoolDays.Opening;
import afterbell.base.calendar.SchoolDays.OwnDay;
import afterbell.base.calendar.SpecialAfternoon;
import afterbell.base.calendar.TermCalendar;
import afterbell.base.rules.ServiceClass;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was typed about a closure, a day or an opening. */
public record DaysForm(
        String kind, String from, String until, Set<String> bands, Set<String> services, Set<String> weekdays, String reason, String follows, String note, String direction, String minutes, String ends) {
    static final DaysForm EMPTY = new DaysForm("", "", "", Set.of(), Set.of(), Set.of("1", "2", "3", "4", "5"), "EVENT", "free", "", "earlier", "", "");

    static DaysForm read(String kind, Map<String, String[]> sent) {
        return new DaysForm(
                kind, one(sent, "from"), one(sent, "until"), many(sent, "bands"), many(sent, "services"), many(sent, "weekdays"), one(sent, "reason"), one(sent, "follows"), one(sent, "note"),
                one(sent, "direction"), one(sent, "minutes"), one(sent, "ends"));
    }

    private static String one(Map<String, String[]> sent, String name) {
        String[] values = sent.get(name);
        return values == null || values.length == 0 ? "" : values[0].strip();
    }

    private static Set<String> many(Map<String, String[]> sent, String name) {
        String[] values = sent.get(name);
        return values == null ? Set.of() : Stream.of(values).filter(v -> !v.isBlank()).collect(Collectors.toUnmodifiableSet());
    }

    Outcome<Closure> closure(TermCalendar calendar) {
        List<Refusal> refusals = new ArrayList<>();
        @Nullable LocalDate first = day("from", from, refusals);
        @Nullable LocalDate last = until.isEmpty() ? first : day("until", until, refusals);
        if (first != null && last != null) {
            if (last.isBefore(first)) refusals.add(new DayRefused.Field("calendar.days.ends_before", "until"));
            else if (last.isAfter(first.plusDays(200))) refusals.add(new DayRefused.Field("calendar.days.too_long", "until"));
            if (calendar.days().on(first).isEmpty() && calendar.days().on(last).isEmpty()) refusals.add(new DayRefused.Field("calendar.days.outside", "from"));
        }
        Set<String> known = calendar.bells().bands().stream().map(GradeBand::code).collect(Collectors.toSet());
        if (!known.containsAll(bands)) refusals.add(new DayRefused.Field("calendar.bells.bands", "bands"));
        Set<ServiceClass> classes = EnumSet.noneOf(ServiceClass.class);
        for (ServiceClass service : ServiceClass.values()) if (services.contains(service.name())) classes.add(service);
        Closure.@Nullable Reason why = Stream.of(Closure.Reason.values()).filter(r -> r.name().equals(reason)).findFirst().orElse(null);
        if (why == null) refusals.add(new DayRefused.Field("calendar.days.reason_missing", "reason"));
        note(refusals, 80);
        if (!refusals.isEmpty() || first == null || last == null || why == null) return Outcome.refused(refusals);
        return Outcome.done(new Closure(first, last, bands.size() == known.size() ? Set.of() : bands, classes, why, note));
    }

    Outcome<Map.Entry<LocalDate, OwnDay>> ownDay(TermCalendar calendar) {
        List<Refusal> refusals = new ArrayList<>();
        @Nullable LocalDate day = day("from", from, refusals);
        if (day != null && !calendar.term().dates().contains(day)) refusals.add(new DayRefused.Field("calendar.days.outside", "from"));
        boolean free = follows.equals("free");
        if (!free && !follows.matches("[1-7]")) refusals.add(new DayRefused.Field("calendar.days.follows_missing", "follows"));
        note(refusals, 80);
        if (!refusals.isEmpty() || day == null) return Outcome.refused(refusals);
        return Outcome.done(Map.entry(day, new OwnDay(!free, free ? day.getDayOfWeek() : DayOfWeek.of(Integer.parseInt(follows)), note)));
    }

    Outcome<Opening> opening(TermCalendar calendar) {
        List<Refusal> refusals = new ArrayList<>();
        @Nullable LocalDate first = day("from", from, refusals);
        @Nullable LocalDate last = until.isEmpty() ? first : day("until", until, refusals);
        if (first != null && last != null) {
            if (last.isBefore(first)) refusals.add(new DayRefused.Field("calendar.days.ends_before", "until"));
            else if (last.isAfter(first.plusDays(100))) refusals.add(new DayRefused.Field("calendar.days.too_long", "until"));
            if (first.isBefore(calendar.term().dates().first().minusDays(100)) || last.isAfter(calendar.term().dates().last().plusDays(100))) refusals.add(new DayRefused.Field("calendar.days.outside", "from"));
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String each : weekdays) if (each.matches("[1-7]")) days.add(DayOfWeek.of(Integer.parseInt(each)));
        if (days.isEmpty()) refusals.add(new DayRefused.Field("calendar.bells.days", "weekdays"));
        if (note.isEmpty()) refusals.add(new DayRefused.Field("calendar.days.name_missing", "note"));
        note(refusals, 40);
        if (!refusals.isEmpty() || first == null || last == null) return Outcome.refused(refusals);
        return Outcome.done(new Opening(first, last, days, note));
    }

    /** @param others special afternoons that stand already */
    Outcome<SpecialAfternoon> special(TermCalendar calendar, List<SpecialAfternoon> others) {
        List<Refusal> refusals = new ArrayList<>();
        @Nullable LocalDate first = day("from", from, refusals);
        @Nullable LocalDate last = until.isEmpty() ? first : day("until", until, refusals);
        if (first != null && last != null) {
            if (last.isBefore(first)) refusals.add(new DayRefused.Field("calendar.days.ends_before", "until"));
            else if (last.isAfter(first.plusDays(60))) refusals.add(new DayRefused.Field("calendar.days.too_long", "until"));
            if (calendar.days().on(first).isEmpty() && calendar.days().on(last).isEmpty()) refusals.add(new DayRefused.Field("calendar.days.outside", "from"));
        }
        Set<String> known = calendar.bells().bands().stream().map(GradeBand::code).collect(Collectors.toSet());
        if (!known.containsAll(bands)) refusals.add(new DayRefused.Field("calendar.bells.bands", "bands"));
        int shift = shift(refusals);
        @Nullable LocalTime end = end(refusals);
        note(refusals, 80);
        if (refusals.isEmpty() && shift == 0 && end == null) refusals.add(new DayRefused.Field("calendar.specials.nothing", "minutes"));
        if (!refusals.isEmpty() || first == null || last == null) return Outcome.refused(refusals);
        SpecialAfternoon special = new SpecialAfternoon(first, last, bands.size() == known.size() ? Set.of() : bands, shift, end, note);
        if (others.stream().anyMatch(special::meets)) return Outcome.refused(new DayRefused.Field("calendar.specials.twice", "from"));
        return SpecialPolicy.refused(calendar, special).<Outcome<SpecialAfternoon>>map(Outcome::refused).orElseGet(() -> Outcome.done(special));
    }

    private int shift(List<Refusal> refusals) {
        if (minutes.isEmpty() || minutes.equals("0")) return 0;
        boolean number = minutes.matches("\\d{1,3}") && Integer.parseInt(minutes) <= SpecialAfternoon.FARTHEST;
        if (!number) refusals.add(new DayRefused.Field("calendar.specials.minutes_wrong", "minutes"));
        if (!direction.equals("earlier") && !direction.equals("later")) refusals.add(new DayRefused.Field("calendar.specials.direction_missing", "direction"));
        return number ? Integer.parseInt(minutes) * (direction.equals("earlier") ? -1 : 1) : 0;
    }

    private @Nullable LocalTime end(List<Refusal> refusals) {
        if (ends.isEmpty()) return null;
        try {
            return LocalTime.parse(ends.length() == 4 ? "0" + ends : ends).withSecond(0).withNano(0);
        } catch (DateTimeParseException e) {
            refusals.add(new DayRefused.Field("calendar.bells.time", "ends"));
            return null;
        }
    }

    private void note(List<Refusal> refusals, int most) {
        if (note.length() > most) refusals.add(new DayRefused.Field("calendar.days.note_too_long", "note"));
    }

    private static @Nullable LocalDate day(String field, String text, List<Refusal> refusals) {
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() >= 2000 && day.getYear() <= 2100) return day;
        } catch (DateTimeParseException e) {
            // Told below, like a year far away.
        }
        refusals.add(new DayRefused.Field("calendar.days.day_missing", field));
        return null;
    }
}
