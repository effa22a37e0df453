package afterbell.desk.desk.board;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.web.NavSource;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

@Component
final class BoardNav implements NavSource {
    @Override
    public List<Item> items() {
        return List.of(new Item("/board", "desk.board.nav", "eye", 13, Set.of(Role.DUTY_LEADER, Role.PRINCIPAL, Role.OFFICE)));
    }
}
