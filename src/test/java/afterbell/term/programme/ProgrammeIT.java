package afterbell.term.programme;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Scope;
import afterbell.testing.GivenFamily;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
class ProgrammeIT {
    @Autowired
    GivenSchool given;

    @Autowired
    Programme programme;

    @Autowired
    Ids ids;

    @Autowired
    GivenTerm terms;

    @Autowired
    GivenFamily family;

    @Autowired
    JdbcClient sql;

    @Test
    void a_menu_is_kept_as_it_was_put_and_drafts_are_hidden_from_families() {
        UUID school = given.school();
        UUID term = terms.term(school, 2026);
        UUID slot = ids.next();
        Offering chess = new Offering(ids.next(), term, "围棋", "围棋", Offering.Domain.HUMANITIES, "", Cell.Layer.EXTENSION, null, null, "围棋一副", false, 0, Offering.PriceUnit.SESSION, false);
        Section s = new Section(
                ids.next(), chess.id(), term, "S01", "围棋", Section.Kind.CLUB, 3, 4, 8, 20, "", null, null, Section.State.DRAFT, false, "", List.of(slot), List.of(teacher(school, "T1"), teacher(school, "T2")));
        Cell cell = new Cell(ids.next(), term, "middle", 3, 4, 1, slot, 1, Cell.Form.CHOICE, "社团", Cell.Layer.EXTENSION);
        UUID klass = family.schoolClass(school);
        UUID other = family.schoolClass(school);
        List<OwnClassDuty> duties = List.of(new OwnClassDuty(term, klass, slot, null, null, other), new OwnClassDuty(term, other, slot, teacher(school, "T3"), null, null));
        given.in(school, () -> {
            programme.putOfferings(school, List.of(chess));
            programme.putSections(school, List.of(s));
            programme.putCells(school, List.of(cell));
            programme.putDuties(school, duties);
            return true;
        });
        assertThat(given.in(school, () -> programme.sections(school, term))).containsExactly(s);
        assertThat(given.in(school, () -> programme.offerings(school, term))).containsExactly(chess);
        assertThat(given.in(school, () -> programme.cells(school, term))).containsExactly(cell);
        assertThat(given.in(school, () -> programme.duties(school, term))).containsExactlyInAnyOrderElementsOf(duties);
        assertThat(given.within(Scope.publicly(school), () -> programme.sections(school, term))).isEmpty();
        given.in(school, () -> {
            programme.release(school, term, null);
            return true;
        });
        assertThat(given.within(Scope.publicly(school), () -> programme.sections(school, term))).hasSize(1);
        assertThat(given.within(Scope.publicly(school), () -> sql.sql("select count(*) from programme.pub_section").query(Long.class).single())).isEqualTo(1);
    }

    private UUID teacher(UUID school, String code) {
        UUID id = ids.next();
        given.in(school, () -> sql.sql("insert into roster.staff (school_id, staff_id, code, name, initials, kind) values (:s, :id, :code, :code, '', 'teacher')").param("s", school).param("id", id).param("code", code).update());
        return id;
    }
}
