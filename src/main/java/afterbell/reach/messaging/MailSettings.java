package afterbell.reach.messaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The school's or province's mail server. Without {@code host} nothing is mailed and no page offers it.
 *
 * @param host for example {@code smtp.example.edu.cn}; by environment {@code AFTERBELL_MAIL_HOST}
 * @param port 587 with STARTTLS, 465 with TLS from the first byte
 * @param security {@code starttls} (asked for, never done without), {@code tls}, or {@code none} for a server on this machine
 * @param passwordFile read at each connection, so that a changed password needs no restart
 * @param from the address mails come from
 */
@ConfigurationProperties("afterbell.mail")
public record MailSettings(
        @DefaultValue("") String host,
        @DefaultValue("587") int port,
        @DefaultValue("starttls") Security security,
        @DefaultValue("") String user,
        @DefaultValue("") String password,
        @Nullable Path passwordFile,
        @DefaultValue("") String from) {

    public enum Security {
        STARTTLS,
        TLS,
        NONE
    }

    boolean set() {
        return !host.isEmpty() && !from.isEmpty();
    }

    String secret() {
        try {
            return passwordFile == null ? password : Files.readString(passwordFile).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the mail password file can't be read", e);
        }
    }

    @Override
    public String toString() {
        return "MailSettings[" + host + ":" + port + "]";
    }
}
