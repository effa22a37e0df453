package afterbell.reach.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

class QuietHoursTest {
    private static final LocalTime NIGHT = LocalTime.of(21, 30);
    private static final LocalTime MORNING = LocalTime.of(7, 0);

    private static ZonedDateTime at(String time) {
        return ZonedDateTime.parse("2026-09-01T" + time + ":00+08:00[Asia/Shanghai]");
    }

    @Test
    @Req("R142")
    void a_notice_of_the_afternoon_goes_at_once() {
        assertThat(QuietHours.next(at("16:00"), NIGHT, MORNING)).isEqualTo(at("16:00"));
        assertThat(QuietHours.next(at("07:00"), NIGHT, MORNING)).isEqualTo(at("07:00"));
    }

    @Test
    @Req("R142")
    void a_notice_of_the_night_waits_for_the_morning() {
        assertThat(QuietHours.next(at("21:30"), NIGHT, MORNING)).isEqualTo(at("07:00").plusDays(1));
        assertThat(QuietHours.next(at("02:10"), NIGHT, MORNING)).isEqualTo(at("07:00"));
    }

    @Test
    void quiet_hours_may_lie_within_a_day_or_not_exist() {
        assertThat(QuietHours.next(at("12:30"), LocalTime.NOON, LocalTime.of(14, 0))).isEqualTo(at("14:00"));
        assertThat(QuietHours.next(at("11:59"), LocalTime.NOON, LocalTime.of(14, 0))).isEqualTo(at("11:59"));
        assertThat(QuietHours.next(at("12:30"), LocalTime.NOON, LocalTime.NOON)).isEqualTo(at("12:30"));
    }
}
