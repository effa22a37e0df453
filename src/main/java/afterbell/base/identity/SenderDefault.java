package afterbell.base.identity;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What holds where no later room answers: no message leaves the house, and the plain limits. */
@Configuration(proxyBeanMethods = false)
class SenderDefault {

    @Bean
    @ConditionalOnMissingBean
    LinkSender noLinkSender() {
        return new LinkSender() {
            @Override
            public boolean ready() {
                return false;
            }

            @Override
            public void send(Kind kind, String phone, String text) {
                throw new IllegalStateException("nothing here sends to a phone");
            }
        };
    }

    @Bean
    @ConditionalOnMissingBean
    IdentityLimits plainLimits() {
        return schools -> IdentityLimits.Limits.PLAIN;
    }
}
