package afterbell.term.programme;

import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Plan and menu as rows. */
@Repository
public class ProgrammeStore {
    private final JdbcClient sql;
    private final NamedParameterJdbcOperations many;
    private final Questions questions;
    private final Clock clock;

    ProgrammeStore(JdbcClient sql, NamedParameterJdbcOperations many, Questions questions, Clock clock) {
        this.sql = sql;
        this.questions = questions;
        this.many = many;
        this.clock = clock;
    }

    static Question<Cell> cellsOf(UUID school, UUID term) {
        return new Question<>(
                Cell.class,
                """
                select cell_id as id, term_id as term, band, grade_lo, grade_hi, weekday, slot_id as slot, ordinal, form, content, layer
                from programme.cell where school_id = :s and term_id = :t order by grade_lo, weekday, slot_id, ordinal
                """,
                Map.of("s", school, "t", term));
    }

    public List<Cell> cells(UUID school, UUID term) {
        return questions.ask(cellsOf(school, term));
    }

    public static Question<Offering> offeringsOf(UUID school, UUID term) {
        return new Question<>(
                Offering.class,
                """
                select offering_id as id, term_id as term, activity, name, domain, description, layer, provider_id as provider, picture_id as picture, materials, insurance,
                       price_fen, price_unit, auditioned
                from programme.offering where school_id = :s and term_id = :t order by name, offering_id
                """,
                Map.of("s", school, "t", term));
    }

    public List<Offering> offerings(UUID school, UUID term) {
        return questions.ask(offeringsOf(school, term));
    }

    public static Question<Section> sectionsOf(UUID school, UUID term) {
        return new Question<>(
                Section.class,
                """
                select section_id as id, offering_id as offering, term_id as term, code, name, kind, grade_lo, grade_hi, min_size, capacity, capacity_reason, per_class_seats,
                       room_id as room, state, fixed, fixed_reason,
                       array(select ss.slot_id from programme.section_slot ss where ss.school_id = :s and ss.section_id = x.section_id order by ss.slot_id) as slots,
                       array(select st.staff_id from programme.section_teacher st where st.school_id = :s and st.section_id = x.section_id order by st.main desc, st.staff_id) as teachers
                from programme.section x where school_id = :s and term_id = :t order by code
                """,
                Map.of("s", school, "t", term));
    }

    public List<Section> sections(UUID school, UUID term) {
        return questions.ask(sectionsOf(school, term));
    }

    /** The term of a section; empty where the school has no such section. */
    public Optional<UUID> termOf(UUID school, UUID section) {
        return sql.sql("select term_id from programme.section where school_id = :s and section_id = :id").param("s", school).param("id", section).query(UUID.class).optional();
    }

    public void setState(UUID school, UUID section, Section.State state) {
        sql.sql("update programme.section set state = :state where school_id = :s and section_id = :id").param("state", state.code()).param("s", school).param("id", section).update();
    }

    /** Removes a section, its members and its offering where no other section is left of it. */
    public void removeSection(UUID school, UUID section) {
        sql.sql("""
                with gone as (delete from programme.section where school_id = :s and section_id = :id returning offering_id)
                select offering_id from gone
                """)
                .param("s", school)
                .param("id", section)
                .query(UUID.class)
                .optional()
                .ifPresent(offering -> sql.sql("""
                        delete from programme.offering o where o.school_id = :s and o.offering_id = :o
                        and not exists (select 1 from programme.section x where x.school_id = o.school_id and x.offering_id = o.offering_id)
                        """)
                        .param("s", school)
                        .param("o", offering)
                        .update());
    }

    static Question<OwnClassDuty> dutiesOf(UUID school, UUID term) {
        return new Question<>(
                OwnClassDuty.class,
                "select term_id as term, class_id as klass, slot_id as slot, staff_id as staff, room_id as room, merged_into from programme.own_class_duty where school_id = :s and term_id = :t",
                Map.of("s", school, "t", term));
    }

    public List<OwnClassDuty> duties(UUID school, UUID term) {
        return questions.ask(dutiesOf(school, term));
    }

    static Question<FixedMember> fixedMembersOf(UUID school, UUID term) {
        return new Question<>(
                FixedMember.class,
                """
                select f.section_id as section, f.pupil_id as pupil, f.reason
                from programme.fixed_member f join programme.section s using (school_id, section_id)
                where f.school_id = :s and s.term_id = :t order by s.code, f.pupil_id
                """,
                Map.of("s", school, "t", term));
    }

    public List<FixedMember> fixedMembers(UUID school, UUID term) {
        return questions.ask(fixedMembersOf(school, term));
    }

    /** Somebody who leads a section of a published menu. */
    public record Leader(UUID section, String name) {}

    /** Names of those who lead the sections of a published menu; readable for everybody. */
    public static Question<Leader> leadersOf(UUID school, UUID term) {
        return new Question<>(Leader.class, "select section_id as section, name from programme.door_menu_teachers(:s, :t)", Map.of("s", school, "t", term));
    }

    /** Gives an offering a picture, or takes it away. */
    public void setPicture(UUID school, UUID offering, @Nullable UUID picture) {
        sql.sql("update programme.offering set picture_id = :p where school_id = :s and offering_id = :o").param("p", picture, Types.OTHER).param("s", school).param("o", offering).update();
    }

    /** Since when a plan is public. */
    public record Published(Instant at) {}

    public static Question<Published> publishedOf(UUID school, UUID term) {
        return new Question<>(Published.class, "select published_at as at from programme.plan where school_id = :s and term_id = :t and published_at is not null", Map.of("s", school, "t", term));
    }

    public Optional<Instant> publishedAt(UUID school, UUID term) {
        return questions.ask(publishedOf(school, term)).stream().map(Published::at).findFirst();
    }

    public void putCells(UUID school, List<Cell> cells) {
        each(
                """
                insert into programme.cell (school_id, cell_id, term_id, band, grade_lo, grade_hi, weekday, slot_id, ordinal, form, content, layer)
                values (:s, :id, :term, :band, :lo, :hi, :day, :slot, :n, :form, :content, :layer)
                on conflict (school_id, cell_id) do update set form = excluded.form, content = excluded.content, layer = excluded.layer
                """,
                cells.stream()
                        .map(c -> row(school)
                                .addValue("id", c.id())
                                .addValue("term", c.term())
                                .addValue("band", c.band())
                                .addValue("lo", c.gradeLo())
                                .addValue("hi", c.gradeHi())
                                .addValue("day", c.weekday())
                                .addValue("slot", c.slot())
                                .addValue("n", c.ordinal())
                                .addValue("form", c.form().code())
                                .addValue("content", c.content())
                                .addValue("layer", c.layer().code()))
                        .toList());
    }

    /** The cells of one slot, all grades, as they shall be. */
    public void replaceCells(UUID school, UUID slot, List<Cell> cells) {
        sql.sql("delete from programme.cell where school_id = :s and slot_id = :slot").param("s", school).param("slot", slot).update();
        putCells(school, cells);
    }

    /** A class and its class teacher. */
    public record ClassTeacher(UUID klass, UUID staff) {}

    /** Class teachers, deputies left out. */
    public List<ClassTeacher> classTeachers(UUID school) {
        return sql.sql("select class_id as klass, staff_id as staff from roster.pub_class_teacher where school_id = :s and not deputy order by class_id, staff_id")
                .param("s", school)
                .query(ClassTeacher.class)
                .list();
    }

    public void putOfferings(UUID school, List<Offering> offerings) {
        each(
                """
                insert into programme.offering (school_id, offering_id, term_id, activity, name, domain, description, layer, provider_id, picture_id, materials, insurance, price_fen, price_unit, auditioned)
                values (:s, :id, :term, :activity, :name, :domain, :description, :layer, :provider, :picture, :materials, :insurance, :fen, :unit, :auditioned)
                on conflict (school_id, offering_id) do update set activity = excluded.activity, name = excluded.name, domain = excluded.domain, description = excluded.description,
                    layer = excluded.layer, provider_id = excluded.provider_id, picture_id = excluded.picture_id, materials = excluded.materials, insurance = excluded.insurance,
                    price_fen = excluded.price_fen, price_unit = excluded.price_unit, auditioned = excluded.auditioned
                """,
                offerings.stream()
                        .map(o -> row(school)
                                .addValue("id", o.id())
                                .addValue("term", o.term())
                                .addValue("activity", o.activity())
                                .addValue("name", o.name())
                                .addValue("domain", o.domain().code())
                                .addValue("description", o.description())
                                .addValue("layer", o.layer().code())
                                .addValue("provider", o.provider())
                                .addValue("picture", o.picture())
                                .addValue("materials", o.materials())
                                .addValue("insurance", o.insurance())
                                .addValue("fen", o.priceFen())
                                .addValue("unit", o.priceUnit().code())
                                .addValue("auditioned", o.auditioned()))
                        .toList());
    }

    public void putSections(UUID school, List<Section> sections) {
        if (sections.isEmpty()) return;
        each(
                """
                insert into programme.section (school_id, section_id, offering_id, term_id, code, name, kind, grade_lo, grade_hi, min_size, capacity, capacity_reason, per_class_seats, room_id,
                    state, fixed, fixed_reason)
                values (:s, :id, :offering, :term, :code, :name, :kind, :lo, :hi, :min, :capacity, :reason, :perClass, :room, :state, :fixed, :fixedReason)
                on conflict (school_id, section_id) do update set offering_id = excluded.offering_id, code = excluded.code, name = excluded.name, kind = excluded.kind,
                    grade_lo = excluded.grade_lo, grade_hi = excluded.grade_hi, min_size = excluded.min_size, capacity = excluded.capacity, capacity_reason = excluded.capacity_reason,
                    per_class_seats = excluded.per_class_seats, room_id = excluded.room_id, state = excluded.state, fixed = excluded.fixed, fixed_reason = excluded.fixed_reason
                """,
                sections.stream()
                        .map(x -> row(school)
                                .addValue("id", x.id())
                                .addValue("offering", x.offering())
                                .addValue("term", x.term())
                                .addValue("code", x.code())
                                .addValue("name", x.name())
                                .addValue("kind", x.kind().code())
                                .addValue("lo", x.gradeLo())
                                .addValue("hi", x.gradeHi())
                                .addValue("min", x.minSize())
                                .addValue("capacity", x.capacity())
                                .addValue("reason", x.capacityReason())
                                .addValue("perClass", x.perClassSeats())
                                .addValue("room", x.room())
                                .addValue("state", x.state().code())
                                .addValue("fixed", x.fixed())
                                .addValue("fixedReason", x.fixedReason()))
                        .toList());
        List<UUID> ids = sections.stream().map(Section::id).toList();
        sql.sql("delete from programme.section_slot where school_id = :s and section_id in (:ids)").param("s", school).param("ids", ids).update();
        sql.sql("delete from programme.section_teacher where school_id = :s and section_id in (:ids)").param("s", school).param("ids", ids).update();
        each(
                "insert into programme.section_slot (school_id, section_id, slot_id) values (:s, :id, :slot)",
                sections.stream().flatMap(x -> x.slots().stream().map(slot -> row(school).addValue("id", x.id()).addValue("slot", slot))).toList());
        each(
                "insert into programme.section_teacher (school_id, section_id, staff_id, main) values (:s, :id, :staff, :main)",
                sections.stream()
                        .flatMap(x -> x.teachers().stream().map(t -> row(school).addValue("id", x.id()).addValue("staff", t).addValue("main", t.equals(x.teachers().getFirst()))))
                        .toList());
    }

    public void putDuties(UUID school, List<OwnClassDuty> duties) {
        each(
                """
                insert into programme.own_class_duty (school_id, term_id, class_id, slot_id, staff_id, room_id, merged_into) values (:s, :term, :class, :slot, :staff, :room, :merged)
                on conflict (school_id, class_id, slot_id) do update set staff_id = excluded.staff_id, room_id = excluded.room_id, merged_into = excluded.merged_into
                """,
                duties.stream()
                        .map(d -> row(school)
                                .addValue("term", d.term())
                                .addValue("class", d.klass())
                                .addValue("slot", d.slot())
                                .addValue("staff", d.staff())
                                .addValue("room", d.room())
                                .addValue("merged", d.mergedInto()))
                        .toList());
    }

    public void putFixedMembers(UUID school, List<FixedMember> members) {
        each(
                """
                insert into programme.fixed_member (school_id, section_id, pupil_id, reason) values (:s, :section, :pupil, :reason)
                on conflict (school_id, section_id, pupil_id) do update set reason = excluded.reason
                """,
                members.stream()
                        .map(m -> row(school).addValue("section", m.section()).addValue("pupil", m.pupil()).addValue("reason", m.reason()))
                        .toList());
    }

    public void removeFixedMembers(UUID school, List<FixedMember> members) {
        each(
                "delete from programme.fixed_member where school_id = :s and section_id = :section and pupil_id = :pupil",
                members.stream().map(m -> row(school).addValue("section", m.section()).addValue("pupil", m.pupil())).toList());
    }

    public void release(UUID school, UUID term, @Nullable UUID by) {
        sql.sql("""
                insert into programme.plan (school_id, term_id, published_at, published_by) values (:s, :t, :at, :by)
                on conflict (school_id, term_id) do update set published_at = excluded.published_at, published_by = excluded.published_by
                """)
                .param("s", school)
                .param("t", term)
                .param("at", Timestamp.from(clock.instant()))
                .param("by", by)
                .update();
        sql.sql("update programme.section set state = 'published' where school_id = :s and term_id = :t and state = 'draft'").param("s", school).param("t", term).update();
    }

    private void each(String statement, List<MapSqlParameterSource> rows) {
        if (!rows.isEmpty()) many.batchUpdate(statement, new ArrayList<>(rows).toArray(SqlParameterSource[]::new));
    }

    private static MapSqlParameterSource row(UUID school) {
        return new MapSqlParameterSource("s", school);
    }
}
