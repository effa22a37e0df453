package afterbell.reach.messaging.reading;

/** @param way how the person came here: APP, MAIL or SMS */
public record MessagePage(Message message, String way) {}
