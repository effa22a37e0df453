package afterbell.base.roster.importing;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.web.NavSource;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

@Component
class ImportNav implements NavSource {
    @Override
    public List<Item> items() {
        return List.of(new Item("/imports", "roster.nav.imports", "upload", 80, Set.of(Role.OFFICE)));
    }
}
