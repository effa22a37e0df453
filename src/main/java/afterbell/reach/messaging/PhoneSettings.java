package afterbell.reach.messaging;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where short messages go. Providers differ; a gateway of the school or province takes our one signed call and speaks to its provider.
 *
 * @param gateway https address that takes {@code {"id", "phone", "text"}}; by environment {@code AFTERBELL_SMS_GATEWAY}
 * @param secret signs the calls like those of webhooks
 */
@ConfigurationProperties("afterbell.sms")
public record PhoneSettings(@DefaultValue("") String gateway, @DefaultValue("") String secret) {
    @Override
    public String toString() {
        return "PhoneSettings[" + gateway + "]";
    }
}
