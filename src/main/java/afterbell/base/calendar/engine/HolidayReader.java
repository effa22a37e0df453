package afterbell.base.calendar.engine;

import afterbell.base.calendar.HolidayYear.Off;
import afterbell.base.calendar.HolidayYear.Worked;
import afterbell.base.calendar.HolidayYear;
import afterbell.base.calendar.Holidays;
import afterbell.base.rules.Bilingual;
import afterbell.base.shared.yaml.YamlProblem;
import afterbell.base.shared.yaml.YamlTree;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a year's holiday file. The format stands in docs/how/time.md. */
public final class HolidayReader {
    private HolidayReader() {}

    public static Optional<HolidayYear> read(String file, String text, List<YamlProblem> problems) {
        List<YamlProblem> own = new ArrayList<>();
        YamlTree root = YamlTree.parse(file, text, own).only("year", "confirmed", "source", "off", "worked");
        int year = root.number("year", 2000, 2100);
        List<Off> off = new ArrayList<>();
        for (YamlTree item : root.list("off")) off.add(off(item, year, off));
        List<Worked> worked = new ArrayList<>();
        Set<LocalDate> replaced = new HashSet<>();
        for (YamlTree item : root.list("worked")) worked.add(worked(item, year, off, worked, replaced));
        HolidayYear holidays = new HolidayYear(year, root.at("confirmed").yes(), words(root.at("source")), off, worked, file);
        problems.addAll(own);
        return own.isEmpty() ? Optional.of(holidays) : Optional.empty();
    }

    private static Off off(YamlTree item, int year, List<Off> before) {
        item.only("zh", "en", "from", "until");
        LocalDate from = item.date("from");
        LocalDate until = item.has("until") ? item.date("until") : from;
        if (until.isBefore(from)) item.at("until").refuse("calendar.ends-before-it-starts", until, from);
        else if (from.plusDays(31).isBefore(until)) item.at("until").refuse("calendar.holiday-too-long", from, until);
        // New Year's break may begin in December of the year before.
        else if (until.getYear() != year || from.isBefore(LocalDate.of(year - 1, 12, 25))) item.at("from").refuse("calendar.other-year", from, year);
        else if (before.stream().anyMatch(o -> !o.until().isBefore(from) && !o.from().isAfter(until))) item.at("from").refuse("calendar.holidays-overlap", from);
        return new Off(new Bilingual(item.text("zh"), item.text("en")), from, until);
    }

    private static Worked worked(YamlTree item, int year, List<Off> off, List<Worked> before, Set<LocalDate> replaced) {
        item.only("zh", "en", "day", "follows");
        LocalDate day = item.date("day");
        LocalDate follows = item.date("follows");
        if (!Holidays.isWeekend(day)) item.at("day").refuse("calendar.not-a-weekend", day);
        else if (day.getYear() != year && day.isBefore(LocalDate.of(year - 1, 12, 20))) item.at("day").refuse("calendar.other-year", day, year);
        else if (off.stream().anyMatch(o -> o.covers(day))) item.at("day").refuse("calendar.worked-and-off", day);
        else if (before.stream().anyMatch(w -> w.day().equals(day))) item.at("day").refuse("calendar.worked-twice", day);
        if (Holidays.isWeekend(follows) || off.stream().noneMatch(o -> o.covers(follows))) item.at("follows").refuse("calendar.follows-no-day-off", follows);
        else if (!replaced.add(follows)) item.at("follows").refuse("calendar.replaced-twice", follows);
        return new Worked(new Bilingual(item.text("zh"), item.text("en")), day, follows);
    }

    private static Bilingual words(YamlTree at) {
        at.only("zh", "en");
        return new Bilingual(at.text("zh"), at.text("en"));
    }
}
