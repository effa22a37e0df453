package afterbell.term.timetable;

import afterbell.base.audit.Audit;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import afterbell.reach.messaging.Words;
import afterbell.base.shared.db.Question;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What families find wrong with a published result while it stands for objection (R43), and what the school corrected afterwards. No free text: the
 * school rings back.
 */
@Component
public class Objections {
    /** What can be wrong. */
    public static final List<String> ABOUT = List.of("club", "days", "room", "person", "other");

    /** How the school answers. */
    public static final List<String> ANSWERS = List.of("corrected", "explained", "stands");

    private final JdbcClient sql;
    private final Notices notices;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    Objections(JdbcClient sql, Notices notices, Audit audit, Ids ids, Clock clock) {
        this.sql = sql;
        this.notices = notices;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param until the last instant for an objection */
    public record Publication(UUID term, Instant publishedAt, @Nullable Instant until) {
        public boolean openAt(Instant at) {
            return until != null && at.isBefore(until);
        }
    }

    /** @param answer null while the school has not answered */
    public record Objection(UUID id, UUID pupil, String name, String className, String about, Instant raisedAt, @Nullable String answer) {}

    /** @param joined put into the section; false: taken out of it */
    public record Correction(Instant at, UUID pupil, String name, String className, String section, boolean joined, String reason) {}

    /** The newest published result of a term. */
    @Transactional(readOnly = true)
    public Optional<Publication> published(UUID school, UUID term) {
        return sql.sql("select term_id as term, published_at, objections_until as until from placement.pub_publication where school_id = :s and term_id = :t order by published_at desc limit 1")
                .param("s", school)
                .param("t", term)
                .query((r, n) -> new Publication(r.getObject("term", UUID.class), r.getTimestamp("published_at").toInstant(), r.getTimestamp("until") == null ? null : r.getTimestamp("until").toInstant()))
                .optional();
    }

    /** Objections of a term; those that wait come first. Under a family's scope its own. */
    @Transactional(readOnly = true)
    public List<Objection> all(UUID school, UUID term, @Nullable UUID child) {
        return sql.sql("""
                select o.objection_id, o.pupil_id, p.name, p.class_name, o.about, o.raised_at, o.answer
                from timetable.objection o join roster.pub_pupil p on p.school_id = o.school_id and p.pupil_id = o.pupil_id
                where o.school_id = :s and o.term_id = :t and (:c::uuid is null or o.pupil_id = :c::uuid)
                order by o.answer is not null, o.raised_at desc
                """)
                .param("s", school)
                .param("t", term)
                .param("c", child == null ? null : child.toString())
                .query((r, n) -> new Objection(
                        r.getObject(1, UUID.class), r.getObject(2, UUID.class), r.getString(3), r.getString(4), r.getString(5), r.getTimestamp(6).toInstant(), r.getString(7)))
                .list();
    }

    /** How many objections wait for an answer; no row where none does. */
    record Waiting(int objections) {}

    static Question<Waiting> waitingOf(UUID school) {
        return new Question<>(Waiting.class, "select count(*)::int as objections from timetable.objection where school_id = :s and answer is null having count(*) > 0", Map.of("s", school));
    }

    /** Raises an objection; the same one that still waits is not raised twice. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void raise(UUID school, UUID term, UUID child, String about, UUID by, Instant at) {
        int raised = sql.sql("""
                insert into timetable.objection (school_id, objection_id, term_id, pupil_id, about, raised_by, raised_at) values (:s, :id, :t, :p, :about, :by, :at)
                on conflict (school_id, term_id, pupil_id, about) where answer is null do nothing
                """)
                .param("s", school)
                .param("id", ids.next())
                .param("t", term)
                .param("p", child)
                .param("about", about)
                .param("by", by)
                .param("at", Timestamp.from(at))
                .update();
        if (raised == 1) audit.record(school, "timetable.objected", "pupil", child, Map.of("about", about));
    }

    /** Answers once; the family is told. An answer that stands stays. */
    @Transactional
    public void answer(UUID school, UUID objection, String answer, UUID by) {
        Optional<UUID> child = sql.sql("update timetable.objection set answer = :a, answered_by = :by, answered_at = :at where school_id = :s and objection_id = :id and answer is null returning pupil_id")
                .param("a", answer)
                .param("by", by)
                .param("at", Timestamp.from(clock.instant()))
                .param("s", school)
                .param("id", objection)
                .query(UUID.class)
                .optional();
        if (child.isEmpty()) {
            boolean known = sql.sql("select 1 from timetable.objection where school_id = :s and objection_id = :id").param("s", school).param("id", objection).query(Integer.class).optional().isPresent();
            if (!known) throw new NotFound();
            return;
        }
        audit.record(school, "timetable.objection_answered", "pupil", child.get(), Map.of("answer", answer));
        notices.tell(new NewNotice(school, "timetable.objection_answered", Words.of("timetable.notice.answered"), "/children/" + child.get() + "/week", new Audience.Children(Set.of(child.get()), true)).about(objection));
    }

    /** Children put into sections or taken out of them after the publication, latest first. */
    @Transactional(readOnly = true)
    public List<Correction> corrections(UUID school, UUID term) {
        return sql.sql("""
                select c.at, c.pupil_id, p.name, p.class_name, x.name as section, c.joined, c.reason
                from timetable.correction c
                join roster.pub_pupil p on p.school_id = c.school_id and p.pupil_id = c.pupil_id
                join programme.pub_section x on x.school_id = c.school_id and x.section_id = c.section_id
                where c.school_id = :s and c.term_id = :t
                order by c.at desc, p.class_name, p.name limit 500
                """)
                .param("s", school)
                .param("t", term)
                .query((r, n) -> new Correction(r.getTimestamp(1).toInstant(), r.getObject(2, UUID.class), r.getString(3), r.getString(4), r.getString(5), r.getBoolean(6), r.getString(7)))
                .list();
    }

    /** Notes a correction: because a family objected, else because the school's list says so. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void correct(UUID school, UUID term, UUID child, UUID section, boolean joined, @Nullable UUID by, Instant at) {
        sql.sql("""
                insert into timetable.correction (school_id, correction_id, term_id, pupil_id, section_id, joined, reason, by, at)
                select :s, :id, :t, :p, :x, :joined,
                       case when exists (select 1 from timetable.objection o where o.school_id = :s and o.term_id = :t and o.pupil_id = :p and o.about = 'club') then 'objection' else 'list' end, :by::uuid, :at
                """)
                .param("s", school)
                .param("id", ids.next())
                .param("t", term)
                .param("p", child)
                .param("x", section)
                .param("joined", joined)
                .param("by", by == null ? null : by.toString())
                .param("at", Timestamp.from(at))
                .update();
    }
}
