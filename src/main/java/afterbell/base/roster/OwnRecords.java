package afterbell.base.roster;

import afterbell.base.identity.CourtLimits;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.crypto.PersonalData;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.files.Files;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Names, numbers and papers: what this room itself knows of a child. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class OwnRecords implements ChildRecords {
    private static final String CHILD = "roster.copy.child";
    private static final String PEOPLE = "roster.copy.people";

    private final JdbcClient sql;
    private final PersonalData personal;
    private final CourtLimits limits;
    private final Files files;
    private final ChildNotes notes;
    private final Clock clock;

    OwnRecords(JdbcClient sql, PersonalData personal, CourtLimits limits, Files files, ChildNotes notes, Clock clock) {
        this.sql = sql;
        this.personal = personal;
        this.limits = limits;
        this.files = files;
        this.notes = notes;
        this.clock = clock;
    }

    private record Kept(String name, String className, @Nullable String gender, @Nullable LocalDate birthday, String seat, boolean boarding, byte @Nullable [] key, byte @Nullable [] number, byte @Nullable [] identity, byte @Nullable [] health) {}

    /** The child itself; apart from the parts, because sealed columns are opened here. */
    List<Line> child(UUID school, UUID pupil) {
        List<Line> lines = new ArrayList<>();
        Kept k = sql.sql("""
                select p.name, c.name, p.gender, p.birthday, p.seat, p.boarding, p.person_key, p.number_sealed, p.identity_sealed, p.health_sealed
                from roster.pupil p join roster.class c using (school_id, class_id) where p.school_id = :s and p.pupil_id = :p
                """)
                .param("s", school)
                .param("p", pupil)
                .query((r, n) -> new Kept(
                        r.getString(1), r.getString(2), r.getString(3), r.getObject(4, LocalDate.class), r.getString(5), r.getBoolean(6), r.getBytes(7), r.getBytes(8), r.getBytes(9), r.getBytes(10)))
                .single();
        lines.add(new Line(CHILD, "roster.copy.name", List.of(k.name()), null));
        lines.add(new Line(CHILD, "roster.copy.class", List.of(k.className()), null));
        if (k.gender() != null) lines.add(new Line(CHILD, "roster.copy.gender." + k.gender(), List.of(), null));
        if (k.birthday() != null) lines.add(new Line(CHILD, "roster.copy.birthday", List.of(k.birthday().toString()), null));
        if (!k.seat().isEmpty()) lines.add(new Line(CHILD, "roster.copy.seat", List.of(k.seat()), null));
        if (k.boarding()) lines.add(new Line(CHILD, "roster.copy.boarding", List.of(), null));
        sealed(k.key(), k.number(), "roster.copy.number", lines);
        sealed(k.key(), k.identity(), "roster.copy.identity", lines);
        if (k.key() != null && k.health() != null) lines.add(new Line(CHILD, "roster.copy.health", List.of(personal.open(k.key(), k.health())), null));
        notes.read(school, pupil).forEach(n -> lines.add(new Line(CHILD, "roster.copy.note", List.of(n.words()), n.at())));
        return lines;
    }

    // The last four are enough to know which number it is; the whole one stays off a screen that others may look at.
    private void sealed(byte @Nullable [] key, byte @Nullable [] sealed, String words, List<Line> lines) {
        if (key == null || sealed == null) return;
        String whole = personal.open(key, sealed);
        lines.add(new Line(CHILD, words, List.of(whole.substring(Math.max(0, whole.length() - 4))), null));
    }

    private record Person(String name, String role, Instant at) {}

    private record Given(String what, Instant at) {}

    @Override
    public List<Part<?>> copy(UUID school, UUID pupil) {
        Map<String, Object> of = Map.of("s", school, "p", pupil);
        return List.of(
                new Part<>(
                        new Question<>(Person.class, "select name, role, granted_at as at from identity.pub_grant where school_id = :s and pupil_id = :p order by granted_at, account_id", of),
                        r -> new Line(PEOPLE, "roster.copy.person." + r.role(), List.of(r.name()), r.at())),
                new Part<>(
                        new Question<>(Given.class, "select kind as what, given_at as at from roster.consent where school_id = :s and pupil_id = :p and withdrawn_at is null order by given_at", of),
                        r -> new Line(PEOPLE, "roster.copy.way." + r.what(), List.of(), r.at())),
                new Part<>(
                        new Question<>(Given.class, "select decision as what, at from identity.pub_consent where school_id = :s and pupil_id = :p order by at", of),
                        r -> new Line(PEOPLE, "roster.copy.consent." + r.what(), List.of(), r.at())));
    }

    /** Grown-ups of this child alone, whom no other child of the school knows. */
    List<UUID> onlyHere(UUID school, UUID pupil) {
        return sql.sql("""
                select r.adult_id from roster.relation r where r.school_id = :s and r.pupil_id = :p
                and not exists (select 1 from roster.relation o join roster.pupil c using (school_id, pupil_id)
                                where o.school_id = r.school_id and o.adult_id = r.adult_id and o.pupil_id <> r.pupil_id and c.erased_at is null)
                """)
                .param("s", school)
                .param("p", pupil)
                .query(UUID.class)
                .list();
    }

    /** Accounts of such grown-ups that hold no role at the school. */
    List<UUID> idleAccounts(UUID school, Collection<UUID> adults) {
        if (adults.isEmpty()) return List.of();
        return sql.sql("""
                select a.account_id from roster.adult a where a.school_id = :s and a.adult_id in (:adults) and a.account_id is not null
                and not exists (select 1 from identity.pub_grant g where g.school_id = a.school_id and g.account_id = a.account_id)
                """)
                .param("s", school)
                .param("adults", adults)
                .query(UUID.class)
                .list();
    }

    @Override
    public void erase(UUID school, UUID pupil, Collection<UUID> accounts) {
        Timestamp now = Timestamp.from(clock.instant());
        UUID by = Objects.requireNonNullElse(Scopes.current().map(Scope::account).orElse(null), new UUID(0, 0));
        papers(school, pupil, now, by);
        List<UUID> adults = onlyHere(school, pupil);
        if (!adults.isEmpty())
            sql.sql("update roster.adult set name = '-', person_key = null, phone_sealed = null, phone_trace = null, account_id = null where school_id = :s and adult_id in (:a)")
                    .param("s", school)
                    .param("a", adults)
                    .update();
        sql.sql("update roster.relation set label = '' where school_id = :s and pupil_id = :p").param("s", school).param("p", pupil).update();
        sql.sql("update roster.standing set proof_sealed = null, person_key = null where school_id = :s and pupil_id = :p").param("s", school).param("p", pupil).update();
        sql.sql("""
                update roster.pupil set name = '-', gender = null, birthday = null, initials = '', search = '', seat = '', code = null, person_key = null,
                       number_sealed = null, number_trace = null, identity_sealed = null, identity_trace = null, health_sealed = null, erased_at = :now
                where school_id = :s and pupil_id = :p
                """)
                .param("now", now)
                .param("s", school)
                .param("p", pupil)
                .update();
        notes.erase(school, pupil);
        files.eraseOf(school, pupil);
    }

    private void papers(UUID school, UUID pupil, Timestamp now, UUID by) {
        record Whom(@Nullable UUID account, @Nullable UUID adult) {}
        sql.sql("update roster.protection set ended_at = :now, ended_by = :by where school_id = :s and pupil_id = :p and ended_at is null returning account_id as account, adult_id as adult")
                .param("now", now)
                .param("by", by, Types.OTHER)
                .param("s", school)
                .param("p", pupil)
                .query(Whom.class)
                .list()
                .forEach(w -> limits.end(school, pupil, w.account(), w.adult(), by));
        sql.sql("delete from roster.protection_scan x using roster.protection p where p.school_id = x.school_id and p.protection_id = x.protection_id and p.school_id = :s and p.pupil_id = :p returning x.file_id")
                .param("s", school)
                .param("p", pupil)
                .query(UUID.class)
                .list()
                .forEach(file -> files.remove(school, file));
        // An empty key opens nothing: what it sealed is gone.
        sql.sql("update roster.protection set person_key = '', name_sealed = '', document_sealed = '', said_sealed = '' where school_id = :s and pupil_id = :p").param("s", school).param("p", pupil).update();
    }
}
