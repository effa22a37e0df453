package afterbell.reach.messaging;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({MailSettings.class, PhoneSettings.class, HookSettings.class})
class MessagingConfiguration {}
