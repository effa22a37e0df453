package afterbell.reach.messaging.sending;

import afterbell.reach.messaging.Handed;

/** One way out of the house. */
interface Channel {

    /** As the table names it: MAIL, SMS, WEBHOOK. */
    String name();

    /** Whether this node can send this way at all; what is due waits otherwise. */
    boolean ready();

    /** Opens what a batch needs. @throws NoLine where the other side can't be reached: nothing of the batch was sent */
    Line open() throws NoLine;

    /** Nothing can be sent at the moment; the code says why. */
    final class NoLine extends Exception {
        private static final long serialVersionUID = 1;
        private final String fault;

        NoLine(String fault, Throwable cause) {
            super(fault, cause);
            this.fault = fault;
        }

        String fault() {
            return fault;
        }
    }

    /** An open line for one batch. */
    interface Line extends AutoCloseable {
        Handed send(Parcel parcel);

        @Override
        default void close() {}
    }
}
