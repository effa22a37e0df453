package afterbell.reach.messaging;

import afterbell.base.shared.web.PublicAddress;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Properties;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Speaks SMTP. One connection carries many mails; each has its own answer. */
@Component
public final class Mailer {
    private static final String PATIENCE = "15000";

    private final MailSettings settings;
    private final PublicAddress address;
    private final Clock clock;
    private final Session session;

    @Autowired
    public Mailer(MailSettings settings, PublicAddress address, Clock clock) {
        this.settings = settings;
        this.address = address;
        this.clock = clock;
        this.session = Session.getInstance(properties(settings));
    }

    private static Properties properties(MailSettings settings) {
        Properties p = new Properties();
        String protocol = settings.security() == MailSettings.Security.TLS ? "smtps" : "smtp";
        p.put("mail.transport.protocol", protocol);
        for (String name : new String[] {"connectiontimeout", "timeout", "writetimeout"}) p.put("mail." + protocol + "." + name, PATIENCE);
        p.put("mail." + protocol + ".ssl.checkserveridentity", "true");
        p.put("mail.smtp.starttls.required", Boolean.toString(settings.security() == MailSettings.Security.STARTTLS));
        p.put("mail.smtp.starttls.enable", Boolean.toString(settings.security() == MailSettings.Security.STARTTLS));
        p.put("mail.mime.charset", "UTF-8");
        p.put("mail.mime.allowutf8", "false");
        return p;
    }

    public boolean ready() {
        return settings.set();
    }

    /** Opens a connection. @throws MessagingException where the server can't be reached or refuses us */
    public Line open() throws MessagingException {
        Transport transport = session.getTransport();
        transport.connect(settings.host(), settings.port(), settings.user().isEmpty() ? null : settings.user(), settings.user().isEmpty() ? null : settings.secret());
        return new Line(transport);
    }

    /** One mail at once, for a person who waits. */
    public Handed send(Mail mail) {
        try (Line line = open()) {
            return line.send(mail);
        } catch (MessagingException e) {
            return fault(e);
        }
    }

    /** An open connection. */
    public final class Line implements AutoCloseable {
        private final Transport transport;

        private Line(Transport transport) {
            this.transport = transport;
        }

        public Handed send(Mail mail) {
            try {
                if (!transport.isConnected()) return new Handed.Later("no_connection");
                MimeMessage message = message(mail);
                transport.sendMessage(message, message.getAllRecipients());
                return new Handed.Sent();
            } catch (MessagingException e) {
                return fault(e);
            }
        }

        @Override
        public void close() throws MessagingException {
            transport.close();
        }
    }

    private MimeMessage message(Mail mail) throws MessagingException {
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<" + mail.id() + "@" + domain() + ">");
            }
        };
        try {
            message.setFrom(new InternetAddress(settings.from(), mail.from(), "UTF-8"));
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
        message.setRecipients(Message.RecipientType.TO, new Address[] {new InternetAddress(mail.to(), true)});
        message.setSubject(mail.subject().replaceAll("\\s+", " "), "UTF-8");
        message.setSentDate(Date.from(clock.instant()));
        message.setHeader("Auto-Submitted", "auto-generated");
        if (mail.stop() != null) {
            message.setHeader("List-Unsubscribe", "<" + mail.stop() + ">");
            message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(mail.plain(), "UTF-8");
        MimeBodyPart html = new MimeBodyPart();
        html.setContent(mail.html(), "text/html; charset=" + StandardCharsets.UTF_8);
        message.setContent(new MimeMultipart("alternative", plain, html));
        message.saveChanges();
        return message;
    }

    private String domain() {
        String host = address.of("/").getHost();
        return host == null ? "localhost" : host;
    }

    // What the server says stays out of our database and logs: it may name the address.
    private static Handed fault(MessagingException e) {
        return switch (e) {
            // The server's 5yz for the recipient makes the address invalid; anything else may go well later.
            case SendFailedException s -> s.getInvalidAddresses() != null && s.getInvalidAddresses().length > 0 ? new Handed.Never("mail_refused") : new Handed.Later("mail_later");
            case AddressException a -> new Handed.Never("mail_refused");
            case AuthenticationFailedException a -> new Handed.Later("mail_sign_in");
            default -> new Handed.Later("no_connection");
        };
    }
}
