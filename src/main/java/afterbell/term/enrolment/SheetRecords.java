package afterbell.term.enrolment;

import afterbell.base.roster.ChildRecords;
import afterbell.base.shared.db.Question;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

    private record Sheet(String name, @Nullable Boolean takesPart, Instant at) {
        String words() {
            return takesPart == null ? "enrolment.copy.open" : takesPart ? "enrolment.copy.yes" : "enrolment.copy.no";
        }
    }

    private record Day(String name, int weekday, int untilOrdinal) {}

    private record Wish(String name, int rank, String section) {}

    @Override
    public List<Part<?>> copy(UUID school, UUID pupil) {
        Map<String, Object> of = Map.of("s", school, "p", pupil);
        return List.of(
                new Part<>(
                        new Question<>(
                                Sheet.class,
                                """
                                select r.name, s.takes_part, s.saved_at as at from enrolment.sheet s join enrolment.round r using (school_id, round_id)
                                where s.school_id = :s and s.pupil_id = :p order by r.opens_at, r.round_id
                                """,
                                of),
                        r -> new Line(SECTION, r.words(), List.of(r.name()), r.at())),
                new Part<>(
                        new Question<>(
                                Day.class,
                                """
                                select r.name, d.weekday, d.until_ordinal from enrolment.sheet_day d join enrolment.round r using (school_id, round_id)
                                where d.school_id = :s and d.pupil_id = :p and d.until_ordinal > 0 order by r.opens_at, r.round_id, d.weekday
                                """,
                                of),
                        r -> new Line(SECTION, "enrolment.copy.day", List.of(r.name(), r.weekday(), r.untilOrdinal()), null)),
                new Part<>(
                        new Question<>(
                                Wish.class,
                                """
                                select r.name, w.rank, x.name as section from enrolment.wish w join enrolment.round r using (school_id, round_id)
                                join programme.pub_section x on x.school_id = w.school_id and x.section_id = w.section_id
                                where w.school_id = :s and w.pupil_id = :p order by r.opens_at, r.round_id, w.slot_id, w.rank
                                """,
                                of),
                        r -> new Line(SECTION, "enrolment.copy.wish", List.of(r.name(), r.rank(), r.section()), null)));
    }

    @Override
    public void erase(UUID school, UUID pupil, Collection<UUID> accounts) {
        sql.sql("delete from enrolment.proposal where school_id = :s and pupil_id = :p").param("s", school).param("p", pupil).update();
    }
}
