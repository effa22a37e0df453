package afterbell.money.billing.platform;

import afterbell.base.audit.Audit;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.sheet.CsvOut;
import afterbell.base.shared.sheet.SheetBook;
import afterbell.base.shared.sheet.SheetLimits;
import afterbell.base.shared.sheet.SheetOut;
import afterbell.base.shared.sheet.SheetRefused;
import afterbell.base.shared.sheet.SheetTab;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Screen;
import afterbell.money.billing.PayOrder;
import afterbell.money.billing.PayOrders;
import afterbell.money.billing.PayWay;
import afterbell.money.billing.Payments;
import afterbell.money.billing.Payments.Fate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;

/** Makes the list for a platform, looks at what comes back, and books it as a whole when a person has seen what it would do. */
@Component
class Platform {
    private final PlatformStore store;
    private final PayOrders orders;
    private final Payments payments;
    private final CommandKeys keys;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;
    private final List<Layout> layouts = Layout.shipped();

    Platform(PlatformStore store, PayOrders orders, Payments payments, CommandKeys keys, Audit audit, Ids ids, Clock clock) {
        this.store = store;
        this.orders = orders;
        this.payments = payments;
        this.keys = keys;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public PlatformPage page(Wearer me, String layout, List<? extends Refusal> refusals) {
        UUID school = me.school();
        PlatformStore.Due due = store.due(school, LocalDate.ofInstant(clock.instant(), Screen.ZONE));
        List<PlatformPage.Out> lists = store.lists(school).stream().map(l -> new PlatformPage.Out(l.id(), layout(l.layout()).name(), l.orders(), l.fen(), l.at())).toList();
        List<PlatformPage.In> files = store.files(school).stream().map(f -> new PlatformPage.In(f.id(), layout(f.layout()).name(), f.paid(), f.fen(), f.applied(), f.at())).toList();
        String chosen = layout.isEmpty() ? store.lists(school).stream().findFirst().map(PlatformStore.Listed::layout).orElse(layouts.getFirst().code()) : layout;
        return new PlatformPage(layouts.stream().map(l -> new PlatformPage.Choosable(l.code(), l.name())).toList(), chosen, due.fen(), due.children(), lists, files, me.is(Role.FINANCE), refusals);
    }

    private Layout layout(String code) {
        return Layout.of(layouts, code).orElseThrow(NotFound::new);
    }

    /** Opens an order for every child that owes something and puts them on a list. */
    @Transactional
    public Outcome<UUID> list(Wearer me, String layout, UUID key) {
        UUID school = me.school();
        Layout chosen = layout(layout);
        String params = "platform list " + layout;
        Optional<String> kept = keys.kept(key, params);
        if (kept.isPresent()) return Outcome.done(UUID.fromString(kept.get()));
        List<PayOrder> open = orders.openAll(school, store.debtors(school), me.account());
        if (open.isEmpty()) return Outcome.refused(new Refusal.Simple("billing.platform.refused.nothing_due"));
        return Outcome.done(UUID.fromString(keys.once(key, params, () -> {
            UUID list = ids.next();
            store.addList(school, list, chosen.code(), open, me.account(), clock.instant());
            audit.record(school, "billing.platform_listed", "list", list, Map.of("layout", chosen.code(), "orders", open.size()));
            return list.toString();
        })));
    }

    record Sent(String name, boolean workbook, byte[] bytes) {}

    /** The list as a file: the same as often as it is asked for, save for codes that have come meanwhile. */
    @Transactional
    public Sent write(Wearer me, UUID list) {
        Layout layout = layout(store.layoutOf(me.school(), list).orElseThrow(NotFound::new));
        List<PlatformStore.Line> lines = store.lines(me.school(), list);
        audit.record(me.school(), "billing.platform_list_taken", "list", list, Map.of("orders", lines.size()));
        return new Sent(layout.code() + "-" + LocalDate.ofInstant(clock.instant(), Screen.ZONE), layout.workbook(), layout.workbook() ? workbook(layout, lines) : text(layout, lines));
    }

    private static byte[] workbook(Layout layout, List<PlatformStore.Line> lines) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (SheetOut book = new SheetOut(out)) {
            List<SheetOut.Column> columns = layout.columns().stream().map(c -> c.of() == Layout.Of.YUAN ? SheetOut.Column.fen(c.head()) : c.of() == Layout.Of.FEN ? SheetOut.Column.number(c.head()) : SheetOut.Column.text(c.head(), 18)).toList();
            SheetOut.Tab tab = book.tab(layout.item(), columns);
            for (PlatformStore.Line line : lines) {
                @Nullable Object[] cells = layout.columns().stream().map(c -> c.of() == Layout.Of.YUAN || c.of() == Layout.Of.FEN ? (Object) line.fen() : cell(layout, c.of(), line)).toArray();
                tab.row(cells);
            }
        }
        return out.toByteArray();
    }

    private static byte[] text(Layout layout, List<PlatformStore.Line> lines) {
        StringBuilder text = new StringBuilder();
        try {
            CsvOut csv = layout.charset().equals(StandardCharsets.UTF_8) ? CsvOut.forPeople(text) : CsvOut.forPrograms(text);
            csv.row(layout.columns().stream().map(Layout.Column::head).toList());
            for (PlatformStore.Line line : lines) csv.row(layout.columns().stream().map(c -> cell(layout, c.of(), line)).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().getBytes(layout.charset());
    }

    private static String cell(Layout layout, Layout.Of of, PlatformStore.Line line) {
        return switch (of) {
            case PUPIL_CODE -> line.pupilCode();
            case PUPIL_NAME -> line.name();
            case CLASS -> line.className();
            case ITEM -> layout.item();
            case YUAN -> ResultReader.yuan(line.fen());
            case FEN -> Long.toString(line.fen());
            case ORDER -> line.number();
            case PAY_CODE -> line.payCode();
            case UNTIL -> line.until().toString();
        };
    }

    /** Looks at a file and keeps its rows; nothing is booked yet. The same bytes lead to what was made of them before. */
    @Transactional
    public Outcome<UUID> bring(Wearer me, String code, String fileName, byte[] bytes) {
        Layout layout = layout(code);
        byte[] hash = hash(bytes);
        Optional<UUID> before = store.byHash(me.school(), hash);
        if (before.isPresent()) return Outcome.done(before.get());
        Outcome<Result> read = read(layout, fileName, bytes);
        return switch (read) {
            case Outcome.Refused<Result>(List<Refusal> no) -> Outcome.refused(no);
            case Outcome.Done<Result>(Result result) -> {
                UUID file = ids.next();
                if (!store.addFile(me.school(), file, layout.code(), hash, result, me.account(), clock.instant())) yield Outcome.done(store.byHash(me.school(), hash).orElseThrow());
                audit.record(me.school(), "billing.platform_file_brought", "file", file, Map.of("layout", layout.code(), "rows", result.rows().size()));
                yield Outcome.done(file);
            }
        };
    }

    private Outcome<Result> read(Layout layout, String fileName, byte[] bytes) {
        @Nullable Path copy = null;
        try {
            copy = Files.createTempFile("platform", ".tmp");
            Files.write(copy, bytes);
            try (SheetBook book = SheetBook.open(copy, fileName, SheetLimits.STANDARD)) {
                @Nullable Outcome<Result> last = null;
                for (SheetTab tab : book.tabs()) {
                    if (tab.hidden()) continue;
                    last = ResultReader.read(layout, tab, LocalDate.ofInstant(clock.instant(), Screen.ZONE));
                    if (!(last instanceof Outcome.Refused<Result> no && no.refusals().getFirst().messageKey().equals("billing.platform.refused.header"))) return last;
                }
                return last == null ? Outcome.refused(new Refusal.Simple("billing.platform.refused.header", "file", List.of())) : last;
            }
        } catch (SheetRefused e) {
            return Outcome.refused(new Refusal.Simple(e.problem().key(), "file", List.copyOf(e.problem().facts())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(copy);
        }
    }

    private static void delete(@Nullable Path copy) {
        try {
            if (copy != null) Files.deleteIfExists(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] hash(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Transactional(readOnly = true)
    public FilePage look(Wearer me, UUID file, List<? extends Refusal> refusals) {
        PlatformStore.Kept kept = store.file(me.school(), file).orElseThrow(NotFound::new);
        List<Result.Row> rows = store.rows(me.school(), file);
        List<FilePage.Line> lines = lines(me.school(), rows, kept.applied());
        return new FilePage(file, layout(kept.layout()).name(), kept.applied(), lines, (int) rows.stream().filter(r -> !r.paid()).count(), digest(lines), me.is(Role.FINANCE), refusals);
    }

    // Of a file that was booked: what was made of each row; else what would be.
    private List<FilePage.Line> lines(UUID school, List<Result.Row> rows, boolean applied) {
        Map<String, PayOrder> named = named(school, rows);
        Map<UUID, PlatformStore.Named> names = store.names(school, named.values().stream().map(PayOrder::pupil).toList()).stream().collect(Collectors.toMap(PlatformStore.Named::pupil, n -> n));
        Map<String, Fate> booked = store.booked(school, rows.stream().filter(Result.Row::paid).map(Result.Row::serial).toList()).stream().collect(Collectors.toMap(PlatformStore.Booked::serial, PlatformStore.Booked::fate));
        Set<UUID> paid = new HashSet<>();
        List<FilePage.Line> lines = new ArrayList<>();
        for (Result.Row row : rows) {
            if (!row.paid()) continue;
            @Nullable PayOrder order = order(named, row);
            Fate fate = Payments.judge(arrived(row, order, null), order, booked.containsKey(row.serial()));
            if (fate == Fate.PAID && order != null && !paid.add(order.id())) fate = Fate.PAID_ALREADY;
            if (applied) fate = booked.getOrDefault(row.serial(), fate);
            PlatformStore.@Nullable Named child = order == null ? null : names.get(order.pupil());
            lines.add(new FilePage.Line(
                    row.number(), row.order().isEmpty() ? row.payCode() : row.order(), child == null ? "" : child.name(), child == null || child.className() == null ? "" : child.className(), row.fen(), order == null ? 0 : order.fen(), row.serial(), fate));
        }
        return lines;
    }

    // By our number first, then by the platform's code.
    private static @Nullable PayOrder order(Map<String, PayOrder> named, Result.Row row) {
        @Nullable PayOrder byNumber = row.order().isEmpty() ? null : named.get(row.order());
        return byNumber != null ? byNumber : row.payCode().isEmpty() ? null : named.get(row.payCode());
    }

    private Map<String, PayOrder> named(UUID school, List<Result.Row> rows) {
        Set<String> wanted = new HashSet<>();
        rows.forEach(r -> wanted.addAll(List.of(r.order(), r.payCode())));
        wanted.remove("");
        Map<String, PayOrder> named = new HashMap<>();
        for (PayOrder order : orders.named(school, wanted)) {
            named.put(order.number(), order);
            if (order.payCode() != null) named.put(order.payCode(), order);
        }
        return named;
    }

    private static Payments.Arrived arrived(Result.Row row, @Nullable PayOrder order, @Nullable UUID by) {
        String number = order != null ? order.number() : row.order().isEmpty() ? row.payCode() : row.order();
        Instant at = row.day().atTime(12, 0).atZone(Screen.ZONE).toInstant();
        return new Payments.Arrived(PayWay.PLATFORM, row.serial(), number, null, row.fen(), at, by, row.eReceipt().isEmpty() ? null : row.eReceipt());
    }

    private static String digest(List<FilePage.Line> lines) {
        return HexFormat.of().formatHex(hash(lines.stream().map(l -> l.row() + l.fate().name()).collect(Collectors.joining(",")).getBytes(StandardCharsets.UTF_8)), 0, 16);
    }

    /** What was done. */
    record Applied(int paid, int suspended) {}

    /** Books the whole file in one transaction, if it still does what was seen. A file that was booked before is left as it is. */
    @Transactional
    public Outcome<Applied> apply(Wearer me, UUID file, String seen) {
        UUID school = me.school();
        store.file(school, file).orElseThrow(NotFound::new);
        if (!store.applying(school, file, me.account(), clock.instant())) return Outcome.done(new Applied(0, 0));
        List<Result.Row> rows = store.rows(school, file);
        if (!digest(lines(school, rows, false)).equals(seen)) {
            TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
            return Outcome.refused(new Refusal.Simple("billing.platform.refused.changed"));
        }
        Map<String, PayOrder> named = named(school, rows);
        Map<UUID, String> codes = new HashMap<>();
        rows.forEach(r -> {
            @Nullable PayOrder order = r.order().isEmpty() ? null : named.get(r.order());
            if (order != null && !r.payCode().isEmpty() && order.payCode() == null) codes.put(order.id(), r.payCode());
        });
        orders.code(school, codes);
        List<Payments.Taken> taken = payments.takeAll(school, rows.stream().filter(Result.Row::paid).map(r -> arrived(r, order(named, r), me.account())).toList());
        int paid = (int) taken.stream().filter(t -> t.fate() == Fate.PAID).count();
        int suspended = (int) taken.stream().filter(t -> t.fate().suspended()).count();
        audit.record(school, "billing.platform_file_booked", "file", file, Map.of("paid", paid, "suspended", suspended, "codes", codes.size()));
        return Outcome.done(new Applied(paid, suspended));
    }
}
