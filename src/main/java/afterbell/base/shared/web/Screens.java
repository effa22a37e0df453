package afterbell.base.shared.web;

import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.HatName;
import afterbell.base.shared.access.Person;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.RequestContextUtils;

/** Makes the {@link Screen} of a request. */
@Component
final class Screens {
    private static final List<String> GROUPS = List.of("", "face.places.day", "face.places.plan", "face.places.term", "face.places.money", "face.places.people", "face.places.school");
    private static final Pattern DAY = Pattern.compile("(desk\\.board|duty|custody|safety|dismissal)\\..*");

    private final MessageSource messages;
    private final Clock clock;
    private final Assets assets;
    private final Ids ids;
    private final List<Place> menu;
    private final ObjectProvider<SchoolNames> schools;
    private final ObjectProvider<UnreadSource> unread;
    private final boolean demo;

    private record Place(NavSource source, NavSource.Item item) {}

    Screens(
            MessageSource messages,
            Clock clock,
            Assets assets,
            Ids ids,
            List<NavSource> menu,
            ObjectProvider<SchoolNames> schools,
            ObjectProvider<UnreadSource> unread,
            @Value("${afterbell.demo:false}") boolean demo) {
        this.messages = messages;
        this.clock = clock;
        this.assets = assets;
        this.ids = ids;
        this.menu = menu.stream()
                .flatMap(s -> s.items().stream().map(i -> new Place(s, i)))
                .sorted(Comparator.comparingInt((Place p) -> GROUPS.indexOf(group(p.item()))).thenComparingInt(p -> p.item().order()))
                .toList();
        this.schools = schools;
        this.unread = unread;
        this.demo = demo;
    }

    Screen of(HttpServletRequest request) {
        @Nullable Wearer wearer = (Wearer) request.getAttribute(AccessCheck.WEARER);
        @Nullable Person person = (Person) request.getAttribute(AccessCheck.PERSON);
        @Nullable Wearer shown = shown(wearer, person, Cookies.value(request, HatName.COOKIE));
        return new Screen(
                messages,
                clock,
                assets,
                manners(request),
                request.getRequestURI(),
                () -> csrf(request),
                ids::next,
                me(person, shown),
                () -> unread(person),
                nav(shown, request.getRequestURI()),
                school(shown),
                flash(request),
                demo);
    }

    /** The hat that header and menu speak of: the one worn, or on pages without a hat (the first page) the one worn last. No right follows from it. */
    private static @Nullable Wearer shown(@Nullable Wearer wearer, @Nullable Person person, String last) {
        if (person == null || wearer != null && wearer.hat() != Hat.ACCOUNT) return wearer;
        return person.hats().stream().min(Comparator.comparing(h -> HatName.of(h).equals(last) ? 0 : 1)).orElse(wearer);
    }

    static Screen.Manners manners(HttpServletRequest request) {
        String[] kept = Cookies.value(request, MannersController.COOKIE).split("\\.", -1);
        Locale locale = kept.length == 3 && kept[0].equals("en") ? Locale.ENGLISH : kept.length == 3 && kept[0].equals("zh") ? Locale.SIMPLIFIED_CHINESE : asked(request);
        return new Screen.Manners(locale, kept.length == 3 && kept[1].equals("big"), kept.length == 3 ? kept[2] : "auto");
    }

    // Chinese is the first language: English only for a browser that asks for it before any Chinese.
    private static Locale asked(HttpServletRequest request) {
        @Nullable String header = request.getHeader("Accept-Language");
        if (header == null) return Locale.SIMPLIFIED_CHINESE;
        for (String part : header.toLowerCase(Locale.ROOT).split(",")) {
            if (part.strip().startsWith("zh")) return Locale.SIMPLIFIED_CHINESE;
            if (part.strip().startsWith("en")) return Locale.ENGLISH;
        }
        return Locale.SIMPLIFIED_CHINESE;
    }

    private static String csrf(HttpServletRequest request) {
        @Nullable CsrfToken token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        return token == null ? "" : token.getToken();
    }

    private Screen.@Nullable Me me(@Nullable Person person, @Nullable Wearer wearer) {
        if (person == null) return null;
        return new Screen.Me(person.name(), wearer == null ? "" : "shared.hat." + wearer.hat().name(), person.hats().size() > 1, DeviceMark.of(person.account()));
    }

    private int unread(@Nullable Person person) {
        @Nullable UnreadSource source = unread.getIfAvailable();
        return person == null || source == null ? 0 : source.unread(person);
    }

    private List<Screen.Nav> nav(@Nullable Wearer wearer, String path) {
        if (wearer == null || wearer.hat() == Hat.ACCOUNT) return List.of();
        return menu.stream()
                .filter(p -> wearer.grants().stream().anyMatch(g -> p.item().roles().contains(g.role())) && p.source().shows(wearer))
                .map(Place::item)
                .map(i -> new Screen.Nav(i.href(), i.labelKey(), i.icon(), i.href().equals("/") ? path.equals("/") : path.startsWith(i.href()), group(i)))
                .toList();
    }

    // Today's places come first. The order of another says its part of the year's work: planning, choosing, people, the school itself.
    private static String group(NavSource.Item place) {
        int order = place.order();
        if (order <= 0) return "";
        if (DAY.matcher(place.labelKey()).matches()) return "face.places.day";
        if (place.labelKey().startsWith("billing.")) return "face.places.money";
        if (order < 30) return "face.places.plan";
        if (order < 70) return "face.places.term";
        return order < 100 ? "face.places.people" : "face.places.school";
    }

    private String school(@Nullable Wearer wearer) {
        if (wearer == null || wearer.hat() != Hat.STAFF) return "";
        @Nullable SchoolNames names = schools.getIfAvailable();
        return names == null ? "" : Scopes.within(wearer.scope(), () -> names.nameOf(wearer.school()));
    }

    private @Nullable String flash(HttpServletRequest request) {
        @Nullable Map<String, ?> input = RequestContextUtils.getInputFlashMap(request);
        @Nullable Object kept = input == null ? null : input.get(Pages.FLASH);
        return kept instanceof Pages.Flash f ? messages.getMessage(f.key(), f.facts().toArray(), f.key(), manners(request).locale()) : null;
    }
}
