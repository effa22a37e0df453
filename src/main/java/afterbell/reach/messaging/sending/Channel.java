package afterbell.reach.messaging.sending;

import afterbell.reach.messaging.Handed;
import java.io.IOException;

/** One way out of the house. */
interface Channel {

    /** As the table names it: MAIL, SMS, WEBHOOK. */
    String name();

    /** Whether this node can send this way at all; what is due waits otherwise. */
    boolean ready();

    /** Opens what a batch needs. @throws IOException where the other side can't be reached: nothing of the batch was sent */
    Line open() throws IOException;

    /** An open line for one batch. */
    interface Line extends AutoCloseable {
        Handed send(Parcel parcel);

        @Override
        default void close() {}
    }
}
