package afterbell.money.billing.online;

import afterbell.base.shared.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What a family pays with its phone. @param picture the code as SVG, or empty @param link opens the app where the code is an address, or empty */
public record AttemptPage(UUID child, UUID attempt, String channel, long fen, String state, boolean paid, Instant until, String picture, String link, List<? extends Refusal> refusals) {}
