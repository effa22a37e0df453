package afterbell.base.audit.reading;

import afterbell.base.audit.NameSource;
import afterbell.base.schools.School;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.Listing;
import afterbell.base.shared.web.NavSource;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

@Controller
final class AuditController {
    private static final LocalDate FIRST = LocalDate.of(1900, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2200, 1, 1);
    private static final int OWN_ACTS = 50;
    private static final UUID NOBODY = new UUID(0, 0);
    private static final List<String> ACTS = List.of("looks", "roster", "identity", "enrolment", "placement", "documents", "messaging", "programme", "calendar", "timetable", "rules", "desk");
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(Screen.ZONE);
    private static final List<Listing.Column> COLUMNS = List.of(
            Listing.Column.text("when", "audit.when").unsorted(),
            Listing.Column.text("who", "audit.who").unsorted(),
            Listing.Column.text("act", "audit.did").unsorted(),
            Listing.Column.text("about", "audit.about").unsorted());

    private final EntryStore store;
    private final Schools schools;
    private final List<NameSource> sources;
    private final MessageSource messages;
    private final TransactionTemplate transactions;

    AuditController(EntryStore store, Schools schools, List<NameSource> sources, MessageSource messages, TransactionTemplate transactions) {
        this.store = store;
        this.schools = schools;
        this.sources = sources;
        this.messages = messages;
        this.transactions = transactions;
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL})
    @GetMapping("/audit")
    ModelAndView read(Wearer me, HttpServletRequest request) {
        return Objects.requireNonNull(transactions.execute(t -> show(me, Listing.of("/audit", request.getParameterMap(), COLUMNS, ""))));
    }

    private ModelAndView show(Wearer me, Listing asked) {
        Optional<LocalDate> day = day(asked.filter("day"));
        EntryStore.Filter filter = new EntryStore.Filter(
                me.school(),
                people(asked),
                ACTS.contains(asked.filter("act")) ? asked.filter("act") : "",
                day.orElse(FIRST).atStartOfDay(Screen.ZONE).toInstant(),
                day.map(d -> d.plusDays(1)).orElse(LAST).atStartOfDay(Screen.ZONE).toInstant());
        Listing list = asked.counted(store.count(filter));
        List<EntryStore.Row> rows = store.page(filter, list.offset(), list.size());
        Map<UUID, String> names = names(rows.stream().flatMap(r -> Stream.of(r.account(), r.subjectId())).filter(Objects::nonNull).collect(Collectors.toSet()));
        List<Choice> acts = ACTS.stream().map(a -> Choice.of(a, "audit.acts." + a)).toList();
        return Pages.show("audit/reading/entries", new AuditPage(list, rows.stream().map(r -> row(r, names)).toList(), acts, day.map(LocalDate::toString).orElse(""), day.isEmpty() && !asked.filter("day").isEmpty()));
    }

    // One person by id, or everybody whose name holds the words; words that nobody has find nothing.
    private UUID @Nullable [] people(Listing asked) {
        Optional<UUID> one = Ids.parse(asked.filter("person"));
        if (one.isPresent()) return new UUID[] {one.get()};
        String words = asked.filter("q");
        if (words.isEmpty()) return null;
        Set<UUID> found = new HashSet<>();
        for (NameSource source : sources) found.addAll(source.find(words));
        return found.toArray(UUID[]::new);
    }

    private Map<UUID, String> names(Collection<UUID> ids) {
        Map<UUID, String> all = new HashMap<>();
        for (NameSource source : sources) all.putAll(source.names(ids));
        return all;
    }

    private AuditPage.Row row(EntryStore.Row r, Map<UUID, String> names) {
        boolean system = r.account().equals(NOBODY);
        @Nullable String about = r.subjectId() == null ? null : names.get(r.subjectId());
        return new AuditPage.Row(
                MOMENT.format(r.at()),
                system ? "" : r.account().toString(),
                system ? "" : names.getOrDefault(r.account(), ""),
                r.hat(),
                words(r.action()),
                r.action(),
                about == null ? "" : String.valueOf(r.subjectId()),
                about == null ? "" : about);
    }

    private static Optional<LocalDate> day(String typed) {
        try {
            return typed.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(typed)).filter(d -> d.isAfter(FIRST) && d.isBefore(LAST));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    @Allowed(Role.BUREAU)
    @GetMapping("/bureau/audit")
    ModelAndView heads(Wearer me) {
        return Objects.requireNonNull(transactions.execute(t -> {
            Map<UUID, School> known = schools.all().stream().collect(Collectors.toMap(School::id, s -> s));
            return Pages.show("audit/reading/heads", new HeadsPage(store.heads().stream().filter(h -> known.containsKey(h.school())).map(h -> head(h, Objects.requireNonNull(known.get(h.school())))).toList(), store.ofBureau(OWN_ACTS).stream().map(r -> act(me, r)).toList()));
        }));
    }

    private HeadsPage.Act act(Wearer me, EntryStore.Row r) {
        return new HeadsPage.Act(MOMENT.format(r.at()), r.account().equals(me.account()), words(r.action()), r.action());
    }

    /** Key of an act's words; empty while it has none. */
    private String words(String action) {
        String act = "audit.act." + action;
        return messages.getMessage(act, null, "", Locale.ENGLISH) instanceof String words && !words.isEmpty() ? act : "";
    }

    private static HeadsPage.Row head(EntryStore.Head head, School school) {
        Instant at = head.sealedAt();
        return new HeadsPage.Row(school.name(), school.code(), head.entries(), MOMENT.format(at), head.links() + ":" + HexFormat.of().formatHex(head.hash()));
    }

    @Component
    static final class Nav implements NavSource {
        @Override
        public List<Item> items() {
            return List.of(
                    new Item("/audit", "audit.nav", "history", 820, Set.of(Role.OFFICE, Role.PRINCIPAL)),
                    new Item("/bureau/audit", "audit.nav", "history", 820, Set.of(Role.BUREAU)));
        }
    }
}
