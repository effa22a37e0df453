package afterbell.term.staffing.checks;

import afterbell.base.audit.Audit;
import afterbell.base.roster.Roster;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.files.FileKind;
import afterbell.base.shared.files.Files;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Typed;
import afterbell.term.staffing.Staffing;
import afterbell.term.staffing.Vetting;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;

/** Records that a check was passed, with its dates and the scanned document, or takes a wrong record back. */
@Component
class RecordCheck {
    private static final Set<FileKind> KINDS = Set.of(FileKind.PDF, FileKind.JPEG, FileKind.PNG);
    private static final int MEGABYTES = 10;

    private final Staffing staffing;
    private final Roster roster;
    private final Files files;
    private final CommandKeys commands;
    private final Audit audit;
    private final Ids ids;

    RecordCheck(Staffing staffing, Roster roster, Files files, CommandKeys commands, Audit audit, Ids ids) {
        this.staffing = staffing;
        this.roster = roster;
        this.files = files;
        this.commands = commands;
        this.audit = audit;
        this.ids = ids;
    }

    /** Whose check it is. @param provider true for a provider, false for an outside teacher */
    private record Owner(boolean provider, UUID id, String name) {
        String query() {
            return (provider ? "provider=" : "staff=") + id;
        }

        String back() {
            return (provider ? "/staffing/providers/" : "/staffing/people/") + id;
        }
    }

    private Owner owner(UUID school, Typed form) {
        Optional<UUID> provider = form.id("provider");
        if (provider.isPresent())
            return staffing.providers(school).stream().filter(p -> p.id().equals(provider.get())).findFirst().map(p -> new Owner(true, p.id(), p.name())).orElseThrow(NotFound::new);
        UUID staff = form.id("staff").orElseThrow(NotFound::new);
        return roster.staff(school).stream().filter(s -> s.id().equals(staff) && s.kind().equals("outside")).findFirst().map(s -> new Owner(false, s.id(), s.name())).orElseThrow(NotFound::new);
    }

    @Transactional(readOnly = true)
    public CheckPage page(UUID school, Typed query) {
        Owner owner = owner(school, query);
        return new CheckPage(owner.query(), owner.name(), owner.back(), query.text("kind"), "", "", "", List.of());
    }

    /** @param back where to go, where done */
    record Answer(String back, @Nullable CheckPage refused) {}

    @Transactional
    public Answer add(Wearer me, Typed form, @Nullable InputStream document) {
        UUID school = me.school();
        Owner owner = owner(school, form);
        List<Refusal> no = new ArrayList<>();
        Optional<Vetting.Kind> kind = Arrays.stream(Vetting.Kind.values()).filter(k -> k.code().equals(form.text("kind"))).findFirst();
        if (kind.isEmpty()) no.add(new Refusal.Simple("staffing.refused.check_kind", "kind", List.of()));
        Optional<LocalDate> from = form.date("from");
        Optional<LocalDate> until = form.date("until");
        if (from.isEmpty()) no.add(new Refusal.Simple("staffing.refused.from", "from", List.of()));
        if (form.has("until") && until.isEmpty() || until.isPresent() && from.isPresent() && until.get().isBefore(from.get())) no.add(new Refusal.Simple("staffing.refused.until", "until", List.of()));
        if (form.text("note").length() > 200) no.add(new Refusal.Simple("staffing.refused.long", "note", List.of(200)));
        UUID id = ids.next();
        if (no.isEmpty() && kind.isPresent() && from.isPresent()) {
            UUID key = form.key(ids);
            String command = owner.query() + kind.get() + from.get() + until;
            if (commands.kept(key, command).isPresent()) return new Answer(owner.back(), null);
            @Nullable UUID file = null;
            if (document != null)
                switch (files.put(new Files.Wanted(school, Files.Audience.STAFF, null, KINDS, "document", MEGABYTES), document)) {
                    case Outcome.Done<Files.Kept> kept -> file = kept.value().id();
                    case Outcome.Refused<Files.Kept> refused -> no.addAll(refused.refusals());
                }
            if (no.isEmpty()) {
                @Nullable UUID scanned = file;
                commands.once(key, command, () -> {
                    staffing.putVettings(school, me.account(), List.of(new Vetting(id, owner.provider() ? owner.id() : null, owner.provider() ? null : owner.id(), kind.get(), from.get(), until.orElse(null), scanned, form.text("note"))));
                    audit.record(school, "staffing.check_recorded", owner.provider() ? "provider" : "staff", owner.id(), Map.of("kind", kind.get().code(), "from", from.get().toString(), "document", scanned != null));
                    return id.toString();
                });
                return new Answer(owner.back(), null);
            }
            TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
        }
        return new Answer("", new CheckPage(owner.query(), owner.name(), owner.back(), form.text("kind"), form.text("from"), form.text("until"), form.text("note"), no));
    }

    /** The scanned document of a check. */
    @Transactional(readOnly = true)
    public UUID document(UUID school, UUID check) {
        return Optional.ofNullable(find(school, check).file()).orElseThrow(NotFound::new);
    }

    private Vetting find(UUID school, UUID check) {
        return staffing.vettings(school).stream().filter(v -> v.id().equals(check)).findFirst().orElseThrow(NotFound::new);
    }

    /** Takes a wrong record back; its document goes with it. Answers where it stood. */
    @Transactional
    public String remove(UUID school, UUID check) {
        Vetting vetting = find(school, check);
        staffing.removeVetting(school, check);
        if (vetting.file() != null) files.remove(school, vetting.file());
        audit.record(school, "staffing.check_removed", vetting.provider() != null ? "provider" : "staff", vetting.provider() != null ? vetting.provider() : vetting.staff(), Map.of("kind", vetting.kind().code()));
        return vetting.provider() != null ? "/staffing/providers/" + vetting.provider() : "/staffing/people/" + vetting.staff();
    }
}
