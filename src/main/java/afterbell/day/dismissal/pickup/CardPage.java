package afterbell.day.dismissal.pickup;

import afterbell.base.roster.WayHome.Taker;
import java.time.Instant;
import java.util.UUID;

/** A card to print: half of a half of A4. @param qr a drawing of what the gate scans */
public record CardPage(UUID child, String school, String name, String className, Taker taker, String qr, Instant madeAt) {}
