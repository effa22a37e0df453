package afterbell.term.placement.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.term.placement.engine.Explanation;
import afterbell.term.placement.engine.Generator;
import afterbell.term.placement.engine.Instance;
import afterbell.term.placement.engine.Options;
import afterbell.term.placement.engine.Order;
import afterbell.term.placement.engine.Outcome;
import afterbell.term.placement.engine.Placement;
import afterbell.term.placement.engine.ProgressListener;
import afterbell.term.placement.engine.Reason;
import afterbell.term.placement.engine.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is changed in the published files, verifying them finds it. */
@Req("P2")
class PlantedLiesTest {
    private static final Instance SCHOOL = new Generator(11, 150, 14, 1.0, 1.2, 6, 5).instance();

    @TempDir
    private static Path folder;

    private static List<Explanation> reasons = List.of();

    @BeforeAll
    static void publish() {
        Outcome outcome = Placement.solve(SCHOOL, Order.FAIR, Options.STANDARD, ProgressListener.SILENT);
        reasons = Explanations.of(SCHOOL, outcome);
        ResultFiles.write(folder, outcome, reasons);
    }

    @Test
    void the_truth_verifies() {
        assertThat(PublishedFiles.verify(SCHOOL, folder)).isEmpty();
    }

    @Test
    void the_school_of_this_test_has_something_to_lie_about() {
        assertThat(reasons).extracting(Explanation::reason)
                .contains(Reason.NOT_ELIGIBLE, Reason.NOT_RUN, Reason.CLASH, Reason.LOTTERY, Reason.EXCHANGE);
    }

    enum Lying {
        ROW_LEFT_OUT(ResultFiles.RESULT) {
            @Override
            String tell(String text) {
                return withoutLine(text, 5);
            }
        },
        ROW_TWICE(ResultFiles.RESULT) {
            @Override
            String tell(String text) {
                return text + text.lines().toList().getLast() + "\n";
            }
        },
        WRONG_RANK(ResultFiles.RESULT) {
            @Override
            String tell(String text) {
                return text.replaceFirst(",1\n", ",2\n");
            }
        },
        UNKNOWN_PUPIL(ResultFiles.RESULT) {
            @Override
            String tell(String text) {
                return text + "p99999,0,c0,1\n";
            }
        },
        SECTION_NOT_LISTED(ResultFiles.RESULT) {
            @Override
            String tell(String text) {
                return text.replaceFirst("p0,([0-4]),c[0-9]+,", "p0,$1,c1,") + (text.contains("p0,") ? "" : "p0,0,c1,1\n");
            }
        },
        OTHER_LINE_ENDS(ResultFiles.RESULT) {
            @Override
            String tell(String text) {
                return text.replace("\n", "\r\n");
            }
        },
        ROWS_OUT_OF_ORDER(ResultFiles.RESULT) {
            @Override
            String tell(String text) {
                List<String> lines = new ArrayList<>(text.lines().toList());
                lines.add(1, lines.removeLast());
                return String.join("\n", lines) + "\n";
            }
        },
        CLOSING_LEFT_OUT(ResultFiles.CLOSED) {
            @Override
            String tell(String text) {
                return withoutLine(text, 1);
            }
        },
        CLOSING_INVENTED(ResultFiles.CLOSED) {
            @Override
            String tell(String text) {
                return text + "c0,3,8\n";
            }
        },
        WRONG_CLOSING_NUMBER(ResultFiles.CLOSED) {
            @Override
            String tell(String text) {
                return text.replaceFirst("(?m),([0-9]+),([0-9]+)$", ",$1$1,$2");
            }
        },
        REASON_LEFT_OUT(ResultFiles.EXPLANATIONS) {
            @Override
            String tell(String text) {
                return withoutLine(text, 3);
            }
        },
        OTHER_REASON(ResultFiles.EXPLANATIONS) {
            @Override
            String tell(String text) {
                return text.replaceFirst(",exchange,", ",order,");
            }
        },
        OTHER_LOTTERY_NUMBER(ResultFiles.EXPLANATIONS) {
            @Override
            String tell(String text) {
                return text.replaceFirst("\"\"last_admitted\"\":", "\"\"last_admitted\"\":1");
            }
        },
        REASON_THAT_DOES_NOT_EXIST(ResultFiles.EXPLANATIONS) {
            @Override
            String tell(String text) {
                return text.replaceFirst(",exchange,", ",because,");
            }
        },
        FACTS_THAT_ARE_NO_JSON(ResultFiles.EXPLANATIONS) {
            @Override
            String tell(String text) {
                return text.replaceFirst("\\{", "[");
            }
        },
        LEVEL_VALUE(ResultFiles.CERTIFICATE) {
            @Override
            String tell(String text) {
                return text.replaceFirst("\"class3\": ([0-9]+)", "\"class3\": 1$1");
            }
        },
        BOUND_ABOVE_VALUE(ResultFiles.CERTIFICATE) {
            @Override
            String tell(String text) {
                return text.replaceFirst("(?s)(\"bound\".*?\"class3\": )", "$19");
            }
        },
        BOUND_BELOW_VALUE_CALLED_PROVED(ResultFiles.CERTIFICATE) {
            @Override
            String tell(String text) {
                return text.replaceFirst("(?s)(\"bound\".*?\"class3\": )[0-9]+", "$11");
            }
        },
        INPUT_HASH(ResultFiles.CERTIFICATE) {
            @Override
            String tell(String text) {
                return text.replaceFirst("\"input_sha256\": \"....", "\"input_sha256\": \"0000");
            }
        },
        FAMILIES_ROOT(ResultFiles.CERTIFICATE) {
            @Override
            String tell(String text) {
                return text.replaceFirst("\"families_root\": \"....", "\"families_root\": \"0000");
            }
        },
        COUNT(ResultFiles.CERTIFICATE) {
            @Override
            String tell(String text) {
                return text.replaceFirst("\"first\": ", "\"first\": 1");
            }
        },
        PUPILS_WITH_NOTHING(ResultFiles.CERTIFICATE) {
            @Override
            String tell(String text) {
                return text.replaceFirst("\n  \"nothing\": ", "\n  \"nothing\": 1");
            }
        },
        COST(ResultFiles.CERTIFICATE) {
            @Override
            String tell(String text) {
                return text.replaceFirst("\"cost\": ", "\"cost\": 1");
            }
        },
        ANOTHER_ORDER(ResultFiles.CERTIFICATE) {
            @Override
            String tell(String text) {
                return text.replace("\"fair\"", "\"cost\"");
            }
        },
        NO_ORDER(ResultFiles.CERTIFICATE) {
            @Override
            String tell(String text) {
                return text.replace("\"fair\"", "\"unfair\"");
            }
        },
        NO_CERTIFICATE(ResultFiles.CERTIFICATE) {
            @Override
            String tell(String text) {
                return "";
            }
        };

        private final String file;

        Lying(String file) {
            this.file = file;
        }

        abstract String tell(String text);

        private static String withoutLine(String text, int line) {
            List<String> lines = new ArrayList<>(text.lines().toList());
            lines.remove(line);
            return String.join("\n", lines) + "\n";
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_planted_lie_is_found(Lying lie, @TempDir Path copy) throws IOException {
        copyTo(copy);
        Path file = copy.resolve(lie.file);
        String truth = Files.readString(file);
        String told = lie.tell(truth);
        assertThat(told).isNotEqualTo(truth);
        Files.writeString(file, told);
        assertThat(PublishedFiles.verify(SCHOOL, copy)).isNotEmpty();
    }

    @Test
    void two_pupils_who_swap_seats_are_found_out() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(ResultFiles.RESULT));
        Random random = new Random(4);
        for (int attempt = 0; attempt < 40; attempt++) {
            List<String> changed = new ArrayList<>(lines);
            int row = 1 + random.nextInt(lines.size() - 1);
            String[] cells = lines.get(row).split(",");
            String other = "c" + random.nextInt(SCHOOL.sections().size());
            if (!other.equals(cells[2])) {
                changed.set(row, cells[0] + "," + cells[1] + "," + other + "," + cells[3]);
                assertThat(liesIn(changed)).as(changed.get(row)).isNotEmpty();
            }
        }
    }

    @Test
    void another_input_does_not_verify() {
        assertThat(PublishedFiles.verify(Generator.scarce(22, 150).instance(), folder)).isNotEmpty();
    }

    @Test
    void a_missing_folder_is_not_a_result() {
        assertThat(PublishedFiles.verify(SCHOOL, folder.resolve("nowhere"))).isNotEmpty();
    }

    private List<Lie> liesIn(List<String> result) throws IOException {
        Path copy = Files.createTempDirectory(folder.getParent(), "swap");
        copyTo(copy);
        Files.writeString(copy.resolve(ResultFiles.RESULT), String.join("\n", result) + "\n");
        return PublishedFiles.verify(SCHOOL, copy);
    }

    private static void copyTo(Path copy) throws IOException {
        for (String file : List.of(
                ResultFiles.RESULT, ResultFiles.CLOSED, ResultFiles.EXPLANATIONS, ResultFiles.CERTIFICATE)) {
            try (Stream<String> lines = Files.lines(folder.resolve(file))) {
                assertThat(lines).isNotEmpty();
            }
            Files.copy(folder.resolve(file), copy.resolve(file));
        }
    }
}
