package afterbell.term.tariffs;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.calendar.Calendars;
import afterbell.base.schools.Schools;
import afterbell.reach.documents.LetterFields;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@HouseTest
class FeeFieldsIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    Tariffs tariffs;

    @Autowired
    Schools schools;

    @Autowired
    Calendars calendars;

    @Autowired
    List<LetterFields> rooms;

    private Map<String, String> fields(UUID school, UUID term) {
        return given.in(school, () -> rooms.stream().flatMap(r -> r.fields(schools.get(school), calendars.of(school, term)).stream()).collect(Collectors.toMap(LetterFields.Field::name, LetterFields.Field::value)));
    }

    @Test
    @Req({"R49", "R113"})
    void a_letter_names_each_price_with_its_source_and_says_nothing_of_money_where_no_standard_is_in_force() {
        UUID school = given.school();
        UUID term = terms.term(school);
        assertThat(fields(school, term)).containsEntry("fees.lines", "").containsEntry("menu.link", "");
        PriceDocument.Line day = new PriceDocument.Line(new UUID(1, 2), "课后服务", PriceDocument.Unit.DAY, 360, "after-school");
        PriceDocument document = new PriceDocument(new UUID(1, 1), "收费标准", "市发改委", "发改〔2026〕1号", "按未参加天数退还", "", "12345", LocalDate.of(2026, 1, 1), null, List.of(day), null);
        given.in(school, () -> {
            tariffs.put(school, document);
            return true;
        });
        assertThat(fields(school, term).get("fees.lines")).contains("市发改委").contains("发改〔2026〕1号").contains("- 课后服务：¥3.60").contains("按未参加天数退还").contains("12345");
    }
}
