package afterbell.day.custody.registers;

import afterbell.base.audit.Audit;
import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.print.Pdf;
import afterbell.base.shared.sheet.SheetOut;
import afterbell.base.shared.web.NavSource;
import afterbell.base.shared.web.Offscreen;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import afterbell.day.custody.DayRegister;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Registers of the afternoon: for a day or a month, a class or the school. A class teacher reads the own class. */
@Controller
@Allowed({Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER, Role.CLASS_TEACHER})
final class RegisterController {
    private static final Role[] WHOLE = {Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER};
    /** Rows on a screen; files hold all. */
    private static final int SHOWN = 300;

    private final List<DayRegister> registers;
    private final Attendance attendance;
    private final Roster roster;
    private final Schools schools;
    private final Pdf pdf;
    private final Offscreen offscreen;
    private final Audit audit;
    private final Clock clock;
    private final TransactionTemplate transactions;

    RegisterController(List<DayRegister> registers, Attendance attendance, Roster roster, Schools schools, Pdf pdf, Offscreen offscreen, Audit audit, Clock clock, TransactionTemplate transactions) {
        this.registers = registers.stream().sorted(Comparator.comparingInt(DayRegister::order)).toList();
        this.attendance = attendance;
        this.roster = roster;
        this.schools = schools;
        this.pdf = pdf;
        this.offscreen = offscreen;
        this.audit = audit;
        this.clock = clock;
        this.transactions = transactions;
    }

    /** What the address asks for; a day that is none is today. @param schoolClass its id, or empty for the whole school */
    private record Asked(String register, String day, String span, String schoolClass) {}

    @GetMapping("/afternoon/registers/{register}")
    ModelAndView show(
            Wearer me,
            @PathVariable String register,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "") String span,
            @RequestParam(name = "class", defaultValue = "") String schoolClass,
            Locale locale) {
        RegisterPage page = filled(me, new Asked(register, day, span, schoolClass), true, locale);
        int cut = Math.max(0, page.rows().size() - SHOWN);
        return Pages.show(
                "custody/registers/register",
                new RegisterPage(page.register(), page.all(), page.rows().subList(0, page.rows().size() - cut), cut, page.grid(), page.day(), page.month(), page.schoolClass(), page.classes(), page.whole()));
    }

    @GetMapping("/afternoon/registers/{register}.pdf")
    void pdf(
            Wearer me,
            @PathVariable String register,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "") String span,
            @RequestParam(name = "class", defaultValue = "") String schoolClass,
            Locale locale,
            HttpServletResponse response)
            throws IOException {
        RegisterPage page = filled(me, new Asked(register, day, span, schoolClass), true, locale);
        taken(me, page, "pdf");
        file(response, "application/pdf", "inline", page, "pdf");
        pdf.write("custody/registers/paper", page, locale, schools.get(me.school()).name(), response.getOutputStream());
    }

    /** A month of the whole school's attendance on paper: one PDF per class, so that memory holds one class at a time. */
    @GetMapping("/afternoon/registers/{register}.zip")
    void zip(
            Wearer me,
            @PathVariable String register,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "") String span,
            Locale locale,
            HttpServletResponse response)
            throws IOException {
        RegisterPage asked = asked(me, new Asked(register, day, span, ""), false);
        if (!asked.bundle()) throw new NotFound();
        taken(me, asked, "zip");
        file(response, "application/zip", "attachment", asked, "zip");
        String school = schools.get(me.school()).name();
        try (ZipOutputStream zip = new ZipOutputStream(response.getOutputStream(), StandardCharsets.UTF_8)) {
            for (SchoolClass c : asked.classes()) {
                RegisterPage page = withGrid(me.school(), of(asked, c));
                if (page.empty()) continue;
                zip.putNextEntry(new ZipEntry(c.name().replaceAll("[\\\\/:*?\"<>|]", "-") + ".pdf"));
                zip.write(pdf.bytes("custody/registers/paper", page, locale, school));
                zip.closeEntry();
            }
        }
    }

    /** What is on the screen; a month of the whole school's attendance has a tab per class, read class by class. */
    @GetMapping("/afternoon/registers/{register}.xlsx")
    void xlsx(
            Wearer me,
            @PathVariable String register,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "") String span,
            @RequestParam(name = "class", defaultValue = "") String schoolClass,
            Locale locale,
            HttpServletResponse response)
            throws IOException {
        RegisterPage page = filled(me, new Asked(register, day, span, schoolClass), false, locale);
        Screen words = offscreen.screen(locale, "");
        taken(me, page, "xlsx");
        file(response, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "attachment", page, "xlsx");
        try (SheetOut book = new SheetOut(response.getOutputStream())) {
            if (page.grid() != null) grid(book, page.whose(words), page.grid(), words);
            else if (page.bundle())
                for (SchoolClass c : page.classes()) grid(book, c.name(), Objects.requireNonNull(withGrid(me.school(), of(page, c)).grid()), words);
            else list(book, page, words);
        }
    }

    private static void list(SheetOut book, RegisterPage page, Screen words) {
        SheetOut.Tab tab = book.tab(words.t(page.register().titleKey()), page.register().columnKeys().stream().map(k -> SheetOut.Column.text(words.t(k), 16)).toList());
        for (List<String> row : page.rows()) {
            @Nullable Object[] cells = row.toArray();
            tab.row(cells);
        }
    }

    private static void grid(SheetOut book, String name, Grid grid, Screen words) {
        List<SheetOut.Column> columns = new ArrayList<>();
        columns.add(SheetOut.Column.text(words.t("custody.register.column.child"), 12));
        for (LocalDate day : grid.days()) columns.add(SheetOut.Column.text(words.t("custody.registers.day", day.getMonthValue(), day.getDayOfMonth()), 6));
        for (Mark mark : Grid.sums()) columns.add(SheetOut.Column.number(words.t("custody.mark." + mark.code() + ".word")));
        SheetOut.Tab tab = book.tab(name, columns);
        for (Grid.Line line : grid.lines()) {
            List<@Nullable Object> cells = new ArrayList<>();
            cells.add(line.name());
            for (LocalDate day : grid.days()) cells.add(sign(line.on(day), words));
            for (Mark mark : Grid.sums()) cells.add(line.count(mark));
            tab.row(cells.toArray());
        }
    }

    private static String sign(@Nullable Mark mark, Screen words) {
        return mark == null || mark == Mark.NONE ? "" : words.t("custody.mark." + mark.code());
    }

    /** @param oneClass whether a grid of the whole school shows its first class: on a screen and on a page */
    private RegisterPage filled(Wearer me, Asked what, boolean oneClass, Locale locale) {
        RegisterPage page = asked(me, what, oneClass);
        if (page.month() && page.register().code().equals(Attendance.CODE)) return page.schoolClass() == null ? page : withGrid(me.school(), page);
        List<List<String>> rows = reading(() -> page.register().rows(page.span(me.school()), offscreen.screen(locale, "")));
        return new RegisterPage(page.register(), page.all(), rows, 0, null, page.day(), page.month(), page.schoolClass(), page.classes(), page.whole());
    }

    private RegisterPage withGrid(UUID school, RegisterPage page) {
        Grid grid = reading(() -> attendance.grid(page.span(school)));
        return new RegisterPage(page.register(), page.all(), List.of(), 0, grid, page.day(), page.month(), page.schoolClass(), page.classes(), page.whole());
    }

    private static RegisterPage of(RegisterPage page, SchoolClass c) {
        return new RegisterPage(page.register(), page.all(), page.rows(), 0, null, page.day(), page.month(), c, page.classes(), page.whole());
    }

    private RegisterPage asked(Wearer me, Asked what, boolean oneClass) {
        boolean whole = me.is(WHOLE);
        List<DayRegister> readable = registers.stream().filter(r -> whole || r.ofClass()).toList();
        DayRegister register = readable.stream().filter(r -> r.code().equals(what.register())).findFirst().orElseThrow(NotFound::new);
        List<SchoolClass> classes = reading(() -> roster.classes(me.school())).stream().filter(c -> whole || me.classes().contains(c.id())).toList();
        boolean month = !what.span().equals("day");
        @Nullable SchoolClass chosen = null;
        if (!what.schoolClass().isEmpty()) {
            UUID id = Ids.parse(what.schoolClass()).orElseThrow(NotFound::new);
            chosen = classes.stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow(NotFound::new);
        } else if (!whole || oneClass && month && register.code().equals(Attendance.CODE)) {
            chosen = classes.stream().findFirst().orElse(null);
            if (!whole && chosen == null) throw new NotFound();
        }
        return new RegisterPage(register, readable, List.of(), 0, null, day(what.day()), month, chosen, classes, whole);
    }

    private LocalDate day(String typed) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        try {
            LocalDate day = LocalDate.parse(typed);
            return day.getYear() < 2000 || day.getYear() > 2200 ? today : day;
        } catch (DateTimeException e) {
            return today;
        }
    }

    private <T> T reading(Supplier<T> read) {
        return Objects.requireNonNull(transactions.execute(t -> read.get()));
    }

    private void taken(Wearer me, RegisterPage page, String as) {
        transactions.executeWithoutResult(t -> audit.record(
                me.school(), "custody.register_taken", "register", null, Map.of("register", page.register().code(), "from", page.from().toString(), "until", page.until().toString(), "as", as)));
    }

    private static void file(HttpServletResponse response, String type, String how, RegisterPage page, String ending) {
        response.setContentType(type);
        response.setHeader("Cache-Control", "private, no-store");
        response.setHeader("Content-Disposition", how + "; filename=\"" + page.register().code() + "-" + page.from() + "-" + page.until() + "." + ending + "\"");
    }

    @Component
    static final class Nav implements NavSource {
        @Override
        public List<Item> items() {
            return List.of(new Item("/afternoon/registers/attendance", "custody.nav.registers", "book", 46, Set.of(Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER, Role.CLASS_TEACHER)));
        }
    }
}
