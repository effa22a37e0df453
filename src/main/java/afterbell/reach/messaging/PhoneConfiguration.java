package afterbell.reach.messaging;

import java.time.Clock;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** What brings short messages to telephones on this node: a gateway, the stand-in of a demonstration, or nothing. */
@Configuration(proxyBeanMethods = false)
class PhoneConfiguration {

    @Bean
    ShortMessages shortMessages(PhoneSettings settings, SignedCall call, JsonMapper json, Clock clock, @Value("${afterbell.demo:false}") boolean demo) {
        if (!settings.gateway().isEmpty()) return new Gateway(settings, call, json);
        // The stand-in shows codes to everybody, so there is none outside a demonstration.
        return demo ? new StandIn(clock) : new Nothing();
    }

    private record Nothing() implements ShortMessages {
        @Override
        public boolean ready() {
            return false;
        }

        @Override
        public Handed send(UUID id, String phone, String text) {
            return new Handed.Later("sms_none");
        }
    }

    private record Gateway(PhoneSettings settings, SignedCall call, JsonMapper json) implements ShortMessages {
        private record Body(UUID id, String phone, String text) {}

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public Handed send(UUID id, String phone, String text) {
            return call.postOwn(settings.gateway(), settings.secret(), id, json.writeValueAsString(new Body(id, phone, text)));
        }
    }
}
