package afterbell.base.identity.factor;

import java.util.List;

/** The recovery codes, shown once. @param codes in groups of four letters */
public record CodesPage(List<String> codes, String back) {
    public CodesPage {
        codes = List.copyOf(codes);
    }

    public String lines() {
        return String.join("\n", codes);
    }
}
