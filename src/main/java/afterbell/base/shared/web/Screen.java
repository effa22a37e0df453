package afterbell.base.shared.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/** What every template needs to speak to one person: the language, the manners, the formats, the tokens of the forms. */
public final class Screen {
    /** The school day of all schools served; data may name another one later. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("H:mm", Locale.ROOT);

    /** Who is signed in, as the header shows it. @param mark {@link DeviceMark} */
    public record Me(String name, String hatLabel, boolean severalHats, String mark) {}

    /**
     * A place in the menu.
     *
     * @param group message key of the heading it stands under where the menu is long; empty for the first page
     */
    public record Nav(String href, String labelKey, String icon, boolean here, String group) {}

    /** Choices of a person about the look, kept in a cookie. */
    public record Manners(Locale locale, boolean bigText, String theme) {}

    private final MessageSource messages;
    private final Clock clock;
    private final Assets assets;
    private final Manners manners;
    private final String path;
    private final Supplier<String> csrf;
    private final Supplier<UUID> keys;
    private final @Nullable Me me;
    private final IntSupplier unread;
    private final List<Nav> nav;
    private final String school;
    private final @Nullable String flash;
    private final boolean demo;

    Screen(
            MessageSource messages,
            Clock clock,
            Assets assets,
            Manners manners,
            String path,
            Supplier<String> csrf,
            Supplier<UUID> keys,
            @Nullable Me me,
            IntSupplier unread,
            List<Nav> nav,
            String school,
            @Nullable String flash,
            boolean demo) {
        this.messages = messages;
        this.clock = clock;
        this.assets = assets;
        this.manners = manners;
        this.path = path;
        this.csrf = csrf;
        this.keys = keys;
        this.me = me;
        this.unread = unread;
        this.nav = nav;
        this.school = school;
        this.flash = flash;
        this.demo = demo;
    }

    /** The words of a message key, filled with facts. A key without words is a defect: it shows as itself in ?marks? and turns the message test red. */
    public String t(String key, @Nullable Object... facts) {
        return Objects.requireNonNull(messages.getMessage(key, facts, "?" + key + "?", manners.locale()));
    }

    public boolean has(String key) {
        return messages.getMessage(key, null, null, manners.locale()) != null;
    }

    public String lang() {
        return chinese() ? "zh-CN" : "en";
    }

    private boolean chinese() {
        return manners.locale().getLanguage().equals("zh");
    }

    public String path() {
        return path;
    }

    /** Value of the hidden field {@code _csrf}. */
    public String csrf() {
        return csrf.get();
    }

    /** A fresh value for the hidden field {@code _key}: the command's idempotency key (law 6). */
    public String key() {
        return keys.get().toString();
    }

    /** Address of a built browser file, for example {@code asset("app.css")}. */
    public String asset(String entry) {
        return assets.url(entry);
    }

    public Instant now() {
        return clock.instant();
    }

    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZONE);
    }

    /** The day as people say it, with the year only where it is another one. */
    public String date(LocalDate day) {
        String year = day.getYear() == today().getYear() ? "" : "y";
        return t("shared.date" + year, day.getYear(), day.getMonthValue(), day.getDayOfMonth(), weekday(day.getDayOfWeek().getValue()), month(day));
    }

    private String month(LocalDate day) {
        return t("shared.month." + day.getMonthValue());
    }

    /** @param day 1 Monday to 7 Sunday */
    public String weekday(int day) {
        return t("shared.weekday." + day);
    }

    public String time(LocalTime time) {
        return HOUR.format(time);
    }

    public String dateTime(Instant at) {
        ZonedDateTime z = at.atZone(ZONE);
        return date(z.toLocalDate()) + " " + HOUR.format(z);
    }

    /** A deadline in words: today and tomorrow by name. */
    public String until(Instant deadline) {
        ZonedDateTime z = deadline.atZone(ZONE);
        long days = Duration.between(today().atStartOfDay(ZONE), z.toLocalDate().atStartOfDay(ZONE)).toDays();
        if (deadline.isBefore(now())) return t("shared.until.past", days == 0 ? HOUR.format(z) : dateTime(deadline));
        if (days == 0) return t("shared.until.today", HOUR.format(z));
        if (days == 1) return t("shared.until.tomorrow", HOUR.format(z));
        return t("shared.until.day", dateTime(deadline));
    }

    public String money(long fen) {
        long abs = Math.abs(fen);
        return (fen < 0 ? "-¥" : "¥") + abs / 100 + String.format(Locale.ROOT, ".%02d", abs % 100);
    }

    public boolean bigText() {
        return manners.bigText();
    }

    public String theme() {
        return manners.theme();
    }

    public boolean demo() {
        return demo;
    }

    public @Nullable Me me() {
        return me;
    }

    /** Messages that wait unread for this person. */
    public int unread() {
        return unread.getAsInt();
    }

    public List<Nav> nav() {
        return nav;
    }

    public String school() {
        return school;
    }

    public @Nullable String flash() {
        return flash;
    }
}
