package afterbell.term.placement.changing;

import java.util.UUID;

/**
 * What a family reads that came a moment too late.
 *
 * @param base path of the child
 * @param club name of the section
 */
public record FullPage(String base, UUID section, String club) {}
