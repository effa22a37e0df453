package afterbell.reach.messaging.sending;

import afterbell.base.schools.Schools;
import afterbell.base.shared.web.MailPage;
import afterbell.base.shared.web.Offscreen;
import afterbell.base.shared.web.PublicAddress;
import afterbell.base.shared.web.Screen;
import afterbell.reach.messaging.Handed;
import afterbell.reach.messaging.Mail;
import afterbell.reach.messaging.Mailer;
import afterbell.reach.messaging.StopSecret;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.springframework.stereotype.Component;

@Component
class MailChannel implements Channel {
    private final Mailer mailer;
    private final Offscreen offscreen;
    private final PublicAddress address;
    private final Schools schools;
    private final StopSecret stops;

    MailChannel(Mailer mailer, Offscreen offscreen, PublicAddress address, Schools schools, StopSecret stops) {
        this.mailer = mailer;
        this.offscreen = offscreen;
        this.address = address;
        this.schools = schools;
        this.stops = stops;
    }

    @Override
    public String name() {
        return "MAIL";
    }

    @Override
    public boolean ready() {
        return mailer.ready();
    }

    @Override
    public Line open() throws NoLine {
        try {
            Mailer.Line line = mailer.open();
            return new Line() {
                @Override
                public Handed send(Parcel parcel) {
                    return line.send(mail(parcel));
                }

                @Override
                public void close() {
                    try {
                        line.close();
                    } catch (MessagingException e) {
                        // Every mail has had its answer; how the farewell went changes nothing.
                    }
                }
            };
        } catch (AuthenticationFailedException e) {
            throw new NoLine("mail_sign_in", e);
        } catch (MessagingException | UncheckedIOException e) {
            throw new NoLine("no_connection", e);
        }
    }

    Mail mail(Parcel parcel) {
        String school = schools.nameOf(parcel.school());
        Locale locale = parcel.english() ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE;
        Screen screen = offscreen.screen(locale, school);
        String href = address.of(parcel.path() + "?way=MAIL").toString();
        String stop = address.of("/mail-stop/" + stops.of(Objects.requireNonNull(parcel.key())).text()).toString();
        String foot = screen.t("messaging.mail.foot", school);
        String title = parcel.words().title();
        List<String> paragraphs = parcel.words().text().lines().filter(l -> !l.isBlank()).toList();
        String html = offscreen.html("layout/mail", new MailPage(title, paragraphs, href, screen.t("messaging.mail.button"), foot + " " + stop), locale, school);
        String plain = String.join("\n\n", title, String.join("\n", paragraphs), screen.t("messaging.mail.button") + "\n" + href, foot + "\n" + stop);
        return new Mail(parcel.id(), Objects.requireNonNull(parcel.to()), school, title, plain, html, stop);
    }
}
