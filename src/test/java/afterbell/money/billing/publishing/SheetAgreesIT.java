package afterbell.money.billing.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.calendar.TermDates;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.sheet.SheetBook;
import afterbell.base.shared.sheet.SheetLimits;
import afterbell.base.shared.sheet.SheetRefused;
import afterbell.base.shared.web.Screen;
import afterbell.money.billing.Document;
import afterbell.money.billing.Draft;
import afterbell.money.billing.Ledger;
import afterbell.money.billing.Posting;
import afterbell.money.billing.Refunds;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import afterbell.testing.Shown;
import afterbell.testing.Visitor;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Page, poster and workbook of one sheet say the same as the books, to the fen. */
@HouseTest
@Req("R120")
class SheetAgreesIT {
    private static final long SEED = 20261122;
    private static final Pattern ROW = Pattern.compile("<tr><th scope=\"row\">(?:<b>)?([^<]+).*?</th><td class=\"number-cell figures\"[^>]*>(?:<b>)?(-?)¥([\\d.]+)", Pattern.DOTALL);

    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    Ledger ledger;

    @Autowired
    Publications publications;

    @Autowired
    Ids ids;

    @Autowired
    Clock clock;

    @Autowired
    Visitor.Maker visitors;

    private UUID school = new UUID(0, 0);
    private LocalDate first = LocalDate.EPOCH;

    /** What the test itself has added up while it booked. */
    private record Books(long opening, long charged, long aids, long repairs, long pay, long collected, long refunded, long owed) {
        long closing() {
            return opening + charged - aids - repairs - pay;
        }
    }

    @Test
    void page_poster_and_workbook_say_what_the_books_say() throws IOException, SheetRefused {
        school = given.school();
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        first = today.minusMonths(1).withDayOfMonth(1);
        terms.term(school, first.getYear(), new TermDates(first, first.plusWeeks(18)));
        Books books = given.in(school, () -> booked(terms.pupils(school, terms.schoolClass(school, 3, 2), 12)));
        UUID id = given.in(school, () -> publications.put(school, publications.preview(school, "term", first), null, null));
        Visitor finance = visitors.signedIn(given.staff(school, Role.FINANCE));
        String all = finance.get("/money/publications").body();
        String address = all.replaceAll("(?s).*href=\"(/schools/[^/\"]+/money/" + id + ")\".*", "$1");

        Map<String, Long> page = page(address);
        assertThat(page)
                .containsEntry("期初结余", books.opening())
                .containsEntry("应收课后服务费(减免后)", books.charged())
                .containsEntry("支出", -books.aids() - books.repairs() - books.pay())
                .containsEntry("期末结余", books.closing())
                .containsEntry("实际收到", books.collected())
                .containsEntry("已退还", books.refunded())
                .containsEntry("尚未缴纳", books.owed());
        Map<String, Long> workbook = workbook(address + ".xlsx");
        // Uses stand as expense in the workbook and as sums in the chart's table; everything else is the same row.
        Map<String, Long> uses = new LinkedHashMap<>(workbook);
        uses.keySet().removeAll(page.keySet().stream().filter(k -> page.get(k).equals(workbook.get(k))).toList());
        assertThat(uses.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(page.get("支出"));
        assertThat(uses).hasSize(3).allSatisfy((use, fen) -> assertThat(page).containsEntry(use, -fen));
        String poster = plain(Shown.of(visitors.stranger(), visitors.base(), address + ".pdf").text());
        workbook.forEach((item, fen) -> assertThat(poster).contains(plain(item) + (fen < 0 ? "-¥" : "¥") + yuan(fen)));
    }

    private Books booked(List<UUID> pupils) {
        Random random = new Random(SEED);
        long opening = fen(random);
        post(Document.CORRECTION, "opening", first.minusDays(3), Posting.of("bank", opening), Posting.of("service-fund", -opening));
        long charged = 0;
        long collected = 0;
        long refunded = 0;
        long owed = 0;
        for (UUID pupil : pupils) {
            long charge = fen(random);
            long paid = random.nextBoolean() ? charge : charge / 3;
            long back = random.nextInt(3) == 0 ? 1 + random.nextInt(99) : 0;
            post(Document.CHARGE, "charged", first.plusDays(1), Posting.ofPupil("family", pupil, null, charge), Posting.of("service-fund", -charge));
            post(Document.PAYMENT, "paid", first.plusDays(4), Posting.of("bank", paid), Posting.ofPupil("family", pupil, null, -paid));
            // Every other refund has left the house; what is only ordered is not paid back.
            boolean gone = back % 2 == 0;
            if (back > 0) post(Document.REFUND, "ordered", first.plusDays(6), Posting.ofPupil("family", pupil, null, back), Posting.ofPupil("refund-due", pupil, null, -back));
            if (back > 0 && gone) post(Document.REFUND, "done", first.plusDays(7), Posting.ofPupil("refund-due", pupil, null, back), Posting.of("bank", -back));
            // A payment that never came, and one of which the bank's file says less.
            long never = random.nextInt(4) == 0 ? paid : random.nextInt(4) == 0 ? 1_00 : 0;
            if (never > 0) post(Document.CORRECTION, never == paid ? "never-came" : "amount", first.plusDays(8), Posting.of("bank", -never), Posting.ofPupil("family", pupil, null, never));
            // The bank has paid a fen more than was to go back.
            boolean more = random.nextInt(4) == 0;
            if (more) post(Document.CORRECTION, Refunds.CORRECTED, first.plusDays(9), Posting.of("bank", -1), Posting.ofPupil("family", pupil, null, 1));
            charged += charge;
            collected += paid - never;
            refunded += (gone ? back : 0) + (more ? 1 : 0);
            owed += Math.max(0, charge - paid + never + back + (more ? 1 : 0));
        }
        long aids = fen(random);
        long repairs = fen(random);
        long pay = fen(random);
        post(Document.SPENDING, "teaching-aids", first.plusDays(9), Posting.of("service-fund", aids), Posting.of("bank", -aids));
        post(Document.SPENDING, "equipment-maintenance", first.plusDays(9), Posting.of("service-fund", repairs), Posting.of("bank", -repairs));
        post(Document.PAY, "agreed", first.plusDays(20), Posting.of("service-fund", pay), Posting.of("pay-due", -pay));
        // What is booked into days to come is not on this sheet.
        post(Document.SPENDING, "teaching-aids", first.plusMonths(3), Posting.of("service-fund", 7_77), Posting.of("bank", -7_77));
        return new Books(opening, charged, aids, repairs, pay, collected, refunded, owed);
    }

    private static long fen(Random random) {
        return 100_00 + random.nextInt(900_00);
    }

    private void post(Document document, String memo, LocalDate day, Posting... lines) {
        ledger.post(school, new Draft(ids.next(), document, ids.next(), memo, clock.instant(), day, null, List.of(lines)));
    }

    private Map<String, Long> page(String address) {
        Map<String, Long> rows = new LinkedHashMap<>();
        Matcher row = ROW.matcher(visitors.stranger().get(address).body());
        while (row.find()) rows.put(plain(row.group(1)), (row.group(2).isEmpty() ? 1 : -1) * new BigDecimal(row.group(3)).movePointRight(2).longValueExact());
        return rows;
    }

    private Map<String, Long> workbook(String address) throws IOException, SheetRefused {
        Path copy = Files.createTempFile("sheet", ".xlsx");
        try (InputStream in = send(address)) {
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            Map<String, Long> rows = new LinkedHashMap<>();
            try (SheetBook book = SheetBook.open(copy, "sheet.xlsx", SheetLimits.STANDARD)) {
                book.tabs().getFirst().rows(r -> {
                    if (r.text(1).matches("-?[\\d.]+")) rows.put(r.text(0), new BigDecimal(r.text(1)).movePointRight(2).longValueExact());
                    return true;
                });
            }
            return rows;
        } finally {
            Files.delete(copy);
        }
    }

    private InputStream send(String address) throws IOException {
        try {
            return visitors.stranger().http().send(HttpRequest.newBuilder(URI.create(visitors.base() + address)).header("Accept-Language", "zh-CN").GET().build(), HttpResponse.BodyHandlers.ofInputStream()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Without blanks, and with the brackets that a cell is read with. */
    private static String plain(String words) {
        return words.replaceAll("\\s", "").replace('（', '(').replace('）', ')');
    }

    private static String yuan(long fen) {
        return BigDecimal.valueOf(Math.abs(fen), 2).toPlainString();
    }
}
