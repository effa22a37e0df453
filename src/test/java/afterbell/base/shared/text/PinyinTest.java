package afterbell.base.shared.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PinyinTest {

    @ParameterizedTest
    @CsvSource({
        "zxm,张晓明", "ZXM,张晓明", "zhangxm,张晓明", "zhangxiaoming,张晓明", "xm,张晓明", "xiaoming,张晓明", "zhang xiao,张晓明",
        "sxm,单晓明", "zyh,曾雨涵", "qyh,仇雨涵", "xyh,解雨涵", "oyh,区雨涵", "zyh,查雨涵", "zhaiyh,翟雨涵", "oyn,欧阳娜", "zgl,诸葛亮",
        "yc,尉迟敬德", "lvq,闾丘露薇", "lvb,吕布", "sheng,晟", "yi,张祎", "ayg,阿依古丽·买买提", "amy,Amy Chen"
    })
    void letters_find_a_name(String typed, String name) {
        assertThat(Pinyin.finds(typed, name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"zxh,张晓明", "m,张晓明", "'',张晓明", "张,张晓明", "hangx,张晓明"})
    void other_letters_do_not(String typed, String name) {
        assertThat(Pinyin.finds(typed, name)).isFalse();
    }

    @Test
    void a_character_beyond_the_basic_plane_has_its_sound() {
        assertThat(Pinyin.spelled("王𠮷安")).isEqualTo("wang ji an");
        assertThat(Pinyin.finds("wja", "王𠮷安")).isTrue();
    }

    @Test
    void a_name_has_a_handful_of_keys_at_most() {
        assertThat(Pinyin.keys("乐行长朴朝单曾解区查")).hasSizeLessThan(60);
        assertThat(Pinyin.keys("")).isEmpty();
        assertThat(Pinyin.keys("···")).isEmpty();
    }

    @Test
    void the_search_column_finds_by_prefix() {
        assertThat(Pinyin.searchColumn("张晓明")).startsWith(" zxm ").contains(" zhangxiaoming");
    }
}
