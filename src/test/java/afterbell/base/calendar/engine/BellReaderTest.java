package afterbell.base.calendar.engine;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.base.shared.yaml.YamlProblem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BellReaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{code: S1, bands: [g9], days: mon-fri, from: \"17:00\", until: \"18:00\", service: after-school} | calendar.unknown-band",
                "{code: S1, bands: [g1], days: mon-sun-tue, from: \"17:00\", until: \"18:00\", service: after-school} | calendar.not-weekdays",
                "{code: S1, bands: [g1], days: fri-mon, from: \"17:00\", until: \"18:00\", service: after-school} | calendar.not-weekdays",
                "{code: S1, bands: [g1], days: mon, from: \"18:00\", until: \"18:00\", service: after-school} | calendar.slot-ends-before-it-starts",
                "{code: S1, bands: [g1], days: mon, from: \"17:00\", until: \"18:00\", service: nap} | not-one-of",
                "{code: S9, bands: [g1], days: mon, from: \"15:30\", until: \"16:01\", service: after-school} | calendar.slots-overlap",
                "{code: S0, bands: [g1], days: mon, from: \"17:30\", until: \"18:00\", service: after-school} | calendar.slots-overlap",
                "{code: S1, bands: [g1], days: mon, from: 5 pm, until: \"18:00\", service: after-school} | not-a-time",
            })
    void a_wrong_slot_is_refused_with_its_line(String slot, String code) {
        List<YamlProblem> problems = new ArrayList<>();
        boolean read = BellReader.read(
                        "b.yaml",
                        """
                        bands:
                          - {code: g1, zh: a, en: a, grades: [1]}
                        slots:
                          - {code: S0, bands: [g1], days: mon-fri, from: "16:00", until: "17:00", service: after-school}
                          - """ + " " + slot.strip(),
                        problems)
                .isPresent();
        assertThat(read).isFalse();
        assertThat(problems).extracting(YamlProblem::code).contains(code.strip());
        assertThat(problems).allMatch(p -> p.line() == 5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{code: b, zh: a, en: a, grades: [1]} | calendar.grade-twice",
                "{code: a, zh: a, en: a, grades: [2]} | calendar.band-twice",
                "{code: b, zh: a, en: a, grades: []} | calendar.band-without-grades",
                "{code: b, zh: a, en: a, grades: [13]} | out-of-bounds",
            })
    void a_wrong_band_is_refused(String band, String code) {
        List<YamlProblem> problems = new ArrayList<>();
        BellReader.read("b.yaml", "bands:\n  - {code: a, zh: a, en: a, grades: [1]}\n  - " + band.strip(), problems);
        assertThat(problems).extracting(YamlProblem::code).contains(code.strip());
    }
}
