package afterbell.base.identity.tablet;

import afterbell.base.shared.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The office's page.
 *
 * @param code shown once, right after a tablet was made; null otherwise
 * @param pin the same for a guard's digits; {@code pinOf} says whose
 */
public record TabletsPage(List<Tablet> tablets, List<Guard> guards, @Nullable String code, @Nullable String pin, String pinOf, String typed, List<? extends Refusal> refusals) {

    /** @param pairedAt null until its code was typed on it */
    public record Tablet(UUID id, String name, @Nullable Instant pairedAt) {}

    /** @param alone whether the person is a guard and nothing else: others sign in by password, for six digits must open no more than the gate */
    public record Guard(UUID account, String name, boolean alone, @Nullable Instant pinSince) {}
}
