package afterbell.base.shared.sheet;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** Days as Excel counts them: from 1900 with a leap day that never was, or from 1904 in files of old Macs. */
final class SerialDates {
    private static final int LAST = 2_958_465;
    private static final long SECONDS = 86_400;

    private SerialDates() {}

    static @Nullable LocalDateTime moment(BigDecimal serial, boolean date1904) {
        BigDecimal days = serial.setScale(0, RoundingMode.FLOOR);
        if (days.signum() < 0 || days.compareTo(BigDecimal.valueOf(LAST)) > 0) return null;
        long day = days.longValue();
        long second = serial.subtract(days).multiply(BigDecimal.valueOf(SECONDS)).setScale(0, RoundingMode.HALF_UP).longValue();
        LocalDate first = date1904 ? LocalDate.of(1904, 1, 1) : LocalDate.of(1899, 12, day < 60 ? 31 : 30);
        return first.plusDays(day).atStartOfDay().plusSeconds(second);
    }
}
