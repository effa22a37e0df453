package afterbell.term.staffing.providers;

import afterbell.base.audit.Audit;
import afterbell.base.roster.Roster;
import afterbell.base.roster.StaffMember;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Typed;
import afterbell.term.staffing.Provider;
import afterbell.term.staffing.Staffing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads and writes outside providers. */
@Component
class KeepProvider {
    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_NOTE = 300;

    private final Staffing staffing;
    private final Roster roster;
    private final CommandKeys commands;
    private final Audit audit;
    private final Ids ids;

    KeepProvider(Staffing staffing, Roster roster, CommandKeys commands, Audit audit, Ids ids) {
        this.staffing = staffing;
        this.roster = roster;
        this.commands = commands;
        this.audit = audit;
        this.ids = ids;
    }

    @Transactional(readOnly = true)
    public ProvidersPage list(UUID school, boolean edits) {
        Staffing.Outside outside = staffing.outside(school);
        Map<UUID, String> names = roster.staff(school).stream().collect(Collectors.toMap(StaffMember::id, StaffMember::name));
        Map<UUID, List<String>> sent = outside.sentBy().entrySet().stream()
                .filter(e -> names.containsKey(e.getKey()))
                .collect(Collectors.groupingBy(Map.Entry::getValue, Collectors.mapping(e -> names.getOrDefault(e.getKey(), ""), Collectors.toList())));
        return new ProvidersPage(
                edits,
                outside.providers().stream()
                        .map(p -> new ProvidersPage.Row(p.id(), p.name(), p.kind(), p.chosenBy(), p.retired(), outside.of(p), sent.getOrDefault(p.id(), List.of())))
                        .toList());
    }

    @Transactional(readOnly = true)
    public ProviderPage blank() {
        return new ProviderPage(null, "", "institution", "none", false, "", "", "", null, List.of(), List.of());
    }

    @Transactional(readOnly = true)
    public ProviderPage page(UUID school, UUID id, List<Refusal> refusals) {
        Staffing.Outside outside = staffing.outside(school);
        Provider p = outside.provider(id);
        Staffing.Contact contact = staffing.contact(school, id);
        return new ProviderPage(id, p.name(), p.kind().code(), p.chosenBy().code(), p.retired(), contact.name(), contact.phone(), contact.note(), outside.of(p), sent(school, id, outside), refusals);
    }

    private List<ProviderPage.Sent> sent(UUID school, UUID provider, Staffing.Outside outside) {
        return roster.staff(school).stream()
                .filter(s -> provider.equals(outside.sentBy().get(s.id())))
                .map(s -> new ProviderPage.Sent(s.id(), s.name(), outside.ofPerson(s.id()).fit()))
                .toList();
    }

    /** @param kept id of the provider, where done */
    record Answer(@Nullable UUID kept, @Nullable ProviderPage refused) {}

    /** @param id null for a new one */
    @Transactional
    public Answer keep(UUID school, @Nullable UUID id, Typed form) {
        Staffing.Outside outside = staffing.outside(school);
        @Nullable Provider before = id == null ? null : outside.provider(id);
        List<Refusal> no = new ArrayList<>();
        String name = form.text("name");
        if (name.isEmpty()) no.add(refusal("name", "name"));
        else if (name.codePointCount(0, name.length()) > LONGEST_NAME) no.add(refusal("long", "name", LONGEST_NAME));
        else if (outside.providers().stream().anyMatch(p -> p.name().equals(name) && !p.id().equals(id))) no.add(refusal("name_taken", "name", name));
        for (String field : List.of("contact", "phone", "note")) if (form.text(field).length() > LONGEST_NOTE) no.add(refusal("long", field, LONGEST_NOTE));
        Optional<Provider.Kind> kind = Arrays.stream(Provider.Kind.values()).filter(k -> k.code().equals(form.text("kind"))).findFirst();
        Optional<Provider.Selection> chosen = Arrays.stream(Provider.Selection.values()).filter(s -> s.code().equals(form.text("chosenBy"))).findFirst();
        if (kind.isEmpty()) no.add(refusal("kind", "kind"));
        if (!no.isEmpty() || kind.isEmpty()) {
            ProviderPage page = new ProviderPage(
                    id,
                    name,
                    form.text("kind"),
                    form.text("chosenBy"),
                    form.yes("retired"),
                    form.text("contact"),
                    form.text("phone"),
                    form.text("note"),
                    before == null ? null : outside.of(before),
                    id == null ? List.of() : sent(school, id, outside),
                    no);
            return new Answer(null, page);
        }
        UUID provider = id == null ? ids.next() : id;
        Provider kept = new Provider(provider, name, kind.get(), chosen.orElse(Provider.Selection.NONE), form.yes("retired"));
        Staffing.Contact contact = new Staffing.Contact(form.text("contact"), form.text("phone"), form.text("note"));
        String done = commands.once(form.key(ids), id + "/" + kept.name() + kept.kind() + kept.chosenBy() + kept.retired() + contact.hashCode(), () -> {
            staffing.putProviders(school, List.of(kept));
            staffing.putContact(school, provider, contact);
            audit.record(school, id == null ? "staffing.provider_added" : "staffing.provider_changed", "provider", provider, Map.of("kind", kept.kind().code(), "chosen", kept.chosenBy().code(), "retired", kept.retired()));
            return provider.toString();
        });
        return new Answer(UUID.fromString(done), null);
    }

    private static Refusal refusal(String key, String field, Object... facts) {
        return new Refusal.Simple("staffing.refused." + key, field, List.of(facts));
    }
}
