package afterbell.base.shared;

import afterbell.base.shared.crypto.MasterKey;
import afterbell.base.shared.crypto.PersonalData;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SharedConfiguration {

    @Bean
    ShiftableClock clock() {
        return new ShiftableClock();
    }

    /** The default stands here and not in application.yaml, which would be stronger than what a node says of its own folder. */
    @Bean
    MasterKey masterKey(@Value("${afterbell.key-file:${user.home}/.config/afterbell/keys/default.key}") String file) {
        return MasterKey.at(Path.of(file));
    }

    @Bean
    PersonalData personalData(MasterKey master) {
        return new PersonalData(master);
    }
}
