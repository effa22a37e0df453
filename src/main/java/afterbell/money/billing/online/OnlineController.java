package afterbell.money.billing.online;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.print.Qr;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.PublicAddress;
import afterbell.base.shared.web.Typed;
import afterbell.money.billing.Channel;
import afterbell.money.billing.OrderState;
import afterbell.money.billing.PayWay;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Paying with the phone, and the contracts that it needs. */
@Controller
final class OnlineController {
    private static final String CONTRACTS = "billing/online/merchants";
    private static final String CODE = "billing/online/code";
    private static final List<PayWay> WAYS = List.of(PayWay.WECHAT, PayWay.ALIPAY);

    private final PayOnline online;
    private final Merchants merchants;
    private final PublicAddress address;
    private final TransactionTemplate transactions;

    OnlineController(PayOnline online, Merchants merchants, PublicAddress address, TransactionTemplate transactions) {
        this.online = online;
        this.merchants = merchants;
        this.address = address;
        this.transactions = transactions;
    }

    @Allowed({Role.FINANCE, Role.PRINCIPAL, Role.OFFICE})
    @GetMapping("/payments/online")
    ModelAndView contracts(Wearer me) {
        return Pages.show(CONTRACTS, page(me, null, new Typed(new LinkedMultiValueMap<>()), List.of()));
    }

    private MerchantPage page(Wearer me, @Nullable PayWay at, Typed typed, List<? extends Refusal> no) {
        return Objects.requireNonNull(transactions.execute(t -> {
            List<MerchantPage.Settings> all = new ArrayList<>();
            for (PayWay way : WAYS) {
                Optional<Merchants.Contract> known = merchants.of(me.school(), way);
                Typed shown = way == at ? typed : known.map(c -> shown(c.merchant())).orElse(new Typed(new LinkedMultiValueMap<>()));
                all.add(new MerchantPage.Settings(code(way), known.isPresent(), way == at ? typed.yes("on") : known.map(Merchants.Contract::on).orElse(false), shown, known.filter(c -> me.is(Role.FINANCE)).map(c -> c.notifications().toString()).orElse(""), way == at));
            }
            return new MerchantPage(all, me.is(Role.FINANCE), address.known(), no);
        }));
    }

    private static String code(PayWay way) {
        return way.name().toLowerCase(Locale.ROOT);
    }

    private static Typed shown(Channel.Merchant m) {
        LinkedMultiValueMap<String, String> values = new LinkedMultiValueMap<>();
        Map.of("app", m.app(), "merchant", m.merchant(), "serial", m.serial(), "platformId", m.platformId(), "platformKey", m.platformKey()).forEach(values::add);
        return new Typed(values);
    }

    @Fresh
    @Allowed(Role.FINANCE)
    @PostMapping("/payments/online/{channel}")
    ModelAndView keep(Wearer me, @PathVariable String channel, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        PayWay way = WAYS.stream().filter(w -> code(w).equals(channel)).findFirst().orElseThrow(NotFound::new);
        Typed typed = new Typed(form);
        Optional<Merchants.Contract> known = Objects.requireNonNull(transactions.execute(t -> merchants.of(me.school(), way)));
        String privateKey = typed.has("privateKey") ? typed.text("privateKey") : known.map(c -> c.merchant().privateKey()).orElse("");
        String secret = typed.has("secret") ? typed.text("secret") : known.map(c -> c.merchant().secret()).orElse("");
        Channel.Merchant merchant = new Channel.Merchant(typed.text("app"), typed.text("merchant"), typed.text("serial"), privateKey, typed.text("platformId"), typed.text("platformKey"), secret);
        List<Refusal> no = refusals(way, merchant);
        if (!no.isEmpty()) return Pages.refused(CONTRACTS, page(me, way, typed, no));
        online.keep(me.school(), way, merchant, typed.yes("on"), me.account());
        return Pages.done("/payments/online", redirect, typed.yes("on") ? "billing.online.flash.on" : "billing.online.flash.off");
    }

    private static List<Refusal> refusals(PayWay way, Channel.Merchant m) {
        boolean weChat = way == PayWay.WECHAT;
        List<Refusal> no = new ArrayList<>();
        if (!m.app().matches("[0-9A-Za-z]{8,32}")) no.add(refusal("app"));
        if (!m.merchant().matches("\\d{8,20}")) no.add(refusal("merchant"));
        if (weChat && !m.serial().matches("[0-9A-Fa-f]{30,50}")) no.add(refusal("serial"));
        if (weChat && !m.platformId().matches("PUB_KEY_ID_[0-9A-Za-z]{8,60}")) no.add(refusal("platformId"));
        if (weChat && m.secret().length() != 32) no.add(refusal("secret"));
        if (!isKey(m.privateKey(), true)) no.add(refusal("privateKey"));
        if (!isKey(m.platformKey(), false)) no.add(refusal("platformKey"));
        return no;
    }

    private static Refusal refusal(String field) {
        return new Refusal.Simple("billing.online.refused." + field, field, List.of());
    }

    private static boolean isKey(String text, boolean secret) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", ""));
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            return bytes.length > 100 && (secret ? rsa.generatePrivate(new PKCS8EncodedKeySpec(bytes)) : rsa.generatePublic(new X509EncodedKeySpec(bytes))) != null;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    // --- the family ---

    @Fresh
    @Allowed(Role.GUARDIAN)
    @PostMapping("/pay/{child}/codes")
    ModelAndView start(Wearer me, @PathVariable UUID child, @RequestParam(defaultValue = "") String way, RedirectAttributes redirect) {
        if (!me.children(Role.GUARDIAN).contains(child)) throw new NotFound();
        PayWay chosen = WAYS.stream().filter(w -> w.name().equals(way)).findFirst().orElseThrow(NotFound::new);
        return switch (online.start(me.schoolOf(child), child, chosen, me.account())) {
            case Outcome.Done<UUID>(UUID attempt) -> Pages.done("/pay/" + child + "/codes/" + attempt);
            case Outcome.Refused<UUID>(List<Refusal> no) -> Pages.done("/pay", redirect, no.getFirst().messageKey());
        };
    }

    @Allowed(Role.GUARDIAN)
    @GetMapping("/pay/{child}/codes/{attempt}")
    ModelAndView code(Wearer me, @PathVariable UUID child, @PathVariable UUID attempt) {
        PayOnline.Attempt found = own(me, child, attempt);
        return Pages.show(CODE, page(found));
    }

    private PayOnline.Attempt own(Wearer me, UUID child, UUID attempt) {
        if (!me.children(Role.GUARDIAN).contains(child)) throw new NotFound();
        PayOnline.Attempt found = online.get(me.schoolOf(child), attempt);
        if (!found.pupil().equals(child)) throw new NotFound();
        return found;
    }

    private static AttemptPage page(PayOnline.Attempt a) {
        boolean paid = a.state().equals("PAID") || a.order() != OrderState.OPEN && a.order() != OrderState.EXPIRED;
        boolean open = !paid && a.state().equals("OPEN") && a.order() == OrderState.OPEN;
        return new AttemptPage(a.pupil(), a.id(), a.channel().name(), a.fen(), a.state(), paid, a.expiresAt(), open ? Qr.of(a.code()).svg(a.channel().name()) : "", open && a.code().startsWith("https://") ? a.code() : "", List.of());
    }

    /** "I have paid": the channel is asked at once, in case its word was lost. */
    @Allowed(Role.GUARDIAN)
    @PostMapping("/pay/{child}/codes/{attempt}")
    ModelAndView asked(Wearer me, @PathVariable UUID child, @PathVariable UUID attempt, RedirectAttributes redirect) {
        PayOnline.Attempt found = own(me, child, attempt);
        if (!found.state().equals("PAID")) online.ask(me.schoolOf(child), found);
        boolean paid = own(me, child, attempt).state().equals("PAID");
        return paid ? Pages.done("/pay", redirect, "billing.online.flash.paid") : Pages.done("/pay/" + child + "/codes/" + attempt, redirect, "billing.online.flash.waiting");
    }
}
