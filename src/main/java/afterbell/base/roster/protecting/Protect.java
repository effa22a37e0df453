package afterbell.base.roster.protecting;

import afterbell.base.audit.Audit;
import afterbell.base.identity.CourtLimits;
import afterbell.base.identity.FamilyBook;
import afterbell.base.identity.PersonName;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.crypto.PersonalData;
import afterbell.base.shared.files.FileRefusal;
import afterbell.base.shared.web.CommandKeys;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionInterceptor;

/**
 * Keeps a paper and carries out what it says. Whom it names by the school's list loses all rights to the child at once; who has an account is found by it,
 * who hasn't entered yet is refused at every door.
 */
@Component
class Protect {
    private static final int LONGEST = 2000;

    private final JdbcClient sql;
    private final Roster roster;
    private final FamilyBook book;
    private final CourtLimits limits;
    private final Scans scans;
    private final CommandKeys commands;
    private final PersonalData personal;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    Protect(JdbcClient sql, Roster roster, FamilyBook book, CourtLimits limits, Scans scans, CommandKeys commands, PersonalData personal, Audit audit, Ids ids, Clock clock) {
        this.sql = sql;
        this.roster = roster;
        this.book = book;
        this.limits = limits;
        this.scans = scans;
        this.commands = commands;
        this.personal = personal;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    private record Stored(UUID id, UUID pupil, String pupilName, String className, @Nullable UUID adult, @Nullable UUID account, byte[] key, byte[] name, byte[] document, byte[] said, @Nullable LocalDate until, Instant since, @Nullable Instant endedAt) {
        boolean guardian() {
            return adult != null || account != null;
        }
    }

    private List<Stored> stored(UUID school) {
        return sql.sql("""
                select x.protection_id, x.pupil_id, p.name, c.name, x.adult_id, x.account_id, x.person_key, x.name_sealed, x.document_sealed, x.said_sealed, x.until, x.made_at, x.ended_at
                from roster.protection x join roster.pupil p using (school_id, pupil_id) join roster.class c using (school_id, class_id)
                where x.school_id = :s and p.erased_at is null order by x.ended_at is not null, x.made_at desc, x.protection_id limit 500
                """)
                .param("s", school)
                .query((r, n) -> new Stored(
                        r.getObject(1, UUID.class),
                        r.getObject(2, UUID.class),
                        r.getString(3),
                        r.getString(4),
                        r.getObject(5, UUID.class),
                        r.getObject(6, UUID.class),
                        r.getBytes(7),
                        r.getBytes(8),
                        r.getBytes(9),
                        r.getBytes(10),
                        r.getObject(11, LocalDate.class),
                        r.getTimestamp(12).toInstant(),
                        r.getTimestamp(13) == null ? null : r.getTimestamp(13).toInstant()))
                .list();
    }

    @Transactional(readOnly = true)
    public ProtectionsPage page(Wearer me, String q, List<? extends Refusal> refusals) {
        Map<UUID, Integer> pages = scans.counts(me.school());
        List<ProtectionsPage.Line> lines = stored(me.school()).stream()
                .map(x -> new ProtectionsPage.Line(
                        x.id(), x.pupilName(), x.className(), PersonName.masked(personal.open(x.key(), x.name())), x.guardian(), pages.getOrDefault(x.id(), 0), x.until(), x.since(), x.endedAt()))
                .toList();
        List<Pupil> found = q.isBlank() ? List.of() : roster.search(me.school(), q, 20);
        return new ProtectionsPage(lines.stream().filter(l -> l.endedAt() == null).toList(), lines.stream().filter(l -> l.endedAt() != null).toList(), q, found, refusals);
    }

    @Transactional(readOnly = true)
    public NewProtectionPage form(Wearer me, UUID pupil, NewProtectionPage.Typed typed, List<? extends Refusal> refusals) {
        return new NewProtectionPage(roster.pupil(me.school(), pupil), book.adults(me.school(), pupil), typed, refusals);
    }

    /** @param papers photographs or PDFs of the paper, where there are any; with a refused one nothing is entered */
    @Transactional
    public Outcome<UUID> protect(Wearer me, UUID pupil, NewProtectionPage.Typed typed, List<? extends InputStreamSource> papers, UUID command) {
        UUID school = me.school();
        roster.pupil(school, pupil);
        List<Refusal> refusals = new ArrayList<>();
        Optional<FamilyBook.Adult> adult = Ids.parse(typed.whom()).flatMap(id -> book.adults(school, pupil).stream().filter(a -> a.adult().equals(id)).findFirst());
        String name = adult.map(FamilyBook.Adult::name).orElseGet(() -> typed.whom().equals("other") ? PersonName.clean(typed.name()) : "");
        if (adult.isEmpty() && !typed.whom().equals("other")) refusals.add(refusal("whom"));
        else if (!PersonName.good(name)) refusals.add(refusal("name"));
        if (typed.document().isBlank() || typed.document().length() > 200) refusals.add(refusal("document"));
        if (typed.said().isBlank() || typed.said().length() > LONGEST) refusals.add(refusal("said"));
        LocalDate until = null;
        try {
            until = typed.until().isBlank() ? null : LocalDate.parse(typed.until());
        } catch (DateTimeParseException e) {
            refusals.add(refusal("until"));
        }
        if (!refusals.isEmpty()) return Outcome.refused(refusals);
        String params = pupil + "/" + typed + "/" + papers.size();
        Optional<String> before = commands.kept(command, params);
        if (before.isPresent()) return Outcome.done(UUID.fromString(before.get()));
        UUID id = ids.next();
        put(me, id, pupil, adult, name, typed, until);
        List<Refusal> unreadable = scans.put(me, id, pupil, papers);
        if (!unreadable.isEmpty()) {
            TransactionInterceptor.currentTransactionStatus().setRollbackOnly();
            return Outcome.refused(unreadable);
        }
        adult.ifPresent(a -> limits.limit(school, pupil, a.account(), a.adult(), me.account()));
        audit.record(school, "roster.protection_made", "pupil", pupil, Map.of("protection", id, "guardian", adult.isPresent() && adult.get().role() == Role.GUARDIAN));
        commands.once(command, params, id::toString);
        return Outcome.done(id);
    }

    private void put(Wearer me, UUID id, UUID pupil, Optional<FamilyBook.Adult> adult, String name, NewProtectionPage.Typed typed, @Nullable LocalDate until) {
        byte[] key = personal.newKey();
        sql.sql("""
                insert into roster.protection (school_id, protection_id, pupil_id, adult_id, account_id, person_key, name_sealed, document_sealed, said_sealed, until, made_at, made_by)
                values (:s, :id, :p, :adult, :account, :key, :name, :document, :said, :until, :at, :by)
                """)
                .param("s", me.school())
                .param("id", id)
                .param("p", pupil)
                .param("adult", adult.map(FamilyBook.Adult::adult).orElse(null), Types.OTHER)
                .param("account", adult.map(FamilyBook.Adult::account).orElse(null), Types.OTHER)
                .param("key", key)
                .param("name", personal.seal(key, name))
                .param("document", personal.seal(key, typed.document().strip()))
                .param("said", personal.seal(key, typed.said().strip()))
                .param("until", until, Types.DATE)
                .param("at", Timestamp.from(clock.instant()))
                .param("by", me.account())
                .update();
    }

    private static Refusal refusal(String field) {
        return new Refusal.Simple("roster.protect.refused." + field, field, List.of());
    }

    /** Opens one paper; who read it and what for stays in the audit. */
    @Transactional
    public ReadingPage read(Wearer me, UUID protection, String purpose) {
        Stored x = find(me.school(), protection);
        audit.record(me.school(), "roster.protection_read", "pupil", x.pupil(), Map.of("protection", protection, "purpose", purpose));
        return new ReadingPage(
                protection, x.pupilName(), x.className(), personal.open(x.key(), x.name()), x.guardian(), personal.open(x.key(), x.document()), personal.open(x.key(), x.said()), x.until(), purpose, scans.of(me.school(), protection));
    }

    /** Adds pages to a paper that stands already; empty where done. */
    @Transactional
    public List<Refusal> scan(Wearer me, UUID protection, List<? extends InputStreamSource> papers, UUID command) {
        Stored x = find(me.school(), protection);
        if (papers.isEmpty()) return List.of(new FileRefusal.Empty("scan"));
        String params = protection + "/" + papers.size();
        if (commands.kept(command, params).isPresent()) return List.of();
        List<Refusal> unreadable = scans.put(me, protection, x.pupil(), papers);
        if (unreadable.isEmpty()) commands.once(command, params, protection::toString);
        else TransactionInterceptor.currentTransactionStatus().setRollbackOnly();
        return unreadable;
    }

    @Transactional
    public void openScan(Wearer me, UUID protection, UUID file, String purpose) {
        scans.opened(me, protection, find(me.school(), protection).pupil(), file, purpose);
    }

    @Transactional
    public void removeScan(Wearer me, UUID protection, UUID file) {
        scans.remove(me, protection, find(me.school(), protection).pupil(), file);
    }

    @Transactional
    public void end(Wearer me, UUID protection) {
        Stored x = find(me.school(), protection);
        int ended = sql.sql("update roster.protection set ended_at = :at, ended_by = :by where school_id = :s and protection_id = :id and ended_at is null")
                .param("at", Timestamp.from(clock.instant()))
                .param("by", me.account())
                .param("s", me.school())
                .param("id", protection)
                .update();
        if (ended == 0) return;
        boolean another = stored(me.school()).stream().anyMatch(o -> o.endedAt() == null && o.pupil().equals(x.pupil()) && x.adult() != null && x.adult().equals(o.adult()));
        if (x.guardian() && !another) limits.end(me.school(), x.pupil(), x.account(), x.adult(), me.account());
        audit.record(me.school(), "roster.protection_ended", "pupil", x.pupil(), Map.of("protection", protection));
    }

    private Stored find(UUID school, UUID protection) {
        return stored(school).stream().filter(x -> x.id().equals(protection)).findFirst().orElseThrow(NotFound::new);
    }
}
