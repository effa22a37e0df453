package afterbell.base.calendar.holidays;

import afterbell.base.calendar.HolidayShelf.Shelved;
import afterbell.base.calendar.HolidayShelf;
import afterbell.base.calendar.HolidayYear;
import afterbell.base.calendar.Holidays;
import afterbell.base.calendar.MonthPicture.Look;
import afterbell.base.calendar.MonthPicture;
import afterbell.base.calendar.SchoolDay;
import afterbell.base.rules.Bilingual;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@Allowed(Role.BUREAU)
class HolidayController {
    private static final String YEAR = "calendar/holidays/year";

    private final HolidayShelf shelf;
    private final SaveHolidays saveHolidays;
    private final Clock clock;

    HolidayController(HolidayShelf shelf, SaveHolidays saveHolidays, Clock clock) {
        this.shelf = shelf;
        this.saveHolidays = saveHolidays;
        this.clock = clock;
    }

    @GetMapping("/bureau/holidays")
    ModelAndView list(Wearer wearer) {
        String region = saveHolidays.region(bureau(wearer));
        List<Shelved> years = shelf.years(region);
        int next = years.isEmpty() ? 2026 : years.getLast().year().year() + 1;
        return Pages.show("calendar/holidays/list", new HolidayPage(years.reversed(), next, region));
    }

    @GetMapping("/bureau/holidays/{year}")
    ModelAndView edit(@PathVariable int year, Wearer wearer) {
        return Pages.show(YEAR, page(wearer, year, now(wearer, bounded(year)).map(n -> YearForm.of(n.year())).orElse(YearForm.empty()), "", null, List.of()));
    }

    /** Rows of the screen, or a file: {@code text} or {@code file}. {@code act=preview} changes nothing and shows what would change. */
    @PostMapping("/bureau/holidays/{year}")
    ModelAndView save(
            @PathVariable int year,
            @RequestParam(defaultValue = "save") String act,
            @RequestParam(required = false) @Nullable String text,
            @RequestParam(required = false) @Nullable MultipartFile file,
            HttpServletRequest request,
            Wearer wearer,
            RedirectAttributes redirect)
            throws IOException {
        bounded(year);
        boolean brought = file != null && !file.isEmpty();
        if (file != null && brought || text != null) {
            String asked = file != null && brought ? new String(file.getBytes(), StandardCharsets.UTF_8) : Objects.requireNonNullElse(text, "");
            return kept(wearer, year, asked, YearForm.empty(), redirect);
        }
        YearForm form = YearForm.read(request.getParameterMap());
        return switch (form.file(year)) {
            case Outcome.Refused<String> refused -> Pages.refused(YEAR, page(wearer, year, form, "", null, refused.refusals()));
            case Outcome.Done<String>(String written) -> act.equals("preview") ? Pages.show(YEAR, page(wearer, year, form, "", written, List.of())) : kept(wearer, year, written, form, redirect);
        };
    }

    private ModelAndView kept(Wearer wearer, int year, String text, YearForm form, RedirectAttributes redirect) {
        return switch (saveHolidays.save(bureau(wearer), wearer.account(), year, text)) {
            case Outcome.Done<HolidayYear> done -> {
                shelf.refresh();
                yield Pages.done("/bureau/holidays", redirect, "calendar.holidays.done", Integer.toString(year));
            }
            case Outcome.Refused<HolidayYear> refused -> Pages.refused(YEAR, page(wearer, year, form, text, null, refused.refusals()));
        };
    }

    @PostMapping("/bureau/holidays/{year}/removal")
    ModelAndView drop(@PathVariable int year, Wearer wearer, RedirectAttributes redirect) {
        saveHolidays.drop(bureau(wearer), bounded(year));
        shelf.refresh();
        return Pages.done("/bureau/holidays", redirect, "calendar.holidays.dropped", Integer.toString(year));
    }

    /** @param written what would be saved, for a preview; null where the year is shown as it holds */
    private HolidayPage.Edit page(Wearer wearer, int year, YearForm form, String typed, @Nullable String written, List<? extends Refusal> refusals) {
        Optional<Shelved> now = now(wearer, year);
        boolean own = now.isPresent() && now.get().region().equals(saveHolidays.region(bureau(wearer)));
        HolidayYear before = now.map(Shelved::year).orElse(new HolidayYear(year, false, new Bilingual("", ""), List.of(), List.of(), ""));
        HolidayYear after = written != null && SaveHolidays.read(year, written) instanceof Outcome.Done<HolidayYear>(HolidayYear read) ? read : before;
        String text = typed.isEmpty() ? now.map(Shelved::text).orElse("year: " + year + "\nconfirmed: false\nsource: {zh: \"\", en: \"\"}\noff: []\nworked: []\n") : typed;
        YearForm rows = form.equals(YearForm.empty()) && !typed.isEmpty() ? YearForm.of(before) : form;
        return new HolidayPage.Edit(year, now.orElse(null), own, rows, text, MonthPicture.of(after, LocalDate.ofInstant(clock.instant(), Screen.ZONE)), written == null ? null : preview(before, after), refusals);
    }

    private HolidayPage.Preview preview(HolidayYear before, HolidayYear after) {
        Map<LocalDate, MonthPicture.Day> then = days(after);
        List<HolidayPage.Change> changes = new ArrayList<>();
        days(before).forEach((date, day) -> {
            MonthPicture.Day next = Objects.requireNonNull(then.get(date));
            @Nullable SchoolDay named = next.day() == null ? day.day() : next.day();
            boolean other = day.look() != next.look() || next.look() == Look.SWAPPED && day.day() != null && next.day() != null && day.day().follows() != next.day().follows();
            if (other) changes.add(new HolidayPage.Change(date, day.look(), next.look(), named == null ? new Bilingual("", "") : named.name()));
        });
        return new HolidayPage.Preview(changes, workdays(before), workdays(after), saveHolidays.schools(), before.confirmed(), after.confirmed());
    }

    private static Map<LocalDate, MonthPicture.Day> days(HolidayYear year) {
        Map<LocalDate, MonthPicture.Day> all = new LinkedHashMap<>();
        for (MonthPicture month : MonthPicture.of(year, LocalDate.EPOCH))
            for (List<MonthPicture.@Nullable Day> week : month.weeks()) for (MonthPicture.@Nullable Day day : week) if (day != null) all.put(day.date(), day);
        return all;
    }

    private static int workdays(HolidayYear year) {
        Holidays holidays = new Holidays(List.of(year));
        return Stream.of(Month.values()).mapToInt(m -> holidays.workdays(YearMonth.of(year.year(), m))).sum();
    }

    private Optional<Shelved> now(Wearer wearer, int year) {
        return shelf.years(saveHolidays.region(bureau(wearer))).stream().filter(y -> y.year().year() == year).findFirst();
    }

    private static int bounded(int year) {
        if (year < 2000 || year > 2100) throw new NotFound();
        return year;
    }

    private static UUID bureau(Wearer wearer) {
        return Objects.requireNonNull(wearer.scope().bureau());
    }
}
