package afterbell.money.billing.publishing;

import afterbell.base.schools.School;
import afterbell.base.schools.Schools;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.OpenToAll;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.print.Pdf;
import afterbell.base.shared.print.Qr;
import afterbell.base.shared.sheet.SheetOut;
import afterbell.base.shared.sheet.SheetOut.Column;
import afterbell.base.shared.web.Offscreen;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.PublicAddress;
import afterbell.base.shared.web.Screen;
import afterbell.term.tariffs.Tariffs;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/** What everybody may read of a school's money, without sign-in. */
@Controller
@OpenToAll
final class PublicController {
    private static final int POINTS = 6;

    private final Publications publications;
    private final Tariffs tariffs;
    private final Schools schools;
    private final PublicAddress address;
    private final Pdf pdf;
    private final Offscreen offscreen;
    private final TransactionTemplate transactions;

    PublicController(Publications publications, Tariffs tariffs, Schools schools, PublicAddress address, Pdf pdf, Offscreen offscreen, TransactionTemplate transactions) {
        this.publications = publications;
        this.tariffs = tariffs;
        this.schools = schools;
        this.address = address;
        this.pdf = pdf;
        this.offscreen = offscreen;
        this.transactions = transactions;
    }

    private <T> T publicly(String code, Function<School, T> work) {
        UUID school = Scopes.within(Scope.DOOR, () -> schools.byCode(code)).orElseThrow(NotFound::new);
        return Scopes.publicly(school, () -> Objects.requireNonNull(transactions.execute(t -> work.apply(schools.get(school)))));
    }

    /** A school that has published nothing and shows no prices has no such page (C7). */
    @GetMapping("/schools/{code}/money")
    ModelAndView all(@PathVariable String code) {
        return publicly(code, school -> {
            Set<String> seen = new HashSet<>();
            List<PublicPage.Row> rows = publications.all(school.id()).stream()
                    .filter(p -> seen.add(p.kind() + p.from()))
                    .map(p -> new PublicPage.Row(p.id(), p.kind(), p.from(), p.until(), p.version(), p.publishedAt()))
                    .toList();
            var prices = tariffs.inForce(school.id(), publications.today());
            if (rows.isEmpty() && prices.isEmpty()) throw new NotFound();
            return Pages.show("billing/publishing/open", new PublicPage(school.name(), school.code(), rows, prices));
        });
    }

    private SheetPage page(String code, UUID id, boolean poster) {
        return publicly(code, school -> {
            Publications.Published p = publications.find(school.id(), id).orElseThrow(NotFound::new);
            UUID newest = publications.all(school.id()).stream().filter(x -> x.kind().equals(p.kind()) && x.from().equals(p.from())).map(Publications.Published::id).findFirst().orElse(id);
            String qr = poster ? Qr.of(address.of("/schools/" + code + "/money/" + id).toString()).pngAddress(POINTS) : "";
            return new SheetPage(school.name(), school.code(), p.sheet(), id, p.version(), newest.equals(id) ? null : newest, p.reason(), p.hash(), p.whole(), p.publishedAt(), false, false, false, qr, List.of());
        });
    }

    @GetMapping("/schools/{code}/money/{id}")
    ModelAndView one(@PathVariable String code, @PathVariable UUID id) {
        return Pages.show("billing/publishing/sheet", page(code, id, false));
    }

    @GetMapping("/schools/{code}/money/{id}.pdf")
    void poster(@PathVariable String code, @PathVariable UUID id, Locale locale, HttpServletResponse response) throws IOException {
        SheetPage page = page(code, id, true);
        response.setContentType("application/pdf");
        response.setHeader("Content-Disposition", "inline; filename=\"money-" + page.sheet().from() + "-v" + page.version() + ".pdf\"");
        pdf.write("billing/publishing/paper", page, locale, page.school(), response.getOutputStream());
    }

    @GetMapping("/schools/{code}/money/{id}.xlsx")
    void xlsx(@PathVariable String code, @PathVariable UUID id, Locale locale, HttpServletResponse response) throws IOException {
        SheetPage page = page(code, id, false);
        Screen words = offscreen.screen(locale, page.school());
        Sheet s = page.sheet();
        response.setContentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        response.setHeader("Content-Disposition", "attachment; filename=\"money-" + s.from() + "-v" + page.version() + ".xlsx\"");
        try (SheetOut book = new SheetOut(response.getOutputStream())) {
            SheetOut.Tab tab = book.tab(words.t("billing.public.sheet." + s.kind()), List.of(Column.text(words.t("billing.public.item"), 34), Column.fen(words.t("billing.public.yuan"))));
            if (s.income()) {
                tab.row(words.t("billing.public.opening"), s.opening());
                tab.row(words.t("billing.public.charged"), s.charged());
            }
            for (Sheet.Use u : s.uses()) tab.row(words.t("rules.word." + u.use()), -u.fen());
            if (s.income()) {
                tab.row(words.t("billing.public.closing"), s.closing());
                tab.row(words.t("billing.public.collected"), s.collected());
                tab.row(words.t("billing.public.refunded"), s.refunded());
                tab.row(words.t("billing.public.owed"), s.owed());
            }
            tab.row(words.t("billing.public.hash") + " " + page.hash());
            SheetOut.Tab pay = book.tab(
                    words.t("billing.public.pay"),
                    List.of(Column.text(words.t("billing.wage.column.work"), 20), Column.number(words.t("billing.public.people")), Column.number(words.t("billing.public.times")), Column.fen(words.t("billing.public.yuan"))));
            for (Sheet.Work w : s.works()) pay.row(words.t("billing.wage.work." + w.work()), w.people(), w.times(), w.fen());
        }
    }
}
