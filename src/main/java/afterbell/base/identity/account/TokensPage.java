package afterbell.base.identity.account;

import afterbell.base.identity.Tokens;
import afterbell.base.shared.Refusal;
import java.util.List;

/**
 * @param fresh a token just made, shown this once; empty otherwise
 * @param asks the present password has to be typed too
 */
public record TokensPage(List<Tokens.Token> tokens, String fresh, String purpose, String days, boolean asks, List<Refusal> refusals) {
    public TokensPage {
        tokens = List.copyOf(tokens);
        refusals = List.copyOf(refusals);
    }
}
