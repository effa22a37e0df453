package afterbell.term.placement;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Teachers' bands in auditioned sections (P5): what is asked for of a round, and what was said. Runs under the scope of the school's staff. */
@Component
public class Marks {
    /** Why a teacher may decline an applicant. */
    public static final List<String> REASONS = List.of("level", "safety", "absent");

    private final JdbcClient sql;

    Marks(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * An auditioned section of the round that closed last.
     *
     * @param publicName the public value whose entry ends the marking
     * @param open whether marks may still be made: from the close until the lottery is revealed
     * @param applicants children of its grades who listed it
     * @param marked how many of them have a mark
     */
    public record Asked(UUID round, String roundName, String publicName, boolean open, UUID section, String name, int capacity, int applicants, int marked) {
        public int unmarked() {
            return applicants - marked;
        }
    }

    /** @param teacher account of the teacher whose sections alone, or null for all */
    public List<Asked> asked(UUID school, @Nullable UUID teacher) {
        return sql.sql("""
                with last as materialized (
                    select r.school_id, r.round_id, r.term_id, r.name, r.state from enrolment.pub_round r where r.school_id = :s order by r.closes_at desc limit 1
                ), applicant as (
                    select distinct w.section_id, w.pupil_id
                    from last join enrolment.pub_wish w using (school_id, round_id)
                    join enrolment.pub_sheet h using (school_id, round_id, pupil_id)
                    join roster.pub_pupil p using (school_id, pupil_id)
                    join programme.pub_section x on x.school_id = w.school_id and x.section_id = w.section_id
                    where h.takes_part and x.auditioned and p.grade between x.grade_lo and x.grade_hi
                )
                select r.round_id as round, r.name as round_name, l.public_name, l.public_value is null as open, x.section_id as section, x.name, x.capacity,
                       count(a.pupil_id)::int as applicants, count(m.pupil_id)::int as marked
                from last r join placement.lottery l using (school_id, round_id)
                join programme.pub_section x on x.school_id = r.school_id and x.term_id = r.term_id and x.auditioned and x.state = 'published'
                join applicant a on a.section_id = x.section_id
                left join placement.mark m on m.school_id = r.school_id and m.round_id = r.round_id and m.section_id = x.section_id and m.pupil_id = a.pupil_id
                where r.state = 'closed'
                  and (cast(:teacher as uuid) is null or exists (
                      select 1 from programme.pub_section_teacher t join roster.pub_staff p on p.school_id = t.school_id and p.staff_id = t.staff_id
                      where t.school_id = r.school_id and t.section_id = x.section_id and p.account_id = :teacher))
                group by 1, 2, 3, 4, 5, 6, 7, x.code order by x.code
                """)
                .param("s", school)
                .param("teacher", teacher, java.sql.Types.OTHER)
                .query(Asked.class)
                .list();
    }

    public record Given(UUID section, UUID pupil, int band) {}

    /** @param reason one of {@link #REASONS} */
    public record Declined(UUID section, UUID pupil, String reason) {}

    /** Who is declined where, in a fixed order. */
    public List<Declined> declined(UUID school, UUID round) {
        return sql.sql("select section_id as section, pupil_id as pupil, refused as reason from placement.mark where school_id = :s and round_id = :r and refused is not null order by 1, 2")
                .param("s", school)
                .param("r", round)
                .query(Declined.class)
                .list();
    }

    /** Everything said that is not the default, in a fixed order. */
    public List<Given> given(UUID school, UUID round) {
        return sql.sql("select section_id as section, pupil_id as pupil, band from placement.mark where school_id = :s and round_id = :r and band <> 0 and refused is null order by 1, 2")
                .param("s", school)
                .param("r", round)
                .query(Given.class)
                .list();
    }
}
