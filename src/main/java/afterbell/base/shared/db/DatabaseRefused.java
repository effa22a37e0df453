package afterbell.base.shared.db;

import java.util.List;

/** An external database that this house may not be opened on, with every reason in plain English: it is read by who keeps the server. */
public final class DatabaseRefused extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient List<String> reasons;

    DatabaseRefused(List<String> reasons) {
        super(String.join("; ", reasons));
        this.reasons = List.copyOf(reasons);
    }

    public List<String> reasons() {
        return reasons;
    }
}
