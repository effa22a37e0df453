package afterbell.reach.messaging;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param inside webhooks may call plain http and addresses of the own network; false unless the house stands in one together with what it calls */
@ConfigurationProperties("afterbell.webhooks")
public record HookSettings(@DefaultValue("false") boolean inside) {}
