package afterbell.term.placement.marking;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class MarkStore {
    private final JdbcClient sql;

    MarkStore(JdbcClient sql) {
        this.sql = sql;
    }

    record ApplicantRow(UUID pupil, String name, String className, @Nullable Integer band, @Nullable String refused, @Nullable Instant markedAt) {}

    /** Children of the section's grades who listed it, by class and name; not how they ranked it. */
    List<ApplicantRow> applicants(UUID school, UUID round, UUID section) {
        return sql.sql("""
                select p.pupil_id as pupil, p.name, p.class_name, m.band, m.refused, m.marked_at
                from programme.pub_section x join roster.pub_pupil p on p.school_id = x.school_id and p.grade between x.grade_lo and x.grade_hi
                join enrolment.pub_sheet h on h.school_id = p.school_id and h.pupil_id = p.pupil_id and h.round_id = :r and h.takes_part
                left join placement.mark m on m.school_id = p.school_id and m.round_id = h.round_id and m.section_id = x.section_id and m.pupil_id = p.pupil_id
                where x.school_id = :s and x.section_id = :x
                  and exists (select 1 from enrolment.pub_wish w where w.school_id = p.school_id and w.round_id = h.round_id and w.pupil_id = p.pupil_id and w.section_id = x.section_id)
                order by p.grade, p.class_number, p.initials, p.pupil_id
                """)
                .param("s", school)
                .param("r", round)
                .param("x", section)
                .query(ApplicantRow.class)
                .list();
    }

    /** Whether marking is open, held so until the end of the transaction: revealing the lottery waits for it. */
    boolean holdOpen(UUID school, UUID round) {
        return sql.sql("select public_value is null from placement.lottery where school_id = :s and round_id = :r for share")
                .param("s", school)
                .param("r", round)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    void put(UUID school, UUID round, UUID section, Map<UUID, MarkPolicy.Mark> marks, UUID by, Instant at) {
        List<UUID> pupils = marks.keySet().stream().sorted().toList();
        sql.sql("""
                insert into placement.mark (school_id, round_id, section_id, pupil_id, band, refused, marked_by, marked_at)
                select :s, :r, :x, t.pupil, t.band, nullif(t.refused, ''), :by, :at from unnest(:pupils, :bands, :refused) as t (pupil, band, refused)
                on conflict (school_id, round_id, section_id, pupil_id) do update set band = excluded.band, refused = excluded.refused, marked_by = excluded.marked_by, marked_at = excluded.marked_at
                """)
                .param("s", school)
                .param("r", round)
                .param("x", section)
                .param("by", by)
                .param("at", Timestamp.from(at))
                .param("pupils", pupils.toArray(UUID[]::new))
                .param("bands", pupils.stream().map(p -> Objects.requireNonNull(marks.get(p)).band()).toArray(Integer[]::new))
                .param("refused", pupils.stream().map(p -> Objects.requireNonNullElse(Objects.requireNonNull(marks.get(p)).refused(), "")).toArray(String[]::new))
                .update();
    }
}
