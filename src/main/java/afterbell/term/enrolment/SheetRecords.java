package afterbell.term.enrolment;

import afterbell.base.roster.ChildRecords;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What a family asked for a child. Days and wishes are ids and numbers, so they stay; a carer's proposal holds what was typed, so it goes. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class SheetRecords implements ChildRecords {
    private static final String SECTION = "enrolment.copy.section";

    private final JdbcClient sql;

    SheetRecords(JdbcClient sql) {
        this.sql = sql;
    }

    @Override
    public List<Line> copy(UUID school, UUID pupil) {
        List<Line> lines = new ArrayList<>();
        sql.sql("""
                select r.name, s.takes_part, s.saved_at from enrolment.sheet s join enrolment.round r using (school_id, round_id)
                where s.school_id = :s and s.pupil_id = :p order by r.opens_at, r.round_id
                """)
                .param("s", school)
                .param("p", pupil)
                .query(r -> {
                    boolean yes = r.getBoolean(2);
                    lines.add(new Line(SECTION, r.wasNull() ? "enrolment.copy.open" : yes ? "enrolment.copy.yes" : "enrolment.copy.no", List.of(r.getString(1)), r.getTimestamp(3).toInstant()));
                });
        sql.sql("""
                select r.name, d.weekday, d.until_ordinal from enrolment.sheet_day d join enrolment.round r using (school_id, round_id)
                where d.school_id = :s and d.pupil_id = :p and d.until_ordinal > 0 order by r.opens_at, r.round_id, d.weekday
                """)
                .param("s", school)
                .param("p", pupil)
                .query(r -> {
                    lines.add(new Line(SECTION, "enrolment.copy.day", List.of(r.getString(1), r.getInt(2), r.getInt(3)), null));
                });
        sql.sql("""
                select r.name, w.rank, x.name from enrolment.wish w join enrolment.round r using (school_id, round_id) join programme.pub_section x on x.school_id = w.school_id and x.section_id = w.section_id
                where w.school_id = :s and w.pupil_id = :p order by r.opens_at, r.round_id, w.slot_id, w.rank
                """)
                .param("s", school)
                .param("p", pupil)
                .query(r -> {
                    lines.add(new Line(SECTION, "enrolment.copy.wish", List.of(r.getString(1), r.getInt(2), r.getString(3)), null));
                });
        return lines;
    }

    @Override
    public void erase(UUID school, UUID pupil, Collection<UUID> accounts) {
        sql.sql("delete from enrolment.proposal where school_id = :s and pupil_id = :p").param("s", school).param("p", pupil).update();
    }
}
