package afterbell.money.billing;

import afterbell.base.audit.Audit;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.web.Screen;
import afterbell.money.billing.TariffsInUse.InUse;
import afterbell.term.tariffs.quote.Tariff;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Materials of courses, apart from the service's fee: at what they cost, where the tariff names them, for a family that agreed. They stand on lines and on an account
 * of their own, so no ceiling, share or exemption of the service touches them.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Materials {
    private static final int NAME = 60;
    private static final long MOST = 10_000_000;

    private final JdbcClient sql;
    private final TariffsInUse tariffs;
    private final Ledger ledger;
    private final PayOrders orders;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    Materials(JdbcClient sql, TariffsInUse tariffs, Ledger ledger, PayOrders orders, Audit audit, Ids ids, Clock clock) {
        this.sql = sql;
        this.tariffs = tariffs;
        this.ledger = ledger;
        this.orders = orders;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** Materials as the desk sees them. @param agreed children whose family agreed */
    public record Told(UUID id, String section, String name, long fen, int agreed, boolean ended) {}

    /** A course whose materials may be told. */
    public record Course(UUID id, String name) {}

    /**
     * Materials as a family sees them.
     *
     * @param agreement its id; null while the family has not agreed
     */
    public record Offer(UUID id, String section, String name, long fen, @Nullable UUID agreement, @Nullable Instant agreedAt) {}

    public static Question<Told> toldOf(UUID school) {
        return new Question<>(
                Told.class,
                """
                select m.material_id as id, x.name as section, m.name, m.fen, m.ended_at is not null as ended,
                       (select count(*)::int from billing.material_agreed a where a.school_id = m.school_id and a.material_id = m.material_id and a.undone_at is null) as agreed
                from billing.material m join programme.pub_section x on x.school_id = m.school_id and x.section_id = m.section_id
                where m.school_id = :s order by m.ended_at is not null, m.told_at desc, m.material_id limit 200
                """,
                Map.of("s", school));
    }

    public static Question<Course> coursesOf(UUID school, LocalDate today) {
        return new Question<>(
                Course.class,
                """
                select x.section_id as id, x.name from programme.pub_section x join calendar.pub_term t on t.school_id = x.school_id and t.term_id = x.term_id
                where x.school_id = :s and :today between t.starts_on and t.ends_on and x.state <> 'withdrawn' order by x.name, x.section_id
                """,
                Map.of("s", school, "today", today));
    }

    /** What the courses of a child cost in materials, agreed or not. */
    public static Question<Offer> offersOf(UUID school, UUID pupil) {
        return new Question<>(
                Offer.class,
                """
                select m.material_id as id, x.name as section, m.name, coalesce(a.fen, m.fen) as fen, a.material_agreed_id as agreement, a.agreed_at
                from billing.material m join programme.pub_section x on x.school_id = m.school_id and x.section_id = m.section_id
                left join billing.material_agreed a on a.school_id = m.school_id and a.material_id = m.material_id and a.pupil_id = :p and a.undone_at is null
                where m.school_id = :s and (a.material_agreed_id is not null or m.ended_at is null
                      and exists (select 1 from timetable.pub_place g where g.school_id = m.school_id and g.term_id = m.term_id and g.pupil_id = :p and g.section_id = m.section_id))
                order by m.told_at, m.material_id
                """,
                Map.of("s", school, "p", pupil));
    }

    /** Tells what materials of a course cost; answers why not, or nothing. */
    public List<Refusal> tell(UUID school, Optional<UUID> section, String name, OptionalLong fen, UUID by) {
        Optional<InUse> inUse = tariffs.on(school, today());
        List<Refusal> no = new ArrayList<>();
        Tariff.@Nullable Materials allowed = inUse.map(t -> t.tariff().materials()).orElse(null);
        Optional<Tariff.Ban> ban = inUse.flatMap(t -> t.tariff().bans().stream().filter(b -> b.rule().equals("fee.materials")).findFirst());
        if (ban.isPresent()) no.add(new Refusal.Simple("billing.material.refused.banned", "", List.of(ban.get().clause(), ban.get().instead())));
        else if (inUse.isEmpty()) no.add(new Refusal.Simple("billing.material.refused.no_tariff"));
        else if (allowed == null) no.add(new Refusal.Simple("billing.material.refused.silent", "", List.of(inUse.get().tariff().code())));
        Optional<Open> course = section.flatMap(x -> open(school, x));
        if (course.isEmpty()) no.add(new Refusal.Simple("billing.material.refused.course", "section", List.of()));
        if (name.isEmpty() || name.length() > NAME) no.add(new Refusal.Simple("billing.material.refused.name", "name", List.of(NAME)));
        if (fen.isEmpty() || fen.getAsLong() < 1 || fen.getAsLong() > MOST) no.add(new Refusal.Simple("billing.material.refused.fen", "yuan", List.of()));
        else if (allowed != null && fen.getAsLong() + course.map(Open::fen).orElse(0L) > allowed.most())
            no.add(tooMuch("yuan", inUse.orElseThrow().tariff().code(), allowed, course.map(Open::fen).orElse(0L)));
        if (!no.isEmpty()) return no;
        int told = sql.sql("""
                insert into billing.material (school_id, material_id, term_id, section_id, tariff_id, name, fen, told_at, told_by) values (:s, :id, :t, :x, :tariff, :name, :fen, :at, :by)
                on conflict (school_id, section_id, name) where ended_at is null do nothing
                """)
                .param("s", school)
                .param("id", ids.next())
                .param("t", course.orElseThrow().term())
                .param("x", section.orElseThrow())
                .param("tariff", inUse.orElseThrow().id())
                .param("name", name)
                .param("fen", fen.getAsLong())
                .param("at", Timestamp.from(clock.instant()))
                .param("by", by)
                .update();
        if (told == 0) return List.of(new Refusal.Simple("billing.material.refused.twice", "name", List.of()));
        audit.record(school, "billing.material_told", "section", section.orElseThrow(), Map.of("fen", fen.getAsLong()));
        return List.of();
    }

    /** A course of the running term. @param fen of what was told for it and is not ended */
    private record Open(UUID term, long fen) {}

    private Optional<Open> open(UUID school, UUID section) {
        return sql.sql("""
                select x.term_id as term, coalesce((select sum(m.fen) from billing.material m where m.school_id = x.school_id and m.section_id = x.section_id and m.ended_at is null), 0)::bigint as fen
                from programme.pub_section x join calendar.pub_term t on t.school_id = x.school_id and t.term_id = x.term_id
                where x.school_id = :s and x.section_id = :x and :today between t.starts_on and t.ends_on and x.state <> 'withdrawn'
                """)
                .param("s", school)
                .param("x", section)
                .param("today", today())
                .query(Open.class)
                .optional();
    }

    private static Refusal tooMuch(String field, String code, Tariff.Materials allowed, long before) {
        return new Refusal.Simple("billing.material.refused.most", field, List.of(yuan(allowed.most()), code + " " + allowed.clause(), yuan(Math.max(0, allowed.most() - before))));
    }

    private static String yuan(long fen) {
        return BigDecimal.valueOf(fen, 2).toPlainString();
    }

    /** Nobody agrees to it any more; who has agreed pays. */
    public void end(UUID school, UUID material) {
        int known = sql.sql("update billing.material set ended_at = coalesce(ended_at, :at) where school_id = :s and material_id = :m").param("at", Timestamp.from(clock.instant())).param("s", school).param("m", material).update();
        if (known == 0) throw new NotFound();
        audit.record(school, "billing.material_ended", "material", material, Map.of());
    }

    /**
     * A family agrees, under the school's scope, its right to the child asked before; agreeing again changes nothing. Answers why not, or nothing: what one child
     * agrees to for one course of a term stays within what the tariff allows under which it was told.
     */
    public Optional<Refusal> agree(UUID school, UUID pupil, UUID material, UUID by) {
        record Priced(UUID term, UUID section, UUID tariff, long fen) {}
        Priced priced = sql.sql("""
                select m.term_id as term, m.section_id as section, m.tariff_id as tariff, m.fen from billing.material m
                where m.school_id = :s and m.material_id = :m and m.ended_at is null
                  and exists (select 1 from timetable.pub_place g where g.school_id = m.school_id and g.term_id = m.term_id and g.pupil_id = :p and g.section_id = m.section_id)
                """)
                .param("s", school)
                .param("m", material)
                .param("p", pupil)
                .query(Priced.class)
                .optional()
                .orElseThrow(NotFound::new);
        // Who agrees to two materials of a course at one moment waits here, and the second finds what the first has agreed to.
        sql.sql("select pg_advisory_xact_lock(hashtextextended(:k, 0))").param("k", "billing.material/" + priced.section() + "/" + pupil).query((r, n) -> 0).single();
        long before = sql.sql("""
                select coalesce(sum(a.fen), 0)::bigint from billing.material_agreed a join billing.material m using (school_id, material_id)
                where a.school_id = :s and a.pupil_id = :p and a.undone_at is null and m.section_id = :x and m.material_id <> :m
                """)
                .param("s", school)
                .param("p", pupil)
                .param("x", priced.section())
                .param("m", material)
                .query(Long.class)
                .single();
        Optional<InUse> under = tariffs.all(school).stream().filter(t -> t.id().equals(priced.tariff())).findFirst();
        Tariff.@Nullable Materials allowed = under.map(t -> t.tariff().materials()).orElse(null);
        if (allowed != null && priced.fen() + before > allowed.most()) return Optional.of(tooMuch("", under.orElseThrow().tariff().code(), allowed, before));
        UUID id = ids.next();
        Instant now = clock.instant();
        int agreed = sql.sql("""
                insert into billing.material_agreed (school_id, material_agreed_id, material_id, pupil_id, fen, agreed_at, agreed_by) values (:s, :id, :m, :p, :fen, :at, :by)
                on conflict (school_id, material_id, pupil_id) where undone_at is null do nothing
                """)
                .param("s", school)
                .param("id", id)
                .param("m", material)
                .param("p", pupil)
                .param("fen", priced.fen())
                .param("at", Timestamp.from(now))
                .param("by", by)
                .update();
        if (agreed == 0) return Optional.empty();
        ledger.post(school, new Draft(ids.next(), Document.CHARGE, id, "materials", now, today(), by, postings(pupil, priced.term(), priced.fen())));
        orders.refresh(school, List.of(pupil));
        audit.record(school, "billing.material_agreed", "pupil", pupil, Map.of("fen", priced.fen()));
        return Optional.empty();
    }

    /** Takes an agreement back: the child left the course or got none. Answers whose it was. */
    public UUID undo(UUID school, UUID agreement, UUID by) {
        record Agreed(UUID pupil, UUID term, long fen, boolean undone) {}
        Agreed agreed = sql.sql("""
                select a.pupil_id as pupil, m.term_id as term, a.fen, a.undone_at is not null as undone from billing.material_agreed a join billing.material m using (school_id, material_id)
                where a.school_id = :s and a.material_agreed_id = :id for update of a
                """)
                .param("s", school)
                .param("id", agreement)
                .query(Agreed.class)
                .optional()
                .orElseThrow(NotFound::new);
        if (agreed.undone()) return agreed.pupil();
        Instant now = clock.instant();
        sql.sql("update billing.material_agreed set undone_at = :at, undone_by = :by where school_id = :s and material_agreed_id = :id").param("at", Timestamp.from(now)).param("by", by).param("s", school).param("id", agreement).update();
        ledger.post(school, new Draft(ids.next(), Document.ADJUSTMENT, agreement, "materials.back", now, today(), by, postings(agreed.pupil(), agreed.term(), -agreed.fen())));
        orders.refresh(school, List.of(agreed.pupil()));
        audit.record(school, "billing.material_undone", "pupil", agreed.pupil(), Map.of("fen", agreed.fen()));
        return agreed.pupil();
    }

    private static List<Posting> postings(UUID pupil, UUID term, long fen) {
        return List.of(Posting.ofPupil("family", pupil, term, fen), new Posting("materials-fund", null, null, term, -fen));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }
}
