package afterbell.money.billing.choosing;

import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.Typed;
import afterbell.money.billing.BeforeCharging;
import afterbell.money.billing.Periods;
import afterbell.money.billing.PutTariff;
import afterbell.money.billing.PutTariff.Trial;
import afterbell.money.billing.ShippedTariffs;
import afterbell.money.billing.ShippedTariffs.Shipped;
import afterbell.money.billing.TariffsInUse;
import afterbell.money.billing.TariffsInUse.InUse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The tariff that a school collects by: choosing, looking, announcing, ending. */
@Controller
@BeforeCharging
@Allowed({Role.FINANCE, Role.PRINCIPAL, Role.OFFICE})
final class TariffController {
    private static final String LIST = "billing/choosing/list";
    private static final String LOOK = "billing/choosing/look";
    private static final int LARGEST = 100_000;

    private final TariffsInUse tariffs;
    private final ShippedTariffs shipped;
    private final PutTariff put;
    private final Periods periods;
    private final Schools schools;
    private final CommandKeys commands;
    private final TransactionTemplate transactions;
    private final Ids ids;
    private final Clock clock;

    TariffController(
            TariffsInUse tariffs, ShippedTariffs shipped, PutTariff put, Periods periods, Schools schools, CommandKeys commands, TransactionTemplate transactions, Ids ids, Clock clock) {
        this.tariffs = tariffs;
        this.shipped = shipped;
        this.put = put;
        this.periods = periods;
        this.schools = schools;
        this.commands = commands;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    @GetMapping("/tariff")
    ModelAndView list(Wearer me) {
        return Pages.show(LIST, page(me, "", null, "", "", List.of()));
    }

    @GetMapping("/tariff/shipped/{code}")
    ModelAndView look(Wearer me, @PathVariable String code, @RequestParam MultiValueMap<String, String> query) {
        Shipped file = shipped.of(code).orElseThrow(NotFound::new);
        String from = new Typed(query).date("from").orElseGet(() -> usual(me.school())).toString();
        return Pages.show(LOOK, page(me, code, trial(me, file.body(), LocalDate.parse(from)), from, "", List.of()));
    }

    /** The file itself, to copy from. */
    @GetMapping("/tariff/shipped/{code}/file")
    ResponseEntity<byte[]> file(@PathVariable String code) {
        Shipped file = shipped.of(code).orElseThrow(NotFound::new);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/plain;charset=UTF-8"))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + code + ".yaml\"")
                .body(file.body().getBytes(StandardCharsets.UTF_8));
    }

    /** What an uploaded file would mean, before anybody puts it to use. Writes nothing. */
    @Allowed(Role.FINANCE)
    @PostMapping("/tariff/trial")
    ModelAndView tryOut(Wearer me, @RequestParam MultiValueMap<String, String> form, @RequestParam(required = false) @Nullable MultipartFile file) throws IOException {
        Typed typed = new Typed(form);
        Optional<String> body = text(file);
        if (body.isEmpty()) return Pages.refused(LIST, page(me, "", null, typed.text("from"), "", List.of(new Refusal.Simple("billing.choose.refused.file", "file", List.of()))));
        LocalDate from = typed.date("from").orElseGet(() -> usual(me.school()));
        Trial trial = Objects.requireNonNull(trial(me, body.get(), from));
        if (trial.tariff() == null) return Pages.refused(LIST, page(me, "", trial, from.toString(), "", trial.refusals()));
        TariffPage page = page(me, "", trial, from.toString(), body.get(), trial.refusals());
        return trial.possible() ? Pages.show(LOOK, page) : Pages.refused(LOOK, page);
    }

    @Fresh
    @Allowed(Role.FINANCE)
    @PostMapping("/tariff")
    ModelAndView announce(Wearer me, @RequestParam MultiValueMap<String, String> form, @RequestParam(required = false) @Nullable MultipartFile file, RedirectAttributes redirect) throws IOException {
        Typed typed = new Typed(form);
        String code = typed.text("shipped");
        Optional<LocalDate> from = typed.date("from");
        Optional<String> looked = carried(form.getFirst("body"));
        Optional<String> body = code.isEmpty() ? looked.isPresent() ? looked : text(file) : Optional.of(shipped.of(code).orElseThrow(NotFound::new).body());
        List<Refusal> no = new ArrayList<>();
        if (body.isEmpty()) no.add(new Refusal.Simple("billing.choose.refused.file", "file", List.of()));
        if (from.isEmpty()) no.add(new Refusal.Simple("billing.choose.refused.from", "from", List.of()));
        if (!no.isEmpty()) {
            // What is looked at stays looked at, with the day to be typed anew.
            @Nullable Trial seen = body.isEmpty() ? null : trial(me, body.get(), usual(me.school()));
            return Pages.refused(seen != null && seen.tariff() != null ? LOOK : LIST, page(me, code, seen, typed.text("from"), looked.orElse(""), no));
        }
        UUID key = typed.key(ids);
        String command = "tariff/" + from.get() + "/" + body.get().hashCode() + "/" + body.get().length();
        Optional<Trial> done = transactions.execute(t -> {
            if (commands.kept(key, command).isPresent()) return Optional.empty();
            Trial tried = put.trial(me.school(), body.get(), from.get());
            if (tried.possible()) commands.once(key, command, () -> put.put(me.school(), body.get(), !code.isEmpty(), from.get(), tried.collectsFrom(), me.account()).toString());
            return Optional.of(tried);
        });
        Trial trial = Objects.requireNonNull(done).orElse(null);
        if (trial != null && !trial.possible()) return Pages.refused(trial.tariff() == null ? LIST : LOOK, page(me, code, trial, from.get().toString(), looked.orElse(""), trial.refusals()));
        return Pages.done("/tariff", redirect, "billing.choose.done", from.get().toString());
    }

    @Fresh
    @Allowed(Role.FINANCE)
    @PostMapping("/tariff/end")
    ModelAndView end(Wearer me, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        Optional<LocalDate> last = typed.date("last");
        Optional<LocalDate> locked = transactions.execute(t -> periods.lockedUntil(me.school()));
        if (last.isEmpty()) return Pages.refused(LIST, page(me, "", null, "", "", List.of(new Refusal.Simple("billing.choose.refused.last", "last", List.of()))).ending(typed.text("last")));
        if (locked != null && locked.isPresent() && last.get().isBefore(locked.get()))
            return Pages.refused(LIST, page(me, "", null, "", "", List.of(new Refusal.Simple("billing.choose.refused.last_locked", "last", List.of(locked.get().toString())))).ending(typed.text("last")));
        transactions.executeWithoutResult(t -> commands.once(typed.key(ids), "tariff-end/" + last.get(), () -> {
            put.end(me.school(), last.get());
            return last.get().toString();
        }));
        return Pages.done("/tariff", redirect, "billing.choose.ended", last.get().toString());
    }

    private @Nullable Trial trial(Wearer me, String body, LocalDate from) {
        return transactions.execute(t -> put.trial(me.school(), body, from));
    }

    private TariffPage page(Wearer me, String looked, @Nullable Trial trial, String from, String body, List<Refusal> refusals) {
        // Looking at one file needs none of the lists.
        if (trial != null && trial.tariff() != null) return new TariffPage(me.is(Role.FINANCE), today(), List.of(), List.of(), List.of(), looked, trial, from, "", false, body, refusals);
        return transactions.execute(t -> {
            String region = schools.get(me.school()).region();
            List<InUse> inUse = tariffs.all(me.school());
            List<Shipped> here = shipped.all().stream().filter(s -> s.reaches(region)).toList();
            List<Shipped> elsewhere = shipped.all().stream().filter(s -> !s.reaches(region)).toList();
            return new TariffPage(
                    me.is(Role.FINANCE), today(), inUse.reversed(), here, elsewhere, looked, trial, from.isEmpty() ? usual(me.school()).toString() : from, "", periods.lockedUntil(me.school()).isPresent(), body, refusals);
        });
    }

    /** The first day of the next month, or the day after what is locked. */
    private LocalDate usual(UUID school) {
        return today().withDayOfMonth(1).plusMonths(1);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }

    /** The file that was looked at, to the byte: a form's text field would change its line ends, and with them its hash. */
    private static Optional<String> carried(@Nullable String body) {
        if (body == null || body.isBlank() || body.length() > LARGEST / 3 * 4 + 8) return Optional.empty();
        try {
            return Optional.of(new String(Base64.getDecoder().decode(body.strip()), StandardCharsets.UTF_8)).filter(text -> !text.isBlank());
        } catch (IllegalArgumentException tampered) {
            return Optional.empty();
        }
    }

    /** The text of an upload; empty where it is none. */
    private static Optional<String> text(@Nullable MultipartFile file) throws IOException {
        if (file == null || file.isEmpty() || file.getSize() > LARGEST) return Optional.empty();
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file.getBytes())).toString().replace("\uFEFF", "");
            return text.isBlank() || text.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(text);
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }
}
