package afterbell.base.identity.account;

import afterbell.base.identity.Partners;
import java.time.Instant;
import java.util.List;

/** @param partners houses whose sign-in can be linked */
public record LoginsPage(List<Row> logins, List<Partners.Named> partners) {
    public LoginsPage {
        logins = List.copyOf(logins);
        partners = List.copyOf(partners);
    }

    public record Row(String id, String partner, Instant since) {}
}
