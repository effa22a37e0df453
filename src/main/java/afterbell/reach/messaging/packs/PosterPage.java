package afterbell.reach.messaging.packs;

/** @param qr picture as data */
public record PosterPage(Told told, String address, String qr) {}
