package afterbell.base.calendar.holidays;

import afterbell.base.calendar.HolidayShelf;
import afterbell.base.calendar.HolidayShelf.Shelved;
import afterbell.base.calendar.HolidayYear;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
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
    private final HolidayShelf shelf;
    private final SaveHolidays saveHolidays;

    HolidayController(HolidayShelf shelf, SaveHolidays saveHolidays) {
        this.shelf = shelf;
        this.saveHolidays = saveHolidays;
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
        Optional<Shelved> now = now(wearer, year);
        String text = now.map(Shelved::text).orElse("year: " + year + "\nconfirmed: false\nsource: {zh: \"\", en: \"\"}\noff: []\nworked: []\n");
        return Pages.show("calendar/holidays/year", page(wearer, year, text, List.of()));
    }

    @PostMapping("/bureau/holidays/{year}")
    ModelAndView save(
            @PathVariable int year,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(required = false) @Nullable MultipartFile file,
            Wearer wearer,
            RedirectAttributes redirect)
            throws IOException {
        String asked = file == null || file.isEmpty() ? text : new String(file.getBytes(), StandardCharsets.UTF_8);
        return switch (saveHolidays.save(bureau(wearer), wearer.account(), bounded(year), asked)) {
            case Outcome.Done<HolidayYear> done -> {
                shelf.refresh();
                yield Pages.done("/bureau/holidays", redirect, "calendar.holidays.done", Integer.toString(year));
            }
            case Outcome.Refused<HolidayYear> refused -> Pages.refused("calendar/holidays/year", page(wearer, year, asked, refused.refusals()));
        };
    }

    @PostMapping("/bureau/holidays/{year}/removal")
    ModelAndView drop(@PathVariable int year, Wearer wearer, RedirectAttributes redirect) {
        saveHolidays.drop(bureau(wearer), bounded(year));
        shelf.refresh();
        return Pages.done("/bureau/holidays", redirect, "calendar.holidays.dropped", Integer.toString(year));
    }

    private HolidayPage.Edit page(Wearer wearer, int year, String text, List<? extends Refusal> refusals) {
        Optional<Shelved> now = now(wearer, bounded(year));
        boolean own = now.isPresent() && now.get().region().equals(saveHolidays.region(bureau(wearer)));
        return new HolidayPage.Edit(year, now.orElse(null), own, text, refusals);
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
