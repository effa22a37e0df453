package afterbell.base.shared.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.7, 10.0.0.7, true", "10.0.0.7, 10.0.0.8, false", "10.1.0.0/16, 10.1.255.3, true", "10.1.0.0/16, 10.2.0.1, false",
        "192.168.4.0/22, 192.168.7.255, true", "192.168.4.0/22, 192.168.8.0, false", "192.168.128.0/17, 192.168.127.1, false", "192.168.128.0/17, 192.168.200.1, true",
        "fd00::/8, fd12::1, true", "fd00::/8, fe80::1, false", "0.0.0.0/0, 203.0.113.9, true", "0.0.0.0/0, ::2, false", "::1, ::1, true"
    })
    void an_address_lies_in_a_network_by_its_first_bits(String list, String address, boolean in) {
        assertThat(Networks.of(list).hold(address)).isEqualTo(in);
    }

    @ParameterizedTest
    @ValueSource(strings = {"school.example", "10.0.0", "10.0.0.0/33", "10.0.0.0/", "10.0.0.300", "/8", "::1/129", "10.0.0.0/8/8"})
    void what_is_no_network_is_named(String wrong) {
        assertThatThrownBy(() -> Networks.of("127.0.0.1, " + wrong)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(wrong);
    }

    @Test
    void text_that_is_no_address_lies_nowhere() {
        assertThat(Networks.of("0.0.0.0/0").hold("evil.example")).isFalse();
        assertThat(Networks.of("0.0.0.0/0").hold(null)).isFalse();
    }
}
