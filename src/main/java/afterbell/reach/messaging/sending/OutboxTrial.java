package afterbell.reach.messaging.sending;

import afterbell.reach.messaging.Handed;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Works one school's mails off on the calling thread, for {@code bench notices} alone: as they go, or with nothing behind the database. */
@Component
public class OutboxTrial {
    private final Outbox outbox;

    OutboxTrial(Outbox outbox) {
        this.outbox = outbox;
    }

    /** @return messages handed over */
    public int send(UUID school) {
        return drain(school, outbox.channels().stream().filter(c -> c.name().equals("MAIL")).findFirst().orElseThrow());
    }

    /** The same claims and marks without any mail: what the database alone takes. */
    public int pretend(UUID school) {
        return drain(school, new Channel() {
            @Override
            public String name() {
                return "MAIL";
            }

            @Override
            public boolean ready() {
                return true;
            }

            @Override
            public Line open() {
                return parcel -> new Handed.Sent();
            }
        });
    }

    private int drain(UUID school, Channel channel) {
        int all = 0;
        for (int n = outbox.send(school, channel); n > 0; n = outbox.send(school, channel)) all += n;
        return all;
    }
}
