package afterbell.reach.messaging.ways;

import afterbell.base.identity.Hashes;
import afterbell.base.identity.RateLimits;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.crypto.PersonalData;
import afterbell.base.shared.sheet.Phones;
import afterbell.base.shared.sheet.Reading;
import afterbell.base.shared.web.MailPage;
import afterbell.base.shared.web.Offscreen;
import afterbell.base.shared.web.PublicAddress;
import afterbell.base.shared.web.Screen;
import afterbell.reach.messaging.Handed;
import afterbell.reach.messaging.Mail;
import afterbell.reach.messaging.Mailer;
import afterbell.reach.messaging.Secret;
import afterbell.reach.messaging.ShortMessages;
import afterbell.reach.messaging.StandIn;
import afterbell.reach.messaging.StopSecret;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** An address is used only once its holder has confirmed it: by the link in a mail, by the code in a short message. */
@Component
class ChooseWay {
    static final String MAIL = "MAIL";
    static final String SMS = "SMS";
    private static final Duration LINK_GOOD = Duration.ofDays(2);
    private static final Duration CODE_GOOD = Duration.ofMinutes(10);
    private static final int TRIES = 5;
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{4,253}$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z]{2,63}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final WayStore store;
    private final Mailer mailer;
    private final ShortMessages phones;
    private final StopSecret stops;
    private final PersonalData personal;
    private final Offscreen offscreen;
    private final PublicAddress address;
    private final RateLimits limits;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final Ids ids;

    ChooseWay(WayStore store, Mailer mailer, ShortMessages phones, StopSecret stops, PersonalData personal, Offscreen offscreen, PublicAddress address, RateLimits limits, TransactionTemplate transactions, Clock clock, Ids ids) {
        this.store = store;
        this.mailer = mailer;
        this.phones = phones;
        this.stops = stops;
        this.personal = personal;
        this.offscreen = offscreen;
        this.address = address;
        this.limits = limits;
        this.transactions = transactions;
        this.clock = clock;
        this.ids = ids;
    }

    WaysPage page(Wearer me, String typedMail, String typedPhone, List<WayRefusal> refusals) {
        return transactions.execute(t -> new WaysPage(
                way(store.find(me.account(), MAIL), false), way(store.find(me.account(), SMS), true), mailer.ready(), phones.ready(), phones instanceof StandIn, typedMail, typedPhone, refusals));
    }

    private static WaysPage.Way way(Optional<WayStore.Kept> kept, boolean phone) {
        return kept.map(k -> new WaysPage.Way(
                        !k.confirmed() ? WaysPage.State.UNCONFIRMED : k.chosen() ? WaysPage.State.ON : WaysPage.State.OFF, phone ? hiddenPhone(k.address()) : hiddenMail(k.address()), k.fault()))
                .orElse(WaysPage.Way.NONE);
    }

    // Enough to know it again, not enough for whoever looks over the shoulder.
    static String hiddenMail(String mail) {
        int at = mail.indexOf('@');
        return mail.substring(0, Math.min(2, at)) + "***" + mail.substring(at);
    }

    static String hiddenPhone(String phone) {
        return phone.length() < 8 ? "****" : phone.substring(0, 3) + "****" + phone.substring(phone.length() - 4);
    }

    Outcome<String> mail(Wearer me, String typed, Locale locale) {
        String to = typed.strip();
        if (!mailer.ready() || !ADDRESS.matcher(to).matches()) return Outcome.refused(new WayRefusal.NoMail());
        limits.take(RateLimits.Limit.CODE_TO_PHONE, "mail/" + me.account());
        Secret secret = Secret.fresh();
        byte[] key = personal.newKey();
        Instant now = clock.instant();
        transactions.executeWithoutResult(t -> store.begin(me.scope().schools(), me.account(), MAIL, key, to, language(locale), secret.hash(), now.plus(LINK_GOOD), stops.of(key).hash()));
        Screen screen = offscreen.screen(locale, "");
        String href = address.of("/mail-confirm/" + secret.text()).toString();
        String title = screen.t("messaging.confirm.mail.title");
        String text = screen.t("messaging.confirm.mail.text");
        String foot = screen.t("messaging.confirm.mail.foot");
        String html = offscreen.html("layout/mail", new MailPage(title, List.of(text), href, screen.t("messaging.confirm.mail.button"), foot), locale, "");
        Handed handed = mailer.send(new Mail(ids.next(), to, screen.t("face.product"), title, String.join("\n\n", title, text, href, foot), html, null));
        return handed instanceof Handed.Sent ? Outcome.done(to) : Outcome.refused(new WayRefusal.NotSent("mail"));
    }

    Outcome<String> phone(Wearer me, String typed, Locale locale) {
        if (!phones.ready() || !(Phones.read(typed) instanceof Reading.Value(String phone))) return Outcome.refused(new WayRefusal.NoPhone());
        limits.take(RateLimits.Limit.CODE_TO_PHONE, "way/" + me.account());
        limits.take(RateLimits.Limit.CODE_TO_PHONE, "way/" + phone);
        String code = String.format(Locale.ROOT, "%06d", RANDOM.nextInt(1_000_000));
        byte[] key = personal.newKey();
        transactions.executeWithoutResult(t -> store.begin(me.scope().schools(), me.account(), SMS, key, phone, language(locale), hash(me.account(), code), clock.instant().plus(CODE_GOOD), null));
        Handed handed = phones.send(ids.next(), phone, offscreen.screen(locale, "").t("messaging.phone.code", code));
        return handed instanceof Handed.Sent ? Outcome.done(phone) : Outcome.refused(new WayRefusal.NotSent("phone"));
    }

    Outcome<String> code(Wearer me, String typed) {
        boolean right = Boolean.TRUE.equals(transactions.execute(t -> store.confirm(me.account(), SMS, hash(me.account(), typed.replaceAll("\\s", "")), clock.instant(), TRIES)));
        return right ? Outcome.done(SMS) : Outcome.refused(new WayRefusal.WrongCode());
    }

    void choose(Wearer me, String channel, boolean on) {
        transactions.executeWithoutResult(t -> store.choose(me.account(), channel, on));
    }

    void remove(Wearer me, String channel) {
        transactions.executeWithoutResult(t -> store.remove(me.account(), channel));
    }

    // Six digits have few bits: five tries and ten minutes guard them; the account makes the hash its own.
    private static byte[] hash(UUID account, String code) {
        return Hashes.of("way/" + account + "/" + code);
    }

    private static String language(Locale locale) {
        return locale.getLanguage().equals("en") ? "en" : "zh";
    }
}
