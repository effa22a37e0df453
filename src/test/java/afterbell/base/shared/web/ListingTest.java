package afterbell.base.shared.web;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.base.shared.web.Listing.Column;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingTest {
    private static final List<Column> COLUMNS =
            List.of(Column.text("name", "n"), Column.number("seats", "s"), Column.text("note", "t").unsorted().hidden());

    private static Listing of(Map<String, String[]> parameters) {
        return Listing.of("/list", parameters, COLUMNS, "name");
    }

    private static String[] one(String value) {
        return new String[] {value};
    }

    @Test
    void keeps_search_and_filters_in_every_address() {
        Listing list = of(Map.of("q", one(" zxm "), "grade", one("3"), "sort", one("-seats"), "page", one("2"), "_csrf", one("x"))).counted(120);
        assertThat(list.filters()).containsOnlyKeys("grade", "q");
        assertThat(list.filter("q")).isEqualTo("zxm");
        assertThat(list.pageHref(3)).isEqualTo("/list?grade=3&q=zxm&sort=-seats&page=3");
        assertThat(list.sortHref("name")).isEqualTo("/list?grade=3&q=zxm&sort=name");
        assertThat(list.sortHref("seats")).isEqualTo("/list?grade=3&q=zxm&sort=seats");
        assertThat(list.xlsxHref()).isEqualTo("/list.xlsx?grade=3&q=zxm&sort=-seats");
    }

    @Test
    void escapes_what_people_type() {
        Listing list = of(Map.of("q", one("\u5f20&page=9 \"<")));
        assertThat(list.pageHref(1)).isEqualTo("/list?q=%E5%BC%A0%26page%3D9+%22%3C&sort=name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"note", "-note", "drop table", "-", ""})
    void an_order_it_does_not_know_is_the_first_order(String order) {
        Listing list = of(Map.of("sort", one(order)));
        assertThat(list.sort()).isEqualTo("name");
        assertThat(list.descending()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-3", "x", "99999999999999999999", "1e3"})
    void an_odd_page_is_the_first(String page) {
        assertThat(of(Map.of("page", one(page))).counted(500).page()).isEqualTo(1);
    }

    @Test
    void a_page_beyond_the_end_is_the_last() {
        Listing list = of(Map.of("page", one("40"))).counted(101);
        assertThat(list.page()).isEqualTo(3);
        assertThat(list.offset()).isEqualTo(100);
        assertThat(list.first()).isEqualTo(101);
        assertThat(list.last()).isEqualTo(101);
        assertThat(of(Map.of()).counted(0).first()).isZero();
    }

    @Test
    void chosen_columns_stay_chosen_on_the_next_page() {
        Listing list = of(Map.of("cols", new String[] {"name", "note"})).counted(60);
        assertThat(list.shows("seats")).isFalse();
        assertThat(list.shows("note")).isTrue();
        assertThat(list.pageHref(2)).isEqualTo("/list?sort=name&cols=name&cols=note&page=2");
        assertThat(of(Map.of()).shows("note")).isFalse();
        assertThat(of(Map.of("cols", one("nothing"))).hidden()).as("never an empty table").isEmpty();
    }

    @Test
    void offers_the_ends_and_the_neighbours() {
        assertThat(of(Map.of("page", one("10"))).counted(1000).nearby()).containsExactly(1, 0, 9, 10, 11, 0, 20);
        assertThat(of(Map.of()).counted(120).nearby()).containsExactly(1, 2, 3);
        assertThat(of(Map.of()).counted(10).nearby()).containsExactly(1);
    }
}
