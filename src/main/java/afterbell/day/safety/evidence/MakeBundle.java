package afterbell.day.safety.evidence;

import afterbell.base.audit.Audit;
import afterbell.base.roster.Roster;
import afterbell.base.schools.Schools;
import afterbell.base.shared.files.Files;
import afterbell.base.shared.print.Pdf;
import afterbell.day.safety.Book;
import afterbell.day.safety.Chain;
import afterbell.day.safety.CustodyFacts;
import afterbell.day.safety.Entry;
import afterbell.day.safety.Guidance;
import afterbell.day.safety.Incident;
import afterbell.day.safety.Ledger;
import afterbell.day.safety.People;
import afterbell.day.safety.Plan;
import afterbell.reach.messaging.Notices;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Puts the evidence of one incident together. Whoever takes it is recorded, with the head of the chain, so that a bundle can be recognised later. */
@Component
class MakeBundle {
    private final Ledger ledger;
    private final CustodyFacts custody;
    private final Guidance guidance;
    private final People people;
    private final Roster roster;
    private final Schools schools;
    private final Notices notices;
    private final Files files;
    private final Pdf pdf;
    private final Audit audit;
    private final JsonMapper json;
    private final Clock clock;

    MakeBundle(Ledger ledger, CustodyFacts custody, Guidance guidance, People people, Roster roster, Schools schools, Notices notices, Files files, Pdf pdf, Audit audit, JsonMapper json, Clock clock) {
        this.ledger = ledger;
        this.custody = custody;
        this.guidance = guidance;
        this.people = people;
        this.roster = roster;
        this.schools = schools;
        this.notices = notices;
        this.files = files;
        this.pdf = pdf;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
    }

    @Transactional
    byte[] make(UUID school, UUID id, Locale locale) {
        Incident incident = Incident.of(ledger.of(school, Book.INCIDENT, id));
        Plan plan = guidance.plan(school, incident.plan(), incident.version());
        Map<UUID, String> texts = ledger.texts(school, incident.entries());
        Map<String, byte[]> content = new LinkedHashMap<>();
        Map<UUID, String> fileOf = new LinkedHashMap<>();
        for (Entry e : incident.entries()) {
            UUID file = e.file();
            if (file == null) continue;
            Files.Kept kept = files.find(school, file).orElseThrow();
            String name = "files/" + e.seq() + "-" + Objects.requireNonNull(e.fileHash()).substring(0, 12) + "." + kept.kind().ending();
            content.put(name, files.bytes(school, file));
            fileOf.put(e.id(), name);
        }
        List<Bundle.Notice> told = incident.entries().stream()
                .filter(e -> e.is("told"))
                .map(e -> {
                    UUID notice = UUID.fromString(e.fact("notice"));
                    Notices.Reach reach = notices.reach(school, notice);
                    return new Bundle.Notice(notice, e.at(), reach.families(), reach.opened(), reach.unreachable());
                })
                .toList();
        String name = schools.get(school).name();
        content.put(Bundle.PDF, pdf.bytes("safety/evidence/report", report(school, incident, plan, told, fileOf), locale, name));
        Map<String, String> hashes = new TreeMap<>();
        content.forEach((file, bytes) -> hashes.put(file, Chain.sha256(bytes)));
        String head = incident.entries().getLast().hash();
        Bundle bundle = new Bundle(
                Bundle.FORMAT,
                name,
                id,
                clock.instant(),
                incident.entries().stream().map(e -> Bundle.Row.of(e, texts.get(e.id()), fileOf.get(e.id()))).toList(),
                others(school, incident),
                custody.of(school, incident.day(), marked(incident)),
                hashes,
                told,
                head);
        audit.record(school, "safety.evidence_taken", "incident", id, Map.of("head", head, "entries", incident.entries().size()));
        return zipped(bundle, content);
    }

    /** Children whose custody the incident's chain has marked: one of an older incident has no mark, and nothing could be checked of it. */
    private static Set<UUID> marked(Incident incident) {
        return incident.children().stream().filter(c -> incident.entries().stream().anyMatch(e -> e.facts().containsKey(CustodyFacts.key(c)))).collect(Collectors.toSet());
    }

    /** What the freezes name besides the incident itself: without words and files, so that a bundle holds no visitor's name. */
    private List<Bundle.Row> others(UUID school, Incident incident) {
        Set<UUID> named = new HashSet<>();
        List<Entry> frozen = incident.entries().stream().filter(e -> e.is("frozen")).toList();
        Collection<SortedMap<String, String>> words = ledger.words(school, frozen).values();
        for (SortedMap<String, String> w : words) w.values().forEach(v -> v.lines().forEach(l -> named.add(UUID.fromString(l.substring(0, 36)))));
        incident.entries().forEach(e -> named.remove(e.id()));
        return ledger.entries(school, named).stream().map(e -> Bundle.Row.of(e, null, null)).toList();
    }

    private ReportPage report(UUID school, Incident incident, Plan plan, List<Bundle.Notice> told, Map<UUID, String> fileOf) {
        People.Names names = people.names(school);
        Map<UUID, SortedMap<String, String>> words = ledger.words(school, incident.entries());
        List<ReportPage.Line> lines = new ArrayList<>();
        for (Entry e : incident.entries()) {
            @Nullable SortedMap<String, String> said = words.get(e.id());
            String detail = switch (e.kind()) {
                case "done", "undone" -> (Integer.parseInt(e.fact("step")) + 1) + ". ";
                case "counted" -> names.of(e.fact("room")) + " " + e.fact("found");
                default -> "";
            };
            String note = said == null || e.is("frozen") ? "" : String.join(" ", said.values());
            String file = fileOf.getOrDefault(e.id(), "");
            lines.add(new ReportPage.Line(e.seq(), e.at(), e.kind(), detail + note, names.of(e.by()), file, e.is("done") ? plan.steps().get(Integer.parseInt(e.fact("step"))).what() : null, e.hash()));
        }
        List<String> children = incident.children().isEmpty() ? List.of() : roster.children(List.copyOf(incident.children())).stream().map(p -> p.className() + " " + p.name()).toList();
        return new ReportPage(incident, plan, children, told.stream().map(t -> new ReportPage.Told(t.at(), t.families(), t.opened(), t.unreachable())).toList(), lines, incident.entries().getLast().hash());
    }

    private byte[] zipped(Bundle bundle, Map<String, byte[]> content) {
        byte[] list = json.writerWithDefaultPrettyPrinter().writeValueAsString(bundle).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            put(zip, Bundle.JSON, list);
            put(zip, Bundle.SEAL, (Chain.sha256(list) + "\n").getBytes(StandardCharsets.US_ASCII));
            for (Map.Entry<String, byte[]> f : content.entrySet()) put(zip, f.getKey(), f.getValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
