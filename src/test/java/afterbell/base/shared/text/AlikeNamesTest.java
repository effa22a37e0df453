package afterbell.base.shared.text;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;

@Req("R86")
class AlikeNamesTest {
    @ParameterizedTest
    @CsvSource({"张晓明,张小明", "张晓明,章晓敏", "王欣,王星", "陈思,陈诗", "李梓涵,李子晗", "赵雨辰,赵雨晨", "周浩然,周浩阮", "林子轩,林子萱", "吴一凡,吴一帆", "刘诗雨,刘诗语"})
    void these_are_taken_for_one_another(String one, String other) {
        assertThat(AlikeNames.alike(one, other)).isTrue();
        assertThat(AlikeNames.alike(other, one)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"张晓明,张晓红", "王芳,王刚", "李明,李敏儿", "陈思,陈雨", "张晓明,李晓明", "林月婵,李月婵", "张子墨,王子墨", "赵一,赵二"})
    void these_are_not(String one, String other) {
        assertThat(AlikeNames.alike(one, other)).isFalse();
        assertThat(AlikeNames.alike(other, one)).isFalse();
    }

    @Test
    void of_many_each_knows_its_others_as_pair_by_pair() {
        List<String> names = List.of("张晓明", "张小民", "王芳", "李梓涵", "李子涵", "张晓红", "周浩然", "周浩阮", "周浩燃");
        Map<String, List<String>> among = AlikeNames.among(names, Function.identity());
        for (String one : names)
            assertThat(among.getOrDefault(one, List.of())).as(one).containsExactlyInAnyOrderElementsOf(names.stream().filter(o -> !o.equals(one) && AlikeNames.alike(one, o)).toList());
        assertThat(among).containsOnlyKeys("张晓明", "张小民", "李梓涵", "李子涵", "周浩然", "周浩阮", "周浩燃");
    }
}
