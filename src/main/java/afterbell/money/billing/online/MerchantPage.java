package afterbell.money.billing.online;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Typed;
import java.util.List;

/** The school's contracts with channels. Secrets are never shown again; leaving one empty keeps it. */
public record MerchantPage(List<Settings> channels, boolean acts, boolean reachable, List<? extends Refusal> refusals) {

    /**
     * @param channel {@code wechat} or {@code alipay}
     * @param known whether keys are kept
     * @param typed what was typed, or what is known and no secret
     */
    public record Settings(String channel, boolean known, boolean on, Typed typed, String notifications, boolean at) {
        public boolean weChat() {
            return channel.equals("wechat");
        }
    }
}
