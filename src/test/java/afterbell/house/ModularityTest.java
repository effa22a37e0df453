package afterbell.house;

import afterbell.Afterbell;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTest {
    @Test
    void a_room_uses_only_the_rooms_it_lists() {
        ApplicationModules.of(Afterbell.class).verify();
    }
}
