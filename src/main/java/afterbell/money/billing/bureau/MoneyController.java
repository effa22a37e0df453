package afterbell.money.billing.bureau;

import afterbell.base.audit.Audit;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.schools.School;
import afterbell.base.schools.Schools;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.sheet.SheetOut;
import afterbell.base.shared.sheet.SheetOut.Column;
import afterbell.base.shared.web.NavSource;
import afterbell.base.shared.web.Offscreen;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/** The bureau's view of money: four numbers, months, schools by need of help, one school, and the same as .xlsx. */
@Controller
@Allowed(Role.BUREAU)
@Fresh
final class MoneyController {
    private final Figures figures;
    private final Schools schools;
    private final Rules rules;
    private final Offscreen offscreen;
    private final Audit audit;
    private final TransactionTemplate transactions;
    private final Clock clock;

    MoneyController(Figures figures, Schools schools, Rules rules, Offscreen offscreen, Audit audit, TransactionTemplate transactions, Clock clock) {
        this.figures = figures;
        this.schools = schools;
        this.rules = rules;
        this.offscreen = offscreen;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }

    /** The school year begins in August. */
    private LocalDate from() {
        LocalDate today = today();
        return LocalDate.of(today.getMonthValue() >= 8 ? today.getYear() : today.getYear() - 1, 8, 1);
    }

    @GetMapping("/bureau/money")
    ModelAndView money() {
        return Pages.show("billing/bureau/money", read(this::page));
    }

    private MoneyPage page() {
        List<Figures.Month> all = figures.since(from());
        List<School> known = schools.all();
        Map<UUID, List<Figures.Month>> bySchool = all.stream().collect(Collectors.groupingBy(Figures.Month::school));
        Map<UUID, MoneyPage.Sum> sums = bySchool.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> sum(e.getValue())));
        Outliers people = new Outliers(sums.values().stream().map(s -> (double) s.peoplePercent()).toList());
        Outliers refunded = new Outliers(sums.values().stream().map(s -> share(s.refunded(), s.collected())).toList());
        Outliers owed = new Outliers(sums.values().stream().map(s -> share(s.owed(), s.charged())).toList());
        List<MoneyPage.Row> rows = new ArrayList<>();
        for (School school : known) {
            MoneyPage.Sum s = sums.get(school.id());
            if (s == null) continue;
            List<String> flags = new ArrayList<>();
            if (s.unmatched() > 0) flags.add("unmatched");
            long spent = bySchool.getOrDefault(school.id(), List.of()).stream().mapToLong(Figures.Month::spent).sum();
            if (spent > 0 && (s.peoplePercent() < rules.resolve(Rules.situationOf(school).on(today()), Rule.PAY_PEOPLE_PERCENT).value() || people.apart(s.peoplePercent()))) flags.add("people");
            if (refunded.apart(share(s.refunded(), s.collected()))) flags.add("refunded");
            if (owed.apart(share(s.owed(), s.charged()))) flags.add("owed");
            rows.add(new MoneyPage.Row(school.id(), school.name(), school.code(), s, flags));
        }
        rows.sort(Comparator.comparing((MoneyPage.Row r) -> -r.flags().size()).thenComparing(r -> -r.sum().unmatched()).thenComparing(MoneyPage.Row::name));
        Map<LocalDate, List<Figures.Month>> byMonth = all.stream().collect(Collectors.groupingBy(Figures.Month::month, TreeMap::new, Collectors.toList()));
        List<MoneyPage.MonthSum> months = byMonth.entrySet().stream().map(e -> new MoneyPage.MonthSum(e.getKey(), e.getValue().stream().mapToLong(Figures.Month::collected).sum(), e.getValue().stream().mapToLong(Figures.Month::spent).sum())).toList();
        return new MoneyPage(total(sums.values(), all), months, rows, known.size() - rows.size(), from());
    }

    private static double share(long part, long whole) {
        return whole <= 0 ? 0 : (double) part / whole;
    }

    /** Flows are added up; what stands open is that of the last month. */
    private static MoneyPage.Sum sum(List<Figures.Month> months) {
        Figures.Month last = months.getLast();
        return new MoneyPage.Sum(
                months.stream().mapToLong(Figures.Month::charged).sum(), months.stream().mapToLong(Figures.Month::collected).sum(), months.stream().mapToLong(Figures.Month::refunded).sum(), last.unmatched(), last.owed(), percent(months));
    }

    private static MoneyPage.Sum total(Collection<MoneyPage.Sum> schools, List<Figures.Month> all) {
        return new MoneyPage.Sum(
                schools.stream().mapToLong(MoneyPage.Sum::charged).sum(), schools.stream().mapToLong(MoneyPage.Sum::collected).sum(), schools.stream().mapToLong(MoneyPage.Sum::refunded).sum(),
                schools.stream().mapToLong(MoneyPage.Sum::unmatched).sum(), schools.stream().mapToLong(MoneyPage.Sum::owed).sum(), percent(all));
    }

    private static int percent(List<Figures.Month> months) {
        long spent = months.stream().mapToLong(Figures.Month::spent).sum();
        return spent <= 0 ? 0 : (int) (months.stream().mapToLong(Figures.Month::people).sum() * 100 / spent);
    }

    /** A school that is not the bureau's isn't found. */
    @GetMapping("/bureau/money/{school}")
    ModelAndView one(@PathVariable UUID school) {
        return Pages.show("billing/bureau/school", read(() -> {
            School s = schools.get(school);
            List<SchoolMoneyPage.Row> months = figures.since(from().minusYears(1)).stream()
                    .filter(m -> m.school().equals(school))
                    .map(m -> new SchoolMoneyPage.Row(m.month(), m.charged(), m.collected(), m.refunded(), m.spent(), percent(List.of(m)), m.unmatched(), m.owed()))
                    .toList();
            return new SchoolMoneyPage(s.id(), s.name(), s.code(), months.reversed());
        }));
    }

    @GetMapping("/bureau/money.xlsx")
    void xlsx(Locale locale, HttpServletResponse response) throws IOException {
        List<Figures.Month> all = read(() -> {
            audit.recordBureau("billing.figures_taken", "bureau", null, Map.of("from", from().toString()));
            return figures.since(from());
        });
        Map<UUID, School> known = read(schools::all).stream().collect(Collectors.toMap(School::id, s -> s));
        Screen words = offscreen.screen(locale, "");
        response.setContentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        response.setHeader("Content-Disposition", "attachment; filename=\"money-" + from() + ".xlsx\"");
        try (SheetOut book = new SheetOut(response.getOutputStream())) {
            SheetOut.Tab tab = book.tab(
                    words.t("billing.bureau.title"),
                    List.of(Column.text(words.t("billing.bureau.school"), 24), Column.text(words.t("billing.bureau.code"), 12), Column.text(words.t("billing.bureau.month"), 10), Column.fen(words.t("billing.bureau.charged")), Column.fen(words.t("billing.bureau.collected")), Column.fen(words.t("billing.bureau.refunded")), Column.fen(words.t("billing.bureau.spent")), Column.fen(words.t("billing.bureau.people_fen")), Column.fen(words.t("billing.bureau.unmatched")), Column.fen(words.t("billing.bureau.owed"))));
            for (Figures.Month m : all) {
                School s = known.get(m.school());
                if (s != null) tab.row(s.name(), s.code(), m.month().toString().substring(0, 7), m.charged(), m.collected(), m.refunded(), m.spent(), m.people(), m.unmatched(), m.owed());
            }
        }
    }

    private <T> T read(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(t -> work.get()));
    }

    @Component("billingBureauNav")
    static final class Nav implements NavSource {
        @Override
        public List<Item> items() {
            return List.of(new Item("/bureau/money", "billing.nav.bureau", "money", 790, Set.of(Role.BUREAU)));
        }
    }
}
