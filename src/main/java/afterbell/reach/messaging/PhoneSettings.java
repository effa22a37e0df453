package afterbell.reach.messaging;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where short messages go. Providers differ; a gateway of the school or province takes our one signed call and speaks to its provider.
 *
 * @param gateway https address that takes {@code {"id", "phone", "text"}}; by environment {@code AFTERBELL_SMS_GATEWAY}
 * @param secret signs the calls like those of webhooks
 * @param standIn keeps messages in memory and shows them on a page instead of sending: for demonstrations; unset, a demonstration does so
 */
@ConfigurationProperties("afterbell.sms")
public record PhoneSettings(@DefaultValue("") String gateway, @DefaultValue("") String secret, @Nullable Boolean standIn) {
    @Override
    public String toString() {
        return "PhoneSettings[" + gateway + "]";
    }
}
