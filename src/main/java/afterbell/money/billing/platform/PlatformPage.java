package afterbell.money.billing.platform;

import afterbell.base.rules.Bilingual;
import afterbell.base.shared.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Lists that went out, files that came back.
 *
 * @param layout chosen last
 * @param due fen that a list made now would ask for, of how many children
 */
public record PlatformPage(List<Choosable> layouts, String layout, long due, int children, List<Out> lists, List<In> files, boolean acts, List<? extends Refusal> refusals) {
    public record Choosable(String code, Bilingual name) {}

    public record Out(UUID id, Bilingual layout, int orders, long fen, Instant at) {}

    public record In(UUID id, Bilingual layout, int paid, long fen, boolean applied, Instant at) {}
}
