package afterbell.base.calendar;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.web.NavSource;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

@Component
class CalendarPlaces implements NavSource {
    @Override
    public List<Item> items() {
        return List.of(
                new Item("/calendar", "calendar.nav", "calendar", 700, Set.of(Role.OFFICE, Role.PRINCIPAL)),
                new Item("/bureau/holidays", "calendar.holidays.nav", "calendar", 790, Set.of(Role.BUREAU)));
    }
}
