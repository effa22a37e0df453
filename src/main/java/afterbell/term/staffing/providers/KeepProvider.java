package afterbell.term.staffing.providers;

import afterbell.base.audit.Audit;
import afterbell.base.roster.Roster;
import afterbell.base.roster.StaffMember;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Typed;
import afterbell.term.staffing.Provider;
import afterbell.term.staffing.Staffing;
import afterbell.term.staffing.Standing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        Map<UUID, Standing> standings = staffing.providersStand(school);
        Map<UUID, String> names = roster.staff(school).stream().collect(Collectors.toMap(StaffMember::id, StaffMember::name));
        Map<UUID, List<String>> sent = staffing.sentBy(school).entrySet().stream()
                .filter(e -> names.containsKey(e.getKey()))
                .collect(Collectors.groupingBy(Map.Entry::getValue, Collectors.mapping(e -> names.getOrDefault(e.getKey(), ""), Collectors.toList())));
        return new ProvidersPage(
                edits,
                staffing.providers(school).stream()
                        .map(p -> new ProvidersPage.Row(p.id(), p.name(), p.kind(), p.chosenBy(), p.retired(), Objects.requireNonNull(standings.get(p.id())), sent.getOrDefault(p.id(), List.of())))
                        .toList());
    }

    @Transactional(readOnly = true)
    public ProviderPage blank() {
        return new ProviderPage(null, "", "institution", "none", false, "", "", "", null, List.of(), List.of());
    }

    @Transactional(readOnly = true)
    public ProviderPage page(UUID school, UUID id, List<Refusal> refusals) {
        Provider p = provider(school, id);
        Staffing.Contact contact = staffing.contact(school, id);
        return new ProviderPage(id, p.name(), p.kind().code(), p.chosenBy().code(), p.retired(), contact.name(), contact.phone(), contact.note(), staffing.providersStand(school).get(id), sent(school, id), refusals);
    }

    private Provider provider(UUID school, UUID id) {
        return staffing.providers(school).stream().filter(p -> p.id().equals(id)).findFirst().orElseThrow(NotFound::new);
    }

    private List<ProviderPage.Sent> sent(UUID school, UUID provider) {
        List<UUID> of = staffing.sentBy(school).entrySet().stream().filter(e -> e.getValue().equals(provider)).map(Map.Entry::getKey).toList();
        Map<UUID, Standing> standings = staffing.peopleStand(school, of);
        return roster.staff(school).stream().filter(s -> of.contains(s.id())).map(s -> new ProviderPage.Sent(s.id(), s.name(), Objects.requireNonNull(standings.get(s.id())).fit())).toList();
    }

    /** @param kept id of the provider, where done */
    record Answer(@Nullable UUID kept, @Nullable ProviderPage refused) {}

    /** @param id null for a new one */
    @Transactional
    public Answer keep(UUID school, @Nullable UUID id, Typed form) {
        if (id != null) provider(school, id);
        List<Refusal> no = new ArrayList<>();
        String name = form.text("name");
        if (name.isEmpty()) no.add(refusal("name", "name"));
        else if (name.codePointCount(0, name.length()) > LONGEST_NAME) no.add(refusal("long", "name", LONGEST_NAME));
        else if (staffing.providers(school).stream().anyMatch(p -> p.name().equals(name) && !p.id().equals(id))) no.add(refusal("name_taken", "name", name));
        for (String field : List.of("contact", "phone", "note")) if (form.text(field).length() > LONGEST_NOTE) no.add(refusal("long", field, LONGEST_NOTE));
        Optional<Provider.Kind> kind = Arrays.stream(Provider.Kind.values()).filter(k -> k.code().equals(form.text("kind"))).findFirst();
        Optional<Provider.Selection> chosen = Arrays.stream(Provider.Selection.values()).filter(s -> s.code().equals(form.text("chosenBy"))).findFirst();
        if (kind.isEmpty()) no.add(refusal("kind", "kind"));
        if (!no.isEmpty() || kind.isEmpty()) {
            @Nullable Standing standing = id == null ? null : staffing.providersStand(school).get(id);
            ProviderPage page = new ProviderPage(
                    id, name, form.text("kind"), form.text("chosenBy"), form.yes("retired"), form.text("contact"), form.text("phone"), form.text("note"), standing, id == null ? List.of() : sent(school, id), no);
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
